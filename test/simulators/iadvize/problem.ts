/** A request the vendor refuses; becomes `meta.status` fail or error. */
export class Problem extends Error {
	constructor(
		readonly status: 'fail' | 'error',
		message: string,
		/** HTTP status for simulators that are told to use one; the vendor documents none. */
		readonly httpStatus: number,
	) {
		super(message);
	}
}

export const forbidden = (): Problem => new Problem('error', 'Forbidden', 403);
export const unknownId = (resource: string, id: number | string): Problem =>
	new Problem('fail', `Unknown '${resource}' with 'id' ${id}.`, 404);
export const missingField = (field: string): Problem => new Problem('fail', `Field '${field}' is missing.`, 400);
export const invalidField = (field: string): Problem =>
	new Problem('fail', `Value of field '${field}' is not valid.`, 400);
/** The reference says that an error is in meta; its words are not documented. */
export const periodTooLong = (limit: string): Problem =>
	new Problem('error', `The period may not exceed ${limit}.`, 400);
