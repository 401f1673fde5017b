import { createHash, createHmac, timingSafeEqual } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { BasicProof, Delivery, Proof, SignatureProof, TokenProof } from '../definition/push';

/** Why a request is not believed; for the log, never for the sender. */
export type Rejection = 'no secret in the credential' | 'no proof sent' | 'wrong proof' | 'too old';

/**
 * Checks who sent a request. Texts are compared in constant time, all candidates each time.
 * @param secrets the decrypted credential
 * @param now epoch milliseconds
 * @returns nothing when the proof is right
 */
export function findRejection(proof: Proof, delivery: Delivery, secrets: IDataObject, now: number): Rejection | undefined {
	if (proof.kind === 'basic') return findBasicRejection(proof, delivery, secrets);
	if (proof.kind === 'token') return findTokenRejection(proof, delivery, secrets);
	return findSignatureRejection(proof, delivery, secrets, now);
}

function findBasicRejection(proof: BasicProof, { headers }: Delivery, secrets: IDataObject): Rejection | undefined {
	const user = filled(secrets[proof.userField]);
	const password = filled(secrets[proof.passwordField]);
	if (user === undefined || password === undefined) return 'no secret in the credential';
	const encoded = /^Basic\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
	if (encoded === undefined) return 'no proof sent';
	return isEqual(Buffer.from(encoded, 'base64').toString('utf8'), `${user}:${password}`) ? undefined : 'wrong proof';
}

function findTokenRejection(proof: TokenProof, delivery: Delivery, secrets: IDataObject): Rejection | undefined {
	const good = secretsOf(proof.secretFields, secrets);
	if (good.length === 0) return 'no secret in the credential';
	const sent = proof.sent(delivery);
	if (sent === undefined || sent === '') return 'no proof sent';
	return anyEqual([sent], good) ? undefined : 'wrong proof';
}

function findSignatureRejection(
	proof: SignatureProof,
	delivery: Delivery,
	secrets: IDataObject,
	now: number,
): Rejection | undefined {
	const good = secretsOf(proof.secretFields, secrets);
	if (good.length === 0) return 'no secret in the credential';
	const sent = proof.sent(delivery).filter((signature) => signature !== '');
	const prefix = proof.signedPrefix === undefined ? '' : proof.signedPrefix(delivery);
	if (sent.length === 0 || prefix === undefined) return 'no proof sent';
	const expected = good.map((secret) =>
		createHmac('sha256', secret).update(prefix).update(delivery.rawBody).digest(proof.encoding),
	);
	if (!anyEqual(sent, expected)) return 'wrong proof';
	return isTooOld(proof, delivery, secrets, now) ? 'too old' : undefined;
}

/** A time or a limit that cannot be read counts as too old: the limit was chosen on purpose. */
function isTooOld(proof: SignatureProof, delivery: Delivery, secrets: IDataObject, now: number): boolean {
	const seconds = proof.maximumAgeField === undefined ? 0 : Number(secrets[proof.maximumAgeField] ?? 0);
	if (!(seconds > 0)) return Number.isNaN(seconds);
	const signedAt = proof.signedAt?.(delivery);
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
