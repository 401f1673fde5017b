import type { IDataObject } from 'n8n-workflow';

import { maximumDepth } from '../data/depth';
import { omitted, mapEntries } from '../data/mapEntries';

/** What stands in the place of a secret. */
export const redacted = '***';

const minimumSecretLength = 4;

/** Credential fields that hold a secret, such as `apiKey` and `apiKeyV3`; `keyPlacement` and `tokenPrefix` do not. */
const secretField = /(password|passphrase|secret|token|key|signature)(v\d+)?$/i;

/** Credential fields that hold the name in HTTP basic authentication. */
const userField = /^(user|username|login)$/i;

const secretParameter =
	/^(api[-_]?key|key|(\w+[-_])?token|auth(orization)?|password|secret|client_secret|sig|signature|x-(amz|goog)-[\w-]+)$/i;

/** A digit, an equals sign or a capital inside a word tells a token from a sentence. */
const authorizationValue =
	/\b(Bearer|bearer|BEARER|Basic|basic|BASIC)\s+(?=\S*(?:[\d=]|[a-z][A-Z]))[A-Za-z0-9+/=._~-]{8,}/g;

/** Strikes secrets out of a text: the given ones, those in addresses, and authorization values. */
export function redact(text: string, secrets: string[]): string {
	let clean = text;
	for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, redacted);
	return redactUrl(clean).replace(authorizationValue, `$1 ${redacted}`);
}

/** Strikes out the values of secret query parameters and a name and password; takes an address or a text with addresses in it. */
export function redactUrl(url: string): string {
	return url
		.replace(/([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/?#@]+@/gi, `$1${redacted}@`)
		.replace(/([?&#])([^\s?&#=]+)=([^\s&#"'<>]*)/g, (whole, mark: string, name: string) =>
			secretParameter.test(decode(name)) ? `${mark}${name}=${redacted}` : whole,
		);
}

/** Gives the secret values of a decrypted credential, also as they look inside addresses and headers, longest first. */
export function collectSecrets(credentials: IDataObject): string[] {
	const fields = flatten(credentials);
	const users = fields.filter(([name]) => userField.test(name)).map(([, value]) => value);
	const found = new Set<string>();
	for (const [name, value] of fields) {
		if (!secretField.test(name)) continue;
		for (const form of formsOf(value, users)) if (form.length >= minimumSecretLength) found.add(form);
	}
	return [...found].sort((one, other) => other.length - one.length);
}

/** Removes keys at any depth. Gives the same value, not a copy, where none of them is present. */
export function withoutKeys<T>(value: T, keys: string[]): T {
	if (keys.length === 0) return value;
	return withoutDeep(value, new Set(keys)) as T;
}

function formsOf(secret: string, users: string[]): string[] {
	if (secret.length < minimumSecretLength) return [];
	const basic = [secret, `${secret}:`, ...users.map((user) => `${user}:${secret}`)];
	return [
		secret,
		encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\ufffd')),
		new URLSearchParams([['', secret]]).toString().slice(1),
		JSON.stringify(secret).slice(1, -1),
		// Without the padding, which may be left out or encoded.
		...basic.map((text) => Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '')),
	];
}

function flatten(value: IDataObject): Array<[string, string]> {
	return Object.entries(value).flatMap(([name, entry]): Array<[string, string]> => {
		if (typeof entry === 'string') return [[name, entry]];
		if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
		return flatten(entry as IDataObject);
	});
}

function decode(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

/** Rebuilds plain objects and lists where a key goes or a text changes; everything else, cycles too, stays as it is. */
function withoutDeep(value: unknown, unwanted: Set<string>, parents: Set<unknown> = new Set()): unknown {
	if (!isPlain(value) || parents.has(value)) return value;
	// Left out rather than passed on unread.
	if (parents.size >= maximumDepth) return undefined;
	parents.add(value);
	const isList = Array.isArray(value);
	const mapped = mapEntries(value, (entry, key) =>
		!isList && unwanted.has(key) ? omitted : withoutDeep(entry, unwanted, parents),
	);
	parents.delete(value);
	return mapped;
}

function isPlain(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	if (Array.isArray(value)) return true;
	const prototype: unknown = Object.getPrototypeOf(value);
	// Data from another realm has a prototype of its own, whose prototype in turn is null.
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
