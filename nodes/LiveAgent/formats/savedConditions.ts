import type { Field } from '../../shared/definition/operation';
import { InvalidValue } from '../../shared/definition/valueWriter';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { requiredRows } from './requiredRows';

const expected = 'rows with code, operator and value of a condition';

const writeSaved: ValueWriter = (given) =>
	requiredRows(given, 'condition', expected).map(({ code, operator, value, sectionCode }) => {
		const [name, how, section] = [code, operator, sectionCode].map((part) => String(part ?? '').trim());
		if (name === '' || how === '') throw new InvalidValue(expected);
		const written = { code: name, operator: how, value: String(value ?? '') };
		return section === '' ? written : { ...written, section_code: section };
	});

/** Conditions of a saved filter, one row each. */
export const savedConditions: Field = {
	displayName: 'Conditions',
	name: 'conditions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	description: 'LiveAgent does not document codes and operators of saved filters: read a filter made in the agent panel first',
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				{ displayName: 'Code', name: 'code', type: 'string', default: '', placeholder: 'e.g. status' },
				{ displayName: 'Operator', name: 'operator', type: 'string', default: 'E', placeholder: 'e.g. IN' },
				{ displayName: 'Section Code', name: 'sectionCode', type: 'string', default: '', placeholder: 'e.g. ticket' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. N,C' },
			],
		},
	],
	send: { write: writeSaved },
	sample: { condition: [{ code: 'status', operator: 'IN', sectionCode: 'ticket', value: 'N,C' }] },
};
