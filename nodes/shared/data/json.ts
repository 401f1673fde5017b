/** Reads JSON; undefined for a text that is none. */
export function parseJson(given: string): unknown {
	try {
		return JSON.parse(given) as unknown;
	} catch {
		return undefined;
	}
}
