import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter } from '../../definition/valueWriter';

/** How a telephone number without country code is read. */
export interface PhoneOptions {
	/** Digits such as `49`. A leading zero of the number is then taken as the trunk prefix and left out. */
	defaultCountryCode?: string;
}

const expected = 'a phone number with country code, such as +14155550123';

/** Separators, and the invisible marks that come along when a number is copied from an address book. */
const separators = /[\s().\-/[\]\u00ad\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Writes a telephone number as E.164, for example +14155550123. */
export function phone(options: PhoneOptions = {}): ValueWriter {
	return (value) => {
		if (isEmpty(value)) return undefined;
		if (typeof value !== 'string' && typeof value !== 'number') throw new InvalidValue(expected);
		const number = withCountryCode(compact(String(value)), options.defaultCountryCode);
		if (!/^\+[1-9]\d{7,14}$/.test(number)) throw new InvalidValue(expected);
		return number;
	};
}

function compact(given: string): string {
	const bare = given.normalize('NFKC').trim().replace(/^tel:/i, '');
	// In +44 (0)20 the zero is dialled only inside the country.
	const withoutTrunk = bare.replace(/^((?:\+|00)[\d\s.-]*)\(\s*0\s*\)/, '$1');
	return withoutTrunk.replace(separators, '').replace(/^00/, '+');
}

function withCountryCode(number: string, countryCode: string | undefined): string {
	if (countryCode === undefined || !/^\d/.test(number)) return number;
	return `+${countryCode.replace(/\D/g, '')}${number.replace(/^0/, '')}`;
}
