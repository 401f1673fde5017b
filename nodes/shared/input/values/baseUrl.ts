import { InvalidValue } from '../../definition/valueWriter';

/** How an address given by the user is completed. */
export interface BaseUrlOptions {
	/** Path that the address ends with, such as `/api/2`; added when missing, and what follows it is cut off. */
	requiredSuffix?: string;
	/** Cuts off the path of a pasted page address. */
	stripPaths?: boolean;
}

const expectedAddress = 'an https address such as https://acme.example.com';

/**
 * Makes a base address, without a final slash, out of a bare host, a host with port, an origin or a pasted page address.
 * Query and fragment are left out. A bare host gets https, a loopback host too.
 * @throws InvalidValue for anything but https (and http on loopback hosts), and for an address with a password in it
 */
export function normaliseBaseUrl(input: unknown, options: BaseUrlOptions = {}): string {
	const given = typeof input === 'string' ? input.trim() : '';
	const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
	if (given === '' || !URL.canParse(address)) throw new InvalidValue(expectedAddress);
	const url = new URL(address);
	if (url.username !== '' || url.password !== '')
		throw new InvalidValue(`${expectedAddress}, without name and password`);
	const isAllowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
	if (!isAllowed || url.hostname === '') throw new InvalidValue(expectedAddress);
	return url.origin + basePath(url.pathname.replace(/\/+$/, ''), options);
}

function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function basePath(path: string, { requiredSuffix, stripPaths }: BaseUrlOptions): string {
	if (requiredSuffix === undefined) return stripPaths === true ? '' : path;
	const suffix = `/${requiredSuffix.replace(/^\/+|\/+$/g, '')}`;
	const place = `${path}/`.indexOf(`${suffix}/`);
	if (place >= 0) return path.slice(0, place) + suffix;
	return (stripPaths === true ? '' : path) + suffix;
}
