import type { IDataObject } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import { byId, itemsOf, keepGoing, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('UJET campaign contacts', () => {
	let bench: Bench;
	let campaignId: ReturnType<typeof byId>;

	beforeEach(async () => {
		bench = await startBench({ jobs: 'reads' });
		campaignId = byId(bench.demo.campaigns[1]);
	});
	afterEach(async () => await bench.close());

	const requests = (end: string) => bench.simulator.journal.find(({ path }) => path.endsWith(end));

	test('create, find, change and remove one contact', async () => {
		const additionalFields = { name: 'Ines Okafor', email: 'ines@example.org', externalUniqueId: 'UID_1' };
		const created = await bench.run('campaignContact', 'create', { campaignId, phoneNumber: '+1 415 555 0142', additionalFields });
		const [{ id }] = jsonOf(created.outputs[0]);
		const parameters = { campaignId, contactId: String(id), updateFields: { name: 'Ines O.', phoneNumber: '+14155550143' } };
		const updated = await bench.run('campaignContact', 'update', parameters);
		expect(jsonOf(updated.outputs[0])).toEqual([expect.objectContaining({ id, name: 'Ines O.' })]);
		for (const operation of ['getMany', 'getManyByPage']) {
			const rows = jsonOf((await bench.run('campaignContact', operation, { campaignId, returnAll: true })).outputs[0]);
			expect(rows).toEqual([expect.objectContaining({ id, unique_id: 'UID_1' })]);
		}
		const removed = await bench.run('campaignContact', 'delete', { campaignId, findBy: 'externalId', findExternalId: 'UID_1' });
		expect(jsonOf(removed.outputs[0])).toEqual([{ deleted: true }]);
		expect(jsonOf((await bench.run('campaignContact', 'getMany', { campaignId })).outputs[0])).toEqual([]);
	});

	test('the number of a contact that is found by ID takes the default country code', async () => {
		const campaignId = byId(bench.demo.campaigns[1]);
		const { id } = bench.simulator.addContact(bench.demo.campaigns[1]);
		const change = async (phoneNumber: string) =>
			await bench.run('campaignContact', 'update', {
				campaignId,
				contactId: String(id),
				defaultCountryCode: '61',
				updateFields: { phoneNumber },
			});
		expect((await change('0491 570 156')).error).toBeUndefined();
		const [{ body }] = bench.simulator.journal.find(({ method }) => method === 'PATCH');
		expect(body).toEqual({ contact_id: id, phone_number: '+61491570156' });
		expect((await change('0491 570')).error?.message).toContain("got '0491 570'");
	});

	test('what a contact is found by cannot be changed', async () => {
		const parameters = { campaignId, findBy: 'phoneNumber', findPhoneNumber: '+14155550142', updateFields: { phoneNumber: '+14155550143' } };
		const result = await bench.run('campaignContact', 'update', parameters);
		expect(result.error?.message).toContain('find it by contact ID');
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('many contacts go in one file; every item gets its own outcome', async () => {
		const items = itemsOf(
			...Array.from({ length: 300 }, (_, index) => ({
				phone_number: `+1415${5_000_000 + index}`,
				external_unique_id: `UID_${index}`,
				...(index === 7 ? { email: 'someone@example' } : {}),
			})),
		);
		const result = await bench.run(
			'campaignContact',
			'createMany',
			{ campaignId, dataMode: 'autoMapInputData' },
			{ items, node: keepGoing },
		);
		const rows = jsonOf(result.outputs[0]);
		expect(rows).toHaveLength(300);
		expect(rows[0]).toMatchObject({ phone_number: '+14155000000', status: 'created', external_unique_id: 'UID_0' });
		expect(rows.flatMap(({ error }, index) => (error === undefined ? [] : [index]))).toEqual([7]);
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(requests('/import')).toHaveLength(1);
		expect(bench.simulator.journal.carriedOut('campaignContact.create')).toBe(299);
	});

	test('says how many numbers come more than once', async () => {
		const numbers = ['+14155550142', '+14155550143', '+1 415 555 0142'];
		const items = itemsOf(...numbers.map((phone_number) => ({ phone_number })));
		const { hints } = await bench.run('campaignContact', 'createMany', { campaignId, dataMode: 'autoMapInputData' }, { items });
		expect(hints).toMatchObject([{ message: expect.stringMatching(/^1 item has the phone number of an earlier item/) as string }]);
	});

	test("the vendor's refusal of a record comes back to the item of that record", async () => {
		const own = '+14155550142';
		const finished = {
			id: 7,
			status: 'finished',
			results: [
				{ row: 2, status: 'failed', error: 'phone_number is invalid' },
				{ row: 1, status: 'created', id: 5 },
			],
		};
		bench.simulator.faults.add({ kind: 'status', status: 200, body: finished }, { method: 'GET', path: '*/jobs/*' });
		const items = itemsOf({ phone: own }, { phone: '+14155550143' });
		const result = await bench.run('campaignContact', 'createMany', { campaignId, phoneNumber: '={{ $json.phone }}' }, { items, node: keepGoing });
		const rows = jsonOf(result.outputs[0]);
		expect(rows[0]).toMatchObject({ phone_number: own, id: 5, status: 'created' });
		expect(rows[1].error).toBe('phone_number is invalid');
	});

	test.each([
		[{ id: 7, status: 'completed' }, [{ status: 'completed' }, { status: 'completed' }]],
		[{ job_id: 7, status: 'failed', message: 'file is invalid' }, [{ error: 'file is invalid' }, { error: 'file is invalid' }]],
	])('a job without outcomes of single records tells its own state: %j', async (body, expected: IDataObject[]) => {
		bench.simulator.faults.add({ kind: 'status', status: 200, body }, { method: 'GET', path: '*/jobs/*' });
		const items = itemsOf({}, {});
		const parameters = { campaignId, phoneNumber: '+14155550142' };
		const result = await bench.run('campaignContact', 'createMany', parameters, { items, node: keepGoing });
		expect(jsonOf(result.outputs[0])).toEqual(expected.map((row) => expect.objectContaining(row) as IDataObject));
	});

	test('with no time to wait the job is left to Get Import Job', async () => {
		const parameters = { campaignId, phoneNumber: '+14155550142', waitMinutes: 0 };
		const result = await bench.run('campaignContact', 'createMany', parameters);
		const [{ id, pending }] = jsonOf(result.outputs[0]);
		expect(pending).toBe(true);
		for (const status of ['in_progress', 'finished']) {
			const job = await bench.run('campaignContact', 'getImportJob', { campaignId, jobId: String(id) });
			expect(jsonOf(job.outputs[0])[0]).toMatchObject({ id, status });
		}
		const jobs = await bench.run('campaignContact', 'getManyImportJobs', { campaignId });
		expect(jsonOf(jobs.outputs[0])).toEqual([expect.objectContaining({ id })]);
	});

	test('a file of contacts is imported as it is', async () => {
		const contacts = [{ phone_number: '+14155550142' }, { phone_number: 'none' }];
		const data = Buffer.from(JSON.stringify(contacts)).toString('base64');
		const items = [{ json: {}, binary: { data: { data, mimeType: 'application/json', fileName: 'contacts.json' } } }];
		const result = await bench.run('campaignContact', 'importFile', { campaignId, binaryField: 'data' }, { items });
		expect(jsonOf(result.outputs[0])[0]).toMatchObject({ status: 'finished', created_rows: 1, failed_rows: 1 });
		const missing = await bench.run('campaignContact', 'importFile', { campaignId, binaryField: 'file' }, { items });
		expect(missing.error?.message).toContain('it has data');
	});

	test('an upload in doubt is not sent again, and every item says so', async () => {
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const items = itemsOf({}, {});
		const parameters = { campaignId, phoneNumber: '+14155550142' };
		const result = await bench.run('campaignContact', 'createMany', parameters, { items, node: keepGoing });
		expect(jsonOf(result.outputs[0]).map(({ error }) => String(error).startsWith('In doubt'))).toEqual([true, true]);
		expect(requests('/import')).toHaveLength(1);
	});

	const jobRequest = { method: 'GET', path: '*/jobs/*' };

	test('an upload that was taken is told with its job, whatever becomes of reading the job', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 404, body: { message: 'Not Found' } }, jobRequest);
		const items = itemsOf({}, {});
		const parameters = { campaignId, phoneNumber: '+14155550142' };
		const result = await bench.run('campaignContact', 'createMany', parameters, { items, node: keepGoing });
		const errors = jsonOf(result.outputs[0]);
		expect(errors.map(({ error }) => error)).toEqual(Array(2).fill(expect.stringMatching(/uploaded \(job \d+\), but the job could not be read: Not Found/)));
		expect(errors[0].message).toContain('Do not upload them again');
		expect(requests('/import')).toHaveLength(1);
	});

	test.each([[null], [[]], ['taken'], [{ id: null }]])('an upload answered with %j leaves every item one outcome', async (body) => {
		bench.simulator.faults.add({ kind: 'status', status: 202, body }, { method: 'POST', path: '*/import' });
		const items = itemsOf({}, {});
		const parameters = { campaignId, phoneNumber: '+14155550142' };
		const result = await bench.run('campaignContact', 'createMany', parameters, { items, node: keepGoing });
		expect(jsonOf(result.outputs[0])).toHaveLength(2);
		expect(requests('/import')).toHaveLength(1);
	});

	test('a job whose results are odd gives every item one outcome', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 202, body: { job_id: '77' } }, { method: 'POST', path: '*/import' });
		const job = { status: 'finished', results: [null, { error: { phone: ['is invalid'] } }] };
		bench.simulator.faults.add({ kind: 'status', status: 200, body: job }, jobRequest);
		const items = itemsOf({}, {}, {});
		const parameters = { campaignId, phoneNumber: '+14155550142' };
		const result = await bench.run('campaignContact', 'createMany', parameters, { items, node: keepGoing });
		const rows = jsonOf(result.outputs[0]);
		expect(rows).toHaveLength(3);
		expect(rows[1].error).toBe('{"phone":["is invalid"]}');
		expect(requests('/jobs/77')).toHaveLength(1);
	});

	test('campaigns with the numbers of their contacts', async () => {
		const many = await bench.run('campaign', 'getMany', { returnAll: true, simplify: false });
		expect(jsonOf(many.outputs[0]).map(({ id }) => id)).toEqual(bench.demo.campaigns);
		const one = await bench.run('campaign', 'get', { campaignId: byId(bench.demo.campaigns[0]) });
		expect(jsonOf(one.outputs[0])[0]).toMatchObject({ name: 'Spring renewals', contact_stats: { Contacts: 10 } });
	});

	test('campaigns are read at the shorter path where the longer one is not there, and further pages at once', async () => {
		const former = await startBench({ formerCampaignPaths: true });
		for (let count = 0; count < 130; count++) former.simulator.addCampaign({ name: `Campaign ${count}` });
		const many = await former.run('campaign', 'getMany', { returnAll: true });
		expect(jsonOf(many.outputs[0])).toHaveLength(132);
		const paths = former.simulator.journal.find(({ method }) => method === 'GET').map(({ path }) => path);
		expect(paths).toEqual([
			'/manager/api/v1/outbound_dialer/campaigns',
			'/manager/api/v1/campaigns',
			'/manager/api/v1/campaigns',
		]);
		const one = await former.run('campaign', 'get', { campaignId: byId(former.demo.campaigns[0]) });
		expect(jsonOf(one.outputs[0])[0]).toMatchObject({ name: 'Spring renewals' });
		await former.close();
	});

	test('a campaign at neither path is not found, and a path from the credential is the only one', async () => {
		const unknown = await bench.run('campaign', 'get', { campaignId: byId(999) });
		expect(unknown.error).toMatchObject({ httpCode: '404' });
		expect(bench.simulator.journal.total).toBe(2);
		bench.simulator.journal.clear();
		const pathOverrides = '{ "campaign.get": "/manager/api/v2/campaigns/{campaignId}" }';
		const credentials = { ujetApi: { ...bench.credentials.ujetApi, pathOverrides } };
		await bench.run('campaign', 'get', { campaignId: byId(bench.demo.campaigns[0]) }, { credentials });
		expect(bench.simulator.journal.find(() => true).map(({ path }) => path)).toEqual([
			`/manager/api/v2/campaigns/${bench.demo.campaigns[0]}`,
		]);
	});
});
