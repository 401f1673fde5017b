/** A request the vendor refuses, with the HTTP status and the text of its answer. */
export class Problem extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

export const badRequest = (message: string): Problem => new Problem(400, message);
export const notFound = (): Problem => new Problem(404, 'Not Found');

/** The value, or a 404 when there is none. */
export function found<T>(value: T | undefined): T {
	if (value === undefined) throw notFound();
	return value;
}
