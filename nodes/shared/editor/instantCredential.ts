import type { IDataObject, INodeCredentialTestResult } from 'n8n-workflow';

import type { Authentication, PushDefinition } from '../definition/push';

/** Shorter secrets can be found by trying. */
const minimumLength = 12;

/**
 * Checks the secrets of a webhook credential without any request: the vendor sends, it cannot be asked.
 * @returns what n8n shows below the credential
 */
export function checkSecrets({ senders, senderField }: PushDefinition, data: IDataObject): INodeCredentialTestResult {
	const chosen = senderField === undefined ? senders[0].value : data[senderField];
	const authentication = senders.find(({ value }) => value === chosen)?.authentication;
	const needed = authentication === undefined ? [] : neededFields(authentication);
	const isLong = needed.length > 0 && needed.every((field) => String(data[field] ?? '').trim().length >= minimumLength);
	if (isLong)
		return { status: 'OK', message: 'The secret is long enough; the first event shows whether it is the right one' };
	return { status: 'Error', message: `Expected a secret of at least ${minimumLength} characters` };
}

function neededFields(authentication: Authentication): string[] {
	return authentication.kind === 'basic' ? [authentication.passwordField] : authentication.secretFields.slice(0, 1);
}
