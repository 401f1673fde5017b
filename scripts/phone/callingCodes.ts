import { Metadata } from 'libphonenumber-js/core';
import type { CountryCode, MetadataJson } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/metadata.max.json';

import { addShapes, digitShapes } from './digitShapes';
import type { DigitShapes } from './digitShapes';

/** Kinds of numbers at which a person or a company is called; without premium rate, pagers, voicemail boxes and numbers for use inside the country only. */
const dialledTypes = ['FIXED_LINE', 'MOBILE', 'TOLL_FREE', 'SHARED_COST', 'PERSONAL_NUMBER', 'VOIP'] as const;

const longestNumber = 15;

// The library checks for objects of its own realm; Jest reads this file in another one, which a clone leaves.
const plans = structuredClone(metadata) as unknown as MetadataJson & {
	country_calling_codes: Record<string, CountryCode[]>;
	nonGeographic: Record<string, unknown>;
};

/** Each calling code with the countries that share it, the main one first. */
export const countriesByCode = plans.country_calling_codes;

/** The table of calling codes as TypeScript, one line for each code. */
export function callingCodesFile(): string {
	const codes = [...Object.keys(countriesByCode), ...Object.keys(plans.nonGeographic)];
	const lines = codes.sort((a, b) => Number(a) - Number(b)).map((code) => `\t'${code}': '${entryOf(code)}',`);
	return `${header}${lines.join('\n')}\n};\n`;
}

const header = `// Written by scripts/phone.ts from the metadata of libphonenumber-js; do not edit.

/**
 * Calling codes with the prefixes that are dialled inside the country only (\`-\` for none), then for each first digit of a number
 * (\`29\` stands for 2 and 9) the lengths that it can have, without calling code and prefix.
 */
export const callingCodes: Readonly<Record<string, string>> = {
`;

function entryOf(code: string): string {
	const networks = countriesByCode[code] ?? [code];
	const shapes: DigitShapes = new Map();
	for (const network of networks) addShapes(shapes, shapesOf(network));
	const trunkPrefixes = code in countriesByCode ? trunkPrefixesOf(networks[0]) : [];
	// Where 0 is the trunk prefix, numbers of a leading 0 are dialled by a carrier's own customers only, as 0077 in Japan.
	if (trunkPrefixes.includes('0')) shapes.delete('0');
	const digitsByLengths = new Map<string, string>();
	for (const [first, lengths] of [...shapes].sort()) {
		const written = [...lengths]
			.filter((length) => length + code.length <= longestNumber)
			.sort((a, b) => a - b)
			.join(',');
		if (written !== '') digitsByLengths.set(written, (digitsByLengths.get(written) ?? '') + first);
	}
	const parts = [...digitsByLengths].map(([lengths, firstDigits]) => `${firstDigits}:${lengths}`);
	return [trunkPrefixes.join(',') || '-', ...parts].join(' ');
}

/** @param network a country, or the calling code of what belongs to none, such as 800 */
function shapesOf(network: string): DigitShapes {
	const shapes: DigitShapes = new Map();
	for (const pattern of patternsOf(network)) addShapes(shapes, digitShapes(pattern));
	return shapes;
}

/** The patterns of the numbers of a network, one for each type. */
export function patternsOf(network: string): string[] {
	const plan = planOf(network);
	return dialledTypes.map((type) => plan.type(type)?.pattern() ?? '').filter((pattern) => pattern !== '');
}

/** What is dialled before a number inside the country only; without the codes of single carriers. */
export function trunkPrefixesOf(network: string): string[] {
	const pattern = planOf(network).numberingPlan?.nationalPrefixForParsing();
	if (!pattern) return [];
	return shortDigits.filter((digits) => new RegExp(`^(?:${pattern})$`).test(digits));
}

/** All numbers of one and two digits. */
const shortDigits = [...'0123456789'].flatMap((first, _index, all) => [first, ...all.map((second) => first + second)]);

/** The parts of a numbering plan that the library's own types leave out. */
interface Plan {
	numberingPlan?: { nationalPrefixForParsing(): string | null };
	type(name: string): { pattern(): string } | undefined;
}

function planOf(network: string): Plan {
	const plan = new Metadata(plans);
	plan.selectNumberingPlan(network as CountryCode);
	return plan as unknown as Plan;
}
