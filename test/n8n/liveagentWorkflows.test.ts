// What the ready-made LiveAgent workflows leave behind at the vendor and in their last node.
import type { IDataObject } from 'n8n-workflow';

import type { N8nClient } from '../../scripts/n8n/client';
import { closeVendors, type RunningVendor, startVendors } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import { readWorkflow } from '../../scripts/n8n/workflows';
import type { LiveAgentSimulator } from '../simulators/liveagent';
import type { UjetSimulator } from '../simulators/ujet';
import { signedInClient } from './session';
import { runReadyMade } from './storedWorkflow';
import { everyTwoSeconds } from './watching';

describe('the ready-made LiveAgent workflows', () => {
	let client: N8nClient;
	let running: RunningVendor[];
	let simulator: LiveAgentSimulator;
	let ujet: UjetSimulator;

	beforeEach(async () => {
		client = signedInClient();
		running = await startVendors(client, ['LiveAgent', 'UJET']);
		const simulatorOf = (name: string) => running.find(({ vendor }) => vendor.name === name)?.simulator;
		simulator = simulatorOf('LiveAgent') as LiveAgentSimulator;
		ujet = simulatorOf('UJET') as UjetSimulator;
	});
	afterEach(async () => {
		await closeVendors(running);
	});

	const run = async (file: string) => await runReadyMade(client, file);

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

	it('take companies and contacts of a CRM over, without doubles the second time', async () => {
		const first = (await run('liveagent-crm-and-callbacks.json'))('Contact');
		expect(first.map(({ created }) => created)).toEqual([true, true, true]);
		const again = (await run('liveagent-crm-and-callbacks.json'))('Contact');
		expect(again.map(({ id, created }) => [id, created])).toEqual(first.map(({ id }) => [id, false]));
		expect(simulator.journal.writeCounts()).toMatchObject({ 'company.create': 1, 'contact.create': 3 });
		const companies = simulator.version3.tables.companies.map(({ name }) => name);
		expect(companies.filter((name) => name === 'Silva Imports')).toHaveLength(1);
	});

	it('schedule one call for a ticket tagged callback, none when polled again, none to a wrong number, and fail without a number', async () => {
		const { account, version3 } = simulator;
		const callback = account.addTag({ name: 'callback' }).id;
		const workflow = readWorkflow('liveagent-crm-and-callbacks.json');
		for (const { type, parameters } of workflow.nodes) {
			if (type.endsWith('.liveAgentTrigger')) {
				Object.assign(parameters, { pollTimes: everyTwoSeconds(0), watchedTags: [callback] });
			}
		}
		const stored = await client.createWorkflow(workflow);
		await client.activate(stored);
		const ticketOf = (phone: string) => {
			const customer = account.addCustomer({ email: `caller${phone.replace('+', '')}@example.com`, phone });
			return account.addConversation({ customerId: customer.id, subject: 'Please call me', message: 'Please call me' }).id;
		};
		const calls = () => ujet.journal.writes('call.create').map(({ payload }) => payload as IDataObject);
		const polls = () => simulator.journal.count(({ method, path }) => method === 'GET' && path.split('?')[0].endsWith('/v3/tickets'));
		const tag = (id: string) => version3.setTags(id, [callback]);
		const until = async <T>(what: string, find: () => T | undefined | Promise<T | undefined>) =>
			await waitFor(what, async () => await find(), { timeoutMs: 60_000 });
		try {
			const ticket = ticketOf('+14155550133');
			tag(ticket);
			await until('a scheduled call', () => (calls().length > 0 ? true : undefined));
			expect(calls()).toMatchObject([{ call_type: 'Voice Scheduled (API)', end_user_number: '+14155550133' }]);
			const seen = polls();
			version3.setTags(ticket, [callback, String(account.tags.list()[0].id)]);
			await until('two more polls', () => (polls() >= seen + 2 ? true : undefined));
			expect(calls()).toHaveLength(1);

			tag(ticketOf('12'));
			const failed = await until('an execution that fails', async () =>
				(await client.executions(stored.id)).find(({ status }) => status === 'error'),
			);
			const { error } = await client.finishedExecution(failed.id);
			expect(error?.message).toContain("Invalid value for 'Customer Number'");
			expect(error?.message).toContain('Nothing was sent');
			expect(calls()).toHaveLength(1);

			const known = new Set((await client.executions(stored.id)).map(({ id }) => id));
			tag(ticketOf(''));
			const silent = await until('another execution that fails', async () =>
				(await client.executions(stored.id)).find(({ id, status }) => status === 'error' && !known.has(id)),
			);
			expect((await client.finishedExecution(silent.id)).error?.message).toContain('its contact has no phone number');
			expect(ujet.journal.count(({ method, path }) => method === 'POST' && path.endsWith('/calls'))).toBe(1);
		} finally {
			await client.deactivate(stored);
		}
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

	it('make a missed UJET call a conversation and resolve it after a successful callback', async () => {
		const workflow = readWorkflow('liveagent-missed-ujet-call.json');
		for (const { type, parameters } of workflow.nodes) {
			if (type.endsWith('.ujetTrigger')) parameters.pollTimes = everyTwoSeconds(0);
		}
		const stored = await client.createWorkflow(workflow);
		await client.activate(stored);
		try {
			const caller = ujet.addEndUser({ identifier: 'crm-7001', phone: '+14155550133' });
			const call = (more: object) =>
				ujet.addCall({
					call_type: 'Voice Inbound (IVR)',
					created_at: new Date(ujet.clock.now()).toISOString(),
					ends_at: new Date(ujet.clock.now()).toISOString(),
					endUserId: caller.id,
					...more,
				});
			const subject = `Missed call of UJET customer ${caller.id}`;
			const untilStatus = async (wanted: string) =>
				await waitFor(
					`a conversation "${subject}" in status ${wanted}`,
					async () =>
						simulator.account.conversations.list().find((row) => row.subject === subject && row.status === wanted),
					{ timeoutMs: 60_000 },
				);
			call({ status: 'failed', fail_reason: 'eu_abandoned' });
			const conversation = await untilStatus('N');
			expect(simulator.account.customers.get(conversation.customerId)?.lastName).toBe('customer crm-7001');
			call({ status: 'finished', call_type: 'Voice Outbound (API)', call_duration: 95 });
			await untilStatus('R');
			expect(simulator.journal.carriedOut('conversation.create')).toBe(1);
		} finally {
			await client.deactivate(stored);
		}
	});
});
