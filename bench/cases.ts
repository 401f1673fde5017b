import type {
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypeBaseDescription,
	INodeTypeDescription,
} from 'n8n-workflow';
import { Pool } from 'undici';

import { ParameterReader } from '../nodes/shared/input/parameters';
import { loadPackage } from '../test/support/package';
import { createPoller } from '../test/support/poller';
import { runNode, runWorkflow } from '../test/support/engine';
import type { NodeSettings } from '../test/support/engine';
import { allFields, inputItem, optionalFields, requiredFields, writeParameters } from './fields';
import { measure } from './measure';
import type { Measurement } from './measure';

/** Faster than any vendor allows; the pacer takes no more. */
const withoutBrake = 1000;

/** Each key has a pace of its own. */
function credentialsFor(origin: string, requestsPerSecond = withoutBrake, apiKey = 'benchmark-key') {
	return { iAdvizeApi: { platform: 'custom', baseUrl: `${origin}/api/2`, apiKey, requestsPerSecond } };
}

function inputItems(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, index) => ({ json: inputItem(index) }));
}

/** The least time that the same requests take: undici, eight connections, nothing else. */
export async function undiciFloor(origin: string, count: number): Promise<Measurement> {
	const bodies = inputItems(count).map((_, index) =>
		new URLSearchParams(
			Object.fromEntries(allFields.map(({ vendorName, value }) => [vendorName, String(value(index))])),
		).toString(),
	);
	const pool = new Pool(origin, { connections: 8 });
	try {
		return await measure(async () => {
			const send = async (body: string) => {
				const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-api-key': 'benchmark-key' };
				const answer = await pool.request({ method: 'POST', path: '/api/2/operator', headers, body });
				return await answer.body.json();
			};
			await Promise.all(bodies.map(send));
		});
	} finally {
		await pool.close();
	}
}

/** n8n's own request helper, one request after the other, in a node that does nothing else. */
export async function helperFloor(origin: string, count: number): Promise<Measurement> {
	const { description } = await nodeOfPackage();
	const node = nodeOf(description, async function () {
		for (const item of this.getInputData()) {
			await this.helpers.httpRequestWithAuthentication.call(this, 'iAdvizeApi', {
				method: 'POST',
				url: `${origin}/api/2/operator`,
				body: new URLSearchParams(item.json as Record<string, string>),
				returnFullResponse: true,
			});
		}
		return [[]];
	});
	return await runProbe(node, { credentials: credentialsFor(origin), items: inputItems(count) });
}

/** Our node creating operators. */
export async function writes(
	origin: string,
	parameters: INodeParameters,
	count: number,
	{ requestsPerSecond, node }: { requestsPerSecond?: number; node?: NodeSettings } = {},
): Promise<Measurement> {
	return await measured(parameters, credentialsFor(origin, requestsPerSecond), inputItems(count), count, node);
}

/** Our node reading operators one by one. */
export async function reads(origin: string, count: number, requestsPerSecond: number): Promise<Measurement> {
	const parameters = {
		resource: 'operator',
		operation: 'get',
		operatorId: { __rl: true, mode: 'id', value: '={{ $itemIndex + 1 }}' },
	};
	return await measured(
		parameters as INodeParameters,
		credentialsFor(origin, requestsPerSecond, 'key-of-reads'),
		inputItems(count),
		count,
	);
}

/** Our node reading a list to its end. */
export async function returnAll(origin: string, rows: number, simplify: boolean): Promise<Measurement> {
	const parameters = { resource: 'operator', operation: 'getMany', returnAll: true, simplify };
	return await measured(parameters, credentialsFor(origin), [{ json: {} }], rows);
}

/** A trigger that finds nothing new: time of one poll and what it keeps in the workflow. */
export async function quietPolls(origin: string, count: number): Promise<Measurement & { stateBytes: number }> {
	const poller = await createPoller({
		nodeType: 'iAdvizeTrigger',
		parameters: { event: 'visitorCreated' },
		credentials: credentialsFor(origin),
	});
	await poller.poll();
	const measurement = await measure(async () => {
		for (let poll = 0; poll < count; poll++) {
			if ((await poller.poll()) !== null) throw new Error('A poll without new records gave some');
		}
	});
	return { ...measurement, stateBytes: JSON.stringify(poller.staticData).length };
}

/** Reading the parameters of every item, the way n8n's nodes usually do it or ours; nothing is sent. */
export async function readingParameters(way: 'getNodeParameter' | 'stored', count: number): Promise<Measurement> {
	const { description } = await nodeOfPackage();
	const names = [...requiredFields.map(({ name }) => name), ...optionalFields.map(({ name }) => `additionalFields.${name}`)];
	const node = nodeOf(description, async function () {
		const reader = new ParameterReader(this);
		this.getInputData().forEach((_, index) => {
			for (const name of names) {
				const [collection, inner] = name.split('.');
				if (way === 'getNodeParameter') this.getNodeParameter(name, index);
				else if (inner === undefined) reader.read(collection, index);
				else reader.readInside(collection, inner, index);
			}
		});
		return [[]];
	});
	return await runProbe(node, { items: inputItems(count), parameters: writeParameters.plain });
}

/** Size of each node's description as the editor gets it, in bytes of JSON. */
export async function descriptionSizes(): Promise<Array<{ name: string; bytes: number }>> {
	const { nodes } = await loadPackage();
	return Object.entries(nodes).map(([name, { description }]) => ({
		name,
		bytes: Buffer.byteLength(JSON.stringify(description)),
	}));
}

async function nodeOfPackage(): Promise<{ description: INodeTypeDescription }> {
	const { nodes } = await loadPackage();
	return nodes.iAdvize as INodeType;
}

function nodeOf(description: INodeTypeBaseDescription, execute: NonNullable<INodeType['execute']>): INodeType {
	return { description: description as INodeTypeDescription, execute };
}

async function runProbe(
	nodeType: INodeType,
	{ items, ...step }: Partial<Pick<Parameters<typeof runNode>[0], 'credentials' | 'parameters' | 'items'>>,
): Promise<Measurement> {
	const steps = [
		{
			name: 'Probe',
			nodeType,
			...step,
			node: { credentials: { iAdvizeApi: { id: 'iAdvizeApi', name: 'Bench' } } } as NodeSettings,
		},
	];
	const { result, ...measurement } = await measure(async () => await runWorkflow({ steps, items }));
	if (result.error !== undefined) throw result.error;
	return measurement;
}

async function measured(
	parameters: INodeParameters,
	credentials: ReturnType<typeof credentialsFor>,
	items: INodeExecutionData[],
	expected: number,
	node?: NodeSettings,
): Promise<Measurement> {
	const run = async () => await runNode({ nodeType: 'iAdvize', parameters, credentials, items, node });
	const { result, ...measurement } = await measure(run);
	if (result.error !== undefined) throw result.error;
	const given = result.outputs[0].length;
	if (given !== expected) throw new Error(`Expected ${expected} items, got ${given}`);
	return measurement;
}
