// Whoever fills in a node from top to bottom meets what is required before what may stay empty.
import type { INodeProperties } from 'n8n-workflow';

import type { Vendor } from '../../../nodes/shared/definition/vendor';
import { outputFieldName } from '../../../nodes/shared/definition/parameterNames';
import { nodeProperties } from '../../../nodes/shared/editor/nodeDescription';
import { triggerProperties } from '../../../nodes/shared/editor/triggerDescription';
import { vendors } from '../../support/vendors';

const namedVendors: Array<[string, Vendor]> = vendors.map((vendor) => [vendor.displayName, vendor]);

/** Optional fields that belong in front of a required one, and why. */
const exceptions: Record<string, string> = {
	campaignId: 'narrows the list of lead lists below it',
};

/** A dropdown or switch always holds a value, so nobody has to come back to it. */
function mayStayEmpty({ name, type, required }: INodeProperties): boolean {
	return required !== true && !['options', 'boolean', 'notice', 'hidden'].includes(type) && exceptions[name] === undefined;
}

/** The first optional field of a panel with a required one below it; the name of an output file stands last and is filled in. */
function misplaced(shown: INodeProperties[]): string[] {
	const required = shown.filter((property) => property.required === true && property.name !== outputFieldName).at(-1);
	const tooEarly = required === undefined ? undefined : shown.slice(0, shown.indexOf(required)).find(mayStayEmpty);
	return tooEarly === undefined ? [] : [`${tooEarly.name} stands before ${required?.name}`];
}

function isShownFor({ displayOptions }: INodeProperties, names: Record<string, string>): boolean {
	return Object.entries(names).every(([name, value]) => displayOptions?.show?.[name]?.includes(value) === true);
}

describe.each(namedVendors)('%s shows required fields before optional ones', (_, vendor) => {
	test('in each operation', () => {
		const properties = nodeProperties(vendor);
		const wrong = vendor.resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => {
				const shown = properties.filter((property) => isShownFor(property, { resource: resource.value, operation: operation.value }));
				return misplaced(shown).map((text) => `${resource.value}.${operation.value}: ${text}`);
			}),
		);
		expect(wrong).toEqual([]);
	});

	test('in each event', () => {
		const properties = triggerProperties(vendor);
		const wrong = vendor.events.flatMap(({ value }) =>
			misplaced(properties.filter((property) => isShownFor(property, { event: value }))).map((text) => `${value}: ${text}`),
		);
		expect(wrong).toEqual([]);
	});
});
