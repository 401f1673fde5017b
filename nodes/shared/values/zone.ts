import { isTimeZone } from '../timeZone';

import { InvalidValue, isEmpty } from './writer';
import type { ValueWriter } from './writer';

/** Writes the name of an IANA time zone, spelled as the list of zones spells it. */
export const timeZoneName: ValueWriter = (value) => {
	if (isEmpty(value)) return undefined;
	const name = typeof value === 'string' ? value.trim() : '';
	if (!isTimeZone(name)) throw new InvalidValue('a time zone of the IANA list, such as Australia/Sydney');
	const lower = name.toLowerCase();
	return Intl.supportedValuesOf('timeZone').find((known) => known.toLowerCase() === lower) ?? name;
};
