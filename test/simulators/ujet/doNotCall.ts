import { z } from 'zod';

import type { Account } from './account';
import { isEmergencyNumber, phoneDigits } from './phone';
import { badRequest, notFound } from './problem';
import { readBody, requiredText, text, type Query } from './read';

const addRequest = z.object({
	contacts: z.array(z.object({ phone_number: text, expires_at: z.string().nullish() })).min(1),
});
const removeRequest = z.object({ phone_numbers: z.array(z.string()).min(1) });

/** Epoch milliseconds of `YYYY-MM-DD HH:MM:SS UTC`, the form of the vendor's samples; NaN for anything else. */
function expiryTime(value: string): number {
	const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(value);
	return parts ? Date.parse(`${parts[1]}T${parts[2]}Z`) : NaN;
}

/** Entry of a number that has not expired. */
export function doNotCallEntry(
	account: Account,
	phoneNumber: string,
): { phone_number: string; expires_at: string | null } | undefined {
	const entry = account.doNotCall.get(phoneDigits(phoneNumber) ?? '');
	return entry && (entry.expiresAt === null || entry.expiresAt > account.now()) ? entry : undefined;
}

/** Puts a number on the list without any check. */
export function putDoNotCall(account: Account, phone_number: string, expires_at: string | null = null): void {
	const expiresAt = expires_at === null ? null : expiryTime(expires_at);
	account.doNotCall.set(phoneDigits(phone_number) ?? phone_number, { phone_number, expires_at, expiresAt });
}

/** POST /outbound_dialer/dnc: a result per number, failures included. */
export function addDoNotCall(account: Account, body: unknown): unknown[] {
	const { contacts } = readBody(addRequest, body);
	return contacts.map(({ phone_number, expires_at }) => {
		const shown = { phone_number, ...(expires_at ? { expires_at } : {}) };
		const error = addProblem(account, phone_number, expires_at);
		if (error) return { ...shown, error, status: 'failed' };
		const status = doNotCallEntry(account, phone_number) ? 'updated' : 'created';
		putDoNotCall(account, phone_number, expires_at || null);
		account.carryOut('dncEntry.create', shown);
		return { ...shown, status };
	});
}

function addProblem(account: Account, phoneNumber: string, expiresAt: string | null | undefined): string | undefined {
	if (isEmergencyNumber(phoneNumber)) return 'emergency phone number is not allowed';
	if (phoneDigits(phoneNumber) === undefined) return 'phone_number is invalid';
	if (!expiresAt) return undefined;
	const time = expiryTime(expiresAt);
	if (Number.isNaN(time)) return 'expires_at is invalid';
	return time <= account.now() ? 'expires_at cannot be past date/time' : undefined;
}

/** POST /outbound_dialer/dnc/remove: a result per number. */
export function removeDoNotCall(account: Account, body: unknown): unknown[] {
	const { phone_numbers } = readBody(removeRequest, body);
	return phone_numbers.map((phone_number) => {
		const digits = phoneDigits(phone_number);
		if (digits === undefined) return { phone_number, error: 'phone_number is invalid', status: 'failed' };
		if (!account.doNotCall.delete(digits))
			return { phone_number, error: 'phone_number is not found', status: 'failed' };
		account.carryOut('dncEntry.remove', { phone_number });
		return { phone_number, status: 'removed' };
	});
}

/** GET /outbound_dialer/dnc: the entry, or a 404. A plus sign that was not encoded arrives as a blank and is refused. */
export function checkDoNotCall(account: Account, query: Query): unknown {
	const phoneNumber = requiredText(query, 'phone_number');
	if (phoneDigits(phoneNumber) === undefined) throw badRequest('phone_number is invalid');
	const entry = doNotCallEntry(account, phoneNumber);
	if (!entry) throw notFound();
	return { phone_number: phoneNumber, expires_at: entry.expires_at };
}
