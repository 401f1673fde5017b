import type { IDataObject } from 'n8n-workflow';

import { fillPath } from '../input/path';
import { allFields, targetOf } from '../input/fieldValues';
import type { Operation, Resource } from '../definition/operation';
import { resolvePath } from './connection';
import type { Connection } from './connection';
import type { ListFormat, PlacedValues, PreparedRequest } from '../definition/request';

/** Writes the values of a path template, encoded, so that a value cannot leave its place. */
export function writePath(template: string, values: Record<string, unknown>): string {
	return fillPath(template, values as Record<string, string | number>);
}

/**
 * Writes query or form values as name and text pairs.
 * Lists become repeated names (`repeat`) or names with brackets (`brackets`), and objects `name[key]`; with `json` both become JSON.
 */
export function writePairs(values: IDataObject, listFormat: ListFormat): Array<[string, string]> {
	const pairs: Array<[string, string]> = [];
	for (const [name, value] of Object.entries(values)) addPairs(pairs, name, value, listFormat);
	return pairs;
}

/** The address of a request without base, for messages and the docs. */
export function describeRequest(request: Pick<PreparedRequest, 'method' | 'path'>): string {
	return `${request.method} ${request.path}`;
}

function addPairs(pairs: Array<[string, string]>, name: string, value: unknown, listFormat: ListFormat): void {
	if (value === undefined) return;
	if (listFormat === 'json' && typeof value === 'object' && value !== null) {
		pairs.push([name, JSON.stringify(value)]);
		return;
	}
	if (Array.isArray(value)) {
		const listName = listFormat === 'brackets' && !name.endsWith('[]') ? `${name}[]` : name;
		for (const entry of value) addPairs(pairs, listName, entry, listFormat);
		return;
	}
	if (typeof value === 'object' && value !== null) {
		for (const [key, entry] of Object.entries(value)) addPairs(pairs, `${name}[${key}]`, entry, listFormat);
		return;
	}
	pairs.push([name, value === null ? '' : String(value)]);
}

/** Builds the request of an operation from placed values. */
export function buildRequest(
	connection: Connection,
	resource: Resource,
	operation: Operation,
	placed: PlacedValues,
	itemIndex: number,
): PreparedRequest {
	const { method, path } = resolvePath(connection, resource, operation);
	return {
		method,
		path: writePath(path, placed.path),
		query: writePairs(placed.query, connection.vendor.listFormat),
		headers: placed.headers,
		body: bodyOf(operation, placed),
		bodyFormat: operation.bodyFormat ?? connection.vendor.bodyFormat,
		retryClass: operation.retryClass,
		answerAs: operation.answer?.kind === 'binary' ? 'binary' : 'json',
		itemIndex,
		operation: `${resource.value}.${operation.value}`,
		subject: subjectOf(operation, placed),
	};
}

/** The records that the path names, or that one record is looked for by, with the names of their fields. */
function subjectOf(operation: Operation, placed: PlacedValues): string | undefined {
	const findsOne = operation.method === 'GET' && (operation.answer?.kind ?? 'one') === 'one';
	const named = allFields(operation).flatMap((field) => {
		const { place, name } = targetOf(operation, field);
		const isLookedFor = place === 'query' && findsOne && field.required === true;
		const value = place === 'path' ? placed.path[name] : isLookedFor ? placed.query[name] : undefined;
		return value === undefined ? [] : [`${field.displayName} ${String(value)}`];
	});
	return named.length === 0 ? undefined : named.join(', ');
}

function bodyOf(operation: Operation, placed: PlacedValues): IDataObject | undefined {
	const takesBody = allFields(operation).some((field) => targetOf(operation, field).place === 'body');
	const hasBody = Object.keys(placed.body).length > 0;
	return hasBody || (takesBody && operation.method !== 'GET' && operation.method !== 'DELETE') ? placed.body : undefined;
}
