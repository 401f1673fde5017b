import { z } from 'zod/v3';

import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter } from '../../definition/valueWriter';

const emailSchema = z.string().email();

/** Writes an email address. */
export const email: ValueWriter = (value) => {
	if (isEmpty(value)) return undefined;
	const parsed = emailSchema.safeParse(typeof value === 'string' ? value.trim() : value);
	if (!parsed.success) throw new InvalidValue('an email address such as name@example.com');
	return parsed.data;
};

/** Writes the address of a web page. */
export const url: ValueWriter = (value) => {
	if (isEmpty(value)) return undefined;
	const address = typeof value === 'string' ? value.trim() : '';
	if (!/^https?:\/\/[^\s]+$/i.test(address) || !URL.canParse(address)) {
		throw new InvalidValue('a web address such as https://example.com/page');
	}
	return address;
};
