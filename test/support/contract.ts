// Checks recorded requests against an OpenAPI 3.1 contract. JSON Schema is ajv's work; here a request is taken apart.
import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

import {
	acceptsArray,
	closeSchema,
	propertiesOf,
	resolveReference,
	type MediaType,
	type OpenApiDocument,
	type OperationObject,
	type Parameter,
	type Schema,
	type SecurityScheme,
} from './openapi';
import type { RecordedRequest } from './recorder';
import { readYaml } from './yaml';

/** An operation of a contract. */
export interface Operation {
	/** Upper case. */
	method: string;
	/** Path template as the contract has it, without the server's base path. */
	path: string;
	operationId: string;
	/** Parameters of the operation and of its path. */
	parameters: Parameter[];
	/** Body by media type; empty if the operation takes none. */
	body: Record<string, MediaType>;
	bodyRequired: boolean;
	/** Alternatives; each lists the schemes needed together. Empty if no authentication is needed. */
	security: SecurityScheme[][];
}

/** A contract, read and ready to check requests. */
export interface Contract {
	document: OpenApiDocument;
	/** Base paths of the servers, such as `/api/2`. */
	basePaths: string[];
	operations: Operation[];
}

/** What is wrong with a request. */
export interface Violation {
	place: 'path' | 'method' | 'query' | 'header' | 'body' | 'security';
	/** Parameter, or JSON pointer into the body. */
	name?: string;
	message: string;
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];
const contracts = new Map<string, Contract>();

function createAjv(coerceTypes: boolean): Ajv2020 {
	// A warning says that something of the contract would go unchecked: an unknown format.
	const refuse = (message: unknown) => {
		throw new Error(String(message));
	};
	const ajv = new Ajv2020({
		allErrors: true,
		coerceTypes,
		strict: false,
		// Each schema checks a few values only: less than the optimizing costs.
		code: { optimize: false },
		logger: { log: refuse, warn: refuse, error: refuse },
	});
	return addFormats(ajv);
}

const typed = createAjv(false);
/** For values that travel as text: `5` is then an integer where the contract wants one. */
const textual = createAjv(true);
const compiled = new WeakMap<object, ValidateFunction>();

function readOperation(document: OpenApiDocument, path: string, method: string): Operation {
	const pathItem = document.paths[path];
	const operation = pathItem[method] as OperationObject;
	const schemes = document.components?.securitySchemes ?? {};
	const parameters = [...((pathItem.parameters as unknown[]) ?? []), ...(operation.parameters ?? [])];
	const body = operation.requestBody
		? resolveReference<{ content?: Record<string, MediaType>; required?: boolean }>(document, operation.requestBody)
		: {};
	return {
		method: method.toUpperCase(),
		path,
		operationId: operation.operationId ?? `${method} ${path}`,
		parameters: parameters.map((parameter) => {
			const resolved = resolveReference<Parameter>(document, parameter);
			return { ...resolved, schema: closeSchema(document, resolved.schema ?? {}) };
		}),
		body: Object.fromEntries(
			Object.entries(body.content ?? {}).map(([type, media]) => [
				type,
				{ ...media, schema: closeSchema(document, media.schema ?? {}) },
			]),
		),
		bodyRequired: body.required ?? false,
		security: (operation.security ?? document.security ?? []).map((alternative) =>
			Object.keys(alternative).map((name) => schemes[name]),
		),
	};
}

/** Everything after the host: `https://{account}.ladesk.com/api` and `{baseUrl}/api` both give `/api`. */
function basePathOf(serverUrl: string): string {
	return serverUrl.replace(/^(https?:\/\/[^/]+|\{[^/}]+\})/, '').replace(/\/$/, '');
}

/** Reads an OpenAPI 3.1 file (YAML or JSON). Throws if a reference in it leads nowhere. */
export function loadContract(file: string): Contract {
	const known = contracts.get(file);
	if (known) return known;
	const document = readYaml<OpenApiDocument>(file);
	const operations = Object.entries(document.paths).flatMap(([path, pathItem]) =>
		methods.filter((method) => method in pathItem).map((method) => readOperation(document, path, method)),
	);
	const basePaths = [...new Set((document.servers ?? []).map(({ url }) => basePathOf(url)))];
	const contract = { document, basePaths, operations };
	contracts.set(file, contract);
	return contract;
}

/** The operations of a contract. */
export function listOperations(contract: Contract): Array<Pick<Operation, 'method' | 'path' | 'operationId'>> {
	return contract.operations.map(({ method, path, operationId }) => ({ method, path, operationId }));
}

/** A template as a pattern, and the names of its values in their order. */
interface PathPattern {
	pattern: RegExp;
	names: string[];
}

const patterns = new Map<string, PathPattern>();

function patternOf(template: string): PathPattern {
	const known = patterns.get(template);
	if (known !== undefined) return known;
	const names: string[] = [];
	const pattern = template
		.split(/(\{[^}]+\})/)
		.map((piece) => {
			if (!piece.startsWith('{')) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
			names.push(piece.slice(1, -1));
			return '([^/]+)';
		})
		.join('');
	const made = { pattern: new RegExp(`^${pattern}$`), names };
	patterns.set(template, made);
	return made;
}

/** Path values by name, decoded; `undefined` if the path does not fit the template. */
function matchPath(template: string, path: string): Record<string, string> | undefined {
	const { pattern, names } = patternOf(template);
	const values = pattern.exec(path)?.slice(1);
	return values && Object.fromEntries(values.map((value, index) => [names[index], decodeURIComponent(value)]));
}

interface Match {
	operation: Operation;
	pathValues: Record<string, string>;
}

/** Operations of all methods whose path fits; those with the fewest parameters in the path come first. */
function matchOperations(contract: Contract, path: string): Match[] {
	const matches = contract.basePaths
		.filter((basePath) => path.startsWith(`${basePath}/`))
		.flatMap((basePath) =>
			contract.operations.flatMap((operation): Match[] => {
				const pathValues = matchPath(operation.path, path.slice(basePath.length));
				return pathValues ? [{ operation, pathValues }] : [];
			}),
		);
	return matches.sort((a, b) => Object.keys(a.pathValues).length - Object.keys(b.pathValues).length);
}

/** The operation a request is for, if the contract has it. */
export function findOperation(
	contract: Contract,
	request: Pick<RecordedRequest, 'method' | 'path'>,
): Operation | undefined {
	return matchOperations(contract, request.path).find(({ operation }) => operation.method === request.method)
		?.operation;
}

function compile(schema: Schema, coerce: boolean): ValidateFunction {
	const validate = compiled.get(schema) ?? (coerce ? textual : typed).compile(schema);
	compiled.set(schema, validate);
	return validate;
}

function describe(place: Violation['place'], name: string, error: ErrorObject): Violation {
	const { unevaluatedProperty, additionalProperty, allowedValues } = error.params as Record<string, unknown>;
	const detail = unevaluatedProperty ?? additionalProperty ?? (allowedValues as unknown[] | undefined)?.join(', ');
	const message = detail === undefined ? (error.message ?? error.keyword) : `${error.message}: ${String(detail)}`;
	return { place, name: `${name}${error.instancePath}`, message };
}

function checkValue(place: Violation['place'], name: string, value: unknown, schema: Schema, coerce: boolean) {
	const validate = compile(schema, coerce);
	validate(value);
	return (validate.errors ?? []).map((error) => describe(place, name, error));
}

/** One text, or several of the same name, as the value the contract speaks of; or what is wrong with how it is written. */
function readTexts(
	texts: string[],
	schema: Schema,
	{ style = 'form', explode = style === 'form' }: { style?: string; explode?: boolean },
): { value: unknown } | { message: string } {
	if (style === 'pipeDelimited' && !explode && texts.length === 1) return { value: texts[0].split('|') };
	if (style !== 'form' && style !== 'simple') throw new Error(`The style ${style} is not supported`);
	if (acceptsArray(schema)) {
		if (explode) return { value: texts };
		if (texts.length > 1) return { message: 'sent more than once, but the contract wants one list joined by commas' };
		return { value: texts[0].split(',') };
	}
	return texts.length > 1 ? { message: 'sent more than once' } : { value: texts[0] };
}

const wrappers = new WeakMap<object, Schema>();

/** The schema of an object with just this value, so that ajv can turn text into the wanted type. */
function wrap(schema: Schema): Schema {
	const wrapper = wrappers.get(schema) ?? { type: 'object', properties: { value: schema } };
	wrappers.set(schema, wrapper);
	return wrapper;
}

function checkTexts(
	place: Violation['place'],
	name: string,
	texts: string[],
	schema: Schema,
	writing: { style?: string; explode?: boolean },
): Violation[] {
	const read = readTexts(texts, schema, writing);
	if ('message' in read) return [{ place, name, message: read.message }];
	return checkValue(place, name, read, wrap(schema), true);
}

function groupByName(entries: Iterable<[string, string]>): Map<string, string[]> {
	const groups = new Map<string, string[]>();
	for (const [name, text] of entries) groups.set(name, [...(groups.get(name) ?? []), text]);
	return groups;
}

function checkQuery({ parameters, security }: Operation, query: string): Violation[] {
	const texts = groupByName(new URLSearchParams(query));
	const known = parameters.filter((parameter) => parameter.in === 'query');
	const credentials = security
		.flat()
		.filter((scheme) => scheme.in === 'query')
		.map((scheme) => scheme.name);
	const unknown = [...texts.keys()].filter(
		(name) => !credentials.includes(name) && !known.some((p) => p.name === name),
	);
	return [
		...unknown.map((name): Violation => ({ place: 'query', name, message: 'not in the contract' })),
		...known.flatMap((parameter): Violation[] => {
			const sent = texts.get(parameter.name);
			if (sent) return checkTexts('query', parameter.name, sent, parameter.schema ?? {}, parameter);
			return parameter.required ? [{ place: 'query', name: parameter.name, message: 'missing' }] : [];
		}),
	];
}

function checkPathAndHeaders({ operation, pathValues }: Match, request: RecordedRequest): Violation[] {
	return operation.parameters.flatMap((parameter): Violation[] => {
		const { name, schema = {} } = parameter;
		if (parameter.in === 'path') return checkTexts('path', name, [pathValues[name]], schema, { style: 'simple' });
		if (parameter.in !== 'header') return [];
		const sent = request.headers[name.toLowerCase()];
		if (sent !== undefined) return checkTexts('header', name, [sent].flat(), schema, { style: 'simple' });
		return parameter.required ? [{ place: 'header', name, message: 'missing' }] : [];
	});
}

function isSatisfied({ type, in: place, name = '', scheme = '' }: SecurityScheme, request: RecordedRequest): boolean {
	if (type === 'http')
		return (request.headers.authorization ?? '').toLowerCase().startsWith(`${scheme.toLowerCase()} `);
	if (place === 'query') return new URLSearchParams(request.query).has(name);
	return request.headers[name.toLowerCase()] !== undefined;
}

function checkSecurity({ security }: Operation, request: RecordedRequest): Violation[] {
	const isFine = security.length === 0 || security.some((needed) => needed.every((each) => isSatisfied(each, request)));
	return isFine ? [] : [{ place: 'security', message: 'no credentials the contract knows' }];
}

function checkJson(body: Buffer, schema: Schema, name = ''): Violation[] {
	let value: unknown;
	try {
		value = JSON.parse(body.toString('utf8'));
	} catch {
		return [{ place: 'body', name, message: 'not JSON' }];
	}
	return checkValue('body', name, value, schema, false);
}

/** The fields of a form, url-encoded or multipart; the content of a file counts as text, a byte a character. */
async function readForm(body: Buffer, contentType: string): Promise<Map<string, string[]>> {
	const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
	const entries = await Promise.all(
		[...form].map(async ([name, value]): Promise<[string, string]> => [
			name,
			typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('latin1'),
		]),
	);
	return groupByName(entries);
}

async function checkForm(body: Buffer, contentType: string, { schema = {}, encoding = {} }: MediaType) {
	const violations: Violation[] = [];
	const fields: Record<string, unknown> = {};
	const properties = propertiesOf(schema);
	for (const [name, texts] of await readForm(body, contentType)) {
		const property = properties[name] ?? {};
		const read = readTexts(texts, property, encoding[name] ?? {});
		if ('message' in read) violations.push({ place: 'body', name, message: read.message });
		else fields[name] = read.value;
		if (property.contentMediaType === 'application/json') {
			violations.push(...checkJson(Buffer.from(texts[0], 'latin1'), {}, name));
		}
	}
	return [...violations, ...checkValue('body', '', fields, schema, true)];
}

async function checkBody({ body: media, bodyRequired }: Operation, request: RecordedRequest): Promise<Violation[]> {
	if (request.body.length === 0) return bodyRequired ? [{ place: 'body', message: 'missing' }] : [];
	const contentType = request.headers['content-type'] ?? '';
	const mediaType = contentType.split(';')[0].trim().toLowerCase();
	const expected = media[mediaType];
	if (!expected) {
		const wanted = Object.keys(media).join(', ') || 'no body';
		return [{ place: 'body', message: `sent as ${mediaType || 'nothing named'}, the contract has ${wanted}` }];
	}
	if (mediaType === 'application/json') return checkJson(request.body, expected.schema ?? {});
	if (mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data') {
		return await checkForm(request.body, contentType, expected);
	}
	throw new Error(`Bodies of type ${mediaType} cannot be checked`);
}

/**
 * Checks one request, whole: path with the server's base path, method, query, headers, credentials and body.
 * Names the contract does not have are violations, in the query, in forms and at every depth of a JSON body.
 *
 * @returns what is wrong; an empty list if nothing is.
 */
export async function validateRequest(contract: Contract, request: RecordedRequest): Promise<Violation[]> {
	const matches = matchOperations(contract, request.path);
	if (matches.length === 0) return [{ place: 'path', name: request.path, message: 'not in the contract' }];
	const match = matches.find(({ operation }) => operation.method === request.method);
	if (!match) return [{ place: 'method', name: request.method, message: 'not in the contract for this path' }];
	return [
		...checkPathAndHeaders(match, request),
		...checkQuery(match.operation, request.query),
		...checkSecurity(match.operation, request),
		...(await checkBody(match.operation, request)),
	];
}
