import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v3';

import { getRowsAnywhere, keepErrorKeyAside } from '../output/answers';
import type { Field, Operation, Resource } from '../definition/operation';
import type { HttpMethod, RetryClass, PreparedRequest } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { addHint } from '../output/hints';
import { runEach } from './runItems';
import type { ItemOutcome, RunItem } from '../definition/outcome';
import type { EngineRun } from './engineRun';
import { readPages } from '../lists/pageReader';
import { withoutKeys } from '../http/secrets';
import { connectionFor } from '../http/api';
import type { Connection } from '../http/connection';
import { send } from '../http/transport';
import { InvalidValue } from '../definition/valueWriter';
import { json } from '../input/values';

/** Internal value of the resource that every vendor's node has. */
export const apiRequestName = 'apiRequest';

const mostPages = 1_000;

const rows = (name: string, displayName: string, description: string): Field => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Pair',
	default: {},
	description,
	options: [
		{
			displayName: 'Pair',
			name: 'pair',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
	send: { place: 'none' },
	sample: { pair: [] },
});

/**
 * The resource for requests that no operation covers: same credential, pace, repeats and errors as everything else.
 * @param vendor gives its name and its APIs for the texts
 */
export function apiRequestResource(vendor: Pick<Vendor, 'displayName' | 'apis'>): Resource {
	return { value: apiRequestName, name: 'API Request', operations: [sendOperation(vendor)] };
}

function sendOperation({ displayName, apis = [] }: Pick<Vendor, 'displayName' | 'apis'>): Operation {
	const versions = apis.filter(({ pathPrefix }) => pathPrefix !== '');
	const versionHelp = versions.map(({ name, pathPrefix }) => `; ${pathPrefix}/... for ${name}`).join('');
	return {
		value: 'send',
		name: 'Send',
		action: 'Send API request',
		description: `Send any request to ${displayName} with the rate limit, retries and credential of this node`,
		method: 'GET',
		// No API of the vendor until the path of the item is known.
		path: '{path}',
		retryClass: 'once',
		fields: [
			{
				displayName: 'Method',
				name: 'method',
				type: 'options',
				default: 'GET',
				options: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((method) => ({ name: method, value: method })),
				send: { place: 'none' },
			},
			{
				displayName: 'Path',
				name: 'path',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'e.g. /things/12',
				description: `Path relative to the base URL of the credential, starting with a slash${versionHelp}`,
				send: { place: 'none', write: pathBelow },
			},
			rows('query', 'Query Parameters', 'Repeat a name to send it several times'),
			{
				displayName: 'Body Format',
				name: 'bodyFormat',
				type: 'options',
				default: 'none',
				options: [
					{ name: 'Form', value: 'form' },
					{ name: 'JSON', value: 'json' },
					{ name: 'No Body', value: 'none' },
				],
				send: { place: 'none' },
			},
			{
				displayName: 'Body',
				name: 'body',
				type: 'json',
				default: '{}',
				description: 'A JSON object; as a form its keys become the field names',
				displayOptions: { show: { bodyFormat: ['form', 'json'] } },
				send: { place: 'none', write: json(z.union([z.record(z.unknown()), z.array(z.unknown())])) },
			},
			{
				displayName: 'Repeat on Failure',
				name: 'repeatOnFailure',
				type: 'options',
				default: 'automatic',
				description: 'When to send a request again after a connection failure',
				options: [
					{
						name: 'Automatic',
						value: 'automatic',
						description: 'GET is a read; everything else is sent once',
					},
					{
						name: 'Never Twice',
						value: 'once',
						description: 'Only if the request was certainly not carried out',
					},
					{ name: 'Read', value: 'read', description: 'Changes nothing, so several can be sent at once' },
					{
						name: 'Safe to Repeat',
						value: 'idempotent',
						description: 'A write that can safely be repeated',
					},
				],
				send: { place: 'none' },
			},
			{
				displayName: 'Read All Pages',
				name: 'allPages',
				type: 'boolean',
				default: false,
				description: `Whether to follow the pages of a list the way ${displayName} numbers them and return one item per row`,
				send: { place: 'none' },
			},
		],
		optional: {
			name: 'options',
			fields: [
				{
					displayName: 'Full Response',
					name: 'fullResponse',
					type: 'boolean',
					default: false,
					description: 'Whether to return the status and headers beside the body',
					send: { place: 'none' },
				},
				rows('headers', 'Headers', 'Sent in addition to those of the credential'),
			],
		},
	};
}

/** Sends the requests that the user described, one for each item. */
export async function runApiRequest(run: EngineRun, items: RunItem[]): Promise<ItemOutcome[]> {
	const readsOnly = items.every((item) => retryClassOf(item) === 'read');
	return await runEach(run, items, async (item) => await sendOne(run, item), readsOnly ? 'read' : 'once');
}

async function sendOne(run: EngineRun, item: RunItem): Promise<INodeExecutionData[]> {
	const request = requestOf(item);
	const connection = connectionFor(run.connection, request.path);
	if (item.values.allPages === true) return await readAll(run, connection, request);
	const answer = await send(connection, request);
	const withSecrets = run.reader.readInside('options', 'includeSecrets', item.index) === true;
	const body = withSecrets ? answer.body : withoutKeys(answer.body, connection.vendor.secretKeys);
	if (item.values.fullResponse === true) {
		return [{ json: { statusCode: answer.status, headers: answer.headers, body: (body ?? null) as IDataObject } }];
	}
	if (Array.isArray(body)) return body.map((row) => ({ json: asJson(row) }));
	return [{ json: asJson(body) }];
}

async function readAll(run: EngineRun, connection: Connection, request: PreparedRequest): Promise<INodeExecutionData[]> {
	const { vendor } = connection;
	const found: IDataObject[] = [];
	let pages = 0;
	const fetchPage = async (pageQuery: Record<string, string | number>) => {
		const paged = new Map<string, string>(Object.entries(pageQuery).map(([name, value]) => [name, String(value)]));
		const query = [...request.query.filter(([name]) => !paged.has(name)), ...paged.entries()];
		const answer = await send(connection, { ...request, query });
		return { rows: getRowsAnywhere(vendor, answer), answer };
	};
	for await (const page of readPages(vendor.paging, fetchPage, { rowId: (row) => (row.id === undefined ? undefined : String(row.id)) })) {
		for (const row of page.rows) found.push(withoutKeys(row, vendor.secretKeys) as IDataObject);
		pages += 1;
		run.progress.records(found.length, pages);
		if (pages < mostPages) continue;
		addHint(run.context, `Reading stopped after ${mostPages} pages.`);
		break;
	}
	// A read may find nothing; of a write the item keeps its outcome.
	if (found.length === 0 && request.retryClass !== 'read') return [{ json: asJson(undefined) }];
	return found.map((row) => ({ json: asJson(row) }));
}

function requestOf(item: RunItem): PreparedRequest {
	const { values } = item;
	const method = values.method as HttpMethod;
	const [path, search] = splitPath(String(values.path));
	const format = values.bodyFormat === 'form' ? 'form' : 'json';
	return {
		method,
		path,
		query: [...new URLSearchParams(search).entries(), ...pairsOf(values.query)],
		headers: Object.fromEntries(pairsOf(values.headers)),
		body: values.bodyFormat === 'none' ? undefined : (parsed(values.body) as IDataObject),
		bodyFormat: format,
		retryClass: retryClassOf(item),
		itemIndex: item.index,
	};
}

function retryClassOf(item: RunItem): RetryClass {
	const chosen = item.values.repeatOnFailure;
	if (chosen === 'read' || chosen === 'idempotent' || chosen === 'once') return chosen;
	return item.values.method === 'GET' ? 'read' : 'once';
}

function pathBelow(value: unknown): string {
	const text = String(value).trim();
	const [path] = splitPath(text);
	const decoded = path.replace(/%2e/gi, '.').replace(/%2f/gi, '/').replace(/%5c|\\/gi, '/');
	const leaves = decoded.split('/').some((segment) => segment === '..' || segment === '.');
	if (!path.startsWith('/') || decoded.startsWith('//') || leaves || /[\s#]/.test(path)) {
		throw new InvalidValue('a path below the base address, such as /things/12, without .. and spaces');
	}
	return text;
}

function splitPath(text: string): [string, string] {
	const mark = text.indexOf('?');
	return mark < 0 ? [text.trim(), ''] : [text.slice(0, mark).trim(), text.slice(mark + 1)];
}

function pairsOf(value: unknown): Array<[string, string]> {
	const { pair = [] } = (value ?? {}) as { pair?: Array<{ name?: unknown; value?: unknown }> };
	return pair.filter(({ name }) => name !== undefined && name !== '').map(({ name, value: text }) => [String(name), String(text ?? '')]);
}

function parsed(value: unknown): unknown {
	return typeof value === 'string' ? JSON.parse(value) : value;
}

function asJson(value: unknown): IDataObject {
	if (value === undefined || value === null || value === '') return { success: true };
	return typeof value === 'object' ? keepErrorKeyAside(value as IDataObject) : { value: value as string };
}
