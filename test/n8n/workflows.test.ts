import type { Execution } from '../../scripts/n8n/client';
import { findTrigger, readWorkflows } from '../../scripts/n8n/workflows';
import { withAllVendors } from './allVendors';

const workflows = readWorkflows();

describe('the ready-made workflows', () => {
	const vendors = withAllVendors();

	it('are there', () => {
		expect(workflows).not.toEqual([]);
	});

	it.each(workflows)('$file runs to success as it is and ends with items', async ({ workflow }) => {
		expect(workflow.pinData ?? {}).toEqual({});
		const stored = await vendors.client.createWorkflow(workflow);
		const execution = await vendors.client.runWorkflow(stored, findTrigger(stored, vendors.nodeTypes));
		expect({ status: execution.status, error: execution.error }).toEqual({ status: 'success', error: undefined });
		expect(lastItems(execution)).not.toEqual([]);
		for (const { vendor, credential } of vendors.running) {
			for (const field of vendor.secretFields) {
				expect(JSON.stringify(execution.outputs)).not.toContain(String(credential.data[field]));
			}
		}
	});
});

function lastItems(execution: Execution): unknown[] {
	return (execution.outputs[execution.lastNode ?? ''] ?? []).flat();
}
