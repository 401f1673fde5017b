/** A request the vendor refuses. Texts are the simulator's own: the vendor documents no failure body. */
export class Problem extends Error {
	constructor(
		/** HTTP status of the answer. */
		readonly statusCode: number,
		message: string,
	) {
		super(message);
	}
}

export const unauthorized = (): Problem => new Problem(401, 'Token missing, expired or wrong.');
export const notFound = (kind: string, id: number): Problem => new Problem(404, `No ${kind} with id ${id}.`);
export const missing = (field: string): Problem => new Problem(400, `${field} is required.`);
export const invalid = (field: string, expected: string): Problem => new Problem(400, `${field} must be ${expected}.`);
export const unknown = (field: string, id: number): Problem => new Problem(400, `${field} ${id} does not exist.`);
export const refused = (message: string): Problem => new Problem(400, message);
