import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { readFile, storeFile } from '../../support/binary';
import { jsonOf } from '../../support/engine';
import { captureOutput, findSecrets } from '../../support/output';
import { keepGoing, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const kinds = [
	{ resource: 'chatPhoto', word: 'photo', mimeType: 'image/jpeg', fileName: 'bike "red".jpg', mostMegabytes: 2 },
	{ resource: 'chatVideo', word: 'video', mimeType: 'video/mp4', fileName: 'bike.mp4', mostMegabytes: 20 },
];

/** An input item with a file in the field `data`, as an earlier node would have stored it. */
async function itemWithFile(
	content: Buffer | string,
	about: { fileName: string; mimeType: string },
): Promise<INodeExecutionData> {
	return { json: {}, binary: { data: await storeFile(content, about) } };
}

describe.each(kinds)('UJET chat $word', ({ resource, word, mimeType, fileName, mostMegabytes }) => {
	let bench: Bench;
	let chatId: string;

	beforeEach(async () => {
		bench = await startBench();
		const { web } = bench.demo.menus;
		chatId = String(bench.simulator.addChat({ menuId: web, endUserId: bench.demo.endUsers[0], status: 'assigned' }).id);
		bench.simulator.journal.clear();
	});
	afterEach(async () => await bench.close());

	const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 256));

	const upload = async (items: INodeExecutionData[], options: object = {}, parameters: INodeParameters = {}) =>
		await bench.run(resource, 'upload', { chatId, ...parameters }, { items, ...options });

	test('upload goes to the storage without credential and is registered', async () => {
		const result = await upload([await itemWithFile(content, { fileName, mimeType })]);
		const [row] = jsonOf(result.outputs[0]);
		expect(row).toEqual({ media_id: expect.any(Number), url: expect.any(String), storage_key: expect.any(String) });
		const { journal, tenant } = bench.simulator;
		expect(journal.entries.map(({ path }) => path.replace(/\d+/, 'ID'))).toEqual([
			`/apps/api/vID/chats/${chatId}/${word}s/upload`,
			'/storage/',
			`/apps/api/vID/chats/${chatId}/${word}s`,
		]);
		expect(journal.entries.map(({ headers }) => 'authorization' in headers)).toEqual([true, false, true]);
		expect(tenant.storage.objects.get(String(row.storage_key))).toEqual({ content, contentType: mimeType });
	});

	test('what was uploaded can be sent as a message, listed and downloaded', async () => {
		const [{ media_id: mediaId }] = jsonOf(
			(await upload([await itemWithFile(content, { fileName, mimeType })])).outputs[0],
		);
		const endUserId = String(bench.demo.endUsers[0]);
		const message = { chatId, endUserId, messageType: word, mediaId: String(mediaId) };
		expect((await bench.run('chat', 'sendMessage', message)).error).toBeUndefined();
		const listed = await bench.run(resource, 'getMany', { chatId });
		expect(jsonOf(listed.outputs[0]).map((row) => row.media_id)).toEqual([mediaId]);
		for (const wanted of ['', String(mediaId)]) {
			const downloaded = await bench.run(resource, 'download', { chatId, mediaId: wanted });
			const [item] = downloaded.outputs[0];
			expect(item.json).toMatchObject({ media_id: mediaId, mimeType });
			expect(item.json.fileName).toMatch(/^\d+\.(jpg|mp4)$/);
			expect((await readFile(item.binary!.data)).equals(content)).toBe(true);
			expect(item.pairedItem).toEqual({ item: 0 });
		}
		expect(bench.simulator.journal.entries.at(-1)?.headers).not.toHaveProperty('authorization');
		const unknown = await bench.run(resource, 'download', { chatId, mediaId: '1' });
		expect(unknown.error?.message).toContain(`no ${word} with the media ID 1`);
	});

	test('a file of the wrong type or size keeps every item from being sent', async () => {
		const good = await itemWithFile(content, { fileName, mimeType });
		const large = await itemWithFile(Buffer.alloc(mostMegabytes * 1_048_576 + 1), { fileName, mimeType });
		const other = await itemWithFile('GIF89a', { fileName: 'bike.gif', mimeType: 'image/gif' });
		for (const wrong of [large, other, { json: {} }]) {
			const result = await upload([good, wrong]);
			expect(result.error?.message).toContain("Invalid value for 'Input Data Field Name' [item 1]");
			expect(bench.simulator.journal.total).toBe(0);
		}
		const result = await upload([good, large, other, good], { node: keepGoing });
		const rows = jsonOf(result.outputs[0]);
		expect(rows.map(({ error }) => error !== undefined)).toEqual([false, true, true, false]);
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
		expect(bench.simulator.journal.carriedOut('storage.upload')).toBe(2);
	});

	test('a file in the memory of n8n is uploaded as well', async () => {
		const data = { data: content.toString('base64'), mimeType, fileName };
		const result = await upload([{ json: {}, binary: { own: data } }], {}, { binaryField: 'own' });
		const [{ storage_key: key }] = jsonOf(result.outputs[0]);
		expect(bench.simulator.tenant.storage.objects.get(String(key))?.content.equals(content)).toBe(true);
	});

	test('a lost answer of the storage is repeated with a new address, a lost registration is in doubt', async () => {
		bench.simulator.faults.once({ kind: 'cutAfter' }, { path: '/storage/' });
		const repeated = await upload([await itemWithFile(content, { fileName, mimeType })]);
		expect(repeated.error).toBeUndefined();
		const { journal, faults } = bench.simulator;
		const keys = journal.writes('storage.upload').map(({ payload }) => (payload as { key: string }).key);
		expect(new Set(keys).size).toBe(2);
		expect(journal.carriedOut(`${resource}.create`)).toBe(1);
		faults.once({ kind: 'cutAfter' }, { method: 'POST', path: `*/${word}s` });
		const doubtful = await upload([await itemWithFile(content, { fileName, mimeType })]);
		expect(doubtful.error?.message).toMatch(/^In doubt: /);
		expect(journal.carriedOut(`${resource}.create`)).toBe(2);
	});

	test('a refusal of the storage names its reason and shows no signature', async () => {
		bench.simulator.faults.add(
			{ kind: 'status', status: 403, body: '<Error><Code>AccessDenied</Code></Error>' },
			{ path: '/storage/' },
		);
		const item = await itemWithFile(content, { fileName, mimeType });
		const { result, text } = await captureOutput(async () => await upload([item]));
		expect(result?.error?.message).toBe('The file storage of UJET answered 403 AccessDenied');
		const signatures = bench.simulator.journal
			.find(({ path }) => path === '/storage/')
			.map(({ body }) => (body as { 'x-amz-signature': string })['x-amz-signature']);
		expect(signatures).toHaveLength(1);
		expect(findSecrets(signatures, text, result)).toEqual([]);
		expect(bench.simulator.journal.carriedOut(`${resource}.create`)).toBe(0);
	});

	test('another program uploads to an address, the file is registered afterwards', async () => {
		const [{ url, fields }] = jsonOf((await bench.run(resource, 'createUploadAddress', { chatId })).outputs[0]);
		const form = new FormData();
		for (const [name, value] of Object.entries(fields as Record<string, string>)) form.append(name, value);
		form.append('file', new Blob([new Uint8Array(content)], { type: mimeType }), fileName);
		expect((await fetch(String(url), { method: 'POST', body: form })).status).toBe(204);
		const key = (fields as { key: string }).key;
		const registered = await bench.run(resource, 'register', { chatId, storageKeys: key, storageKey: key });
		expect(jsonOf(registered.outputs[0])).toEqual([
			{ media_id: expect.any(Number), url: expect.stringContaining(key) },
		]);
	});
});

describe('UJET chat media', () => {
	test('a file that the agent sent comes as a file', async () => {
		const bench = await startBench();
		const chat = bench.simulator.addChat({ status: 'assigned' });
		const mediaId = String(bench.simulator.addAgentFile(chat.id, Buffer.from('manual')));
		const result = await bench.run('chatMedia', 'download', {
			chatId: String(chat.id),
			mediaId,
			outputBinaryField: 'manual',
		});
		expect((await readFile(result.outputs[0][0].binary!.manual)).toString()).toBe('manual');
		const unknown = await bench.run('chatMedia', 'download', { chatId: String(chat.id), mediaId: '1' });
		expect(unknown.error?.message).toContain(`Not Found: Chat ID ${chat.id}, Media ID 1 (GET /`);
		await bench.close();
	});
});

test('the type of a photo is what the user says, else photo', async () => {
	const bench = await startBench();
	try {
		const chatId = String(bench.simulator.addChat({ menuId: bench.demo.menus.web, endUserId: bench.demo.endUsers[0] }).id);
		const items = [await itemWithFile(Buffer.from('photo'), { fileName: 'a.jpg', mimeType: 'image/jpeg' })];
		const typed = { chatId, additionalFields: { photoType: 'damage' } };
		expect((await bench.run('chatPhoto', 'upload', { chatId }, { items })).error).toBeUndefined();
		expect((await bench.run('chatPhoto', 'upload', typed, { items })).error).toBeUndefined();
		const keys = [...bench.simulator.tenant.storage.objects.keys()];
		await bench.run('chatPhoto', 'register', { ...typed, storageKeys: keys.join(',') });
		const bodies = bench.simulator.journal
			.find(({ path }) => path.endsWith(`/chats/${chatId}/photos`))
			.map(({ body }) => (body as { photo: Array<{ photo_type: string }> }).photo.map(({ photo_type: type }) => type));
		expect(bodies).toEqual([['photo'], ['damage'], ['damage', 'damage']]);
	} finally {
		await bench.close();
	}
});
