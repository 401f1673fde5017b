// Instant triggers in a real n8n: the address lives while the workflow is active, and every event starts it once.
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import type { PushAnswer } from '../simulators/kit';
import type { UjetSimulator } from '../simulators/ujet';
import {
	createInstantWorkflow,
	createWebhookCredential,
	passwordOfEvents,
	push,
	refused,
	sessionNotice,
	type StoredCredential,
	taken,
} from './instant';
import { signedInClient } from './session';
import { everyTwoSeconds } from './watching';

/** Long enough for several polls. */
const noticedWithin = 60_000;

describe('the UJET Instant Trigger', () => {
	let client: N8nClient;
	let running: RunningVendor;
	let webhookCredential: StoredCredential;

	beforeAll(async () => {
		client = signedInClient();
		running = await startVendor(client, 'UJET');
		webhookCredential = await createWebhookCredential(client);
	});

	afterAll(async () => {
		await client.deleteCredential(webhookCredential.id);
		await running.close();
	});

	const createWorkflow = async (parameters: INodeParameters, typeVersion?: number) =>
		await createInstantWorkflow(client, {
			vendor: running,
			typeVersion,
			webhookCredential,
			parameters: { sender: 'sessionEvents', ...parameters },
		});

	/** n8n's words name the address. */
	const unknownAddress = { status: 404, text: expect.any(String) as string };

	async function rowsOf(workflow: StoredWorkflow): Promise<IDataObject[]> {
		const summaries = await client.executions(workflow.id);
		const executions = await Promise.all(summaries.map(async ({ id }) => await client.finishedExecution(id)));
		return executions.flatMap(({ outputs }) => (outputs.Trigger ?? []).flat().map(({ json }) => json));
	}

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

	// n8n reads the body itself for version 1, by an expression, and leaves more to the node from version 2 on.
	it.each([1, 2])('of version %s is there while the workflow is active, refuses wrong proof, and starts it once', async (version) => {
		const { workflow, address } = await createWorkflow({ events: ['callAnswered'], output: 'sent' }, version);
		expect(await push(address, [sessionNotice(1, 'answered')])).toEqual(unknownAddress);
		await client.activate(workflow);

		expect(await push(address, [sessionNotice(1, 'answered')], 'wrong')).toEqual(refused);
		const event = sessionNotice(2, 'answered');
		expect(await push(address, [event])).toEqual(taken);
		expect(await push(address, [event])).toEqual(taken);
		await untilNoticed(workflow, [2]);
		expect(await rowsOf(workflow)).toMatchObject([
			{ id: 2, event: 'callAnswered', agent_info: { id: 17 }, customer_number: '+15125550100' },
		]);
		expect(await client.executions(workflow.id)).toHaveLength(1);

		await client.deactivate(workflow);
		expect(await push(address, [sessionNotice(3, 'answered')])).toEqual(unknownAddress);
	});

	it('leaves requests that n8n cannot read or that are too large unanswered by the workflow, and lives on', async () => {
		const { workflow, address } = await createWorkflow({ events: ['callAnswered'], output: 'sent' });
		await client.activate(workflow);
		const send = async (body: string, headers: Record<string, string> = {}) =>
			(await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })).status;
		const authorization = `Basic ${Buffer.from(`n8n:${passwordOfEvents}`).toString('base64')}`;
		const broken = [await send('{"events": ['), await send('{"events": [', { authorization })];
		expect(broken.every((status) => status >= 400 && status < 500)).toBe(true);
		// n8n takes 16 MB and answers more with 413 or 500, by its version.
		const tooLarge = await send(JSON.stringify({ events: [], padding: 'x'.repeat(17 * 1024 * 1024) }), { authorization });
		expect(tooLarge).toBeGreaterThanOrEqual(400);
		for (const body of ['null', '[]', '"text"', '7', '{"events": [null, 1, []]}', '{}']) {
			expect([200, 400]).toContain(await send(body, { authorization }));
			expect(await send(body)).toBe(401);
		}
		expect(await push(address, [sessionNotice(4, 'answered')])).toEqual(taken);
		await untilNoticed(workflow, [4]);
		expect(await client.executions(workflow.id)).toHaveLength(1);
		await client.deactivate(workflow);
	});

	it('polls for what was missed while it was off, and hands over each call once, whichever way it comes', async () => {
		const simulator = running.simulator as UjetSimulator;
		const { workflow, address } = await createWorkflow({ events: ['callCreated'], pollTimes: everyTwoSeconds(0) });
		await client.activate(workflow);
		const pushed = simulator.addCall();
		expect(await push(address, [sessionNotice(pushed.id, 'started')])).toEqual(taken);
		await untilNoticed(workflow, [pushed.id]);
		await client.deactivate(workflow);

		const missed = simulator.addCall();
		await client.activate(workflow);
		await untilNoticed(workflow, [pushed.id, missed.id]);
		expect(await push(address, [sessionNotice(missed.id, 'started')])).toEqual(taken);
		const last = simulator.addCall();
		await untilNoticed(workflow, [pushed.id, missed.id, last.id]);
		await client.deactivate(workflow);

		// The whole record, as the polling trigger returns it, whichever way it came.
		const whole = { call_type: expect.any(String) as string, event: 'callCreated' };
		expect(await rowsOf(workflow)).toEqual(
			[last, missed, pushed].map(({ id }) => expect.objectContaining({ id, ...whole }) as IDataObject),
		);
	});

	it(
		'takes 1,000 events in 50 requests side by side, a tenth of them twice, and starts the workflow once for each',
		async () => {
			const { workflow, address } = await createWorkflow({ events: ['callAnswered'], output: 'sent' });
			await client.activate(workflow);
			const ids = Array.from({ length: 1_000 }, (_, index) => 10_000 + index);
			const requests = Array.from({ length: 50 }, (_, request) =>
				ids.slice(20 * request, 20 * request + 20).map((id) => sessionNotice(id, 'answered')),
			);
			const deliveries = [...requests, ...requests.filter((_, index) => index % 10 === 0)];
			const answers: PushAnswer[] = [];
			const sender = async () => {
				for (let notices = deliveries.shift(); notices !== undefined; notices = deliveries.shift()) {
					answers.push(await push(address, notices));
				}
			};
			await Promise.all(Array.from({ length: 5 }, sender));
			expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
			const found = await waitFor(
				'all executions to end',
				async () => {
					const rows = (await allExecutions(workflow)).flatMap(({ outputs }) => (outputs.Trigger ?? []).flat());
					return rows.length >= ids.length ? rows.map(({ json }) => Number(json.id)) : undefined;
				},
				{ timeoutMs: 4 * noticedWithin, intervalMs: 3_000 },
			);
			await client.deactivate(workflow);
			expect(found.sort((first, second) => first - second)).toEqual(ids);
		},
		8 * 60_000,
	);

	/** Every finished execution of a workflow; none while one is still under way. */
	async function allExecutions(workflow: StoredWorkflow) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const { results } = (await client.request('GET', `/rest/executions?limit=100&filter=${filter}`)) as {
			results: Array<{ id: string; status: string }>;
		};
		if (results.some(({ status }) => status !== 'success')) return [];
		return await Promise.all(results.map(async ({ id }) => await client.execution(id)));
	}
});
