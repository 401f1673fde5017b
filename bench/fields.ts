import type { INodeParameters } from 'n8n-workflow';

/** A field of an operator: the node's parameter, the vendor's name and the value for an item. */
export interface BenchField {
	name: string;
	vendorName: string;
	value: (index: number) => string | number;
}

/** Fields that the node keeps in a collection. */
export const optionalFields: BenchField[] = [
	{ name: 'pseudo', vendorName: 'pseudo', value: () => 'Nina' },
	{ name: 'firstName', vendorName: 'first_name', value: () => 'Nina' },
	{ name: 'externalId', vendorName: 'external_id', value: (index) => `HR-${index}` },
	{ name: 'maximumChats', vendorName: 'chat_max_number', value: () => 3 },
	{ name: 'phoneNumber', vendorName: 'call_config[phone_number]', value: () => '+33199001234' },
	{ name: 'adminLanguage', vendorName: 'language_admin', value: () => 'fr' },
	{ name: 'languages', vendorName: 'language_list[]', value: () => 'fr' },
];

export const requiredFields: BenchField[] = [
	{ name: 'lastName', vendorName: 'name', value: (index) => `Park ${index}` },
	{ name: 'email', vendorName: 'email', value: (index) => `nina.park.${index}@example.com` },
];

export const allFields = [...requiredFields, ...optionalFields];

/** Number of fields that every write of the benchmark fills in. */
export const fieldCount = allFields.length;

/** An item of the input, by the node's names: each has another record. */
export function inputItem(index: number): Record<string, string | number> {
	return Object.fromEntries(allFields.map(({ name, value }) => [name, value(index)]));
}

function parametersWith(valueOf: (field: BenchField) => string | number): INodeParameters {
	const pairs = (list: BenchField[]) => Object.fromEntries(list.map((field) => [field.name, valueOf(field)]));
	return {
		resource: 'operator',
		operation: 'create',
		...pairs(requiredFields),
		additionalFields: pairs(optionalFields),
	};
}

/** How the parameters of a write are set. */
export const writeParameters = {
	automatic: { resource: 'operator', operation: 'create', dataMode: 'autoMapInputData' } as INodeParameters,
	plain: parametersWith(({ value }) => value(1)),
	oneExpression: parametersWith(({ name, value }) => (name === 'email' ? '={{ $json.email }}' : value(1))),
	allExpressions: parametersWith(({ name }) => `={{ $json.${name} }}`),
};
