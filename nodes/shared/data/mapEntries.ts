/** What a mapper returns for an entry that is to be left out. */
export const omitted = Symbol('left out');

/**
 * A list or an object with its entries mapped. Gives the same value, not a copy, where none changes: answers have many rows, and
 * most of what they hold stays.
 */
export function mapEntries<T extends object>(container: T, map: (entry: unknown, key: string) => unknown): T {
	const source = container as Record<string, unknown>;
	let copy: Record<string, unknown> | undefined;
	for (const key of Object.keys(source)) {
		const mapped = map(source[key], key);
		if (mapped === source[key]) continue;
		copy ??= (Array.isArray(source) ? [...(source as unknown[])] : { ...source }) as Record<string, unknown>;
		if (mapped === omitted) delete copy[key];
		else copy[key] = mapped;
	}
	return (copy ?? container) as T;
}
