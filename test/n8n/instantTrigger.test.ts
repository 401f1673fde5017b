// Instant triggers in a real n8n: the address lives while the workflow is active, and every event starts it once.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import { readManifest } from '../../scripts/n8n/paths';
import { type RunningVendor, startVendors, VENDORS } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import type { UjetSimulator } from '../simulators/ujet';
import { signedInClient } from './session';
import { everyTwoSeconds } from './watching';

/** Long enough for several polls. */
const noticedWithin = 60_000;

const secret = 'a-long-random-password';

describe('the UJET Instant Trigger', () => {
	let client: N8nClient;
	let running: RunningVendor;
	let webhookCredential: { id: string; name: string };

	beforeAll(async () => {
		client = signedInClient();
		[running] = await startVendors(
			client,
			VENDORS.filter(({ name }) => name === 'UJET'),
		);
		const name = 'UJET events';
		const data = { sender: 'sessionEvents', username: 'n8n', password: secret };
		webhookCredential = { name, id: await client.createCredential(name, 'ujetWebhookApi', data) };
	});

	afterAll(async () => {
		await client.deleteCredential(webhookCredential.id);
		await running.close();
	});

	async function createWorkflow(parameters: INodeParameters): Promise<{ workflow: StoredWorkflow; address: string }> {
		const webhookId = randomUUID();
		const { id, name, type } = running.credential;
		const workflow = await client.createWorkflow({
			name: 'Instant',
			nodes: [
				{
					id: 'trigger',
					name: 'Trigger',
					type: `${readManifest().name}.ujetInstantTrigger`,
					typeVersion: 1,
					position: [0, 0],
					webhookId,
					parameters: { sender: 'sessionEvents', ...parameters },
					credentials: { [type]: { id, name }, ujetWebhookApi: webhookCredential },
				},
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		return { workflow, address: `${client.origin}/webhook/${webhookId}/webhook` };
	}

	const basic = (password: string) => `Basic ${Buffer.from(`n8n:${password}`).toString('base64')}`;

	async function push(address: string, events: IDataObject[], password = secret) {
		return await fetch(address, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: basic(password) },
			body: JSON.stringify({ count: events.length, events }),
		});
	}

	const started = (callId: number): IDataObject => ({
		event_id: randomUUID(),
		timestamp: Date.now(),
		item: {
			call_id: callId,
			state: 'connected',
			participants: [{ type: 'external', state: 'connected', dn: '+15125550100' }],
		},
	});

	const answered = (callId: number): IDataObject => ({
		event_id: randomUUID(),
		timestamp: Date.now(),
		item: {
			call_id: callId,
			state: 'connected',
			participants: [
				{ type: 'external', state: 'connected', dn: '+15125550100' },
				{ type: 'agent', state: 'connected', id: 17, name: 'Ada Park' },
			],
		},
	});

	async function rowsOf(workflow: StoredWorkflow): Promise<IDataObject[]> {
		const summaries = await client.executions(workflow.id);
		const executions = await Promise.all(summaries.map(async ({ id }) => await client.finishedExecution(id)));
		return executions.flatMap(({ outputs }) => (outputs.Trigger ?? []).flat().map(({ json }) => json));
	}

	it('is there while the workflow is active, refuses wrong proof, and starts the workflow once', async () => {
		const { workflow, address } = await createWorkflow({ events: ['callAnswered'], output: 'sent' });
		expect((await push(address, [answered(1)])).status).toBe(404);
		await client.activate(workflow);

		const refused = await push(address, [answered(1)], 'wrong');
		expect([refused.status, await refused.text()]).toEqual([401, '']);
		const event = answered(2);
		const accepted = await push(address, [event]);
		expect([accepted.status, await accepted.text()]).toEqual([200, '']);
		expect((await push(address, [event])).status).toBe(200);
		const rows = await waitFor(
			'the execution',
			async () => {
				const found = await rowsOf(workflow);
				return found.length > 0 ? found : undefined;
			},
			{ timeoutMs: noticedWithin },
		);
		expect(rows).toMatchObject([
			{ id: 2, event: 'callAnswered', agent_info: { id: 17 }, customer_number: '+15125550100' },
		]);
		expect(await client.executions(workflow.id)).toHaveLength(1);

		await client.deactivate(workflow);
		expect((await push(address, [answered(3)])).status).toBe(404);
	});

	it('polls for what was missed while it was off, and hands over each call once, whichever way it comes', async () => {
		const simulator = running.simulator as UjetSimulator;
		const { workflow, address } = await createWorkflow({ events: ['callCreated'], pollTimes: everyTwoSeconds(0) });
		await client.activate(workflow);
		const pushed = simulator.addCall();
		expect((await push(address, [started(pushed.id)])).status).toBe(200);
		await untilNoticed(workflow, [pushed.id]);
		await client.deactivate(workflow);

		const missed = simulator.addCall();
		await client.activate(workflow);
		await untilNoticed(workflow, [pushed.id, missed.id]);
		expect((await push(address, [started(missed.id)])).status).toBe(200);
		const last = simulator.addCall();
		await untilNoticed(workflow, [pushed.id, missed.id, last.id]);
		await client.deactivate(workflow);

		// The whole record, as the polling trigger returns it, whichever way it came.
		expect(await rowsOf(workflow)).toEqual(
			[last, missed, pushed].map(({ id }) =>
				expect.objectContaining({ id, call_type: expect.any(String), event: 'callCreated' }),
			),
		);
	});

	async function untilNoticed(workflow: StoredWorkflow, ids: number[]): Promise<void> {
		await waitFor(
			`calls ${ids.join(', ')}`,
			async () => {
				const found = (await rowsOf(workflow)).map(({ id }) => id);
				return ids.every((id) => found.includes(id)) ? true : undefined;
			},
			{ timeoutMs: noticedWithin },
		);
	}
});
