import type { Execution, N8nClient, NodeTypeDescription } from '../../scripts/n8n/client';
import { closeVendors, type RunningVendor, startVendors } from '../../scripts/n8n/vendors';
import { findTrigger, readWorkflows } from '../../scripts/n8n/workflows';
import { signedInClient } from './session';

const workflows = readWorkflows();

describe('the ready-made workflows', () => {
	let client: N8nClient;
	let nodeTypes: NodeTypeDescription[];
	let running: RunningVendor[];

	beforeAll(async () => {
		client = signedInClient();
		nodeTypes = await client.nodeTypes();
		running = await startVendors(client);
	});

	afterAll(async () => {
		await closeVendors(running);
	});

	it('are there', () => {
		expect(workflows).not.toEqual([]);
	});

	it.each(workflows)('$file runs to success as it is and ends with items', async ({ workflow }) => {
		expect(workflow.pinData ?? {}).toEqual({});
		const stored = await client.createWorkflow(workflow);
		const execution = await client.runWorkflow(stored, findTrigger(stored, nodeTypes));
		expect({ status: execution.status, error: execution.error }).toEqual({ status: 'success', error: undefined });
		expect(lastItems(execution)).not.toEqual([]);
		for (const { vendor, credential } of running) {
			for (const field of vendor.secretFields) {
				expect(JSON.stringify(execution.outputs)).not.toContain(String(credential.data[field]));
			}
		}
	});
});

function lastItems(execution: Execution): unknown[] {
	return (execution.outputs[execution.lastNode ?? ''] ?? []).flat();
}
