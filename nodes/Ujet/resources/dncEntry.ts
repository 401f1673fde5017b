import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { Bulk, RecordOutcome, Resource, OperationRun } from '../../shared/definition/operation';
import type { NodeFailure, RunItem } from '../../shared/definition/outcome';
import { instant } from '../../shared/input/values';
import { attempt, runEach, sendItem, showRows } from '../../shared/run/job';
import { apps, phoneField } from '../fields';

const path = `${apps}/outbound_dialer/dnc`;

/** UJET documents no bound; several hundred numbers pass. */
const mostNumbers = 500;

const number = phoneField('phoneNumber', 'Phone Number', 'phone_number', { required: true });

/** The vendor's digits of a number, whatever it writes between them. */
const digitsOf = (value: unknown) => String(value).replace(/\D/g, '');

/** Gives each number the vendor's result for it; a number that came several times gets one result after the other. */
function pairByNumber(answer: unknown, numbers: string[]): RecordOutcome[] {
	const results = Array.isArray(answer) ? (answer as IDataObject[]) : [];
	const byNumber = new Map<string, IDataObject[]>();
	for (const result of results) {
		const digits = digitsOf(result.phone_number);
		byNumber.set(digits, [...(byNumber.get(digits) ?? []), result]);
	}
	return numbers.map((phoneNumber) => {
		const found = byNumber.get(digitsOf(phoneNumber)) ?? [];
		return numberOutcome(phoneNumber, found.length > 1 ? found.shift() : found[0]);
	});
}

function numberOutcome(phoneNumber: string, result: IDataObject | undefined): RecordOutcome {
	if (result === undefined) return { error: `UJET gave no result for ${phoneNumber}` };
	const refused = result.status === 'failed' || (result.status === undefined && Boolean(result.error));
	return refused ? { error: `${phoneNumber}: ${String(result.error ?? 'refused')}`, json: result } : { json: result };
}

const adding: Bulk = {
	maximum: mostNumbers,
	split: (body) => ({ records: [body], rest: {} }),
	join: (contacts) => ({ contacts: contacts as IDataObject[] }),
	outcomes: (answer, records) =>
		pairByNumber(
			answer,
			records.map((record) => String((record as IDataObject).phone_number)),
		),
};

const removing: Bulk = {
	maximum: mostNumbers,
	split: (body) => ({ records: [body.phone_number], rest: {} }),
	join: (numbers) => ({ phone_numbers: numbers as string[] }),
	outcomes: (answer, records) => pairByNumber(answer, records as string[]),
};

/** The do-not-call list of the tenant. */
export const dncEntry: Resource = {
	value: 'dncEntry',
	name: 'DNC Entry',
	description: 'Numbers that must not be called',
	operations: [
		{
			value: 'add',
			name: 'Add',
			action: 'Add DNC entry',
			description: 'Put numbers on the do-not-call list; all input items go in one request per 500 numbers',
			method: 'POST',
			path,
			retryClass: 'idempotent',
			mapAutomatically: true,
			bulk: adding,
			fields: [number],
			optional: {
				name: 'additionalFields',
				fields: [
					{
						displayName: 'Expires At',
						name: 'expiresAt',
						type: 'dateTime',
						default: '',
						description: 'When the number may be called again; never when left out',
						send: {
							name: 'expires_at',
							write: instant({ format: 'yyyy-MM-dd HH:mm:ss', suffix: ' UTC', past: 'refused' }),
						},
					},
				],
			},
		},
		{
			value: 'check',
			name: 'Check',
			action: 'Check DNC entry',
			description: 'Look up whether a number is on the do-not-call list',
			notice:
				'UJET does not publish the address of this check. Try it once with a number that is on the list before you rely on it: a number counts as not listed when UJET answers that it is not found.',
			method: 'GET',
			path,
			retryClass: 'read',
			source: 'inferred',
			fields: [number],
			run: async (run, items) =>
				await runEach(run, items, async (item) => showRows(run, [await check(run, item)], item)),
		},
		{
			value: 'remove',
			name: 'Remove',
			action: 'Remove DNC entry',
			description: 'Take numbers off the do-not-call list; all input items go in one request per 500 numbers',
			method: 'POST',
			path: `${path}/remove`,
			retryClass: 'idempotent',
			source: 'inferred',
			mapAutomatically: true,
			bulk: removing,
			fields: [number],
		},
	],
};

/** Looks a number up: its entry, or that there is none. */
async function check(run: OperationRun, item: RunItem): Promise<IDataObject> {
	const looked = await attempt(run, item.index, async () => entryIn((await sendItem(run, item)).body));
	if ('failure' in looked && !isNotFound(looked.failure)) throw looked.failure;
	const entry = 'failure' in looked ? undefined : looked.value;
	return { phone_number: item.placed.query.phone_number, ...entry, listed: entry !== undefined };
}

function entryIn(body: unknown): IDataObject | undefined {
	const entry = (Array.isArray(body) ? body[0] : body) as IDataObject | undefined | null;
	return entry === undefined || entry === null || Object.keys(entry).length === 0 ? undefined : entry;
}

/** True for the vendor's own 404; the 404 of a proxy or a wrong host has no words of the vendor. */
function isNotFound(failure: NodeFailure): boolean {
	return failure instanceof NodeApiError && failure.httpCode === '404' && !failure.message.startsWith('UJET answered');
}
