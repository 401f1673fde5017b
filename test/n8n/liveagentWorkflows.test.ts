// What the ready-made LiveAgent workflows leave behind at the vendor and in their last node.
import type { IDataObject } from 'n8n-workflow';

import type { N8nClient, NodeTypeDescription } from '../../scripts/n8n/client';
import { type RunningVendor, startVendors, VENDORS } from '../../scripts/n8n/vendors';
import { findTrigger, readWorkflows } from '../../scripts/n8n/workflows';
import type { LiveAgentSimulator } from '../simulators/liveagent';
import { signedInClient } from './session';

describe('the ready-made LiveAgent workflows', () => {
	let client: N8nClient;
	let nodeTypes: NodeTypeDescription[];
	let running: RunningVendor;
	let simulator: LiveAgentSimulator;

	beforeEach(async () => {
		client = await signedInClient();
		nodeTypes = await client.nodeTypes();
		[running] = await startVendors(
			client,
			VENDORS.filter(({ name }) => name === 'LiveAgent'),
		);
		simulator = running.simulator as LiveAgentSimulator;
	});
	afterEach(async () => await running.close());

	/** Runs a workflow by its file and gives what a node put out. */
	async function run(file: string): Promise<(node: string) => IDataObject[]> {
		const found = readWorkflows().find((candidate) => candidate.file === file);
		if (found === undefined) throw new Error(`No workflow ${file}`);
		const stored = await client.createWorkflow(found.workflow);
		const { status, error, outputs } = await client.runWorkflow(stored, findTrigger(stored, nodeTypes));
		expect({ status, error }).toEqual({ status: 'success', error: undefined });
		return (node) => (outputs[node] ?? []).flat().map(({ json }) => json);
	}

	it('turn a form into a routed and tagged conversation of a customer in a group', async () => {
		const output = await run('liveagent-form-to-conversation.json');
		const { account } = simulator;
		const [{ conversationid }] = output('Conversation');
		const conversation = account.conversation(String(conversationid));
		expect(conversation?.subject).toBe('Invoice: Please send me a copy of my invoice.');
		expect(account.departments.get(conversation?.departmentId ?? '')?.name).toBe('Billing');
		expect(conversation?.tags.map((id) => account.tags.get(id)?.name)).toEqual(['Refund']);
		const customer = account.customer('ken.ito@example.com');
		expect(customer).toMatchObject({ id: conversation?.customerId, lastName: 'Ito' });
		expect(customer?.groups.map((id) => account.customerGroups.get(id)?.name)).toEqual(['Trial']);
		// The customer is known the second time; that stops nothing.
		await run('liveagent-form-to-conversation.json');
		expect(simulator.journal.writeCounts()).toMatchObject({ 'customer.create': 1, 'conversation.create': 2 });
	});

	it('give one row for each agent', async () => {
		const rows = (await run('liveagent-weekly-reports.json'))('Table');
		expect(rows.map(({ Agent }) => Agent)).toContain('Nina Park');
		expect(rows).toHaveLength(simulator.account.agents.size);
		expect(Object.keys(rows[0])).toEqual(expect.arrayContaining(['SLA Missed', 'Rebukes', 'Comments']));
	});

	it('note each rebuke and missed target on its conversation and alert', async () => {
		const alerts = (await run('liveagent-rebuke-or-missed-sla.json'))('Alert');
		expect(alerts.map(({ alert }) => String(alert).split(' ')[0])).toContain('Rebuke');
		const notes = simulator.journal.writes('conversation.addMessage').map(({ payload }) => payload as IDataObject);
		for (const { conversationId } of alerts) {
			expect(notes).toContainEqual(expect.objectContaining({ conversationid: conversationId, type: 'N' }));
		}
	});
});
