// Every event of the UJET Trigger in a real n8n.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { isDeepStrictEqual } from 'node:util';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import { ujet } from '../../nodes/Ujet/vendor';
import { eventCases, prepareEvents } from '../engine/ujet/eventCases';
import type { Demo, UjetSimulator } from '../simulators/ujet';
import { ownNode } from './ownNode';
import { signedInClient } from './session';

/** Long enough for several polls. */
const noticedWithin = 60_000;

/** Sessions whose state goes on by itself. */
const movesOn = new Set(['callAssigned', 'chatAssigned']);

function fits(given: unknown, wanted: unknown): boolean {
	const matcher = wanted as { asymmetricMatch?: (value: unknown) => boolean } | null;
	return matcher?.asymmetricMatch?.(given) ?? isDeepStrictEqual(given, wanted);
}

/** Each of these is due once a minute, at its own second. */
const everyFiveSeconds: INodeParameters = {
	item: Array.from({ length: 12 }, (_, index) => ({ mode: 'custom', cronExpression: `${5 * index} * * * * *` })),
};

describe('the UJET Trigger', () => {
	let client: N8nClient;
	let running: RunningVendor;
	let simulator: UjetSimulator;
	let demo: Demo;
	const workflows = new Map<string, StoredWorkflow>();

	beforeAll(async () => {
		client = await signedInClient();
		running = await startVendor(client, 'UJET');
		simulator = running.simulator as UjetSimulator;
		demo = demoOf(simulator);
		prepareEvents(simulator, demo);
		for (const { event, parameters } of eventCases) {
			const workflow = await createWorkflow(event, parameters?.(demo) ?? {});
			workflows.set(event, workflow);
			await client.activate(workflow);
		}
	});

	afterAll(async () => {
		for (const workflow of workflows.values()) await client.deactivate(workflow);
		await running.close();
	});

	test('every event has a case', () => {
		expect(eventCases.map(({ event }) => event).sort()).toEqual(ujet.events.map(({ value }) => value).sort());
	});

	test.each(eventCases)('$event starts an active workflow with the record', async ({ event, happen, shows, id = 'id' }) => {
		const workflow = workflows.get(event)!;
		const expected = happen(simulator, demo);
		// In real time a session goes on to its next state before the poll; an earlier case may have changed the record before.
		const wanted = Object.entries(movesOn.has(event) ? {} : (shows ?? {}));
		const isWanted = (json: IDataObject) => json[id] === expected && wanted.every(([key, value]) => fits(json[key], value));
		await waitFor(
			`"${event}" to notice record ${expected} with ${JSON.stringify(Object.fromEntries(wanted))}`,
			async () => ((await noticed(workflow)).some(isWanted) ? true : undefined),
			{ timeoutMs: noticedWithin },
		);
	});

	/** Items that started the workflow. */
	async function noticed(workflow: StoredWorkflow) {
		const summaries = (await client.executions(workflow.id)).filter(({ mode }) => mode === 'trigger').reverse();
		const executions = await Promise.all(summaries.map(async ({ id }) => await client.finishedExecution(id)));
		return executions.flatMap(({ outputs }) => (outputs.Trigger ?? []).flat().map(({ json }) => json));
	}

	async function createWorkflow(event: string, parameters: INodeParameters): Promise<StoredWorkflow> {
		const { credential } = running;
		return await client.createWorkflow({
			name: event,
			nodes: [
				ownNode({
					name: 'Trigger',
					type: 'ujetTrigger',
					parameters: { event, ...parameters, pollTimes: everyFiveSeconds },
					credential,
				}),
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
	}
});

/** The ids that the events need; the launcher filled the simulator. */
function demoOf({ account }: UjetSimulator): Demo {
	const idsOf = (records: { list(): readonly { id: number }[] }) => records.list().map(({ id }) => id);
	const menuOf = (name: string) => account.menus.list().find(({ row }) => row.name === name)!.id;
	return {
		agents: idsOf(account.agents),
		calls: idsOf(account.calls),
		chats: idsOf(account.chats),
		emails: idsOf(account.emails),
		campaigns: idsOf(account.campaigns),
		menus: { billing: menuOf('Billing'), orders: menuOf('Orders'), returns: menuOf('Returns'), web: menuOf('Web help') },
	} as unknown as Demo;
}
