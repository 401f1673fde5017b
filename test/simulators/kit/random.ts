/** Repeatable random values: the same seed always gives the same row of values. */
export interface Random {
	/** Number from 0 (included) to 1 (excluded). */
	next(): number;
	/** Whole number from `from` to `to`, both included. */
	integer(from: number, to: number): number;
	/** One element of a list that is not empty. */
	pick<T>(list: readonly T[]): T;
	/** True with the given probability (0 to 1). */
	chance(probability: number): boolean;
	/** Text of hexadecimal digits. */
	hex(length: number): string;
	/** UUID version 4 in text form. */
	uuid(): string;
}

/** Seeded random values (mulberry32: fast, good enough for test data, never for secrets). */
export function createRandom(seed = 1): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
	const hex = (length: number): string => Array.from({ length }, () => integer(0, 15).toString(16)).join('');
	return {
		next,
		integer,
		hex,
		pick: <T>(list: readonly T[]): T => list[integer(0, list.length - 1)] as T,
		chance: (probability) => next() < probability,
		uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${(8 + integer(0, 3)).toString(16)}${hex(3)}-${hex(12)}`,
	};
}
