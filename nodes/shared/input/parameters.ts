import type { IDataObject, INode } from 'n8n-workflow';

import type { Field } from '../definition/operation';
import { InvalidField } from './invalidField';

/** The part of n8n's contexts that reads parameters. */
export interface ParameterSource {
	getNode(): INode;
	getNodeParameter(name: string, itemIndex: number, fallback?: unknown, options?: { skipValidation?: boolean }): unknown;
	/** What expressions of an item see; polls have none. */
	getWorkflowDataProxy?(itemIndex: number): { $json?: unknown };
}

/** A record that the user chose by its name; its ID is not known yet. */
export class RecordName {
	constructor(readonly name: string) {}
}

/** The ID of a record that was chosen by name, or the IDs of several; or why there is none. */
export type FoundRecord = { value: unknown } | { failure: Error };

/** A path into the item and nothing else: what fields that were dragged from the input panel hold. */
const plainPath = /^=\{\{\s*\$json((?:\.[A-Za-z][A-Za-z0-9_]*)+)\s*\}\}$/;

/** Keys that n8n's expressions refuse or take for something else than data; n8n is asked for them. */
const notData = new Set(['constructor', 'prototype', 'arguments', 'caller', 'callee', 'mainModule', 'binding', 'getPrototypeOf']);

/**
 * Reads node parameters, evaluating only what holds an expression.
 * A parameter without expression is taken as stored. A plain path into the item is looked up in what n8n's expressions see, which
 * gives the same for texts, numbers, true and false at a fraction of the time; everything else is evaluated by n8n (docs/performance.md).
 */
export class ParameterReader {
	private readonly stored: IDataObject;

	private readonly dynamic = new Map<string, boolean>();

	private readonly records = new Map<string, FoundRecord>();

	private readonly paths = new Map<string, string[] | undefined>();

	private lastItem: { index: number; json: unknown } | undefined;

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

	/** Names of what was put into a collection, whatever its values; undefined where an expression for all of it returns no object. */
	addedTo(collection: string, itemIndex: number): string[] | undefined {
		const stored = this.stored[collection];
		const given = isExpression(stored) ? this.resolve(collection, stored, itemIndex) : (stored ?? {});
		return typeof given === 'object' && given !== null && !Array.isArray(given) ? Object.keys(given) : undefined;
	}

	/** True when one expression gives the whole collection. */
	isComputed(collection: string): boolean {
		return isExpression(this.stored[collection]);
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
	 * The ID of the record in place of its name; other values come back as they are.
	 * @throws what was found out about the name; InvalidField where names are not looked up
	 */
	withRecord(field: Pick<Field, 'name' | 'displayName'>, itemIndex: number, given: unknown): unknown {
		const found = this.records.size === 0 ? undefined : this.records.get(`${field.name} ${itemIndex}`);
		if (found === undefined && !(given instanceof RecordName)) return given;
		if (found === undefined) throw new InvalidField(field, "a choice 'From List' or 'By ID'", (given as RecordName).name);
		if ('failure' in found) throw found.failure;
		return found.value;
	}

	private resolve(path: string, stored: unknown, itemIndex: number): unknown {
		if (stored === undefined) return undefined;
		if (!this.holdsExpression(path, stored)) return chosen(stored);
		const found = typeof stored === 'string' ? this.lookUp(stored, itemIndex) : undefined;
		if (found !== undefined) return found;
		return chosen(this.source.getNodeParameter(path, itemIndex, undefined, { skipValidation: true }));
	}

	/** The value at a plain path of the item; undefined where n8n has to evaluate the expression. */
	private lookUp(expression: string, itemIndex: number): unknown {
		if (this.source.getWorkflowDataProxy === undefined) return undefined;
		if (!this.paths.has(expression)) this.paths.set(expression, namesOf(expression));
		const names = this.paths.get(expression);
		if (names === undefined) return undefined;
		let current = this.itemData(itemIndex);
		for (const name of names) {
			if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined;
			current = (current as IDataObject)[name];
		}
		return ['string', 'number', 'boolean'].includes(typeof current) ? current : undefined;
	}

	private itemData(itemIndex: number): unknown {
		if (this.lastItem?.index !== itemIndex) this.lastItem = { index: itemIndex, json: this.readItem(itemIndex) };
		return this.lastItem.json;
	}

	/** Where n8n cannot say what the item holds, it says so better when it evaluates the expression. */
	private readItem(itemIndex: number): unknown {
		try {
			return this.source.getWorkflowDataProxy?.(itemIndex).$json;
		} catch {
			return undefined;
		}
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

function namesOf(expression: string): string[] | undefined {
	const names = plainPath.exec(expression)?.[1].slice(1).split('.');
	return names?.some((name) => notData.has(name)) === true ? undefined : names;
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
