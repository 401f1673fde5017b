// Every instant trigger in a real n8n: its two addresses, and what is pushed and polled side by side.
import type { IDataObject } from 'n8n-workflow';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import { deliver, type PushAnswer } from '../simulators/kit';
import { createInstantWorkflow, refused, type StoredCredential, taken } from './instant';
import { INSTANT_CASES } from './instantCases';
import { signedInClient } from './session';
import { everyTwoSeconds } from './watching';

/** Long enough for several polls. */
const noticedWithinMs = 60_000;

/** n8n's words name the address. */
const unknownAddress = { status: 404, text: expect.any(String) as string };

describe.each(INSTANT_CASES)('$nodeType', ({ vendor, nodeType, webhookCredential, parameters, addRecord, idKey, requestOf }) => {
	let client: N8nClient;
	let running: RunningVendor;
	let stored: StoredCredential;

	beforeAll(async () => {
		client = signedInClient();
		running = await startVendor(client, vendor);
		const { type, data } = webhookCredential;
		stored = { name: nodeType, type, id: await client.createCredential(nodeType, type, data) };
	});

	afterAll(async () => {
		await client.deleteCredential(stored.id);
		await running.close();
	});

	const add = (): string => addRecord(running.simulator);
	const tell = async (address: string, id: string, secret?: string): Promise<PushAnswer> =>
		await deliver(address, requestOf(id, secret));

	async function rowsOf(workflow: StoredWorkflow): Promise<IDataObject[]> {
		const summaries = await client.executions(workflow.id);
		const executions = await Promise.all(summaries.map(async ({ id }) => await client.finishedExecution(id)));
		expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
		return executions.flatMap(({ outputs }) => (outputs.Trigger ?? []).flat().map(({ json }) => json));
	}

	async function untilNoticed(workflow: StoredWorkflow, ids: string[]): Promise<void> {
		await waitFor(
			`records ${ids.join(', ')}`,
			async () => {
				const found = (await rowsOf(workflow)).map((row) => String(row[idKey]));
				return ids.every((id) => found.includes(id)) ? true : undefined;
			},
			{ timeoutMs: noticedWithinMs },
		);
	}

	it('answers at its production address while the workflow is active, and hands over what is pushed and polled once', async () => {
		const { workflow, address } = await createInstantWorkflow(client, {
			vendor: running,
			nodeType,
			webhookCredential: stored,
			parameters: { ...parameters, pollTimes: everyTwoSeconds(0) },
		});
		expect(await tell(address, add())).toEqual(unknownAddress);
		await client.activate(workflow);

		const pushed = add();
		expect(await tell(address, pushed, 'wrong')).toEqual(refused);
		expect([await tell(address, pushed), await tell(address, pushed)]).toEqual([taken, taken]);
		const missed = add();
		await untilNoticed(workflow, [pushed, missed]);
		expect(await tell(address, missed)).toEqual(taken);
		const last = add();
		await untilNoticed(workflow, [last]);
		await client.deactivate(workflow);
		expect(await tell(address, last)).toEqual(unknownAddress);

		const rows = await rowsOf(workflow);
		expect(rows.map((row) => String(row[idKey])).sort()).toEqual([pushed, missed, last].sort());
		expect(new Set(rows.map(({ event }) => event))).toEqual(new Set(parameters.events));
	});

	it('answers at its test address while the editor listens, shows every event, and refuses wrong proof there too', async () => {
		const { workflow, path } = await createInstantWorkflow(client, {
			vendor: running,
			nodeType,
			webhookCredential: stored,
			parameters,
		});
		const address = client.origin + path.replace('/webhook/', '/webhook-test/');
		const id = add();
		expect(await tell(address, id)).toEqual(unknownAddress);
		// The same event is shown each time.
		for (const tests of [1, 2]) {
			await listen(workflow);
			expect(await tell(address, id, 'wrong')).toEqual(refused);
			expect(await tell(address, id)).toEqual(taken);
			await waitFor('the test', async () => ((await rowsOf(workflow)).length === tests ? true : undefined), {
				timeoutMs: noticedWithinMs,
			});
			expect(await tell(address, id)).toEqual(unknownAddress);
		}
		const rows = await rowsOf(workflow);
		expect(rows.map((row) => [String(row[idKey]), row.event])).toEqual([1, 2].map(() => [id, parameters.events[0]]));
		expect(new Set((await client.executions(workflow.id)).map(({ mode }) => mode))).toEqual(new Set(['manual']));
	});

	/** What the editor's button does; an older n8n wants the workflow too. */
	async function listen(workflowData: StoredWorkflow): Promise<void> {
		const body = { workflowData, triggerToStartFrom: { name: 'Trigger' } };
		const answer = await client.request('POST', `/rest/workflows/${workflowData.id}/run`, body);
		expect(answer).toEqual({ waitingForWebhook: true });
	}
});
