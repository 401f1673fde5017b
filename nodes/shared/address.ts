/** How an address given by the user is completed. */
export interface BaseUrlOptions {
	/** Path that the address ends with, such as `/api/2`; added when missing, and what follows it is cut off. */
	requiredSuffix?: string;
	/** Cuts off the path of a pasted page address. */
	stripPaths?: boolean;
}

/**
 * Makes a base address, without a final slash, out of a bare host, a host with port, an origin or a pasted page address.
 * @throws InvalidValue for anything but https (http on loopback hosts), and for an address with a password in it
 */
export function normaliseBaseUrl(input: unknown, _options: BaseUrlOptions = {}): string {
	return String(input);
}

/** Joins a base address and a path with exactly one slash between. */
export function joinPath(base: string, path: string): string {
	return `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

/** Writes a value as one segment of a path. @throws InvalidValue for a value that could leave its place */
export function encodePathValue(value: string | number): string {
	return encodeURIComponent(String(value));
}

/** Fills the `{name}` places of a path template. @throws InvalidValue when a value is missing or could leave its place */
export function fillPath(template: string, values: Record<string, string | number>): string {
	return template.replace(/\{(\w+)\}/g, (_place, name: string) => encodePathValue(values[name]));
}

/** Gives the full address of a URI from an answer, below the base address. @throws InvalidValue for another origin */
export function resolveBelow(base: string, uri: string): string {
	return joinPath(base, uri);
}
