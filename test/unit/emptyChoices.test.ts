// What is left empty, or comes out of an expression empty: a choice is not sent, and a filter is refused. Every operation of every vendor.
import type { IDataObject, INode } from 'n8n-workflow';

import type { Field, Operation, Resource } from '../../nodes/shared/definition/operation';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import { variantsOf } from '../../nodes/shared/http/api';
import { expectedChoice } from '../../nodes/shared/input/choices';
import { allFields } from '../../nodes/shared/input/fieldValues';
import { ParameterReader } from '../../nodes/shared/input/parameters';
import { prepareItem } from '../../nodes/shared/input/prepareItem';
import { sampleParameters } from '../support/samples';
import { vendors } from '../support/vendors';

const isChoice = ({ type, required }: Field) => required !== true && ['options', 'multiOptions', 'resourceLocator'].includes(type);

const isFilters = ({ optional }: Operation) => optional?.name === 'filters';

/** What an expression gives that says nothing, whatever the type of the field. */
const blanks = ['', '   ', null, undefined, [], ['', ' ']];

/** An expression; what it gives is under its place in `given`. */
const expression = '={{ $json.given }}';

/** What is sent for an item, or why nothing is. */
function placedOf(vendor: Vendor, operation: Operation, parameters: IDataObject, given?: unknown): unknown {
	const node = { name: 'Node', parameters, typeVersion: 2 } as unknown as INode;
	const reader = new ParameterReader({ getNode: () => node, getNodeParameter: () => given });
	const context = { node, vendor, inputZone: 'UTC', vendorZone: 'UTC', clock: { now: () => Date.parse('2026-01-05T12:00:00Z') } };
	try {
		return prepareItem(context, operation, reader, { json: {} }, 0).placed;
	} catch (error) {
		return (error as Error).message;
	}
}

/** Parameters with a field set; without it when the value is left out. */
function withValue(parameters: IDataObject, { fields = [], optional }: Operation, field: Field, ...value: unknown[]): IDataObject {
	const isDirect = fields.includes(field);
	const { [field.name]: _former, ...rest } = (isDirect ? parameters : (parameters[optional?.name as string] ?? {})) as IDataObject;
	const changed = value.length === 0 ? rest : { ...rest, [field.name]: value[0] as string };
	return isDirect ? changed : { ...parameters, [optional?.name as string]: changed };
}

function operationsOf({ resources }: Vendor): Array<{ title: string; resource: Resource; operation: Operation }> {
	return resources.flatMap((resource) =>
		resource.operations.flatMap((whole) =>
			variantsOf(whole).map((operation, form) => ({ title: `${resource.value}.${operation.value} ${form}`, resource, operation })),
		),
	);
}

test.each(vendors)('$displayName: choices that are left empty are not sent', (vendor) => {
	const operations = operationsOf(vendor).filter(({ operation }) => allFields(operation).some(isChoice));
	expect(operations.length).toBeGreaterThan(5);
	for (const { title, resource, operation } of operations) {
		const fewest = sampleParameters(resource, operation, 'fewest') as IDataObject;
		const kept = isFilters(operation) ? (operation.fields ?? []) : allFields(operation);
		for (const field of kept.filter(isChoice)) {
			const without = placedOf(vendor, operation, withValue(fewest, operation, field));
			for (const empty of field.type === 'multiOptions' ? ['', null, []] : ['', null]) {
				const given = placedOf(vendor, operation, withValue(fewest, operation, field, empty));
				expect({ title, field: field.name, empty, given }).toEqual({ title, field: field.name, empty, given: without });
			}
		}
	}
});

test.each(vendors)('$displayName: a filter that was added and says nothing is refused', (vendor) => {
	const operations = operationsOf(vendor).filter(({ operation }) => isFilters(operation));
	expect(operations.length).toBeGreaterThan(5);
	for (const { title, resource, operation } of operations) {
		const fewest = sampleParameters(resource, operation, 'fewest') as IDataObject;
		for (const field of operation.optional?.fields ?? []) {
			const rows = field.type === 'fixedCollection' ? [{}, { condition: [] }] : [];
			const message = expect.stringMatching(`^Invalid value for '${plain(field.displayName)}' \\[item 0\\]: expected `) as unknown;
			for (const empty of [...blanks, ...rows]) {
				const asTyped = placedOf(vendor, operation, withValue(fewest, operation, field, empty));
				const asExpression = placedOf(vendor, operation, withValue(fewest, operation, field, expression), empty);
				expect({ title, empty, asTyped, asExpression }).toEqual({ title, empty, asTyped: message, asExpression: message });
			}
		}
	}
});

test.each(vendors)('$displayName: an expression for all filters gives filters of the operation', (vendor) => {
	for (const { title, resource, operation } of operationsOf(vendor).filter((row) => isFilters(row.operation))) {
		const parameters = { ...(sampleParameters(resource, operation, 'fewest') as IDataObject), filters: expression };
		for (const given of [undefined, null, '', 'all', 7, [], { noSuchFilter: 'x' }]) {
			const message = expect.stringContaining("Invalid value for 'Filters' [item 0]: expected an object") as unknown;
			expect({ title, given, sent: placedOf(vendor, operation, parameters, given) }).toEqual({ title, given, sent: message });
		}
		const without = placedOf(vendor, operation, sampleParameters(resource, operation, 'fewest') as IDataObject);
		expect({ title, sent: placedOf(vendor, operation, parameters, {}) }).toEqual({ title, sent: without });
	}
});

test('a filter beside the collection may be left empty, and is refused where its expression gives nothing', () => {
	const found = vendors.flatMap((vendor) =>
		operationsOf(vendor).flatMap(({ title, resource, operation }) => {
			const shown = operation.answer?.kind === 'many' ? (operation.fields ?? []).filter(isChoice) : [];
			return shown.filter(({ displayOptions }) => displayOptions === undefined).map((field) => ({ vendor, title, resource, operation, field }));
		}),
	);
	expect(found.map(({ title, field }) => `${title} ${field.name}`)).toContain('conversation.getMany 0 departmentId');
	for (const { vendor, title, resource, operation, field } of found) {
		const fewest = sampleParameters(resource, operation, 'fewest') as IDataObject;
		for (const empty of blanks) {
			const sent = placedOf(vendor, operation, withValue(fewest, operation, field, expression), empty);
			const choices = expectedChoice(field) ?? 'a value';
			const message = expect.stringContaining(`Invalid value for '${field.displayName}' [item 0]: expected ${choices}, but the expression`) as unknown;
			expect({ title, field: field.name, empty, sent }).toEqual({ title, field: field.name, empty, sent: message });
		}
	}
});

/** A text as a pattern that matches it alone. */
function plain(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
