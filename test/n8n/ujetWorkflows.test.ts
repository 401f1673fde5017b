// What the ready-made UJET workflows leave behind at the vendor and in their last node.
import type { IDataObject } from 'n8n-workflow';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import { readWorkflow } from '../../scripts/n8n/workflows';
import { SimulatorClock } from '../simulators/kit';
import type { UjetSimulator } from '../simulators/ujet';
import { ChatWebhooks, SessionEvents } from '../simulators/ujet/push';
import { signedInClient } from './session';
import { runReadyMade } from './storedWorkflow';

describe('the ready-made UJET workflows', () => {
	let client: N8nClient;
	let running: RunningVendor;
	let simulator: UjetSimulator;

	beforeEach(async () => {
		client = await signedInClient();
		running = await startVendor(client, 'UJET');
		simulator = running.simulator as UjetSimulator;
	});
	afterEach(async () => await running.close());

	const run = async (file: string) => await runReadyMade(client, file);

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

	it('answer a missed call with a text, a callback and a note', async () => {
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

	describe('started by what UJET pushes', () => {
		const secrets = { primary: 'first-secret-of-ujet', secondary: 'second-secret-of-ujet' };

		/** Activates a workflow by its file with a credential for its instant trigger, and gives the address for UJET. */
		async function activate(file: string, credential: IDataObject): Promise<{ workflow: StoredWorkflow; address: string }> {
			const readyMade = readWorkflow(file);
			const id = await client.createCredential(`Pushes of ${file}`, 'ujetWebhookApi', credential);
			const nodes = readyMade.nodes.map((node) =>
				node.type.endsWith('.ujetInstantTrigger')
					? { ...node, credentials: { ...node.credentials, ujetWebhookApi: { id, name: `Pushes of ${file}` } } }
					: node,
			);
			const workflow = await client.createWorkflow({ ...readyMade, nodes });
			await client.activate(workflow);
			const trigger = nodes.find(({ type }) => type.endsWith('.ujetInstantTrigger'));
			return { workflow, address: `${client.origin}/webhook/${trigger?.webhookId}/webhook` };
		}

		/** The only execution of a workflow, once it has ended. */
		async function onlyExecution({ id }: StoredWorkflow) {
			const started = async () => {
				const executions = await client.executions(id);
				return executions.length === 0 ? undefined : executions;
			};
			const [summary, ...others] = await waitFor('an execution', started, { timeoutMs: 60_000 });
			expect(others).toEqual([]);
			const execution = await client.finishedExecution(summary.id);
			expect({ status: execution.status, error: execution.error }).toEqual({ status: 'success', error: undefined });
			return execution;
		}

		it('a picked-up call opens the CRM record of the caller, once', async () => {
			const settings = { username: 'n8n', password: 'a-long-random-password' };
			const { workflow, address } = await activate('ujet-instant-call-answered.json', {
				sender: 'sessionEvents',
				...settings,
			});
			const sender = new SessionEvents({ address, ...settings }, new SimulatorClock());
			const agent = { id: 21, name: 'Bo Lind' };
			const steps = sender.stepsOf({ id: 90_210, dn: '+14155550142', agent, queue: 'support/returns' });
			for (const step of [...steps, steps[3]]) expect(await sender.send([step])).toBe(200);
			expect(await sender.send([steps[3]], 'wrong')).toBe(401);
			const { outputs } = await onlyExecution(workflow);
			expect((outputs['Open for Agent'] ?? []).flat().map(({ json }) => json)).toEqual([
				{
					agentId: '21',
					message: 'Call 90210 from +14155550142 (support/returns): https://crm.example.com/contacts?phone=%2B14155550142',
				},
			]);
			await client.deactivate(workflow);
		});

		it('a signed message of an agent gets its answer in the chat, and the answer itself starts nothing', async () => {
			const { workflow, address } = await activate('ujet-chat-bot.json', {
				sender: 'chatWebhooks',
				primarySecret: secrets.primary,
				secondarySecret: secrets.secondary,
			});
			const sender = new ChatWebhooks({ address, ...secrets }, new SimulatorClock());
			const chat = simulator.addChat({ endUserId: simulator.addEndUser({ name: 'Mara Voss' }).id });
			const question = sender.message('agent', 'What is your order number?');
			const forger = new ChatWebhooks({ address, primary: 'other' }, new SimulatorClock());
			expect(await forger.send('message_received', chat.id, question)).toBe(401);
			expect(await sender.send('message_received', chat.id, question)).toBe(200);
			await onlyExecution(workflow);
			const [answer, ...others] = payloads('chat.sendMessage');
			expect(others).toEqual([]);
			expect(answer).toMatchObject({ id: chat.id, message: { type: 'text', content: { text: 'It is 4711.' } } });
			// What the workflow wrote comes back as a message of the end user.
			expect(await sender.send('message_received', chat.id, sender.message('end_user', 'It is 4711.'))).toBe(200);
			await client.deactivate(workflow);
			for (const { id } of await client.executions(workflow.id)) await client.finishedExecution(id);
			expect(payloads('chat.sendMessage')).toHaveLength(1);
		});
	});
});
