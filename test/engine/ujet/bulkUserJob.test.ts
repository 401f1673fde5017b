import type { IDataObject } from 'n8n-workflow';

import { storeFile } from '../../support/binary';
import { jsonOf } from '../../support/engine';
import { itemsOf, keepGoing, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const mapped = { dataMode: 'autoMapInputData' };

/** A new user as a row of a table. */
const person = (name: string, rest: IDataObject = {}): IDataObject => ({
	email: `${name.toLowerCase()}@example.org`,
	'First Name': name,
	last_name: 'Berg',
	...rest,
});

describe('UJET bulk user jobs', () => {
	/** Its jobs take a moment of its clock for each step. */
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench({ pace: { jobMs: 1 } });
	});
	afterEach(async () => await bench.close());

	const requests = (method: string, end: string) =>
		bench.simulator.journal.find((entry) => entry.method === method && entry.path.endsWith(end));

	const agent = (email: string) => bench.simulator.account.agentByEmail(email);

	/** Content of the file of an upload. */
	const rowsOfFile = (body: unknown) => {
		const { file } = body as { file: { content: Buffer | { data: number[] } } };
		const content = Buffer.isBuffer(file.content) ? file.content : Buffer.from(file.content.data);
		return JSON.parse(content.toString()) as IDataObject[];
	};

	test.each([null, [], 'taken', {}, { id: null }])('an upload answered with %j fails every item without a second upload', async (body) => {
		bench.simulator.faults.add({ kind: 'status', status: 200, body }, { method: 'POST', path: '*/upload' });
		const items = itemsOf(person('Alma'), person('Mara'));
		const result = await bench.run('bulkUserJob', 'import', mapped, { items, node: keepGoing });
		const errors = jsonOf(result.outputs[0]).map(({ error }) => String(error));
		expect(errors).toHaveLength(2);
		expect(errors.filter((error) => error === 'undefined')).toEqual([]);
		expect(requests('POST', '/upload')).toHaveLength(1);
	});

	test.each([
		['the file was uploaded', false, 'no user was changed (job 48210)', 'Proceed then starts'],
		['the job was started', true, 'UJET was told to change the users (job 48210)', 'Do not import the users again'],
	])('when %s and the job cannot be read, the failure says so', async (_when, isStarted, message, advice) => {
		bench.simulator.faults.add(
			{ kind: 'status', status: 404, body: { message: 'Not Found' } },
			{ method: 'GET', path: '*/jobs/*', when: () => requests('POST', '/proceed').length > 0 === isStarted },
		);
		const result = await bench.run('bulkUserJob', 'import', mapped, { items: itemsOf(person('Alma')), node: keepGoing });
		const [row] = jsonOf(result.outputs[0]);
		expect(row.error).toContain(message);
		expect(row.error).toContain('Not Found');
		expect(row.message).toContain(advice);
	});

	test('import writes all items into one file, follows the job to its end and pairs the results', async () => {
		const items = itemsOf(
			person('Alma', { roles: 'Agent, Manager', teams: ['Tier 1'], maxChats: 3, max_chat_limit_enabled: true }),
			person('Mara', { last_name: 'Lind', removedRoles: 'Manager', status: 'inactive' }),
			person('Bo', { roles: [{ name: 'Agent', value: 1 }] }),
		);
		const result = await bench.run('bulkUserJob', 'import', mapped, { items });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result.outputs[0])).toEqual([
			{ email: 'alma@example.org', row: 1, job_id: 48210, status: 'finished' },
			{ email: 'mara@example.org', row: 2, job_id: 48210, status: 'finished' },
			{ email: 'bo@example.org', row: 3, job_id: 48210, status: 'finished' },
		]);
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const [{ body }] = requests('POST', '/bulk/users/upload');
		expect(rowsOfFile(body)[0]).toEqual({
			email: 'alma@example.org',
			first_name: 'Alma',
			last_name: 'Berg',
			max_chat_limit: 3,
			max_chat_limit_enabled: 1,
			roles: [
				{ name: 'Agent', value: 1 },
				{ name: 'Manager', value: 1 },
			],
			teams: [{ name: 'Tier 1', value: 1 }],
		});
		expect(agent('alma@example.org')?.row.roles).toEqual(expect.arrayContaining(['Agent', 'Manager']));
		expect(agent('mara@example.org')).toMatchObject({
			row: { last_name: 'Lind', roles: ['Agent'] },
			user: { deactivated_at: expect.any(String) as string },
		});
	});

	test('a row that UJET refuses while it works fails its own item; a warning stays with its item', async () => {
		const items = itemsOf(person('Alma', { location: 'Nowhere' }), person('Bo', { roles: 'Juggler' }), person('Cleo'));
		const result = await bench.run('bulkUserJob', 'import', mapped, { items, node: keepGoing });
		const [alma, bo, cleo] = jsonOf(result.outputs[0]);
		expect(alma).toMatchObject({ status: 'finished', warnings: [expect.stringMatching(/^location: /)] });
		expect(bo.error).toBe("UJET did not accept this user: roles: Role 'Juggler' is not found");
		expect(cleo).toMatchObject({ email: 'cleo@example.org', status: 'finished' });
		expect(cleo).not.toHaveProperty('warnings');
		expect([agent('alma@example.org'), agent('bo@example.org'), agent('cleo@example.org')].map(Boolean)).toEqual([
			true,
			false,
			true,
		]);
	});

	test('one wrong row keeps all users from being changed, and the error names the rows', async () => {
		const items = itemsOf(person('Alma'), person('Alma'), person('Cleo', { maxChats: 99 }));
		const stopped = await bench.run('bulkUserJob', 'import', mapped, { items });
		expect(stopped.error?.message).toBe(
			'UJET refused the file, so no user was changed: row 2, email: Must be unique within the file; row 3, max_chat_limit: Must be 1 to 20 or empty',
		);
		expect(`${stopped.error?.message} ${stopped.error?.description}`).toContain('Get Scheme Errors lists all errors of the job 48210');
		const kept = await bench.run('bulkUserJob', 'import', mapped, { items, node: keepGoing });
		expect(jsonOf(kept.outputs[0]).map(({ error }) => String(error).split(':')[0])).toEqual([
			'UJET refused the file, so no user was changed',
			'UJET did not accept this user',
			'UJET did not accept this user',
		]);
		expect(agent('alma@example.org')).toBeUndefined();
		expect(requests('POST', '/proceed')).toHaveLength(0);
	});

	test('wrong rows are left out on request: the file is replaced and the others are changed', async () => {
		const items = itemsOf(person('Alma'), person('Alma'), person('Cleo', { roles: 'Juggler' }), person('Dag'));
		const parameters = { ...mapped, leaveOutWrong: true };
		const result = await bench.run('bulkUserJob', 'import', parameters, { items, node: keepGoing });
		const rows = jsonOf(result.outputs[0]);
		expect(rows.map(({ error }) => error)).toEqual([
			undefined,
			'UJET did not accept this user: email: Must be unique within the file',
			"UJET did not accept this user: roles: Role 'Juggler' is not found",
			undefined,
		]);
		expect(rowsOfFile(requests('PUT', '/bulk/users/upload')[0].body).map(({ email }) => email)).toEqual([
			'alma@example.org',
			'cleo@example.org',
			'dag@example.org',
		]);
		expect(agent('dag@example.org')).toBeDefined();
		expect(bench.simulator.journal.carriedOut('bulkUserJob.create')).toBe(1);
	});

	test('a wait that ends gives the job to be read later', async () => {
		await bench.close();
		bench = await startBench({ jobs: 'reads' });
		const result = await bench.run(
			'bulkUserJob',
			'import',
			{ ...mapped, waitMinutes: 0 },
			{ items: itemsOf(person('Alma')) },
		);
		const [row] = jsonOf(result.outputs[0]);
		expect(row).toMatchObject({ job_id: 48210, status: 'created', pending: true });
		expect(row.message).toContain('start it with Proceed');
		const jobId = String(row.job_id);
		const read = async () => jsonOf((await bench.run('bulkUserJob', 'get', { jobId })).outputs[0])[0].status;
		expect(await read()).toBe('valid_scheme');
		expect((await bench.run('bulkUserJob', 'proceed', { jobId })).error).toBeUndefined();
		const states = [await read(), await read(), await read(), await read()];
		expect(states.at(-1)).toBe('finished');
		expect(agent('alma@example.org')).toBeDefined();
	});

	test('a lost answer of Proceed is looked up in the job; a job that did not start stays in doubt', async () => {
		bench.simulator.faults.once({ kind: 'cutAfter' }, { path: '*/proceed' });
		const started = await bench.run('bulkUserJob', 'import', mapped, { items: itemsOf(person('Alma')) });
		expect(started.error).toBeUndefined();
		expect(bench.simulator.journal.carriedOut('bulkUserJob.proceed')).toBe(1);
		bench.simulator.faults.once({ kind: 'cutBefore' }, { path: '*/proceed' });
		const lost = await bench.run('bulkUserJob', 'import', mapped, { items: itemsOf(person('Bo')) });
		expect(lost.error?.message).toMatch(/^In doubt: /);
		expect(requests('POST', '/proceed')).toHaveLength(2);
	});

	test('an upload is in doubt when its answer is lost, and never sent twice', async () => {
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const result = await bench.run('bulkUserJob', 'upload', mapped, {
			items: itemsOf(person('Alma'), person('Bo')),
			node: keepGoing,
		});
		expect(jsonOf(result.outputs[0]).map(({ error }) => String(error).slice(0, 8))).toEqual(['In doubt', 'In doubt']);
		expect(bench.simulator.journal.carriedOut('bulkUserJob.create')).toBe(1);
	});

	test('bad input is refused before anything is sent', async () => {
		for (const wrong of [
			{ email: 'no address' },
			{ 'First Name': '' },
			{ status: 'asleep' },
			{ maxChats: 0 },
			{ roles: [{}] },
		]) {
			const result = await bench.run('bulkUserJob', 'import', mapped, {
				items: itemsOf(person('Alma'), person('Bo', wrong)),
			});
			expect(result.error?.message).toContain('[item 1]');
		}
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('step by step with fields: upload, errors, replaced users, proceed', async () => {
		const parameters = { email: '={{ $json.email }}', firstName: 'Al', lastName: 'Berg' };
		const items = itemsOf({ email: 'al@example.org' }, { email: 'AL@example.org' });
		const uploaded = await bench.run('bulkUserJob', 'upload', parameters, { items });
		expect(jsonOf(uploaded.outputs[0]).map(({ row, job_id, status }) => [row, job_id, status])).toEqual([
			[1, 48210, 'created'],
			[2, 48210, 'created'],
		]);
		const jobId = '48210';
		await bench.run('bulkUserJob', 'get', { jobId });
		const errors = await bench.run('bulkUserJob', 'getSchemeErrors', { jobId });
		expect(jsonOf(errors.outputs[0])).toEqual([
			{ message: 'Must be unique within the file', column: 0, column_name: 'email', row: 2 },
		]);
		const replaced = await bench.run('bulkUserJob', 'replace', { ...parameters, jobId }, { items: [items[0]] });
		expect(jsonOf(replaced.outputs[0])).toEqual([expect.objectContaining({ job_id: 48210, status: 'created' })]);
		await bench.run('bulkUserJob', 'get', { jobId });
		expect((await bench.run('bulkUserJob', 'proceed', { jobId })).error).toBeUndefined();
		const again = await bench.run('bulkUserJob', 'proceed', { jobId });
		expect(again.error?.message).toBe('Job is not in valid_scheme status');
	});

	test('users of several jobs are replaced in one file each', async () => {
		for (const email of ['al@example.org', 'bo@example.org']) {
			await bench.run('bulkUserJob', 'upload', { email, firstName: 'A', lastName: 'B' });
		}
		const items = itemsOf(person('Al', { job: 48210 }), person('Bo', { job: 48211 }), person('Cleo', { job: 48210 }));
		const result = await bench.run('bulkUserJob', 'replace', { ...mapped, jobId: '={{ $json.job }}' }, { items });
		expect(jsonOf(result.outputs[0]).map(({ email, job_id, row }) => [email, job_id, row])).toEqual([
			['al@example.org', 48210, 1],
			['bo@example.org', 48211, 1],
			['cleo@example.org', 48210, 2],
		]);
		expect(requests('PUT', '/bulk/users/upload')).toHaveLength(2);
	});

	test('a file: imported whole with its errors, or uploaded and replaced by hand', async () => {
		const template = jsonOf((await bench.run('bulkUserJob', 'getTemplate', { limit: 2 })).outputs[0]);
		expect(template[0]).toMatchObject({ email: 'mara@example.org', roles: expect.any(Array) as unknown });
		const rows = [
			{ ...template[0], last_name: 'Lind' },
			{ ...template[1], location: 'Nowhere' },
		];
		const file = async (content: unknown) => [
			{
				json: {},
				binary: {
					data: await storeFile(JSON.stringify(content), { fileName: 'users.json', mimeType: 'application/json' }),
				},
			},
		];
		const imported = await bench.run('bulkUserJob', 'importFile', {}, { items: await file(rows) });
		expect(jsonOf(imported.outputs[0])).toEqual([
			expect.objectContaining({
				id: 48210,
				status: 'finished',
				affected_rows: 2,
				errors: [expect.objectContaining({ row: 2, column_name: 'location', error_type: 'warning' })],
			}),
		]);
		expect(agent('mara@example.org')?.row.last_name).toBe('Lind');
		const updates = await bench.run('bulkUserJob', 'getUpdateErrors', { jobId: '48210' });
		expect(jsonOf(updates.outputs[0])).toEqual([expect.objectContaining({ row: 2, column_name: 'location' })]);
		const wrong = await bench.run('bulkUserJob', 'importFile', {}, { items: await file([{ email: 'x' }]) });
		expect(wrong.error?.message).toMatch(
			/no user was changed: row 1, email: Must be a valid email; .* and \d+ more|row 1, email/,
		);
		const uploaded = await bench.run('bulkUserJob', 'uploadFile', {}, { items: await file([{}]) });
		const [{ id }] = jsonOf(uploaded.outputs[0]);
		const replaced = await bench.run('bulkUserJob', 'replaceFile', { jobId: String(id) }, { items: await file(rows) });
		expect(jsonOf(replaced.outputs[0])).toEqual([expect.objectContaining({ id, status: 'created' })]);
		const missing = await bench.run('bulkUserJob', 'uploadFile', { binaryField: 'other' }, { items: await file(rows) });
		expect(missing.error?.message).toContain('it has data');
	});

	test('jobs are listed to the end, newest first', async () => {
		for (let count = 0; count < 130; count++)
			bench.simulator.tenant.bulkUsers.upload({
				file: { content: Buffer.from('[]'), fileName: 'users.json', mimeType: 'application/json' },
			});
		const result = await bench.run('bulkUserJob', 'getMany', { returnAll: true });
		const ids = jsonOf(result.outputs[0]).map(({ id }) => Number(id));
		expect(ids).toEqual(Array.from({ length: 130 }, (_, index) => 48_210 + 129 - index));
		expect(bench.simulator.journal.total).toBe(2);
	});
});
