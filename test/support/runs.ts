/**
 * How many random or repeated cases a test runs: few in every run, many in the long one.
 *
 * @param few for `npm test`.
 * @param many for `npm run test:long`, which sets LONG=1.
 */
export function runs(few: number, many: number): number {
	return process.env.LONG === '1' ? many : few;
}
