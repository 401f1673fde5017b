import type { Field } from '../../shared/definition/operation';
import { InvalidValue } from '../../shared/definition/valueWriter';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { requiredRows } from './requiredRows';

const expected = 'rows with day (a whole number), start and end (times such as 08:00)';

const clockTime = /^\d{1,2}:\d{2}(:\d{2})?$/;

const writePlans: ValueWriter = (given) =>
	requiredRows(given, 'plan', expected).map(({ day, start, end, title }) => {
		const times = [start, end].map((time) => String(time ?? '').trim());
		if (!/^\d$/.test(String(day)) || !times.every((time) => clockTime.test(time))) throw new InvalidValue(expected);
		const name = String(title ?? '').trim();
		return { day: Number(day), start: times[0], end: times[1], ...(name === '' ? {} : { title: name }) };
	});

/** Hours in which a device works, one row for each span of a day. */
export const devicePlans: Field = {
	displayName: 'Plans',
	name: 'plans',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Plan',
	required: true,
	default: {},
	description: 'How LiveAgent counts days and in which time zone hours are is not documented: read existing plans first',
	options: [
		{
			displayName: 'Plan',
			name: 'plan',
			values: [
				{ displayName: 'Day', name: 'day', type: 'number', default: 1, description: 'Number of the weekday' },
				{ displayName: 'End', name: 'end', type: 'string', default: '', placeholder: 'e.g. 16:30' },
				{ displayName: 'Start', name: 'start', type: 'string', default: '', placeholder: 'e.g. 08:00' },
				{ displayName: 'Title', name: 'title', type: 'string', default: '', placeholder: 'e.g. Early shift' },
			],
		},
	],
	send: { name: 'DeviceDepartments', write: writePlans },
	sample: { plan: [{ day: 1, start: '08:00', end: '16:30', title: 'Early shift' }] },
};
