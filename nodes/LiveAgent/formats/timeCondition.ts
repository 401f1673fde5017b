import type { Field } from '../../shared/definition/operation';
import { InvalidValue } from '../../shared/definition/valueWriter';
import type { ValueWriter, WriteContext } from '../../shared/definition/valueWriter';
import { writeLocalTime } from '../fields';

/** A condition on a time as the editor stores it. */
interface Condition {
	operator?: string;
	date?: unknown;
	until?: unknown;
	pattern?: unknown;
}

const writtenCondition = /^((n?eq|[gl]te?|lk):.+|btw:[^,]+,.+)$/;

/** Writes a time and an operator as LiveAgent's `opdatetime`, such as `gte:2024-05-14 08:00:00`, in the zone of the account. */
export const timeCondition: ValueWriter = (given, context) => {
	if (given === undefined || given === null || given === '') return undefined;
	if (typeof given === 'string' && writtenCondition.test(given.trim())) return given.trim();
	const condition =
		typeof given === 'object' && 'condition' in given ? (given.condition as Condition) : { date: given };
	const { operator = 'gte', date, until, pattern } = condition;
	if (operator === 'lk') return `lk:${needed(pattern, 'a pattern such as 2024-05-%')}`;
	const from = writeTime(date, context);
	return operator === 'btw' ? `btw:${from},${writeTime(until, context)}` : `${operator}:${from}`;
};

function writeTime(date: unknown, context: WriteContext): string {
	return needed(writeLocalTime(date, context), 'a date and time for the condition');
}

function needed(value: unknown, expected: string): string {
	if (value === undefined || value === null || value === '') throw new InvalidValue(expected);
	return String(value);
}

/** The filter by the time of the latest change: an operator and a date. */
export const changedFilter: Field = {
	displayName: 'Changed',
	name: 'changed',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add Condition',
	description: 'Condition on the time of the latest change. Times without a time zone use the workflow\'s time zone.',
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				{
					displayName: 'Comparison',
					name: 'operator',
					type: 'options',
					default: 'gte',
					options: [
						{ name: 'After', value: 'gt' },
						{ name: 'At', value: 'eq' },
						{ name: 'At or After', value: 'gte' },
						{ name: 'At or Before', value: 'lte' },
						{ name: 'Before', value: 'lt' },
						{ name: 'Between', value: 'btw' },
						{ name: 'Matches Pattern', value: 'lk' },
						{ name: 'Not At', value: 'neq' },
					],
				},
				{
					displayName: 'Time of Change',
					name: 'date',
					type: 'dateTime',
					default: '',
					displayOptions: { hide: { operator: ['lk'] } },
				},
				{
					displayName: 'Latest Time of Change',
					name: 'until',
					type: 'dateTime',
					default: '',
					displayOptions: { show: { operator: ['btw'] } },
				},
				{
					displayName: 'Time Pattern',
					name: 'pattern',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2024-05-%',
					description: 'In the account\'s time zone; % stands for any characters, ? for one',
					displayOptions: { show: { operator: ['lk'] } },
				},
			],
		},
	],
	send: { name: 'datechanged', write: timeCondition },
	sample: { condition: { operator: 'gte', date: '2030-03-05T09:30:00Z' } },
};
