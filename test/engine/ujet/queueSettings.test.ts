import type { INodeExecutionData } from 'n8n-workflow';

import { readFile, storeFile } from '../../support/binary';
import { jsonOf } from '../../support/engine';
import { runListSearch } from '../../support/listSearch';
import { byId, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const userEmail = 'mara@example.org';

describe('UJET queue settings', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	const nameOfBilling = () => bench.simulator.account.menus.get(bench.demo.menus.billing)?.row.name;

	/** What an export holds of queues. */
	const settingsIn = async (item: INodeExecutionData) =>
		JSON.parse((await readFile(item.binary!.data)).toString()) as { queues: Array<{ id: number; name: string }> };

	test.each([
		[false, 'queue-settings.json', 'application/json'],
		[true, 'queue-settings.zip', 'application/zip'],
	])('an export (with audio: %s) is a file that Import takes', async (audioFiles, fileName, mimeType) => {
		const exported = await bench.run('queueSettings', 'export', { audioFiles, attachedFiles: false });
		const [item] = exported.outputs[0];
		expect(item.json).toMatchObject({ fileName, mimeType });
		bench.simulator.account.menus.get(bench.demo.menus.billing)!.row.name = 'Renamed';
		const imported = await bench.run('queueSettings', 'import', { userEmail }, { items: [item] });
		expect(jsonOf(imported.outputs[0])).toEqual([{ message: 'accepted' }]);
		expect(nameOfBilling()).toBe('Billing');
	});

	test('an import is in doubt when the answer is lost, and never sent twice', async () => {
		const data = await storeFile('{"queues": []}', { fileName: 'settings.json', mimeType: 'application/json' });
		const items = [{ json: {}, binary: { data } }];
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const result = await bench.run('queueSettings', 'import', { userEmail }, { items });
		expect(result.error?.message).toMatch(/^In doubt: /);
		expect(bench.simulator.journal.carriedOut('queueSettings.import')).toBe(1);
	});

	test('an item without file keeps every item from being sent', async () => {
		const data = await storeFile('{"queues": []}', { fileName: 'settings.json', mimeType: 'application/json' });
		const items = [{ json: {}, binary: { data } }, { json: {} }];
		const result = await bench.run('queueSettings', 'import', { userEmail }, { items });
		expect(result.error?.message).toContain("Invalid value for 'Input Data Field Name' [item 1]");
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('versions are saved, listed, read, downloaded and restored', async () => {
		const saved = await bench.run('queueSettingsVersion', 'create', { audioFiles: false, attachedFiles: false });
		const [version] = jsonOf(saved.outputs[0]);
		const listed = jsonOf((await bench.run('queueSettingsVersion', 'getMany', { returnAll: true })).outputs[0]);
		expect(listed.map(({ id }) => id)).toEqual([version.id, Number(version.id) - 1]);
		const versionId = byId(Number(version.id));
		expect(jsonOf((await bench.run('queueSettingsVersion', 'get', { versionId })).outputs[0])).toEqual([version]);
		const downloaded = await bench.run('queueSettingsVersion', 'download', { versionId });
		expect(downloaded.outputs[0][0].json).toMatchObject({ fileName: `queue-settings-${String(version.id)}.json` });
		expect((await settingsIn(downloaded.outputs[0][0])).queues.map(({ name }) => name)).toContain('Billing');

		bench.simulator.account.menus.get(bench.demo.menus.billing)!.row.name = 'Renamed';
		const additionalFields = { revision: String(version.revision) };
		const restored = await bench.run('queueSettings', 'restore', { versionId, userEmail, additionalFields });
		expect(jsonOf(restored.outputs[0])).toEqual([{ message: 'accepted' }]);
		expect(nameOfBilling()).toBe('Billing');
	});

	test('the version saved last is restored when none is chosen', async () => {
		bench.simulator.account.menus.get(bench.demo.menus.billing)!.row.name = 'Renamed';
		await bench.run('queueSettings', 'restore', { userEmail });
		expect(bench.simulator.journal.entries.at(-1)?.body).toEqual({ email: userEmail });
		expect(nameOfBilling()).toBe('Billing');
		const wrong = await bench.run('queueSettings', 'restore', { userEmail, additionalFields: { revision: 'newest' } });
		expect(wrong.error?.message).toContain('a revision such as');
	});

	test('a file that is still being made is told as pending', async () => {
		bench.simulator.faults.once({ kind: 'status', status: 202, body: { message: 'accepted' } });
		const result = await bench.run('queueSettings', 'export', { audioFiles: false, attachedFiles: false });
		expect(result.outputs[0]).toEqual([expect.objectContaining({ json: { pending: true, message: 'accepted' } })]);
		expect(result.outputs[0][0].binary).toBeUndefined();
	});

	test('versions can be chosen from a list', async () => {
		const list = {
			nodeType: 'ujet',
			method: 'searchQueueSettingsVersion',
			parameters: {},
			credentials: bench.credentials,
		};
		expect((await runListSearch(list)).results).toEqual([
			{ name: expect.stringMatching(/\(77\)$/) as string, value: 77 },
		]);
	});
});
