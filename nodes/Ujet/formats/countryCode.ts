import type { Field, Operation, Resource } from '../../shared/definition/operation';
import { defaultCountryCodeField } from '../../shared/editor/fields';
import { writePhone, writePhones } from '../fields';

/** Puts *Default Country Code* beside the phone numbers of each operation that has some and no such field yet. */
export function withCountryCode(resource: Resource): Resource {
	return { ...resource, operations: resource.operations.map(inOperation) };
}

function inOperation(operation: Operation): Operation {
	const { fields = [], optional } = operation;
	if ([...fields, ...(optional?.fields ?? [])].some(({ name }) => name === defaultCountryCodeField.name)) return operation;
	const last = fields.map(isPhone).lastIndexOf(true);
	if (last >= 0) {
		// With further numbers among the optional fields it is needed whatever the required ones depend on.
		const condition = optional?.fields.some(isPhone) === true ? {} : sharedCondition(fields.filter(isPhone));
		const countryCode = { ...defaultCountryCodeField, ...condition };
		return { ...operation, fields: [...fields.slice(0, last + 1), countryCode, ...fields.slice(last + 1)] };
	}
	if (optional?.fields.some(isPhone) !== true) return operation;
	const all = [...optional.fields, defaultCountryCodeField];
	all.sort((first, second) => first.displayName.localeCompare(second.displayName, 'en'));
	return { ...operation, optional: { ...optional, fields: all } };
}

function isPhone({ send }: Field): boolean {
	return send?.write === writePhone || send?.write === writePhones;
}

/** The condition under which the numbers are shown, where it is the same for all. */
function sharedCondition(phones: Field[]): Pick<Field, 'displayOptions'> {
	const [first, ...others] = phones.map(({ displayOptions }) => displayOptions);
	const isShared = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
	return isShared && first !== undefined ? { displayOptions: first } : {};
}
