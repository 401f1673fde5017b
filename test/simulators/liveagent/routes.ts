import type { Account } from './account';
import { missing, refused } from './problem';
import type { Rows } from './rows';
import { text, type Values } from './values';

/** A request that passed the key check. */
export interface Call {
	/** Values of the address, by the contract's names. */
	params: Record<string, string>;
	/** Query (GET, DELETE) or form (POST, PUT). */
	values: Values;
}

/** One operation; `handle` returns what stands under `response`. */
export interface Route {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Path of the contract, with `{name}` for values of the address. */
	path: string;
	handle: (call: Call) => Record<string, unknown>;
}

/** Behaviour that differs between accounts and versions of the vendor, or is not documented. */
export interface Habits {
	/** Lists of conversations need an owner or a department, as the reference says (default true). */
	needsOwnerOrDepartment?: boolean;
	/**
	 * True behaves as versions before 5.46: conversation lists fail past row 1000 and when a closed (L) one is in them, email addresses in paths
	 * break, messages cannot be added by code, and transfers read `messages` in place of `note`. Default false.
	 */
	oldVersion?: boolean;
	/** True creates unknown tags and customer groups when something is added to them by name; default: refused, as it is not documented. */
	createsUnknownNames?: boolean;
	/** Between two pages of a list of conversations or customers, one in this many rows changes or is inserted. Default: none. */
	changesOneIn?: number;
	/** Zone of display dates in reports, that of the viewer (default Europe/Bratislava, as in the vendor's example). */
	displayTimeZone?: string;
}

/** What the operations work with. */
export interface Context {
	account: Account;
	rows: Rows;
	habits: Habits;
	/** Counts a write that really changed state. */
	carryOut: (name: string, payload: unknown) => void;
}

/** User id of the acting user in `useridentifier`, or undefined when it was left out. Throws when there is no such user. */
export function actingUser(account: Account, values: Values): string | undefined {
	const identifier = text(values, 'useridentifier');
	if (identifier === undefined) return undefined;
	const userId = account.userId(identifier);
	if (userId === undefined) throw refused(`User ${identifier} not found`);
	return userId;
}

/** Counts a mail the vendor sends as a consequence of a write. */
export function sendMail(context: Context, reason: string, to: string): void {
	context.carryOut('mail.send', { reason, to });
}

/** Throws when none of the named values is there. */
export function requireOneOf(values: Values, ...names: string[]): void {
	if (names.every((name) => text(values, name) === undefined)) throw missing(names.join(' or '));
}

const pageNames = new Set(['apikey', 'limit', 'offset', 'limitcount', 'limitfrom']);

/** Tells filters apart by their values, those that only name a page and the key aside. */
export function filterKey(values: Values): string {
	return JSON.stringify(Object.entries(values).filter(([name]) => !pageNames.has(name)));
}

/** Joins tests; those that are undefined are left out. */
export function allOf<T>(...tests: Array<((row: T) => boolean) | undefined | false>): (row: T) => boolean {
	const used = tests.filter((test): test is (row: T) => boolean => Boolean(test));
	return (row) => used.every((test) => test(row));
}
