import type { IDataObject } from 'n8n-workflow';

import { fillPath } from './baseUrl';
import type { BodyFormat, HttpMethod, ListFormat, RetryClass } from '../definition/operation';

/** A file inside a multipart body. */
export interface FilePart {
	content: Buffer;
	fileName: string;
	mimeType: string;
}

/** A request ready to be sent; the transport adds base address and credentials. */
export interface PreparedRequest {
	method: HttpMethod;
	/** Below the base address, encoded. */
	path: string;
	query: Array<[string, string]>;
	headers?: Record<string, string>;
	body?: IDataObject | unknown[];
	bodyFormat: BodyFormat;
	retryClass: RetryClass;
	/** `binary` gives the body as a stream. */
	answerAs?: 'json' | 'binary';
	itemIndex: number;
	/** Milliseconds; the transport's default when left out. */
	timeout?: number;
}

/** Values of one item, written for the vendor and sorted by place. */
export interface PlacedValues {
	path: Record<string, unknown>;
	query: IDataObject;
	body: IDataObject;
	headers: Record<string, string>;
}

/** An empty set of placed values. */
export function noValues(): PlacedValues {
	return { path: {}, query: {}, body: {}, headers: {} };
}

/** Writes the values of a path template, encoded, so that a value can not leave its place. */
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

/** Puts a value at a dotted place inside a body. */
export function setNested(body: IDataObject, dottedName: string, value: unknown): void {
	const names = dottedName.split('.');
	let target = body;
	for (const name of names.slice(0, -1)) {
		if (typeof target[name] !== 'object' || target[name] === null) target[name] = {};
		target = target[name] as IDataObject;
	}
	target[names[names.length - 1]] = value as IDataObject;
}

/** Reads a value at a dotted place; undefined when a step is missing, the whole value for an empty path. */
export function getNested(value: unknown, dottedName: string): unknown {
	if (dottedName === '') return value;
	let current = value;
	for (const name of dottedName.split('.')) {
		if (typeof current !== 'object' || current === null) return undefined;
		current = (current as IDataObject)[name];
	}
	return current;
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
