import type { RetryClass } from './definition';

/** What one attempt gave. */
export type Outcome =
	| {
			kind: 'answer';
			/** HTTP status. */
			status: number;
			/** False when JSON was expected and something else came: a proxy's page, a cut answer. */
			readable: boolean;
			/** The vendor understood the request and says that it did not carry it out. */
			refused: boolean;
	  }
	| {
			kind: 'network';
			/** Such as ECONNRESET. */
			code: string;
	  };

/** What to do after an attempt. */
export type Decision =
	| { action: 'return' }
	| { action: 'repeat'; delayMilliseconds: number }
	| {
			action: 'fail';
			/** True when a once-only request may have been carried out. */
			inDoubt: boolean;
	  };

/** What `decide` looks at. */
export interface DecisionInput {
	retryClass: RetryClass;
	/** Number of the attempt that just ended; the first is 1. */
	attempt: number;
	outcome: Outcome;
	/** Gives a number from 0 up to, not including, 1. */
	random: () => number;
	/** Default: 5, and 10 for HTTP 429, where the pacer does the waiting. */
	maximumAttempts?: number;
}

/** Says whether the answer is given back, the request repeated, or the failure reported. */
export function decide(_input: DecisionInput): Decision {
	return { action: 'return' };
}

/** Finds the code of a network failure, such as ECONNRESET, in an error thrown by n8n's request helpers. */
export function networkCode(_error: unknown): string | undefined {
	return undefined;
}

/** Reads a Retry-After header: seconds or an HTTP date. At most an hour; undefined when absent or nonsense. */
export function retryAfterMilliseconds(_headerValue: string | undefined, _now: number): number | undefined {
	return undefined;
}
