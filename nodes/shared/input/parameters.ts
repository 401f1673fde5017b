import type { IDataObject, INode } from 'n8n-workflow';

import type { Field } from '../definition/operation';
import { InvalidField } from './invalidField';

/** The part of n8n's contexts that reads parameters. */
export interface ParameterSource {
	getNode(): INode;
	getNodeParameter(name: string, itemIndex: number, fallback?: unknown, options?: { skipValidation?: boolean }): unknown;
}

/** A record that the user chose by its name; its ID is not known yet. */
export class RecordName {
	constructor(readonly name: string) {}
}

/** The ID of a record that was chosen by name, or why there is none. */
export type FoundRecord = { value: string | number } | { failure: Error };

/**
 * Reads node parameters, evaluating only what holds an expression.
 * A parameter without expression is taken as stored: evaluating nine expressions adds two thirds to what an item costs (bench/RESULTS.md).
 */
export class ParameterReader {
	private readonly stored: IDataObject;

	private readonly dynamic = new Map<string, boolean>();

	private readonly records = new Map<string, FoundRecord>();

	constructor(private readonly source: ParameterSource) {
		this.stored = source.getNode().parameters as IDataObject;
	}

	/** Value of a top-level parameter for one item; undefined when it is not set. */
	read(name: string, itemIndex: number): unknown {
		return this.resolve(name, this.stored[name], itemIndex);
	}

	/** Value of a parameter inside a collection for one item; undefined when the user did not add it. */
	readInside(collection: string, name: string, itemIndex: number): unknown {
		const stored = this.stored[collection];
		if (isExpression(stored)) {
			return (this.resolve(collection, stored, itemIndex) as IDataObject | undefined)?.[name];
		}
		if (typeof stored !== 'object' || stored === null || !(name in stored)) return undefined;
		return this.resolve(`${collection}.${name}`, (stored as IDataObject)[name], itemIndex);
	}

	/** True when reading the parameter for another item can give another value. */
	isDynamic(name: string): boolean {
		return this.holdsExpression(name, this.stored[name]);
	}

	/** True when a record may have been chosen by name in this parameter. */
	mayHoldName(name: string, collection?: string): boolean {
		const stored = collection === undefined ? this.stored[name] : this.stored[collection];
		if (isExpression(stored)) return true;
		return isByName(collection === undefined ? stored : (stored as IDataObject | undefined)?.[name]);
	}

	/** Keeps what was found for a record that an item chose by name. */
	putRecord(field: Pick<Field, 'name'>, itemIndex: number, found: FoundRecord): void {
		this.records.set(`${field.name} ${itemIndex}`, found);
	}

	/**
	 * ID of the record that an item chose by name.
	 * @throws what was found out about the name; InvalidField where names are not looked up
	 */
	recordOf(field: Field, itemIndex: number, { name }: RecordName): string | number {
		const found = this.records.get(`${field.name} ${itemIndex}`);
		if (found === undefined) throw new InvalidField(field, "a choice 'From List' or 'By ID'", name);
		if ('failure' in found) throw found.failure;
		return found.value;
	}

	private resolve(path: string, stored: unknown, itemIndex: number): unknown {
		if (stored === undefined) return undefined;
		if (!this.holdsExpression(path, stored)) return chosen(stored);
		return chosen(this.source.getNodeParameter(path, itemIndex, undefined, { skipValidation: true }));
	}

	private holdsExpression(path: string, stored: unknown): boolean {
		let known = this.dynamic.get(path);
		if (known === undefined) {
			known = containsExpression(stored);
			this.dynamic.set(path, known);
		}
		return known;
	}
}

/** True for a text that n8n evaluates. */
export function isExpression(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('=');
}

/** The value of a parameter; a record that was chosen by name is told apart from an ID. */
function chosen(value: unknown): unknown {
	const inside = unwrapLocator(value);
	const isEmpty = inside === undefined || inside === null || inside === '';
	return isByName(value) && !isEmpty ? new RecordName(String(inside)) : inside;
}

function isByName(value: unknown): boolean {
	return typeof value === 'object' && value !== null && '__rl' in value && (value as { mode?: unknown }).mode === 'name';
}

/** Takes the chosen value out of a resource locator; other values come back as they are. */
export function unwrapLocator(value: unknown): unknown {
	if (typeof value === 'object' && value !== null && '__rl' in value) return (value as unknown as { value: unknown }).value;
	return value;
}

function containsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (Array.isArray(value)) return value.some(containsExpression);
	if (typeof value === 'object' && value !== null) return Object.values(value).some(containsExpression);
	return false;
}
