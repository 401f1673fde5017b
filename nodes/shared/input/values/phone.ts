import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter, WriteContext } from '../../definition/valueWriter';
import { canHaveLength, countryCodeOf, isCallingCode, trunkPrefixesOf } from './numberingPlan';

/** Name of the field, beside the number, that says how a number without country code is read. */
export const countryCodeName = 'defaultCountryCode';

/** Which telephone numbers are taken. */
export interface PhoneOptions {
	/** Calling code such as `49` for numbers that come without one. Default: what *Default Country Code* of the same item says. */
	defaultCountryCode?: string;
	/** Also takes extensions and short codes of 3 to 7 digits, and writes them as they are: only where the vendor dials them. */
	shortNumbers?: boolean;
}

const shape = 'a phone number with country code, such as +14155550123';

/** What people type around the digits, and the invisible marks that come along when a number is copied from an address book. */
const separators = /[\s().\-/[\]\u00ad\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

const longestShown = 40;

/**
 * Writes a telephone number as E.164, for example +14155550123.
 * A number must have a length that its country uses; one that already begins with the country code does not get it twice,
 * and one that can be read in two ways is refused.
 */
export function phone(options: PhoneOptions = {}): ValueWriter {
	return (value, context) => {
		if (isEmpty(value)) return undefined;
		if (typeof value !== 'string' && typeof value !== 'number') throw new InvalidValue(shape);
		const given = String(value);
		const typed = compact(given);
		if (options.shortNumbers === true && /^\d{3,7}$/.test(typed)) return typed;
		if (typed.startsWith('+')) return writeInternational(typed.slice(1), given);
		return writeNational(typed, defaultCode(options, context), given);
	};
}

/** Writes a calling code such as 61; takes `+61` and `0061` too. */
export const countryCode: ValueWriter = (value) => {
	if (isEmpty(value)) return undefined;
	const expected = 'the calling code of a country, such as 61 for Australia';
	if (typeof value !== 'string' && typeof value !== 'number') throw new InvalidValue(expected);
	const code = compact(String(value)).replace(/^\+/, '');
	if (!isCallingCode(code)) throw refused(String(value), expected);
	return code;
};

function defaultCode(options: PhoneOptions, context: WriteContext): string | undefined {
	return countryCode(options.defaultCountryCode ?? context.values?.[countryCodeName], context) as string | undefined;
}

function compact(given: string): string {
	const bare = given.normalize('NFKC').trim().replace(/^tel:/i, '');
	// In +44 (0)20 the zero is dialled only inside the country.
	const withoutTrunk = bare.replace(/^((?:\+|00)[\d\s.-]*)\(\s*0\s*\)/, '$1');
	return withoutTrunk.replace(separators, '').replace(/^00/, '+');
}

function writeInternational(digits: string, given: string): string {
	if (!/^\d{4,20}$/.test(digits)) throw refused(given, shape);
	const code = countryCodeOf(digits);
	if (code === undefined) throw refused(given, `${shape}; no country has this code`);
	const national = nationalReadings(code, digits.slice(code.length), { withCode: false });
	if (national.length === 0)
		throw refused(given, `${shape}; no number of country code ${code} has these digits or this many`);
	return `+${code}${national[0]}`;
}

function writeNational(digits: string, code: string | undefined, given: string): string {
	if (!/^\d{3,20}$/.test(digits)) throw refused(given, shape);
	if (code === undefined) throw refused(given, `${shape} (or set 'Default Country Code')`);
	const readings = nationalReadings(code, digits, { withCode: true });
	if (readings.length === 0)
		throw refused(given, `${shape}; no number of country code ${code} has these digits or this many`);
	if (readings.length > 1) {
		throw refused(
			given,
			`${shape}; with country code ${code} it can be read as ${readings.map((reading) => `+${code}${reading}`).join(' and as ')}`,
		);
	}
	return `+${code}${readings[0]}`;
}

/** The numbers of a country that digits can stand for: as they are, without the trunk prefix, or without the country code in front. */
function nationalReadings(code: string, digits: string, { withCode }: { withCode: boolean }): string[] {
	const prefixes = withCode ? [...trunkPrefixesOf(code), code] : trunkPrefixesOf(code);
	const readings = ['', ...prefixes]
		.filter((prefix) => digits.startsWith(prefix))
		.map((prefix) => digits.slice(prefix.length))
		.filter((reading) => canHaveLength(code, reading));
	return [...new Set(readings)];
}

function refused(given: string, expected: string): InvalidValue {
	return new InvalidValue(`${expected}; got ${quoted(given)}`);
}

function quoted(given: string): string {
	const shown = given.trim();
	return `'${shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown}'`;
}
