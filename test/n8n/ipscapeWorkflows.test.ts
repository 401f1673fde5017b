// What the ready-made ipSCAPE workflows leave behind at the vendor and in their last node.
import type { N8nClient } from '../../scripts/n8n/client';
import { closeVendors, type RunningVendor, startVendors } from '../../scripts/n8n/vendors';
import type { IpScapeSimulator } from '../simulators/ipscape';
import type { UjetSimulator } from '../simulators/ujet';
import { signedInClient } from './session';
import { runReadyMade } from './storedWorkflow';

describe('the ready-made ipSCAPE workflows', () => {
	let client: N8nClient;
	let running: RunningVendor[];
	let simulator: IpScapeSimulator;

	beforeEach(async () => {
		client = await signedInClient();
		running = await startVendors(client, ['ipSCAPE', 'UJET']);
		simulator = simulatorOf('ipSCAPE') as unknown as IpScapeSimulator;
	});
	afterEach(async () => {
		await closeVendors(running);
	});

	const simulatorOf = (name: string) => running.find(({ vendor }) => vendor.name === name)?.simulator;

	const leadsWith = (customerKey: string) =>
		simulator.account.leads.list().filter((lead) => lead.customerKey === customerKey);

	const run = async (file: string) => await runReadyMade(client, file, 110_000);

	it('put a web lead into the dialler once, at a good hour of its zone', async () => {
		await run('ipscape-web-lead.json');
		const [lead, ...others] = leadsWith('amara.singh@example.com');
		expect(others).toEqual([]);
		expect(lead).toMatchObject({ timezone: 'Australia/Perth', phones: [{ phone: '+61491570158' }] });
		const hour = new Intl.DateTimeFormat('en-GB', { timeZone: lead.timezone, hour: '2-digit' });
		const planned = Number(hour.format(lead.nextAttempt ?? 0));
		expect(planned).toBeGreaterThanOrEqual(10);
		expect(planned).toBeLessThanOrEqual(19);
		expect(simulator.dialler?.isDialable(lead)).toBe(true);
		// Who asks again is updated.
		await run('ipscape-web-lead.json');
		expect(simulator.journal.carriedOut('lead.create')).toBe(2);
	});

	it('load 10,000 rows and report the refused ones', async () => {
		const output = await run('ipscape-crm-load.json');
		const refused = Array.from({ length: 10 }, (_, index) => `EXPORT-${index * 1_000 + 999}`);
		expect(output('Report')).toEqual([{ accepted: 9_990, refused: 10, refusedKeys: refused }]);
		expect(output('Refused Row').map(({ customerKey }) => customerKey)).toEqual(refused);
		expect(simulator.journal.carriedOut('lead.create')).toBe(9_990);
		expect(simulator.journal.carriedOut('lead.bulkCreate')).toBe(10);
		expect(leadsWith('EXPORT-7')).toMatchObject([{ dataFields: { plan: 'Plus' } }]);
	});

	it('tell the CRM of a sale and end the calls from every other list', async () => {
		const { account } = simulator;
		const sold = account.activities.list().find(({ wrapDescription }) => wrapDescription === 'Sale');
		const lead = account.leads.get(account.attempts.get(sold?.attemptId ?? 0)?.leadId ?? 0);
		const customerKey = lead?.customerKey ?? '';
		const elsewhere = account.leadLists.list().filter(({ id }) => id !== lead?.listId);
		const others = elsewhere.map(({ id }) => account.addLead({ listId: id, customerKey }).id);
		const output = await run('ipscape-sale-to-crm.json');
		expect(output('CRM Row')).toContainEqual(expect.objectContaining({ customerKey, stage: 'Won', leadId: lead?.id }));
		expect(others.map((id) => account.leads.get(id)?.completed)).toEqual(others.map(() => true));
	});

	it('put a number on the do-not-call list of UJET and complete the leads of that person', async () => {
		const { account } = simulator;
		const phoneNumber = '+61255500001';
		const [byNumber] = account.leads.list().filter(({ phones }) => phones[0]?.phone === phoneNumber);
		const list = account.leadLists.list().find(({ id }) => id !== byNumber.listId);
		const byKey = account.addLead({ listId: list?.id, customerKey: byNumber.customerKey, phone1: '+61491570156' });
		const stranger = account.addLead({ listId: list?.id, customerKey: null });
		await run('ipscape-do-not-call.json');
		const ujet = simulatorOf('UJET') as unknown as UjetSimulator;
		expect(JSON.stringify(ujet.journal.writes('dncEntry.create'))).toContain('61255500001');
		const isCompleted = (id: number) => account.leads.get(id)?.completed;
		expect([byNumber.id, byKey.id, stranger.id].map(isCompleted)).toEqual([true, true, false]);
	});
});
