import type { IDataObject } from 'n8n-workflow';

/** The HTTP methods that the vendors use. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * How often a request may be sent.
 * - `read`: changes nothing, repeated freely.
 * - `idempotent`: a write that may be carried out twice without harm, repeated like a read.
 * - `once`: must not be carried out twice (a call, an SMS, a lead); repeated only when it certainly was not carried out.
 */
export type RetryClass = 'read' | 'idempotent' | 'once';

/** How lists and objects are written in queries and forms: `a[]=1&a[]=2`, `a=1&a=2`, or as JSON text. */
export type ListFormat = 'brackets' | 'repeat' | 'json';

/** How a body is written. */
export type BodyFormat = 'json' | 'form' | 'multipart';

/** A file inside a multipart body. */
export interface FilePart {
	content: Buffer;
	fileName: string;
	mimeType: string;
}

/** A request ready to be sent; the engine adds base address and credentials. */
export interface PreparedRequest {
	method: HttpMethod;
	/** Below the base address, encoded. */
	path: string;
	query: Array<[string, string]>;
	headers?: Record<string, string>;
	body?: IDataObject | unknown[];
	bodyFormat: BodyFormat;
	retryClass: RetryClass;
	/** `binary` gives the body as a stream. */
	answerAs?: 'json' | 'binary';
	itemIndex: number;
	/** Resource and operation, such as `call.create`: what a once-only request is known by over several tries. */
	operation?: string;
	/** What the request names, for people: `Call ID 88412`; left out where it names no record. */
	subject?: string;
	/** Items of the request are remembered one by one, so the request itself is not. */
	isShared?: boolean;
	/** Milliseconds; the transport's default when left out. */
	timeout?: number;
}

/** The values of one item, by field name, as the user gave them (checked, not yet written). */
export type FieldValues = Record<string, unknown>;

/** Values of one item, written for the vendor and sorted by place. */
export interface PlacedValues {
	path: Record<string, unknown>;
	query: IDataObject;
	body: IDataObject;
	headers: Record<string, string>;
}

/** An empty set of placed values. */
export function noValues(): PlacedValues {
	return { path: {}, query: {}, body: {}, headers: {} };
}
