import { NodeOperationError } from 'n8n-workflow';

import type { Operation, PathSource, Resource } from '../definition/operation';
import type { Vendor, VendorApi } from '../definition/vendor';
import type { Connection } from './connection';

/** An operation and the connection over the API that it belongs to. */
export interface ApiChoice {
	connection: Connection;
	operation: Operation;
}

/** The API that a path belongs to: the one with the longest prefix of it. Undefined where the vendor has one API only. */
export function apiOf(vendor: Pick<Vendor, 'apis'>, path: string): VendorApi | undefined {
	const below = (vendor.apis ?? []).filter(({ pathPrefix }) => path === pathPrefix || path.startsWith(`${pathPrefix}/`));
	return below.sort((first, second) => second.pathPrefix.length - first.pathPrefix.length)[0];
}

/** The vendor with the conventions of the API that a path belongs to. */
export function vendorFor(vendor: Vendor, path: string): Vendor {
	return { ...vendor, ...apiOf(vendor, path)?.conventions };
}

/** How sure method and path of an operation are. */
export function sourceOf(vendor: Pick<Vendor, 'apis'>, { path, source }: Pick<Operation, 'path' | 'source'>): PathSource {
	return source ?? apiOf(vendor, path)?.source ?? 'seed';
}

/** True when the credential has the key for a path. */
export function hasKey(connection: Pick<Connection, 'vendor' | 'filledFields'>, path: string): boolean {
	const api = apiOf(connection.vendor, path);
	return api === undefined || connection.filledFields.has(api.key.name);
}

/**
 * The connection as requests below a path need it.
 * @param connection as `connect` gives it
 * @throws NodeOperationError when the credential lacks the key of the path's API
 */
export function connectionFor(connection: Connection, path: string, what = path): Connection {
	const api = apiOf(connection.vendor, path);
	if (api === undefined) return connection;
	if (!connection.filledFields.has(api.key.name)) throw missingKey(connection, api, what);
	return {
		...connection,
		vendor: vendorFor(connection.vendor, path),
		vendorZone: api.timeZone ?? connection.vendorZone,
	};
}

/**
 * An operation as the credential's keys allow it: over its own API, else in its other form where it has one.
 * @param connection as `connect` gives it
 * @throws NodeOperationError that names the missing key
 */
export function chooseApi(connection: Connection, resource: Resource, operation: Operation): ApiChoice {
	const form = variantsOf(operation).find(({ path }) => hasKey(connection, path)) ?? operation;
	return { connection: connectionFor(connection, form.path, `${resource.name}: ${operation.name}`), operation: form };
}

/** The operation itself and, where it has one, the same over another API. */
export function variantsOf(operation: Operation): Operation[] {
	const { otherForm } = operation;
	return otherForm === undefined ? [operation] : [operation, { ...operation, source: undefined, ...otherForm }];
}

function missingKey({ node, vendor }: Connection, { key, name }: VendorApi, what: string): NodeOperationError {
	return new NodeOperationError(node, `${what} needs '${key.displayName}' in the credential`, {
		description: `It uses ${name} of ${vendor.displayName}, and the credential has no key for it. ${key.howToGet}. Nothing was sent.`,
	});
}
