/** The vendor does not publish the statuses of import jobs, so the usual words for an end count. */
const endWords = /finish|complet|done|fail|error|cancel/i;
const badWords = /fail|error|cancel/i;

/** True for the status of an import that goes no further. */
export function hasEnded(status: unknown): boolean {
	return endWords.test(String(status));
}

/** True for the status of an import, or of one of its records, that was not carried out. */
export function hasFailed(status: unknown): boolean {
	return badWords.test(String(status ?? ''));
}
