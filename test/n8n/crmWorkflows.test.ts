// The ready-made workflows between a CRM and a dialer, with outages: n8n's own Salesforce node against a stand-in, and n8n's data tables.
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Execution, N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import { WORKFLOWS_FOLDER } from '../../scripts/n8n/paths';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import { readWorkflow } from '../../scripts/n8n/workflows';
import type { IpScapeSimulator } from '../simulators/ipscape';
import type { UjetSimulator } from '../simulators/ujet';
import { type SalesforceStandIn, startSalesforce } from './salesforceStandIn';
import { signedInClient } from './session';
import { createChain, n8nNode, runToSuccess, startNode } from './storedWorkflow';

const NEW = 'Open - Not Contacted';
const LOADED = 'Working - Contacted';
const RUN_TIMEOUT_MS = 110_000;
const HOUR = 3_600_000;

describe('the ready-made workflows between a CRM and a dialer', () => {
	let client: N8nClient;
	let running: RunningVendor;
	let stored: StoredWorkflow;

	beforeEach(() => {
		client = signedInClient();
	});
	afterEach(async () => await running.close());

	async function start(vendorName: string): Promise<RunningVendor['simulator']> {
		running = await startVendor(client, vendorName);
		return running.simulator;
	}

	async function store(file: string, folder = WORKFLOWS_FOLDER): Promise<void> {
		stored = await client.createWorkflow(readWorkflow(file, folder));
	}

	const run = async (trigger: string): Promise<Execution> => await client.runWorkflow(stored, trigger, RUN_TIMEOUT_MS);

	async function succeed(trigger: string): Promise<Execution> {
		const execution = await run(trigger);
		expect({ status: execution.status, error: execution.error }).toEqual({ status: 'success', error: undefined });
		return execution;
	}

	describe('with Salesforce', () => {
		const DUE = 'Every 15 Minutes';
		let salesforce: SalesforceStandIn;
		let simulator: IpScapeSimulator;
		let credential: string;

		beforeEach(async () => {
			simulator = (await start('ipSCAPE')) as unknown as IpScapeSimulator;
			salesforce = await startSalesforce([
				{ Id: '00Q0000000000A1', Status: NEW, FirstName: 'Amara', LastName: 'Singh', MobilePhone: '0491 570 156' },
				{ Id: '00Q0000000000A2', Status: NEW, FirstName: 'Jo', LastName: 'Lee', Phone: '+61 491 570 157' },
				{ Id: '00Q0000000000A3', Status: NEW, FirstName: 'Carl', LastName: 'Berg', Phone: '555-01', Description: 'From the fair' },
				{ Id: '00Q0000000000A4', Status: LOADED, FirstName: 'Eva', LastName: 'Novak', Phone: '+61 491 570 158' },
			]);
			credential = await client.createCredential('Salesforce account', 'salesforceOAuth2Api', salesforce.credentialData as IDataObject);
			await store('salesforce-leads-to-ipscape.json', `${WORKFLOWS_FOLDER}/crm`);
		});
		afterEach(async () => {
			await salesforce.close();
			await client.deleteCredential(credential);
		});

		const statuses = () => salesforce.leads.map(({ Status }) => Status);
		const loaded = () =>
			simulator.account.leads.list().filter(({ customerKey }) => customerKey?.startsWith('00Q0000000000A'));

		it('new leads are in the list once, and a number that cannot be dialed is reported to Salesforce', async () => {
			await succeed(DUE);
			expect(loaded().map(({ customerKey, phones }) => [customerKey, phones[0]?.phone])).toEqual([
				['00Q0000000000A1', '+61491570156'],
				['00Q0000000000A2', '+61491570157'],
			]);
			expect(loaded()[0].dataFields).toMatchObject({ firstName: 'Amara', lastName: 'Singh' });
			expect(statuses()).toEqual([LOADED, LOADED, 'Wrong Number', LOADED]);
			expect(salesforce.leads[2].Description).toMatch(/^From the fair\nInvalid value for 'Phone 1'.*got '555-01'/);
			await succeed(DUE);
			expect(loaded()).toHaveLength(2);
			expect(salesforce.updates).toHaveLength(3);
		});

		it('leads wait in Salesforce while ipSCAPE is down, and are in the list once when it answers again', async () => {
			const restore = simulator.faults.add({ kind: 'status', status: 503 });
			await succeed(DUE);
			expect(statuses()).toEqual([NEW, NEW, 'Wrong Number', LOADED]);
			restore();
			await succeed(DUE);
			expect(loaded()).toHaveLength(2);
			expect(statuses()).toEqual([LOADED, LOADED, 'Wrong Number', LOADED]);
		});

		it('leads that Salesforce could not mark are not loaded a second time', async () => {
			salesforce.leads.splice(1);
			const mark = salesforce.updates.push.bind(salesforce.updates);
			salesforce.updates.push = () => {
				throw new Error('Salesforce broke off');
			};
			expect((await run(DUE)).status).toBe('error');
			salesforce.leads[0].Status = NEW;
			salesforce.updates.push = mark;
			await succeed(DUE);
			expect(loaded()).toHaveLength(1);
			expect(simulator.journal.carriedOut('lead.create')).toBe(1);
		});
	});

	describe('every hour', () => {
		const DUE = 'Every Hour';
		let simulator: UjetSimulator;

		beforeEach(async () => {
			simulator = (await start('UJET')) as unknown as UjetSimulator;
			await store('ujet-hourly-sync.json');
		});

		/** Runs one operation of n8n's Data Table node and gives its rows. */
		async function table(name: string, parameters: INodeParameters): Promise<IDataObject[]> {
			const parts = { resource: 'row', dataTableId: { __rl: true, mode: 'name', value: name }, options: {} };
			const rows = n8nNode('Rows', 'dataTable', 1.1, { ...parts, ...parameters });
			const small = await createChain(client, `Table ${name}`, [rows]);
			return (await runToSuccess(client, small, startNode.name))('Rows');
		}

		const rowsOf = async (name: string) => await table(name, { operation: 'get', returnAll: true });
		const columns = (value: IDataObject) => ({
			mappingMode: 'defineBelow',
			value,
			matchingColumns: [],
			schema: Object.keys(value).map((id) => ({ id, displayName: id, type: 'string', display: true, required: false })),
		});
		const addContact = async (value: IDataObject) =>
			await table('UJET sync contacts', { operation: 'insert', columns: columns(value) as never });
		const mark = async () => (await rowsOf('UJET sync state')).find(({ name }) => name === 'calls read until')?.value;
		const moveMark = async (time: number) =>
			await table('UJET sync state', {
				operation: 'update',
				matchType: 'allConditions',
				filters: { conditions: [{ keyName: 'name', condition: 'eq', keyValue: 'calls read until' }] },
				columns: columns({ value: new Date(time).toISOString() }) as never,
			});
		const created = () =>
			simulator.journal.writes('campaignContact.create').map(({ payload }) => (payload as IDataObject).external_unique_id);
		const contact = async (id: string) => (await rowsOf('UJET sync contacts')).find(({ external_id }) => external_id === id);

		it('a weekend of outages loses no call and no contact, and nothing comes twice', async () => {
			await succeed('Run Now');
			// The last good run was two days ago; since then a call ended every four hours.
			const friday = Date.now() - 48 * HOUR;
			await moveMark(friday);
			const before = await mark();
			const calls = Array.from({ length: 12 }, (_, index) => {
				const ended = new Date(friday + (4 * index + 1) * HOUR).toISOString();
				return String(simulator.addCall({ id: 990_000 + index, status: 'finished', created_at: ended, ends_at: ended }).id);
			});
			await addContact({ external_id: 'WEEKEND-1', name: 'Raj Patel', phone: '+14155550170' });

			// Down in three ways: an error, a proxy's page, nobody there.
			simulator.faults.add({ kind: 'status', status: 503 });
			expect((await run(DUE)).error?.node).toBe('New Calls');
			simulator.faults.clear();
			simulator.faults.add({ kind: 'html', status: 502 });
			expect((await run(DUE)).status).toBe('error');
			simulator.faults.clear();
			const port = Number(new URL(simulator.origin).port);
			await simulator.stop();
			expect((await run(DUE)).status).toBe('error');
			expect(await mark()).toBe(before);
			expect((await contact('WEEKEND-1'))?.outcome ?? '').toBe('');
			await addContact({ external_id: 'WEEKEND-2', name: 'Mia Wong', phone: '+14155550171' });

			// Back, but the answer to the first new contact is lost.
			await simulator.start({ port });
			simulator.faults.once({ kind: 'cutAfter' }, { method: 'POST', path: /\/contacts$/ });
			await succeed(DUE);
			const saved = (await rowsOf('UJET sync calls')).map(({ call_id }) => String(call_id)).filter((id) => calls.includes(id));
			expect(saved.sort()).toEqual(calls);
			expect(await mark()).not.toBe(before);
			expect(String((await contact('WEEKEND-1'))?.problem)).toContain('In doubt');

			// The next hour finds it in the campaign.
			await succeed(DUE);
			expect((await contact('WEEKEND-1'))?.outcome).toMatch(/^In the campaign as contact \d+$/);
			expect((await contact('WEEKEND-2'))?.outcome).toMatch(/^In the campaign as contact \d+$/);
			expect(created().filter((id) => String(id).startsWith('WEEKEND')).sort()).toEqual(['WEEKEND-1', 'WEEKEND-2']);
			const again = (await rowsOf('UJET sync calls')).filter(({ call_id }) => calls.includes(String(call_id)));
			expect(again).toHaveLength(calls.length);
		}, 300_000);

		it('a number that cannot be dialed keeps its contact waiting, with the reason', async () => {
			await succeed('Run Now');
			await addContact({ external_id: 'SYNC-3', name: 'Carl Berg', phone: 'no number' });
			await succeed(DUE);
			expect(await contact('SYNC-3')).toMatchObject({ problem: expect.stringContaining('Phone Number') as string });
			expect((await contact('SYNC-3'))?.outcome ?? '').toBe('');
		});
	});
});
