/** An answer of the vendor, body already parsed where it is JSON. */
export interface Answer {
	status: number;
	/** Header names in lower case. */
	headers: Record<string, string>;
	/** Parsed JSON, or text, or undefined when empty; a Buffer or stream for binary answers. */
	body: unknown;
	/** True when the body was meant to be JSON and could be parsed, or was empty. */
	isJson: boolean;
}

/** A failure that the vendor states itself. */
export interface VendorFailure {
	/** The vendor's words. */
	message: string;
	/** What the user can do. */
	advice?: string;
	/** The vendor's own code, in the meaning of an HTTP status, where it stands in the body of a successful answer. */
	code?: number;
	/**
	 * - `refused`: understood and not carried out, so a repeat would fail again
	 * - `unavailable`: treat like HTTP 503
	 */
	kind: 'refused' | 'unavailable';
}
