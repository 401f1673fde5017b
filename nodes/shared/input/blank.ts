/** True for what says nothing: no value, spaces alone, and lists and rows of them. */
export function isBlank(value: unknown): boolean {
	if (Array.isArray(value)) return value.every(isBlank);
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
