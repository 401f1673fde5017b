/**
 * Short hash of a text (53 bits, base 36, at most 11 characters): what a trigger remembers of its filters instead of themselves.
 * Not cryptographic.
 */
export function shortHash(text: string): string {
	return hashNumber(text).toString(36);
}

/** Hash of a text as a whole number of 53 bits. Not cryptographic. */
export function hashNumber(text: string): number {
	let high = 0xdeadbeef;
	let low = 0x41c6ce57;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		high = Math.imul(high ^ code, 0x9e3779b1);
		low = Math.imul(low ^ code, 0x5f356495);
	}
	high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
	low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
	return 0x100000000 * (0x1fffff & low) + (high >>> 0);
}

/** Text of a value that does not depend on the order of its keys. */
export function stableStringify(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(stableStringify).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const entries = Object.entries(value)
		.filter(([, entry]) => entry !== undefined)
		.sort(([first], [second]) => (first < second ? -1 : 1));
	return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${stableStringify(entry)}`).join(',')}}`;
}
