/** What writers need to know of the run. */
export interface WriteContext {
	/** IANA zone in which times without offset are read. */
	inputZone: string;
	/** IANA zone of the vendor's times without offset. */
	vendorZone: string;
	/** Present time in epoch milliseconds. */
	now: number;
	/** The input item's JSON, for values that are taken from its keys; absent where there is no item. */
	item?: Record<string, unknown>;
	/** The other values of the item by field name, as the user gave them. */
	values?: Record<string, unknown>;
	/** Version of the node in the workflow; the newest one where absent. */
	nodeVersion?: number;
}

/**
 * Checks a value that the user gave and writes it as the vendor wants it. Undefined leaves the value out.
 * @throws InvalidValue, and nothing else
 */
export type ValueWriter = (value: unknown, context: WriteContext) => unknown;

/** A value that cannot be used. */
export class InvalidValue extends Error {
	/** @param expected what would have been right, to follow the word "Expected" */
	constructor(readonly expected: string) {
		super(`Expected ${expected}`);
		this.name = 'InvalidValue';
	}
}

/** True for what n8n gives for an empty field; writers leave it out. */
export function isEmpty(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || value === '';
}
