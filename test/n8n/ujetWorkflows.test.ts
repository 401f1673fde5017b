// What the ready-made UJET workflows leave behind at the vendor and in their last node.
import type { IDataObject } from 'n8n-workflow';

import type { N8nClient, NodeTypeDescription } from '../../scripts/n8n/client';
import { type RunningVendor, startVendors, VENDORS } from '../../scripts/n8n/vendors';
import { findTrigger, readWorkflows } from '../../scripts/n8n/workflows';
import type { UjetSimulator } from '../simulators/ujet';
import { signedInClient } from './session';

describe('the ready-made UJET workflows', () => {
	let client: N8nClient;
	let nodeTypes: NodeTypeDescription[];
	let running: RunningVendor;
	let simulator: UjetSimulator;

	beforeEach(async () => {
		client = await signedInClient();
		nodeTypes = await client.nodeTypes();
		[running] = await startVendors(
			client,
			VENDORS.filter(({ name }) => name === 'UJET'),
		);
		simulator = running.simulator as UjetSimulator;
	});
	afterEach(async () => await running.close());

	/** Runs a workflow by its file and gives what a node put out in its last run. */
	async function run(file: string): Promise<(node: string) => IDataObject[]> {
		const found = readWorkflows().find((candidate) => candidate.file === file);
		if (found === undefined) throw new Error(`No workflow ${file}`);
		const stored = await client.createWorkflow(found.workflow);
		const { status, error, outputs } = await client.runWorkflow(stored, findTrigger(stored, nodeTypes));
		expect({ status, error }).toEqual({ status: 'success', error: undefined });
		return (node) => (outputs[node] ?? []).flat().map(({ json }) => json);
	}

	const payloads = (name: string) => simulator.journal.writes(name).map(({ payload }) => payload as IDataObject);

	it('add new leads to the campaign, leave out blocked and wrong numbers, and write the outcome back', async () => {
		const output = await run('ujet-leads-to-campaign.json');
		expect(payloads('campaignContact.create').map(({ phone_number, name }) => [phone_number, name])).toEqual([
			['+14155550150', 'Ines Okafor'],
			['+14155550151', 'Jo Lee'],
		]);
		const survey = simulator.account.campaigns.list().find(({ row }) => row.name === 'Survey');
		expect(survey?.contacts.list().map(({ row }) => row.unique_id)).toEqual(['LEAD-1', 'LEAD-2']);
		// The second run takes the samples again; their outcomes had been written over by the upsert.
		const outcomes = [...output('Added or Refused'), ...output('Do Not Call'), ...output('Not Added')];
		expect(Object.fromEntries(outcomes.map(({ external_id, outcome }) => [external_id, outcome]))).toEqual({
			'LEAD-1': expect.stringContaining('Added as contact') as string,
			'LEAD-2': expect.stringContaining('Added as contact') as string,
			'LEAD-3': 'Not added: the number is on the do-not-call list',
			'LEAD-4': expect.stringContaining('ask her brother') as string,
		});
		expect(output('Write Outcome Back')[0]).toMatchObject({ outcome: expect.any(String) as string });
	});

	it('put 600 opt-outs on the list in two requests and report the refused one', async () => {
		const [report] = (await run('ujet-opt-outs-to-dnc.json'))('Report');
		expect(report).toMatchObject({ added: 599, alreadyListed: 0, refused: 1 });
		expect(simulator.journal.count(({ method, path }) => method === 'POST' && path.endsWith('/dnc'))).toBe(2);
		expect(payloads('dncEntry.create')[1]).toMatchObject({ expires_at: '2035-01-31 00:00:00 UTC' });
	});

	it('answer a missed call with a text, a call back and a note', async () => {
		await run('ujet-missed-call.json');
		const [text] = payloads('sms.sendSessionless');
		const [{ id, end_user_number, call_type }] = payloads('call.create');
		expect({ call_type, end_user_number }).toEqual({ call_type: 'Voice Scheduled (API)', end_user_number: text.to });
		const call = simulator.account.calls.get(Number(id));
		expect(call?.row).toMatchObject({ status: 'scheduled', selected_menu: { name: 'Orders' } });
		expect(call?.customData.note).toMatchObject({ value: expect.stringContaining('missed at') as string });
	});

	it('move agents of another team when callers wait long, and tell the team lead', async () => {
		const output = await run('ujet-queue-wait.json');
		const helpers = simulator.account.agents.list().filter(({ teamIds }) => teamIds.includes(9));
		expect(helpers.map(({ row }) => row.status.name)).toEqual(helpers.map(() => 'Available'));
		expect(payloads('sms.sendSessionless')).toEqual([
			{
				to: '+14155550120',
				message: expect.stringMatching(/Billing.*wait 120 seconds\. 4 agents of Tier 2/) as string,
			},
		]);
		expect(output('Tell the Team Lead')).toHaveLength(1);
	});

	it('answer an agent of an API chat in the name of its end user', async () => {
		const output = await run('ujet-chat-bot.json');
		const [{ id, message }] = payloads('chat.sendMessage');
		expect(message).toMatchObject({ type: 'text', content: { text: 'It is 4711.' } });
		expect(output('Sample Chat')).toMatchObject([{ id }]);
	});

	it('open the CRM record of the caller for the agent who picked up', async () => {
		const [opened] = (await run('ujet-instant-call-answered.json'))('Open for Agent');
		expect(opened).toEqual({
			agentId: '17',
			message: 'Call 88412 from +15125550100 (support/orders): https://crm.example.com/contacts?phone=%2B15125550100',
		});
		expect(simulator.journal.total).toBe(0);
	});
});
