import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { groupBy } from '../data/groupBy';

/** A property of one operation before equal ones are merged. */
export interface PlacedProperty {
	property: Omit<INodeProperties, 'displayOptions'>;
	/** Conditions beside resource and operation. */
	conditions: Record<string, unknown[]>;
	resource: string;
	operation: string;
	/** Place in the panel: what is chosen first stands first, whatever is merged. */
	rank: number;
}

/** Properties of a resource's operations that differ in nothing. */
interface MergedProperty extends PlacedProperty {
	operations: string[];
	members: PlacedProperty[];
}

/**
 * Orders merged properties so that each operation shows its own in the order of its table, whichever operation had them first.
 * Where two operations want opposite orders, the one that comes first in the vendor's tables wins.
 * @param groups properties that are written once, each with what it was merged from
 */
function inTableOrder(groups: MergedProperty[][], placed: PlacedProperty[]): MergedProperty[][] {
	const groupOf = new Map(groups.flatMap((group) => group.flatMap(({ members }) => members.map((member) => [member, group] as const))));
	const before = new Map(groups.map((group) => [group, new Set<MergedProperty[]>()]));
	for (const own of groupBy(placed, ({ resource, operation }) => `${resource} ${operation}`).values()) {
		const shown = [...own].sort((first, second) => first.rank - second.rank).map((entry) => groupOf.get(entry)!);
		shown.slice(1).forEach((group, index) => before.get(group)?.add(shown[index]));
	}
	const left = new Set(groups);
	const ordered: MergedProperty[][] = [];
	while (left.size > 0) {
		const isFree = (group: MergedProperty[]) => [...before.get(group)!].every((earlier) => !left.has(earlier));
		const next = [...left].find(isFree) ?? [...left][0];
		left.delete(next);
		ordered.push(next);
	}
	return ordered;
}

/** Writes properties that differ only in resource and operation once, as far as n8n's display conditions can say it. */
export function mergeEqual(placed: PlacedProperty[]): INodeProperties[] {
	const byResource = groupBy(placed, (entry) => JSON.stringify([entry.property, entry.conditions, entry.resource]));
	const merged = [...byResource.values()].map((entries): MergedProperty => ({
		...entries[0],
		members: entries,
		operations: entries.map(({ operation }) => operation),
	}));
	const byOperations = groupBy(merged, (entry) =>
		JSON.stringify([entry.property, entry.conditions, [...entry.operations].sort()]),
	);
	const ordered = inTableOrder([...byOperations.values()].sort(([first], [second]) => first.rank - second.rank), placed);
	return ordered.map((entries) => {
		const [{ property, conditions, operations }] = entries;
		const show = { resource: entries.map(({ resource }) => resource), operation: operations, ...conditions };
		return { ...property, displayOptions: { show } as IDisplayOptions };
	});
}
