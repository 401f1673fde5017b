import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { Answer, VendorFailure } from './answer';
import type { TriggerEvent } from './events';
import type { PathSource, Resource } from './operation';
import type { PagingStyle } from './paging';
import type { BodyFormat, ListFormat } from './request';

/** The conventions of an API: how it takes bodies and lists, cuts lists into pages and says what failed. */
export interface ApiConventions {
	bodyFormat: BodyFormat;
	/** How lists in queries and forms are written: `a[]=1&a[]=2`, `a=1&a=2`, or `a=[1,2]`. */
	listFormat: ListFormat;
	/** Path of the data inside an answer; `''` for the whole answer. */
	answerPath: string;
	paging: PagingStyle;
	/** Reads the vendor's own classification out of a JSON answer of any status; undefined leaves it to the HTTP status. */
	classifyResponse: (answer: Answer) => VendorFailure | 'good' | undefined;
	/** Advice by HTTP status where the vendor's own meaning is known. */
	adviceByStatus?: Record<number, string>;
	/** Headers of every request. */
	headers?: Record<string, string>;
}

/** One of several APIs of a vendor, told from the others by the paths of its operations. */
export interface VendorApi {
	/** In sentences: `API version 3`. */
	name: string;
	/** What all its paths begin with, such as `/v3`; empty for the API whose paths begin otherwise. */
	pathPrefix: string;
	/** Field of the credential that holds its key, and where one gets it: a sentence without final period. */
	key: { name: string; displayName: string; howToGet: string };
	/** Path, with its prefix, of the short read that shows whether the key is taken. */
	testPath: string;
	/** Where it differs from what the vendor says. */
	conventions?: Partial<ApiConventions>;
	/** How sure its paths are, where an operation does not say otherwise. Default: `seed`. */
	source?: PathSource;
	/** IANA zone of its naive times, where that does not depend on the credential. */
	timeZone?: string;
}

/** One vendor: everything the engine needs to know about it. */
export interface Vendor extends ApiConventions {
	/** Node name, camelCase: `iAdvize`. */
	name: string;
	/** As people write it: `iAdvize`. */
	displayName: string;
	credentialType: string;
	/** Address below which all paths of the operations lie, without a final slash. Gets the decrypted credential. */
	baseUrl: (credentials: IDataObject) => string;
	/** Label of that address in the credential. Default: `Base Address`. */
	addressLabel?: string;
	/** Whom the vendor's rate limit counts: the whole tenant or each credential. */
	rateScope: 'tenant' | 'credential';
	/** Requests a second that the vendor documents for an account, used where the credential says 0. Default: 1. */
	documentedRate?: (credentials: IDataObject) => number;
	/** Left out where the vendor has one API only. */
	apis?: VendorApi[];
	/** Adds the key of the API that a request belongs to, as the credential does; given where there are several, whose keys are tested one by one. */
	authenticate?: (credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions) => Promise<IHttpRequestOptions>;
	/** Keys of answers that are left out unless asked for. */
	secretKeys: string[];
	/** Keys of answers that hold the vendor's times: from version 2 of the node on, each is written as ISO 8601 in UTC. */
	timeKeys?: string[];
	/** IANA zone of the vendor's naive times; the workflow's zone when left out. @throws InvalidValue for one that is none */
	timeZone?: (credentials: IDataObject) => string | undefined;
	resources: Resource[];
	events: TriggerEvent[];
}
