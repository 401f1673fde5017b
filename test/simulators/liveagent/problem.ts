/** A request the vendor refuses; becomes `response.status` ERROR with a matching HTTP status. */
export class Problem extends Error {
	constructor(
		/** HTTP status and `statuscode`. */
		readonly status: number,
		message: string,
		/** `debugmessage`. */
		readonly debug = '',
	) {
		super(message);
	}
}

/** Caller mistakes are status 500 (vendor reference: the most common error, also for missing parameters). */
export const missing = (name: string): Problem =>
	new Problem(500, `Parameter ${name} is missing`, 'Missing mandatory parameter');
export const invalid = (name: string): Problem =>
	new Problem(500, `Parameter ${name} is not valid`, 'Invalid parameter value');
export const refused = (message: string): Problem => new Problem(500, message);
/** The object named in the address does not exist. */
export const notFound = (kind: string, id: string): Problem =>
	new Problem(404, `${kind} with ${id.includes('@') ? 'email' : 'id'} ${id} not found`);
/** Conversations are an exception: the reference names this text as an example of status 500. */
export const noConversation = (): Problem => new Problem(500, 'Unable to load conversation');
export const wrongKey = (): Problem => new Problem(401, 'Authentication failed');
export const otherVersionKey = (): Problem => new Problem(403, 'ApiKey not found');
