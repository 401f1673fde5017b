import type { IDataObject } from 'n8n-workflow';

import type { Bulk, RecordOutcome, Resource } from '../../shared/definition/operation';
import { defaultCountryCodeField } from '../../shared/editor/fields';
import { instant, oneOf, phone } from '../../shared/input/values';
import { appsApi, phoneField } from '../fields';
import { checkNumbers, digitsOf, whenUnknown } from '../jobs/doNotCallCheck';

const path = `${appsApi}/outbound_dialer/dnc`;

/** UJET documents no bound; several hundred numbers pass. */
const maximumNumbers = 500;

const number = phoneField('phoneNumber', 'Phone Number', 'phone_number', { required: true });

/** Gives each number the vendor's result for it; a number that came several times gets one result after the other. */
function pairByNumber(answer: unknown, numbers: string[]): RecordOutcome[] {
	const results = Array.isArray(answer) ? (answer as IDataObject[]) : [];
	const byNumber = new Map<string, IDataObject[]>();
	for (const result of results) {
		const digits = digitsOf((result as IDataObject | null)?.phone_number);
		byNumber.set(digits, [...(byNumber.get(digits) ?? []), result]);
	}
	return numbers.map((phoneNumber) => {
		const found = byNumber.get(digitsOf(phoneNumber)) ?? [];
		return numberOutcome(phoneNumber, found.length > 1 ? found.shift() : found[0]);
	});
}

function numberOutcome(phoneNumber: string, result: IDataObject | undefined): RecordOutcome {
	if (result === undefined) return { error: `UJET returned no result for ${phoneNumber}` };
	const refused = result.status === 'failed' || (result.status === undefined && Boolean(result.error));
	return refused ? { error: `${phoneNumber}: ${String(result.error ?? 'refused')}`, json: result } : { json: result };
}

const adding: Bulk = {
	maximum: maximumNumbers,
	split: (body) => ({ records: [body], rest: {} }),
	join: (contacts) => ({ contacts: contacts as IDataObject[] }),
	outcomes: (answer, records) =>
		pairByNumber(
			answer,
			records.map((record) => String((record as IDataObject).phone_number)),
		),
};

const removing: Bulk = {
	maximum: maximumNumbers,
	split: (body) => ({ records: [body.phone_number], rest: {} }),
	join: (numbers) => ({ phone_numbers: numbers as string[] }),
	outcomes: (answer, records) => pairByNumber(answer, records as string[]),
};

/** The do-not-call list of the tenant. */
export const dncEntry: Resource = {
	value: 'dncEntry',
	name: 'DNC Entry',
	description: 'Phone numbers that must not be called',
	operations: [
		{
			value: 'add',
			name: 'Add',
			action: 'Add numbers to the do-not-call list',
			description: 'Add numbers to the do-not-call list; all input items go in one request per 500 numbers',
			method: 'POST',
			path,
			retryClass: 'idempotent',
			mapAutomatically: true,
			bulk: adding,
			fields: [number],
			optional: {
				name: 'additionalFields',
				fields: [
					defaultCountryCodeField,
					{
						displayName: 'Expires At',
						name: 'expiresAt',
						type: 'dateTime',
						default: '',
						description: 'When the number may be called again; never if left out',
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
			action: 'Check whether a number is on the do-not-call list',
			description: 'Check whether a number is on the do-not-call list: listed, not listed or unknown',
			notice:
				'UJET does not publish the address of this check. "Not found" counts as not listed only where the same run finds another number: enter one that is on the list under Options, Known Listed Number. Otherwise the item fails, so that nobody is called by mistake.',
			method: 'GET',
			path,
			secondPath: `${path}/check`,
			retryClass: 'read',
			source: 'inferred',
			fields: [number],
			optional: {
				name: 'options',
				fields: [
					defaultCountryCodeField,
					phoneField('knownListedNumber', 'Known Listed Number', 'knownListedNumber', {
						placeholder: 'e.g. +14155550198',
						description: 'A number that is on the list, such as one of your own; looked up once per run to prove that the check works',
						send: { place: 'none', write: phone() },
					}),
					{
						displayName: 'When Unknown',
						name: 'whenUnknown',
						type: 'options',
						default: 'stop',
						options: [
							{ name: 'Return Unknown', value: whenUnknown.giveUnknown, description: 'The item continues with the result "unknown"' },
							{ name: 'Stop the Item', value: whenUnknown.stop, description: 'The item fails' },
						],
						description: 'What to do with a number when the answer of UJET does not tell whether it is listed',
						send: { place: 'none', write: oneOf(Object.values(whenUnknown)) },
					},
				],
			},
			run: checkNumbers,
		},
		{
			value: 'remove',
			name: 'Remove',
			action: 'Remove numbers from the do-not-call list',
			description: 'Remove numbers from the do-not-call list; all input items go in one request per 500 numbers',
			method: 'POST',
			path: `${path}/remove`,
			retryClass: 'idempotent',
			source: 'inferred',
			mapAutomatically: true,
			bulk: removing,
			fields: [number],
			optional: { name: 'options', fields: [defaultCountryCodeField] },
		},
	],
};
