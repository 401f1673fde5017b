// Workflows of 0.1.0, whose nodes have version 1, in a real n8n.
import type { IDataObject } from 'n8n-workflow';

import type { N8nClient } from '../../scripts/n8n/client';
import { readManifest } from '../../scripts/n8n/paths';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import type { UjetSimulator } from '../simulators/ujet';
import { NEWEST_VERSION, ownNode } from './ownNode';
import { signedInClient } from './session';
import { createChain, runToSuccess, startNode } from './storedWorkflow';
import { everyTwoSeconds } from './watching';

const FIRST_VERSION = 1;
const NOTICED_WITHIN_MS = 60_000;

describe('a workflow of 0.1.0', () => {
	let client: N8nClient;
	let running: RunningVendor;

	beforeAll(async () => {
		client = signedInClient();
		running = await startVendor(client, 'UJET');
	});

	afterAll(async () => {
		await running.close();
	});

	it('is not what a person makes now', async () => {
		const own = (await client.nodeTypes()).filter(({ name }) => name.startsWith(`${readManifest().name}.`));
		expect(own).not.toEqual([]);
		expect(own.filter(({ defaultVersion }) => defaultVersion !== NEWEST_VERSION).map(({ name }) => name)).toEqual([]);
	});

	it('returns times as it did', async () => {
		const endOfBlock = async (version: number): Promise<unknown> => {
			const additionalFields = { expiresAt: '2031-01-31T00:00:00Z' };
			const parameters = { resource: 'dncEntry', operation: 'add', phoneNumber: `+1415555015${version}`, additionalFields };
			const add = ownNode({ name: 'Add', type: 'ujet', parameters, credential: running.credential, version });
			const stored = await createChain(client, `Version ${version}`, [add]);
			return (await runToSuccess(client, stored, startNode.name))('Add')[0].expires_at;
		};
		expect(await endOfBlock(FIRST_VERSION)).toBe('2031-01-31 00:00:00 UTC');
		expect(await endOfBlock(NEWEST_VERSION)).toBe('2031-01-31T00:00:00.000Z');
	});

	it('is started with the states that it knows', async () => {
		const simulator = running.simulator as UjetSimulator;
		const parameters = { event: 'agentStatusChanged', pollTimes: everyTwoSeconds(0) };
		const trigger = ownNode({ name: 'Trigger', type: 'ujetTrigger', parameters, credential: running.credential, version: FIRST_VERSION });
		const settings = { executionOrder: 'v1' as const };
		const stored = await client.createWorkflow({ name: 'Watcher of 0.1.0', nodes: [trigger], connections: {}, settings });
		await client.activate(stored);
		const [{ id }] = simulator.account.agents.list();
		simulator.setAgentStatus(id, 'Lunch');
		const rows = async (): Promise<IDataObject[]> => {
			const started = (await client.executions(stored.id)).filter(({ mode }) => mode === 'trigger');
			const executions = await Promise.all(started.map(async (execution) => await client.finishedExecution(execution.id)));
			return executions.flatMap(({ outputs }) => (outputs.Trigger ?? []).flat().map(({ json }) => json));
		};
		const isWanted = (row: IDataObject): boolean => row.id === id && row.statusName === 'Lunch';
		const noticed = await waitFor('the status', async () => (await rows()).find(isWanted), { timeoutMs: NOTICED_WITHIN_MS });
		await client.deactivate(stored);
		expect(noticed).not.toHaveProperty('after');
	});
});
