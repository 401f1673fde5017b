// Fills in an operation as a user would: with the fewest or with the most fields.
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import type { Field, Operation, Resource } from '../../nodes/shared/definition/operation';
import { alternativesOf, isShown } from '../../nodes/shared/input/fieldValues';
import { toProperty } from '../../nodes/shared/editor/fieldProperty';

/** How much is filled in: required fields alone, or every field. */
export type Amount = 'fewest' | 'most';

/** Parameters of a node for one operation, as the editor stores them. */
export function sampleParameters(resource: Resource, operation: Operation, amount: Amount): INodeParameters {
	const parameters: IDataObject = { resource: resource.value, operation: operation.value };
	const chosen: IDataObject = {};
	const needed = neededFields(operation);
	for (const field of operation.fields ?? []) {
		if (!isShown(field, chosen)) continue;
		chosen[field.name] = field.default as string;
		if (amount === 'fewest' && field.required !== true && !needed.has(field.name)) continue;
		chosen[field.name] = sampleOf(field) as string;
		parameters[field.name] = chosen[field.name];
	}
	if (operation.answer?.kind === 'many') parameters.limit = 5;
	const { optional } = operation;
	if (optional !== undefined) {
		const fields = optional.fields.filter(({ name }) => amount === 'most' || needed.has(name));
		parameters[optional.name] = Object.fromEntries(fields.map((field) => [field.name, sampleOf(field)])) as IDataObject;
	}
	return parameters as INodeParameters;
}

/** Fields that are not required by themselves and yet needed: one of several, and the switch that confirms. */
function neededFields(operation: Operation): Set<string | undefined> {
	return new Set([operation.confirmedBy, alternativesOf(operation)[0]?.name]);
}

/** What a user would type into a field: its sample, its placeholder, its first choice, or something of its type. */
export function sampleOf(field: Field): unknown {
	if (field.sample !== undefined) return field.sample;
	const property = toProperty(field);
	const example = exampleIn(property.placeholder);
	const [choice] = (property.options ?? []) as Array<{ value?: unknown }>;
	switch (property.type) {
		case 'boolean':
			return true;
		case 'number':
			return example === undefined ? property.default || 1 : Number(example);
		case 'dateTime':
			return '2030-03-05T09:30:00Z';
		case 'multiOptions':
			return choice === undefined ? ['17'] : [choice.value];
		case 'options':
			return choice?.value ?? property.default;
		case 'resourceLocator':
			return { __rl: true, mode: 'id', value: locatorExample(property) };
		default:
			return example ?? (property.default || 'Sample text');
	}
}

function exampleIn(placeholder: string | undefined): string | undefined {
	return placeholder?.startsWith('e.g. ') ? placeholder.slice('e.g. '.length) : undefined;
}

function locatorExample(property: INodeProperties): string {
	const byId = property.modes?.find(({ name }) => name === 'id');
	return exampleIn(byId?.placeholder) ?? '17';
}
