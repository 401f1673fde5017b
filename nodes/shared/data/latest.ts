/** The later of two times, either of which may be missing. */
export function latest(first: number | undefined, second: number | undefined): number | undefined {
	if (first === undefined) return second;
	return second === undefined ? first : Math.max(first, second);
}
