import { basename } from 'node:path';

/**
 * How many random or repeated cases a test runs, or which: few in every run, many in the long one.
 *
 * @param few for `npm test`.
 * @param many for `npm run test:long`, which sets LONG=1.
 */
export function runs<Amount>(few: Amount, many: Amount): Amount {
	return process.env.LONG === '1' ? many : few;
}

/**
 * Settings of a property: how many cases, and the seed that they are drawn from. The seed is printed; `SEED=… npx jest …` repeats it,
 * and `RUNS=…` sets the number of cases, to look for a failure or to cut a long run into parts.
 */
export function seeded(few: number, many: number): { numRuns: number; seed: number } {
	const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
	printSeed(seed);
	return { numRuns: Number(process.env.RUNS ?? runs(few, many)), seed };
}

/** Prints the seed of a test file. */
export function printSeed(seed: number): void {
	process.stdout.write(`seed ${seed} of ${basename(expect.getState().testPath ?? '')}\n`);
}
