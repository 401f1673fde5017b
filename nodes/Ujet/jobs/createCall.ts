import type { IDataObject } from 'n8n-workflow';

import type { OperationRunner } from '../../shared/definition/operation';
import { itemsOf, runEach, sendItem, showRows } from '../../shared/run/job';

/**
 * Sends the dial request of each item and shows beside the answer which number is called and when.
 * With a ticket the vendor calls the contact of the ticket, whose number only the vendor knows.
 */
export const createCalls: OperationRunner = async (run, items) =>
	await runEach(run, items, async (item) => {
		const rows = itemsOf(run, await sendItem(run, item), item);
		return showRows(run, rows.map((row) => ({ ...row, ...wantedCall(item.placed.body, row) })), item);
	});

function wantedCall(sent: IDataObject, row: IDataObject): IDataObject {
	const { end_user_number, scheduled_at, ticket_id } = sent;
	return {
		...(ticket_id === undefined && end_user_number !== undefined ? { end_user_number } : {}),
		...(scheduled_at === undefined ? {} : { scheduled_at: row.scheduled_at ?? scheduled_at }),
	};
}
