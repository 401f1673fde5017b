import { parseJson } from '../../shared/data/json';
import { normaliseKey } from '../../shared/data/names';
import type { Field, FieldCollection } from '../../shared/definition/operation';
import { instant } from '../../shared/input/values';
import { InvalidValue } from '../../shared/definition/valueWriter';
import type { ValueWriter, WriteContext } from '../../shared/definition/valueWriter';
import type { CodeLabels } from './codeLabels';

/** A condition as API version 3 takes it: field, operator, value. */
type Condition = [string, string, string];

/** Operators of the vendor's article (support.liveagent.com 513528). */
const operators: Record<string, string> = {
	CY: 'Contains Any Of',
	'D>': 'After',
	'D>=': 'At or After',
	'D<': 'Before',
	'D<=': 'At or Before',
	DP: 'In Period',
	E: 'Equals',
	IE: 'Is Empty',
	IN: 'Is One Of',
	INE: 'Is Not Empty',
	L: 'Contains',
	NE: 'Does Not Equal',
	NI: 'Is None Of',
	NL: 'Does Not Contain',
	'>=': 'At Least',
	'<=': 'At Most',
};

const withoutValue = ['IE', 'INE'];

/** Filters count in UTC whatever the zone of the account. */
const utcTime: ValueWriter = instant({ format: 'yyyy-MM-dd HH:mm:ss', zone: 'utc' });

const expectedJson =
	'conditions such as [["status", "IN", "N,C"]], or an object of fields and values such as {"status": "C"}';

/** Writes rows of the editor, and conditions as JSON, as the list that LiveAgent takes; all of them must hold. */
export const writeConditions: ValueWriter = (given, context) => {
	const parsed = parsedJson(given);
	if (parsed === undefined || parsed === null || parsed === '') return undefined;
	if (typeof parsed !== 'object') throw new InvalidValue(expectedJson);
	const { condition, json } = parsed as { condition?: unknown; json?: unknown };
	const isCollection = !Array.isArray(parsed) && (isRows(condition) || isRows(json));
	const found = isCollection
		? [
				...rowsIn(condition).map((row) => fromRow(row, context)),
				...rowsIn(json).flatMap(({ filters }) => fromJson(parsedJson(filters), context)),
			]
		: fromJson(parsed, context);
	return found.length === 0 ? undefined : found;
};

/** A filter of its own for one field: its value becomes one condition beside the others. */
export function conditionOn(field: string, operator: string, write: ValueWriter): NonNullable<Field['send']> {
	return {
		name: '_filters',
		append: true,
		write: (value, context) => {
			const written = write(value, context);
			return written === undefined || written === '' ? undefined : [[field, operator, String(written)]];
		},
	};
}

/** A time filter of one field. */
export function timeCondition3(displayName: string, name: string, field: string, operator: 'D>=' | 'D<='): Field {
	return {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description: 'Times without a time zone use the workflow\'s time zone',
		send: conditionOn(field, operator, utcTime),
	};
}

/** Conditions on any field of a list. */
export const conditions: Field = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'Only records for which all conditions hold',
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				{
					displayName: 'Field',
					name: 'field',
					type: 'string',
					default: '',
					placeholder: 'e.g. date_created',
					description: 'Name of a field of the record, as in the output without Simplify',
				},
				{
					displayName: 'Operator',
					name: 'operator',
					type: 'options',
					default: 'E',
					options: Object.entries(operators)
						.map(([value, name]) => ({ name, value }))
						.sort((first, second) => first.name.localeCompare(second.name, 'en')),
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description:
						'A value as LiveAgent stores it, such as the ID of a tag or department; the status and the channel of a ticket also as a word. For Is One Of, Is None Of and Contains Any Of, values separated by commas. For In Period a period of LiveAgent such as T (today), TW (this week) or LM (last month). Times without a time zone use the workflow\'s time zone.',
					displayOptions: { hide: { operator: withoutValue } },
				},
			],
		},
		{
			displayName: 'JSON',
			name: 'json',
			values: [
				{
					displayName: 'Filters',
					name: 'filters',
					type: 'json',
					default: '[]',
					description: 'Conditions in LiveAgent\'s own format, such as [["status", "IN", "N,C"]]; times in UTC',
				},
			],
		},
	],
	send: { name: '_filters', write: writeConditions, append: true },
	sample: { condition: [{ field: 'status', operator: 'E', value: 'C' }], json: [{ filters: '{"id": "ab12cd34"}' }] },
};

const sorting: Field[] = [
	{
		displayName: 'Sort By',
		name: 'sortBy',
		type: 'string',
		default: '',
		placeholder: 'e.g. date_created',
		description: 'Name of a field of the record, as in the output without Simplify',
		send: { name: '_sortField' },
	},
	{
		displayName: 'Sort Direction',
		name: 'sortDirection',
		type: 'options',
		default: 'ASC',
		options: [
			{ name: 'Ascending', value: 'ASC' },
			{ name: 'Descending', value: 'DESC' },
		],
		send: { name: '_sortDir' },
	},
];

/** Filters of a list of API version 3, and its order. */
export function listFilters(...own: Field[]): FieldCollection {
	return { name: 'filters', fields: [...own, conditions, ...sorting] };
}

/** Filters of a count of API version 3. */
export function countFilters(...own: Field[]): FieldCollection {
	return { name: 'filters', fields: [...own, conditions] };
}

/** Operators whose values are compared as a whole. */
const comparing = ['CY', 'E', 'IN', 'NE', 'NI'];

/**
 * Filters whose conditions take words for the letters of some fields, in any case.
 * @param codes words by letter, by field
 */
export function takingWords(codes: Record<string, CodeLabels>, { fields, ...filters }: FieldCollection): FieldCollection {
	const write: ValueWriter = (given, context) =>
		(writeConditions(given, context) as Condition[] | undefined)?.map(([field, operator, value]): Condition => {
			const isTaken = Object.hasOwn(codes, field) && comparing.includes(operator);
			return [field, operator, isTaken ? lettersOf(field, codes[field], value) : value];
		});
	return { ...filters, fields: fields.map((field) => (field === conditions ? { ...field, send: { ...field.send, write } } : field)) };
}

function lettersOf(field: string, labels: CodeLabels, value: string): string {
	const letterOf = (word: string): string => {
		const entries = Object.entries(labels);
		const [letter] = entries.find((entry) => entry.some((name) => normaliseKey(name) === normaliseKey(word))) ?? [];
		// The vendor may have letters that nobody has documented.
		if (letter !== undefined || word.trim().length === 1) return letter ?? word.trim();
		throw new InvalidValue(`for the condition on '${field}' one of ${entries.map(([code, name]) => `${name} (${code})`).join(', ')}`);
	};
	return value.split(',').map(letterOf).join(',');
}

function fromRow({ field, operator = 'E', value }: Record<string, unknown>, context: WriteContext): Condition {
	const name = typeof field === 'string' ? field.trim() : '';
	if (name === '') throw new InvalidValue('the name of a field in each condition');
	if (typeof operator !== 'string' || !(operator in operators)) {
		throw new InvalidValue(`one of the operators ${Object.keys(operators).join(', ')}`);
	}
	return [name, operator, valueOf(name, operator, value, context)];
}

function fromJson(given: unknown, context: WriteContext): Condition[] {
	if (given === undefined || given === null || given === '') return [];
	if (typeof given !== 'object') throw new InvalidValue(expectedJson);
	const rows: unknown[] = Array.isArray(given)
		? given
		: Object.entries(given).map(([field, value]) => [field, 'E', value]);
	return rows.map((row) => {
		if (!Array.isArray(row) || row.length < 2 || row.length > 3) throw new InvalidValue(expectedJson);
		const [field, operator, value] = row as unknown[];
		return fromRow({ field, operator, value }, { ...context, inputZone: 'UTC' });
	});
}

/** An empty value would take the condition away or match everything. */
function valueOf(field: string, operator: string, value: unknown, context: WriteContext): string {
	if (withoutValue.includes(operator)) return '';
	const values = Array.isArray(value) ? value.map(String) : value;
	const written = Array.isArray(values) ? values.join(',') : /^D[<>]/.test(operator) ? utcTime(values, context) : values;
	const isPlain = ['string', 'number', 'boolean'].includes(typeof written);
	if (!isPlain || String(written).trim() === '') throw new InvalidValue(`a value for the condition on '${field}'`);
	return String(written);
}

function isRows(value: unknown): boolean {
	return Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));
}

function rowsIn(value: unknown): Array<Record<string, unknown>> {
	return isRows(value) ? (value as Array<Record<string, unknown>>) : [];
}

function parsedJson(given: unknown): unknown {
	if (typeof given !== 'string' || given.trim() === '') return given;
	const parsed = parseJson(given);
	if (parsed === undefined) throw new InvalidValue(expectedJson);
	return parsed;
}
