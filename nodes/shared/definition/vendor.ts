import type { IDataObject } from 'n8n-workflow';

import type { Answer, VendorFailure } from './answer';
import type { TriggerEvent } from './events';
import type { Resource } from './operation';
import type { PagingStyle } from './paging';
import type { BodyFormat } from './request';

/** One vendor: everything the engine needs to know about it. */
export interface Vendor {
	/** Node name, camelCase: `iAdvize`. */
	name: string;
	/** As people write it: `iAdvize`. */
	displayName: string;
	credentialType: string;
	/** Address below which all paths of the operations lie, without a final slash. Gets the decrypted credential. */
	baseUrl: (credentials: IDataObject) => string;
	/** Whom the vendor's rate limit counts: the whole tenant or each credential. */
	rateScope: 'tenant' | 'credential';
	bodyFormat: BodyFormat;
	/** How lists in queries and forms are written: `a[]=1&a[]=2` or `a=1&a=2`. */
	listFormat: 'brackets' | 'repeat';
	/** Path of the data inside an answer; `''` for the whole answer. */
	answerPath: string;
	paging: PagingStyle;
	/** Reads the vendor's own verdict out of a JSON answer of any status; undefined leaves it to the HTTP status. */
	classifyResponse: (answer: Answer) => VendorFailure | 'good' | undefined;
	/** Advice by HTTP status where the vendor's own meaning is known. */
	adviceByStatus?: Record<number, string>;
	/** Keys of answers that are left out unless asked for. */
	secretKeys: string[];
	/** IANA zone of the vendor's naive times; the workflow's zone when left out. @throws InvalidValue for one that is none */
	timeZone?: (credentials: IDataObject) => string | undefined;
	resources: Resource[];
	events: TriggerEvent[];
}
