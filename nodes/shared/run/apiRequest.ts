import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { getRowsAnywhere, renameErrorKey } from '../output/answers';
import { secretsName } from '../definition/parameterNames';
import type { HttpMethod, RetryClass, PreparedRequest } from '../definition/request';
import { addHint } from '../output/hints';
import { runEach } from './runItems';
import { isOn } from './switches';
import type { ItemOutcome, RunItem } from '../definition/outcome';
import type { EngineRun } from './engineRun';
import { readPages } from '../lists/pageReader';
import { withoutKeys } from '../http/secrets';
import { connectionFor } from '../http/api';
import type { Connection } from '../http/connection';
import { send } from '../http/transport';
import { splitPath } from './apiRequestResource';

const maximumPages = 1_000;

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
	const withSecrets = isOn(run, secretsName, item.index);
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
		if (pages < maximumPages) continue;
		addHint(run.context, `Reading stopped after ${maximumPages} pages.`);
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

function pairsOf(value: unknown): Array<[string, string]> {
	const { pair = [] } = (value ?? {}) as { pair?: Array<{ name?: unknown; value?: unknown }> };
	return pair.filter(({ name }) => name !== undefined && name !== '').map(({ name, value: text }) => [String(name), String(text ?? '')]);
}

function parsed(value: unknown): unknown {
	return typeof value === 'string' ? JSON.parse(value) : value;
}

function asJson(value: unknown): IDataObject {
	if (value === undefined || value === null || value === '') return { success: true };
	return typeof value === 'object' ? renameErrorKey(value as IDataObject) : { value: value as string };
}
