// A choice that is left empty, as by an expression whose key is missing, is no choice: nothing of it is sent. Every operation of every vendor.
import type { IDataObject } from 'n8n-workflow';

import { iAdvize } from '../../nodes/IAdvize/vendor';
import { ipScape } from '../../nodes/IpScape/vendor';
import { liveAgent } from '../../nodes/LiveAgent/vendor';
import type { Field, Operation, Resource } from '../../nodes/shared/definition/operation';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import { formsOf } from '../../nodes/shared/http/api';
import { allFields, readValues } from '../../nodes/shared/input/fieldValues';
import { unwrapLocator } from '../../nodes/shared/input/parameters';
import type { ParameterReader } from '../../nodes/shared/input/parameters';
import { placeValues } from '../../nodes/shared/input/prepareItem';
import type { InputContext } from '../../nodes/shared/input/prepareItem';
import { ujet } from '../../nodes/Ujet/vendor';
import { sampleParameters } from '../support/samples';

const isChoice = ({ type, required }: Field) => required !== true && ['options', 'multiOptions', 'resourceLocator'].includes(type);

/** What is sent for parameters as they come out of expressions, or why nothing is. */
function placedOf(vendor: Vendor, operation: Operation, parameters: IDataObject): unknown {
	const reader = {
		read: (name: string) => unwrapLocator(parameters[name]),
		readInside: (collection: string, name: string) => unwrapLocator((parameters[collection] as IDataObject | undefined)?.[name]),
	} as unknown as ParameterReader;
	const context = { node: { name: 'Node' }, vendor, inputZone: 'UTC', vendorZone: 'UTC', clock: { now: () => 0 } } as unknown as InputContext;
	try {
		return placeValues(context, operation, readValues(operation, reader, { json: {} }, 0), 0, {});
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
			formsOf(whole).map((operation, form) => ({ title: `${resource.value}.${operation.value} ${form}`, resource, operation })),
		),
	);
}

test.each([iAdvize, ipScape, liveAgent, ujet])('$displayName: choices that are left empty are not sent', (vendor) => {
	const operations = operationsOf(vendor).filter(({ operation }) => allFields(operation).some(isChoice));
	expect(operations.length).toBeGreaterThan(5);
	for (const { title, resource, operation } of operations) {
		const fewest = sampleParameters(resource, operation, 'fewest') as IDataObject;
		for (const field of allFields(operation).filter(isChoice)) {
			const without = placedOf(vendor, operation, withValue(fewest, operation, field));
			for (const empty of field.type === 'multiOptions' ? ['', null, []] : ['', null]) {
				const given = placedOf(vendor, operation, withValue(fewest, operation, field, empty));
				expect({ title, field: field.name, empty, given }).toEqual({ title, field: field.name, empty, given: without });
			}
		}
	}
});
