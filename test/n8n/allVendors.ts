import type { N8nClient, NodeTypeDescription } from '../../scripts/n8n/client';
import { closeVendors, type RunningVendor, startVendors } from '../../scripts/n8n/vendors';
import { signedInClient } from './session';

/** What the tests of a file share: n8n, its node types, and every vendor as it runs. */
export interface AllVendors {
	client: N8nClient;
	nodeTypes: NodeTypeDescription[];
	running: RunningVendor[];
}

/** Starts every vendor before the tests of the surrounding block and closes them after it; filled once these begin. */
export function withAllVendors(): AllVendors {
	const shared: AllVendors = { client: signedInClient(), nodeTypes: [], running: [] };
	beforeAll(async () => {
		shared.nodeTypes = await shared.client.nodeTypes();
		shared.running = await startVendors(shared.client);
	});
	afterAll(async () => await closeVendors(shared.running));
	return shared;
}
