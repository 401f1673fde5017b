import { createHash, createHmac, timingSafeEqual } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Authentication, BasicAuthentication, Delivery, SignatureAuthentication, TokenAuthentication } from '../definition/push';

/** Why a request is not believed; for the log, never for the sender. */
export type Rejection = 'no secret in the credential' | 'no authentication sent' | 'wrong authentication' | 'too old';

/**
 * Checks who sent a request. Texts are compared in constant time, all candidates each time.
 * @param secrets the decrypted credential
 * @param now epoch milliseconds
 * @returns undefined for a request that the sender has authenticated
 */
export function findRejection(authentication: Authentication, delivery: Delivery, secrets: IDataObject, now: number): Rejection | undefined {
	if (authentication.kind === 'basic') return findBasicRejection(authentication, delivery, secrets);
	if (authentication.kind === 'token') return findTokenRejection(authentication, delivery, secrets);
	return findSignatureRejection(authentication, delivery, secrets, now);
}

function findBasicRejection(authentication: BasicAuthentication, { headers }: Delivery, secrets: IDataObject): Rejection | undefined {
	const user = filled(secrets[authentication.userField]);
	const password = filled(secrets[authentication.passwordField]);
	if (user === undefined || password === undefined) return 'no secret in the credential';
	const encoded = /^Basic\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
	if (encoded === undefined) return 'no authentication sent';
	return isEqual(Buffer.from(encoded, 'base64').toString('utf8'), `${user}:${password}`) ? undefined : 'wrong authentication';
}

function findTokenRejection(authentication: TokenAuthentication, delivery: Delivery, secrets: IDataObject): Rejection | undefined {
	const good = secretsOf(authentication.secretFields, secrets);
	if (good.length === 0) return 'no secret in the credential';
	const sent = authentication.sent(delivery);
	if (sent === undefined || sent === '') return 'no authentication sent';
	return anyEqual([sent], good) ? undefined : 'wrong authentication';
}

function findSignatureRejection(
	authentication: SignatureAuthentication,
	delivery: Delivery,
	secrets: IDataObject,
	now: number,
): Rejection | undefined {
	const good = secretsOf(authentication.secretFields, secrets);
	if (good.length === 0) return 'no secret in the credential';
	const sent = authentication.sent(delivery).filter((signature) => signature !== '');
	const prefix = authentication.signedPrefix === undefined ? '' : authentication.signedPrefix(delivery);
	if (sent.length === 0 || prefix === undefined) return 'no authentication sent';
	const expected = good.map((secret) =>
		createHmac('sha256', secret).update(prefix).update(delivery.rawBody).digest(authentication.encoding),
	);
	if (!anyEqual(sent, expected)) return 'wrong authentication';
	return isTooOld(authentication, delivery, secrets, now) ? 'too old' : undefined;
}

/** A time or a limit that cannot be read counts as too old: the limit was chosen on purpose. */
function isTooOld(authentication: SignatureAuthentication, delivery: Delivery, secrets: IDataObject, now: number): boolean {
	const seconds = authentication.maximumAgeField === undefined ? 0 : Number(secrets[authentication.maximumAgeField] ?? 0);
	if (!(seconds > 0)) return Number.isNaN(seconds);
	const signedAt = authentication.signedAt?.(delivery);
	return signedAt === undefined || Math.abs(now - signedAt) > seconds * 1_000;
}

function secretsOf(fields: string[], secrets: IDataObject): string[] {
	return fields.flatMap((field) => filled(secrets[field]) ?? []);
}

/** An empty secret would make every signature easy to forge. */
function filled(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Tries every pair, so that the time tells nothing about which one was nearly right. */
function anyEqual(sent: string[], expected: string[]): boolean {
	let found = false;
	for (const one of sent) for (const other of expected) found = isEqual(one, other) || found;
	return found;
}

/** Digests have the same length whatever the texts, as the comparison needs. */
function isEqual(one: string, other: string): boolean {
	return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text, 'utf8').digest();
}
