import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { readManifest } from '../../scripts/n8n/paths';
import { type RunningVendor, VENDORS } from '../../scripts/n8n/vendors';
import { withAllVendors } from './allVendors';
import { NEWEST_VERSION } from './ownNode';

/** A pick list found somewhere in a node's parameters. */
interface PickList {
	methodName: string;
	path: string;
}

function listMode(property: INodeProperties): INodePropertyMode | undefined {
	return property.type === 'resourceLocator' ? property.modes?.find(({ type }) => type === 'list') : undefined;
}

/** Every pick list of these parameters, those inside collections included, one for each list-search method. */
function findPickLists(properties: INodeProperties[], path = 'parameters'): PickList[] {
	const found = properties.flatMap((property) => {
		const methodName = listMode(property)?.typeOptions?.searchListMethod;
		const nested = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return option.values;
			return 'type' in option ? [option] : [];
		});
		const own = methodName ? [{ methodName, path: `${path}.${property.name}` }] : [];
		return [...own, ...findPickLists(nested, `${path}.${property.name}`)];
	});
	return [...new Map(found.map((list) => [list.methodName, list])).values()];
}

describe('the pick lists', () => {
	const vendors = withAllVendors();

	it.each(VENDORS.map(({ name }) => name))('of %s offer records and find one by its name', async (name) => {
		const { vendor, credential } = vendors.running.find((candidate) => candidate.vendor.name === name) as RunningVendor;
		const prefix = `${readManifest().name}.`;
		const ownTypes = vendors.nodeTypes.filter(
			(type) =>
				type.name.startsWith(prefix) &&
				!type.name.endsWith('Tool') &&
				type.credentials?.some((wanted) => wanted.name === vendor.credentialType),
		);
		const problems: string[] = [];
		let checked = 0;
		for (const type of ownTypes) {
			for (const { methodName, path } of findPickLists(type.properties)) {
				const request = {
					path,
					methodName,
					nodeTypeAndVersion: { name: type.name, version: NEWEST_VERSION },
					currentNodeParameters: {},
					credentials: { [credential.type]: { id: credential.id, name: credential.name } },
				};
				checked += 1;
				const [first] = await vendors.client.pickList(request);
				if (!first) {
					problems.push(`${type.name} ${methodName} offers nothing`);
					continue;
				}
				const found = await vendors.client.pickList({ ...request, filter: first.name });
				if (!found.some(({ value }) => value === first.value))
					problems.push(`${type.name} ${methodName} does not find "${first.name}"`);
			}
		}
		expect(checked).toBeGreaterThan(0);
		expect(problems).toEqual([]);
	});
});
