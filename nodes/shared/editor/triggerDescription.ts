import type { INodeExecutionData, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { systemClock } from '../time/clock';
import { connect } from '../http/connection';
import type { Field, Vendor } from '../definition/operation';
import { selector, toProperty } from './nodeDescription';
import { groupBy } from '../data/groupBy';
import { triggerParameters } from '../polling/choices';
import { pollEvent } from '../polling/poll';
import { createAccess } from '../polling/sourceAccess';

/** Milliseconds that a poll may take where the host does not say it. */
const usualBudget = 30_000;

/** The parameters of a vendor's trigger, derived from its events. */
export function triggerProperties(vendor: Vendor): INodeProperties[] {
	const options = vendor.events.map(({ name, value, description }) => ({ name, value, description }));
	const fields = vendor.events.flatMap((event) => (event.fields ?? []).map((field) => ({ event: event.value, field })));
	const filters = [...groupBy(fields, ({ field }) => JSON.stringify([toProperty(field), field.displayOptions])).values()];
	return [
		selector('Event', triggerParameters.event, options, vendor.events[0].value),
		...filters.map((entries) => ({
			...toProperty(entries[0].field),
			...emptyHint(entries[0].field),
			displayOptions: { show: { event: entries.map(({ event }) => event), ...entries[0].field.displayOptions?.show } },
		})),
		overlapProperty(vendor),
	];
}

/** A filter that looks like something to choose says that it may stay empty. */
function emptyHint({ type, required }: Field): { hint?: string } {
	return required !== true && (type === 'resourceLocator' || type === 'multiOptions') ? { hint: 'Empty means all' } : {};
}

/** Polls the chosen event of a vendor once. */
export async function pollVendor(context: IPollFunctions, vendor: Vendor): Promise<INodeExecutionData[][] | null> {
	const budget = context.getPollBudgetMs?.() ?? usualBudget;
	const deadline = systemClock.now() + budget;
	const connection = await connect(context, vendor, { deadline });
	return await pollEvent(context, vendor, createAccess(connection), connection.clock);
}

function overlapProperty(vendor: Vendor): INodeProperties {
	const tails = vendor.events.flatMap((event) => (event.kind === 'tail' ? [event.value] : []));
	return {
		displayName: 'Options',
		name: triggerParameters.options,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { event: tails } },
		options: [
			{
				displayName: 'Overlap (Minutes)',
				name: triggerParameters.overlapMinutes,
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description:
					'How late a record may show up after its own time and still start the workflow; left out, a value that fits the event. A record never starts the workflow twice.',
			},
		],
	};
}
