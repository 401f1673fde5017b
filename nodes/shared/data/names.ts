const normalisedKeys = new Map<string, string>();

/** A key without case, spaces and punctuation, remembered because items share their keys. */
export function normaliseKey(key: string): string {
	let known = normalisedKeys.get(key);
	if (known === undefined) {
		known = key.toLowerCase().replace(/[^a-z0-9]/g, '');
		if (normalisedKeys.size < 5_000) normalisedKeys.set(key, known);
	}
	return known;
}

/** A name as it is compared where neither case nor spaces around it matter. */
export function normaliseName(name: string): string {
	return name.trim().toLowerCase();
}
