import type { IDataObject } from 'n8n-workflow';

import type { SourceAccess, SourceRequest } from './events';
import type { Field } from './operation';
import type { FieldValues } from './request';
import type { Vendor } from './vendor';

/** One HTTP request that a vendor sends to a workflow. */
export interface Delivery {
	/** Header names in lower case. */
	headers: Record<string, string | undefined>;
	query: IDataObject;
	/** The body as it came, byte for byte: signatures are made over it. */
	rawBody: Buffer;
	/** The body read as JSON or as a form; undefined when it is empty or neither. */
	body: unknown;
}

/** How a vendor authenticates its requests. The named fields belong to the credential of the sender. */
export type Authentication = BasicAuthentication | SignatureAuthentication | TokenAuthentication;

/** HTTP basic authentication. */
export interface BasicAuthentication {
	kind: 'basic';
	userField: string;
	passwordField: string;
}

/** An HMAC-SHA-256 that is sent along. */
export interface SignatureAuthentication {
	kind: 'signature';
	/** Credential fields with the secrets that are good now; more than one while secrets are exchanged. */
	secretFields: string[];
	encoding: 'hex' | 'base64';
	/** The signatures sent along; one that is right is enough. */
	sent: (delivery: Delivery) => string[];
	/** What comes before the body in the signed text, for example a time; nothing when left out. */
	signedPrefix?: (delivery: Delivery) => string | undefined;
	/** Time of signing in epoch milliseconds, where it is signed too; undefined when it is missing or not readable. */
	signedAt?: (delivery: Delivery) => number | undefined;
	/** Credential field with the greatest age in seconds that a request may have; 0 or empty for any. */
	maximumAgeField?: string;
}

/** A secret that the administrator put into the request; for vendors that sign nothing. */
export interface TokenAuthentication {
	kind: 'token';
	secretFields: string[];
	sent: (delivery: Delivery) => string | undefined;
}

/** How an event gets its rows where what was sent is not enough. */
export interface RecordAccess extends Pick<SourceAccess, 'list' | 'now' | 'vendorZone' | 'inputZone' | 'nodeVersion'> {
	/**
	 * One record by an operation of kind `one`; undefined when the vendor does not know it. A failure is thrown as a finished NodeApiError.
	 * `patient` asks again for a few seconds, where a record may be readable later than its event is told.
	 */
	record(request: SourceRequest, options?: { patient?: boolean }): Promise<IDataObject | undefined>;
}

/** Something that a vendor tells the moment it happens. */
export interface PushEvent {
	/** Internal value, camelCase; that of the polling trigger's event where it is the same. */
	value: string;
	/** Title Case. */
	name: string;
	/** One sentence, no final period. */
	description: string;
	/** Filters; one name means the same field in all events of a vendor. `send` is not used: `keep` applies them. */
	fields?: Field[];
	/**
	 * Whether a notice tells this event.
	 * @returns what the event is known by, equal in repeats; `''` when only the record tells; undefined when it is another event
	 */
	recognise: (notice: IDataObject) => string | undefined;
	/** The row made of what was sent, under the names that the polling trigger uses. */
	row: (notice: IDataObject) => IDataObject;
	/** Reads the rows from the vendor; none when the record is gone. Left out where the notice is all there is. */
	read?: (access: RecordAccess, notice: IDataObject, values: FieldValues) => Promise<IDataObject[]>;
	/**
	 * What a row is known by where `recognise` gives `''`, and where polling finds the event too: then notices count as handed over
	 * by it as well, so that a row of the same thing is not handed over again. `''` when the row does not tell.
	 */
	id?: (row: IDataObject) => string;
	/** Filters, on the finished row. */
	keep?: (row: IDataObject, values: FieldValues) => boolean;
	/** How polling finds what was missed; needs `id`. Left out where no list of the vendor tells. */
	gaps?: GapFilling;
}

/** How polling finds events that no push told. */
export interface GapFilling {
	/** Values of the polling trigger's events whose rows tell. */
	polls: string[];
	/** Which of their rows; all when left out. */
	keep?: (row: IDataObject) => boolean;
	/** What `recognise` would give for the row, where that differs from `id`: a push that comes after the poll is known by it. */
	noticeIds?: (row: IDataObject) => string[];
}

/** One of the senders of a vendor: a screen of its console, with its own authentication and its own events. */
export interface PushSender {
	/** Internal value, camelCase. */
	value: string;
	/** As the vendor's console calls it. */
	name: string;
	/** One sentence, no final period. */
	description: string;
	/** How to set it up in the vendor's console, one step a line; shown in the node and in the docs. May hold HTML links. */
	setUp: string[];
	authentication: Authentication;
	/** The events of one request, in the order in which they happened; undefined when the request cannot be read. */
	notices: (delivery: Delivery) => IDataObject[] | undefined;
	/** What a notice that no event recognises is known by; its whole text when left out. */
	noticeId?: (notice: IDataObject) => string | undefined;
	/** True when what is sent is never given on: the rows are always read from the vendor. */
	alwaysReads?: boolean;
	events: PushEvent[];
}

/** All that an instant trigger knows of a vendor. */
export interface PushDefinition {
	vendor: Vendor;
	/** Credential that holds what the senders prove themselves with. */
	credentialType: string;
	/** Credential field that names the sender whose secrets it holds; left out where there is one sender. */
	senderField?: string;
	senders: PushSender[];
	/** Body of the answer to a GET, where the vendor asks whether the address lives. */
	health?: IDataObject;
	/** Takes requests with the method GET too. */
	takesGet?: boolean;
}
