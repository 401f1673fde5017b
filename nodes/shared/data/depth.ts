/** No answer of a vendor is nested nearly as deep; more would exhaust the stack, here and where n8n stores the items. */
export const maximumDepth = 500;

/** True for objects and lists that are nested in each other more than the given number of levels deep. Takes JSON, which has no cycles. */
export function isDeeperThan(value: unknown, levels: number): boolean {
	let level = isContainer(value) ? [value] : [];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth >= levels) return true;
		const next: object[] = [];
		for (const container of level) for (const entry of Object.values(container) as unknown[]) if (isContainer(entry)) next.push(entry);
		level = next;
	}
	return false;
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
