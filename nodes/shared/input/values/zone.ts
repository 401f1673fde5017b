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
