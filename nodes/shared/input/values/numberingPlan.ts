import { callingCodes } from './callingCodes';

/** How the numbers of one calling code look. */
interface NumberingPlan {
	/** What is dialled before the number inside the country only, such as 0. */
	trunkPrefixes: string[];
	/** Lengths without calling code, by first digit. */
	lengths: Map<string, Set<number>>;
}

const plans = new Map<string, NumberingPlan>();

/** True for the calling code of a country, such as 61. */
export function isCallingCode(code: string): boolean {
	return Object.hasOwn(callingCodes, code);
}

/** The calling code with which a number in international form begins; no code begins with another. */
export function countryCodeOf(digits: string): string | undefined {
	return [1, 2, 3].map((length) => digits.slice(0, length)).find(isCallingCode);
}

/** What is dialled before a number inside the country only. */
export function trunkPrefixesOf(code: string): readonly string[] {
	return planOf(code).trunkPrefixes;
}

/** True when the country has numbers of this length that begin with this digit. */
export function canHaveLength(code: string, national: string): boolean {
	return planOf(code).lengths.get(national.slice(0, 1))?.has(national.length) === true;
}

function planOf(code: string): NumberingPlan {
	const known = plans.get(code);
	if (known !== undefined) return known;
	const plan = readPlan(callingCodes[code]);
	plans.set(code, plan);
	return plan;
}

/** Reads `0 1:9,10 257:10`: trunk prefixes, then lengths by first digit. */
function readPlan(written: string): NumberingPlan {
	const [trunkPrefixes, ...groups] = written.split(' ');
	const lengths = new Map<string, Set<number>>();
	for (const group of groups) {
		const [firstDigits, list] = group.split(':');
		for (const digit of firstDigits) lengths.set(digit, new Set(list.split(',').map(Number)));
	}
	return { trunkPrefixes: trunkPrefixes === '-' ? [] : trunkPrefixes.split(','), lengths };
}
