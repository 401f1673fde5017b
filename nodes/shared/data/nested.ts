import type { IDataObject } from 'n8n-workflow';

/** Keys that lead out of an object into what all objects share. */
const sharedKeys = new Set(['__proto__', 'prototype', 'constructor']);

/** True for a key that must not come from a user: it would reach what all objects share. */
export function isSharedKey(key: string): boolean {
	return sharedKeys.has(key);
}

/** Puts a value at a dotted place inside a body; the place comes from a table, never from a user. */
export function setNested(body: IDataObject, dottedName: string, value: unknown): void {
	const names = dottedName.split('.');
	if (names.some((name) => sharedKeys.has(name))) throw new Error(`'${dottedName}' is no place in a body`);
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
		if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
		current = (current as IDataObject)[name];
	}
	return current;
}
