import type { INodeParameters } from 'n8n-workflow';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import { readManifest } from '../../scripts/n8n/paths';
import { type RunningVendor, startVendors, VENDORS, withSecret } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import { signedInClient } from './session';
import { TRIGGER_CASES } from './triggerCases';

/** Long enough for several polls. */
const NOTICED_WITHIN_MS = 60_000;

/**
 * n8n refuses cron expressions with less than a minute between two polls, but a trigger may have any number of poll times:
 * each of these is due once a minute, at its own second.
 */
function everyTwoSeconds(firstSecond: 0 | 1): INodeParameters {
	const seconds = Array.from({ length: 30 }, (_, index) => firstSecond + 2 * index);
	return { item: seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })) };
}

describe.each(TRIGGER_CASES)('the trigger of $vendor', (trigger) => {
	let client: N8nClient;
	let running: RunningVendor;

	beforeAll(async () => {
		client = await signedInClient();
		[running] = await startVendors(
			client,
			VENDORS.filter(({ name }) => name === trigger.vendor),
		);
	});

	afterAll(async () => {
		await running.close();
	});

	async function createWorkflow(
		name: string,
		firstSecond: 0 | 1,
		credential = running.credential,
	): Promise<StoredWorkflow> {
		return await client.createWorkflow({
			name,
			nodes: [
				{
					id: 'trigger',
					name: 'Trigger',
					type: `${readManifest().name}.${trigger.nodeType}`,
					typeVersion: 1,
					position: [0, 0],
					parameters: { ...trigger.parameters, pollTimes: everyTwoSeconds(firstSecond) },
					credentials: { [credential.type]: { id: credential.id, name: credential.name } },
				},
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
	}

	/** Ids of the records that started the workflow, oldest first; only executions started by the trigger itself count. */
	async function noticedIds(workflow: StoredWorkflow): Promise<string[]> {
		const summaries = (await client.executions(workflow.id)).filter(({ mode }) => mode === 'trigger').reverse();
		const executions = await Promise.all(summaries.map(async ({ id }) => await client.finishedExecution(id)));
		return executions.flatMap(({ outputs }) =>
			(outputs.Trigger ?? []).flat().map(({ json }) => String(json[trigger.idKey])),
		);
	}

	async function untilNoticed(workflow: StoredWorkflow, id: number | string): Promise<void> {
		await waitFor(
			`"${workflow.name}" to notice record ${id}`,
			async () => ((await noticedIds(workflow)).includes(String(id)) ? true : undefined),
			{ timeoutMs: NOTICED_WITHIN_MS },
		);
	}

	it('starts an active workflow once for each new record, with no old one, and no more after deactivation', async () => {
		const watched = await createWorkflow('Watched', 0);
		const control = await createWorkflow('Control', 1);
		await client.activate(watched);
		await client.activate(control);

		const first = await trigger.addRecord(running.simulator);
		await Promise.all([untilNoticed(watched, first), untilNoticed(control, first)]);

		await client.deactivate(watched);
		// The two poll in turn: when the control has noticed two records, the watched one would have polled in between.
		const second = await trigger.addRecord(running.simulator);
		await untilNoticed(control, second);
		const third = await trigger.addRecord(running.simulator);
		await untilNoticed(control, third);
		await client.deactivate(control);

		expect(await noticedIds(watched)).toEqual([String(first)]);
		expect(await noticedIds(control)).toEqual([first, second, third].map(String));
	});

	it('goes on where it stopped when it is activated again', async () => {
		const workflow = await createWorkflow('Stopped for a while', 0);
		await client.activate(workflow);
		const before = await trigger.addRecord(running.simulator);
		await untilNoticed(workflow, before);
		await client.deactivate(workflow);

		const meanwhile = await trigger.addRecord(running.simulator);
		await client.activate(workflow);
		await untilNoticed(workflow, meanwhile);
		const after = await trigger.addRecord(running.simulator);
		await untilNoticed(workflow, after);
		await client.deactivate(workflow);

		expect(await noticedIds(workflow)).toEqual([before, meanwhile, after].map(String));
	});

	it('refuses activation with a wrong key and says why without naming the key', async () => {
		const { vendor, credential } = running;
		const wrongKey = 'not-the-right-key';
		const data = withSecret(vendor, credential.data, wrongKey);
		const id = await client.createCredential('Wrong key', credential.type, data);
		const workflow = await createWorkflow('Wrong key', 0, { ...credential, id, name: 'Wrong key' });
		const refusal = await client.activate(workflow).then(
			() => undefined,
			(error: Error) => error.message,
		);
		await client.deleteCredential(id);
		expect(refusal).toContain('could not be activated');
		expect(refusal).not.toContain(wrongKey);
	});
});
