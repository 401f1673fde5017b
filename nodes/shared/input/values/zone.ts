import type { IDataObject } from 'n8n-workflow';

import { isTimeZone } from '../../time/timeZone';

import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter } from '../../definition/valueWriter';

/** Names of the list by their small letters, filled when first asked for. */
let listed: Map<string, string> | undefined;

/** Writes the name of an IANA time zone, spelled as the list of zones spells it. */
export const timeZoneName: ValueWriter = (value) => {
	if (isEmpty(value)) return undefined;
	const name = typeof value === 'string' ? value.trim() : '';
	if (!isTimeZone(name)) throw new InvalidValue('a time zone of the IANA list, such as Australia/Sydney');
	listed ??= new Map(Intl.supportedValuesOf('timeZone').map((known) => [known.toLowerCase(), known]));
	return listed.get(name.toLowerCase()) ?? name;
};

/**
 * Reads the Time Zone of a credential; undefined if it is left empty.
 * @param example zone that the error names
 * @throws InvalidValue if there is no such zone
 */
export function credentialTimeZone(example: string): (credentials: IDataObject) => string | undefined {
	return ({ timezone }) => {
		if (isEmpty(timezone)) return undefined;
		if (typeof timezone === 'string' && isTimeZone(timezone)) return timezone;
		throw new InvalidValue(`the name of a time zone such as ${example}`);
	};
}
