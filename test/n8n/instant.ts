// What the tests of instant triggers in a real n8n share.
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import type { RunningVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import { deliver, type PushAnswer } from '../simulators/kit';
import { ownNode } from './ownNode';

/** What the administrator entered in UJET. */
export const passwordOfEvents = 'a-long-random-password';

/** A credential of n8n, as a node refers to it. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
}

/** Stores the credential that holds it. */
export async function createWebhookCredential(client: N8nClient): Promise<StoredCredential> {
	const [name, type] = ['UJET events', 'ujetWebhookApi'];
	const data = { sender: 'sessionEvents', username: 'n8n', password: passwordOfEvents };
	return { name, type, id: await client.createCredential(name, type, data) };
}

/** A server that workflows send their items to, so that a test sees them in the order of arrival. */
export class Sink {
	readonly received: IDataObject[] = [];

	private constructor(private readonly server: Server) {}

	static async open(): Promise<Sink> {
		const server = createServer();
		const sink = new Sink(server);
		server.on('request', (request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				sink.received.push(JSON.parse(Buffer.concat(chunks).toString()) as IDataObject);
				response.setHeader('content-type', 'application/json').end('{}');
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return sink;
	}

	get address(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
	}

	/** Waits until so many items have come. */
	async untilReceived(count: number, timeoutMs: number): Promise<void> {
		await waitFor(`${count} items`, () => (this.received.length >= count ? true : undefined), { timeoutMs });
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

/** A workflow of one instant trigger. */
export interface InstantWorkflow {
	vendor: RunningVendor;
	/** Name of the node type, without the package's; that of UJET when left out. */
	nodeType?: string;
	/** The newest when left out. */
	typeVersion?: number;
	webhookCredential: StoredCredential;
	parameters: INodeParameters;
	/** A second node sends it the id and event of each item. */
	sink?: Sink;
}

/** Stores a workflow, inactive, and gives the path that its trigger has in production, and the address of that. */
export async function createInstantWorkflow(
	client: N8nClient,
	{ vendor, nodeType = 'ujetInstantTrigger', typeVersion = 2, webhookCredential, parameters, sink }: InstantWorkflow,
): Promise<{ workflow: StoredWorkflow; path: string; address: string }> {
	const webhookId = randomUUID();
	const plain = ownNode({ name: 'Trigger', type: nodeType, version: typeVersion, parameters, credential: vendor.credential });
	const { id, name, type } = webhookCredential;
	const trigger: INode = { ...plain, webhookId, credentials: { ...plain.credentials, [type]: { id, name } } };
	const workflow = await client.createWorkflow({
		name: 'Instant',
		nodes: sink === undefined ? [trigger] : [trigger, senderTo(sink)],
		connections: sink === undefined ? {} : { Trigger: { main: [[{ node: 'Send', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	const path = `/webhook/${webhookId}/webhook`;
	return { workflow, path, address: client.origin + path };
}

function senderTo(sink: Sink): INode {
	return {
		id: 'send',
		name: 'Send',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [200, 0],
		parameters: {
			method: 'POST',
			url: sink.address,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify({ id: $json.id, event: $json.event }) }}',
			options: {},
		},
	};
}

/** A notice of External Session Events: the call began, or an agent picked it up. */
export function sessionNotice(callId: number, moment: 'started' | 'answered'): IDataObject {
	const customer = { type: 'external', state: 'connected', dn: '+15125550100' };
	const agent = { type: 'agent', state: 'connected', id: 17, name: 'Ada Park' };
	return {
		event_id: randomUUID(),
		timestamp: Date.now(),
		item: { call_id: callId, state: 'connected', participants: moment === 'started' ? [customer] : [customer, agent] },
	};
}

/** Sends notices in one request as UJET does. */
export async function push(address: string, events: IDataObject[], password = passwordOfEvents): Promise<PushAnswer> {
	const authorization = `Basic ${Buffer.from(`n8n:${password}`).toString('base64')}`;
	const headers = { 'content-type': 'application/json', authorization };
	return await deliver(address, { headers, body: JSON.stringify({ count: events.length, events }) });
}

/** n8n's answers: taken, refused for want of proof. What else it says is shown where a test expects one of these. */
export const taken: PushAnswer = { status: 200, text: '' };
export const refused: PushAnswer = { status: 401, text: '' };
