import type { IDataObject } from 'n8n-workflow';

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
