// By what a contact or company is known, and when a record counts as the one that is looked for.
import type { IDataObject } from 'n8n-workflow';

import { normaliseName } from '../../shared/data/names';
import type { RunItem } from '../../shared/definition/outcome';
import type { FieldValues } from '../../shared/definition/request';
import { phone, splitList } from '../../shared/input/values';

type MatchBy = 'email' | 'phone' | 'name' | 'customField';

/** How records are looked up by one of their fields. */
export interface Lookup {
	/** In messages: `email`. */
	words: string;
	/** The operation's field with the values. */
	field: string;
	/** Names under which the list may filter by it, tried one after the other: the vendor documents none. */
	filterFields: string[];
	/** Values that the user gave, out of the written body. */
	given: string[];
	/** Other ways in which the vendor may have stored the values. */
	alsoStoredAs: string[];
	/** Values that a record of the vendor has. */
	valuesOf: (record: IDataObject) => string[];
	/** What is compared: case or separators do not matter. */
	compared: (value: string) => string;
	/** The list leaves the field out, so candidates are read one by one. */
	needsWhole: boolean;
}

/** Phones are looked up in a list of their own. */
export const phoneListField = 'contact_phones';

const readPhone = phone();

/** How the record of an item is looked up. */
export function lookupOf({ values, placed: { body } }: RunItem): Lookup {
	const by = values.findBy as MatchBy;
	const usual = { words: by, compared: normaliseName, alsoStoredAs: [], needsWhole: false };
	if (by === 'email') {
		const valuesOf = ({ emails, email }: IDataObject) => textsIn(emails ?? email);
		return { ...usual, field: 'emails', filterFields: ['email', 'emails'], given: textsIn(body.emails), valuesOf };
	}
	if (by === 'phone') {
		const valuesOf = ({ phones }: IDataObject) => textsIn(phones);
		const compared = (value: string) => digitsOf(internationalOr(value, values));
		return { ...usual, field: 'phones', filterFields: [phoneListField], given: textsIn(body.phones), alsoStoredAs: phonesAsTyped(values), valuesOf, compared };
	}
	if (by === 'name') {
		return { ...usual, field: 'name', filterFields: ['name'], given: textsIn(body.name), valuesOf: ({ name }) => textsIn(name) };
	}
	const code = String((values as FieldValues).findByCode).trim();
	const valuesOf = ({ custom_fields: fields }: IDataObject) => customValues(fields, code);
	return {
		...usual,
		words: `custom field '${code}'`,
		field: 'customFields',
		filterFields: [code],
		given: customValues(body.custom_fields, code),
		valuesOf,
		needsWhole: true,
	};
}

/** True for a record that has the value. */
export function isExact({ valuesOf, compared }: Lookup, row: IDataObject, value: string): boolean {
	return valuesOf(row).some((candidate) => compared(candidate) === compared(value));
}

/** False for a record that has nothing to do with the value: then the filter had no effect. */
export function mayMatch({ valuesOf, compared }: Lookup, row: IDataObject, value: string): boolean {
	return valuesOf(row).some((candidate) => compared(candidate).includes(compared(value)));
}

function digitsOf(number: string): string {
	return number.replace(/\D/g, '').replace(/^00/, '');
}

/** A number without what people type around its digits. */
export function withoutSeparators(number: string): string {
	return number.replace(/[\s().-]/g, '');
}

/** The number in E.164 where it can be read so: LiveAgent also stores what was typed there or came in by a call. */
function internationalOr(number: string, values: FieldValues): string {
	try {
		return String(readPhone(number, { inputZone: 'UTC', vendorZone: 'UTC', now: 0, values }) ?? number);
	} catch {
		return number;
	}
}

/** The phones of the item before they were written. */
function phonesAsTyped({ phones }: FieldValues): string[] {
	return splitList(phones).map(String);
}

function textsIn(value: unknown): string[] {
	const values = Array.isArray(value) ? (value as unknown[]) : [value];
	return values.filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
}

function customValues(fields: unknown, code: string): string[] {
	const all = Array.isArray(fields) ? (fields as IDataObject[]) : [];
	return textsIn(all.filter((field) => field?.code === code).map(({ value }) => value));
}
