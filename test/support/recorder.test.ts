import { fetch, FormData } from 'undici';

import { startRecorder, type Recorder } from './recorder';

let recorder: Recorder;
afterEach(async () => await recorder.close());

it('writes down a request as it was sent', async () => {
	recorder = await startRecorder();
	await fetch(`${recorder.origin}/a%2Fb?x[]=1&x[]=%3F?`, {
		method: 'PUT',
		headers: { 'X-Key': 'k' },
		body: Buffer.from([0, 255]),
	});
	expect(recorder.requests).toMatchObject([
		{ method: 'PUT', path: '/a%2Fb', query: 'x[]=1&x[]=%3F?', headers: { 'x-key': 'k' }, body: Buffer.from([0, 255]) },
	]);
});

it('answers what it is told, by request', async () => {
	recorder = await startRecorder(({ path }) =>
		path === '/html' ? { status: 502, headers: { 'content-type': 'text/html' }, body: '<p>' } : { body: { path } },
	);
	expect(await (await fetch(`${recorder.origin}/json`)).json()).toEqual({ path: '/json' });
	const page = await fetch(`${recorder.origin}/html`);
	expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([502, 'text/html', '<p>']);
});

it('breaks the connection when told to, after writing the request down', async () => {
	recorder = await startRecorder(() => ({ hangUp: true }));
	await expect(fetch(recorder.origin, { method: 'POST', body: 'x' })).rejects.toThrow();
	expect(recorder.requests).toHaveLength(1);
});

it('sends what its answer function throws', async () => {
	recorder = await startRecorder(() => {
		throw new Error('unexpected request');
	});
	const form = new FormData();
	form.set('a', 'b');
	const response = await fetch(recorder.origin, { method: 'POST', body: form });
	expect([response.status, await response.text()]).toEqual([500, 'Error: unexpected request']);
});
