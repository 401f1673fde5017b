/** Parameters shared by every operation, with n8n's own wording. */
export const returnAllName = 'returnAll';
export const limitName = 'limit';
export const simplifyName = 'simplify';
export const secretsName = 'includeSecrets';
export const outputFieldName = 'outputBinaryField';
export const partialListName = 'keepPartialList';

/** Name of the item's binary field that files come in and go out by, unless the user says otherwise. */
export const defaultBinaryField = 'data';

/** What the editor calls the switches that say how results are returned. */
export const switchLabels = {
	[returnAllName]: 'Return All',
	[simplifyName]: 'Simplify',
	[secretsName]: 'Include Login Secrets',
	[partialListName]: 'Keep Partial List',
} as const;
