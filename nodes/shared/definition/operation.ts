import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ItemOutcome, RunItem } from './outcome';
import type { PagingStyle } from './paging';
import type { BodyFormat, FieldValues, HttpMethod, RetryClass } from './request';
import type { ValueWriter } from './valueWriter';

/** How sure method and path of an operation are, after the contract's `x-source`. */
export type PathSource = 'seed' | 'seed-path' | 'public-client' | 'public-doc' | 'inferred';

/** Where the value of a field goes in the request. */
export interface FieldTarget {
	/**
	 * Left out: the query for GET and DELETE, the body for the other methods.
	 * `none` keeps the value out of the request; a reader, a check or a runner uses it.
	 */
	place?: 'path' | 'query' | 'body' | 'header' | 'none';
	/** The vendor's name; the field's own name when left out. Dots nest inside a JSON body. */
	name?: string;
	/** How the value is checked and written; sent as it is when left out. */
	write?: ValueWriter;
	/** The writer gives an object: each of its keys is sent as a value of its own, under that name. */
	spread?: boolean;
	/** The writer gives a list that is added to what other fields send under the same name in the query. */
	append?: boolean;
}

/** One n8n parameter plus where its value goes. `displayOptions` are relative to the operation. */
export interface Field extends Omit<INodeProperties, 'default' | 'options'> {
	default?: INodeProperties['default'];
	options?: INodePropertyOptions[] | INodeProperties['options'];
	/** Left out: sent under the field's own name in the usual place, as it is. */
	send?: FieldTarget;
	/** What the contract test types into this field where placeholder and type do not give a valid value. */
	sample?: unknown;
	/** Why a dropdown takes values besides its options, unchecked; left out, it refuses them. */
	otherValues?: string;
	/** Stays a parameter with Map Automatically: what is chosen once for all items. */
	neverMapped?: boolean;
}

/** The optional fields of an operation, shown as one n8n collection. */
export interface FieldCollection {
	/** n8n's usual word: Filters for lists, Update Fields for updates, Additional Fields for the rest, Options for how a run behaves. */
	name: 'filters' | 'updateFields' | 'additionalFields' | 'options';
	fields: Field[];
}

/** What is known where a row becomes an item. */
export interface RowContext {
	/** IANA zone of the vendor's times without offset. */
	vendorZone: string;
	/** Version of the node in the workflow; what changed with a version is in docs/versions.md. Default: 1. */
	nodeVersion?: number;
	/** State of an event's record before, where the event has `state` and it is known. */
	before?: string;
}

/** Why an operation is out of date. */
export interface Deprecation {
	/** Whose word it is: the vendor's, or this node's, where another operation of it does the same. */
	by: 'vendor' | 'node';
	/** What to use instead, to follow "use". */
	instead: string;
	/** Address of the page that says so, without scheme; only where the vendor says it. */
	source?: string;
}

/** How the vendor's answer becomes items. */
export interface AnswerReader {
	/**
	 * - `one`: an object becomes one item
	 * - `many`: each row becomes an item
	 * - `deleted`: the item is `{ deleted: true }`
	 * - `done`: an acknowledgement; an empty answer becomes `{ success: true }`
	 * - `binary`: the body becomes a file in the item; a JSON answer becomes JSON
	 */
	kind: 'one' | 'many' | 'deleted' | 'done' | 'binary';
	/** Dotted path of the data inside the answer; the vendor's default when left out, `''` for the whole answer. */
	path?: string;
	/** Reads the data where a path cannot say it. Gets the parsed body, gives an object or rows. */
	read?: (body: unknown, values: FieldValues) => unknown;
}

/** A Get Many operation that feeds a searchable pick list. */
export interface PickList {
	/** Name that fields refer to; the resource's when left out. */
	name?: string;
	/** Row to label. */
	label: (row: IDataObject) => string;
	/** Row to the value that other operations take. */
	value: (row: IDataObject) => string | number;
	/** Name of the query parameter that searches at the vendor; the engine filters labels itself when left out. */
	searchParameter?: string;
	/** How the search text is written for the vendor, for example with wildcards. */
	searchValue?: (text: string) => string;
	/** Query that the pick list always sends, under the vendor's names. */
	query?: IDataObject;
	/** Narrows the list by other parameters of the node: query name to parameter name. */
	narrowBy?: Record<string, string>;
}

/** A period that the vendor limits; a longer one is cut into allowed windows and joined. */
export interface PeriodLimit {
	/** Field names of the two bounds. */
	from: string;
	to: string;
	/** Longest period the vendor allows. */
	months: number;
}

/** The outcome of one record inside a bulk answer. */
export type RecordOutcome = { json: IDataObject } | { error: string; json?: IDataObject };

/** Turns many items into few requests. */
export interface Bulk {
	/** Most records in one request. */
	maximum: number;
	/** Takes the records out of one item's body; what is left in the body must be equal for items to share a request. */
	split: (body: IDataObject) => { records: unknown[]; rest: IDataObject };
	/** Puts the records of several items back into one body. */
	join: (records: unknown[], rest: IDataObject) => IDataObject;
	/** Gives each record its outcome, in the order of the records; `rest` is what the items of the request share. */
	outcomes: (answer: unknown, records: unknown[], rest: IDataObject, headers: Record<string, string>) => RecordOutcome[];
}

/** A read that stands in where the path is not confirmed and the vendor answers 404. */
export interface Fallback {
	path: string;
	/** Query of the fallback, with `{name}` taken from the path values. */
	query: Record<string, string>;
	/** Path of the rows inside the answer of the fallback; the first row with the identifier from the path is taken. */
	answerPath: string;
}

/** One operation of one resource: all that the node, the trigger, the pick lists, the docs and the contract test know of it. */
export interface Operation {
	/** Internal value, camelCase. */
	value: string;
	/** Title Case, without the resource. */
	name: string;
	/** Sentence case, with the resource, without articles. */
	action: string;
	/** One sentence, no final period. */
	description: string;
	method: HttpMethod;
	/** Path below the vendor's base address; `{name}` stands for a field sent in the path. */
	path: string;
	retryClass: RetryClass;
	/** Fields shown directly, in order. */
	fields?: Field[];
	/** Optional fields. */
	optional?: FieldCollection;
	/** Offers Map Automatically beside Map Each Field for the fields sent in the body. */
	mapAutomatically?: boolean;
	/** With Map Automatically: whether keys that are no fields are sent too, and how the user makes that so. */
	otherKeys?: { areSent(values: FieldValues): boolean; howToSend: string };
	/** Vendor's default when left out. */
	bodyFormat?: BodyFormat;
	/** Values always sent. */
	constants?: { query?: IDataObject; body?: IDataObject };
	/** Default: `one`. */
	answer?: AnswerReader;
	/** Paging of a `many` answer: the vendor's default when left out, `none` when everything comes at once. */
	paging?: PagingStyle | 'none';
	/** Identifier of a row, where it is not `id`. */
	rowId?: (row: IDataObject) => string | undefined;
	/** Several where other operations take different values of a row, each but one with a name. */
	pickList?: PickList | PickList[];
	/** Keys kept by Simplify (at most ten), or a function from row to simple row. Adds the Simplify switch. */
	simplify?: string[] | ((row: IDataObject, context: RowContext) => IDataObject);
	/** Versions of the node in which Simplify is there; all when left out. */
	simplifyVersions?: { from?: number; until?: number };
	/** Changes each row whether simplified or not, for example to parse a history. */
	transform?: (row: IDataObject, values: FieldValues, context: RowContext) => IDataObject;
	/** Checks that need several fields at once; gives what is wrong and what is expected, or nothing. */
	check?: (values: FieldValues) => { field: string; expected: string } | undefined;
	/** Adds what the vendor wants and the user left out, such as a period. Gets the current time in epoch milliseconds. */
	withDefaults?: (values: FieldValues, now: number) => FieldValues;
	/** Adds the switch that keeps the vendor's secret keys in the output. */
	givesSecrets?: boolean;
	/** Fields of which at least one must be given; `optional` stands for all fields of the collection that are sent. */
	atLeastOne?: string[] | 'optional';
	/** Fields that tell which record a write changes, where its path does not: writes to the same record keep their order. */
	sameRecord?: string[];
	period?: PeriodLimit;
	bulk?: Bulk;
	fallback?: Fallback;
	/** Reads only: where the same request goes when the unconfirmed path answers 404. */
	secondPath?: string;
	/** Steps that one request cannot express. `method`, `path` and `fields` still describe the main request. */
	run?: OperationRunner;
	/** Further contract operations that `run` sends, as `METHOD /path`, for the coverage test and the docs. */
	alsoCalls?: string[];
	/** Default: that of its API, else `seed`. Anything but `seed` is listed in the docs; `inferred` paths can be overridden in the credential. */
	source?: PathSource;
	/** Out of date: said in the description, and the operation stands last in its list. */
	deprecated?: Deprecation;
	/** True where the operation does a whole job of which others of the resource do parts: it stands first in the list. */
	isWholeJob?: boolean;
	/** Notes shown above the fields. */
	notice?: string;
	/** Refuses to run unless the named boolean field is on: for what cannot be undone. */
	confirmedBy?: string;
	/**
	 * The same operation over another API of the vendor, used where the credential has only that one's key.
	 * Holds what differs; its fields have the names of this one's.
	 */
	otherForm?: Partial<Operation> & Pick<Operation, 'path'>;
}

/** A thing that the vendor knows, with its operations. */
export interface Resource {
	/** Internal value, camelCase. */
	value: string;
	/** Title Case, singular. */
	name: string;
	description?: string;
	operations: Operation[];
}

/** One run of one operation, as jobs and tables see it. What a job may do with it is in `run/job.ts`. */
export interface OperationRun {
	readonly context: IExecuteFunctions;
	readonly resource: Resource;
	readonly operation: Operation;
	/** True when failed items become error items and the others go on. */
	readonly continueOnFail: boolean;
	/** IANA zone of the vendor's times without offset. */
	readonly vendorZone: string;
	/** Current time in epoch milliseconds. */
	now(): number;
}

/** Steps of an operation that one request cannot express; returns an outcome for every item, in their order. */
export type OperationRunner = (run: OperationRun, items: RunItem[]) => Promise<ItemOutcome[]>;
