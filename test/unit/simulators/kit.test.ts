import type { FastifyInstance } from 'fastify';

import {
	createRandom,
	fromLocalText,
	isUploadedFile,
	pageOf,
	RecordTable,
	Simulator,
	SimulatorClock,
	stoppedClock,
	toLocalText,
	wildcardMatcher,
	type Fault,
	type RecordAdder,
	type SimulatorOptions,
} from '../../simulators/kit';

class NoteSimulator extends Simulator {
	readonly notes: string[] = [];
	private release: () => void = () => undefined;
	readonly released = new Promise<void>((resolve) => (this.release = resolve));

	constructor(options?: SimulatorOptions) {
		super('notes', options);
	}

	letGo(): void {
		this.release();
	}

	failureBody(_status: number, message: string): unknown {
		return { failure: message };
	}

	override recordKinds(): Record<string, RecordAdder> {
		return { note: (input: { text: string }) => this.notes.push(input.text) };
	}

	protected routes(app: FastifyInstance): void {
		app.get('/notes', async () => ({ notes: this.notes }));
		app.get('/held', async () => this.released.then(() => ({ held: false })));
		app.post('/notes', async (request) => {
			this.notes.push('note');
			this.carryOut('note.create', request.body);
			return { stored: true, filler: 'x'.repeat(50) };
		});
		app.post('/echo', async (request) => ({ body: describeFiles(request.body) }));
	}
}

function describeFiles(body: unknown): unknown {
	return JSON.parse(
		JSON.stringify(body, (_key, value: unknown) =>
			isUploadedFile(value) ? { file: value.fileName, text: value.content.toString() } : value,
		),
	);
}

describe('simulator kit', () => {
	let simulator: NoteSimulator;
	const post = async (path = '/notes', body: unknown = { text: 'a' }): Promise<Response> =>
		await fetch(simulator.origin + path, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-api-key': 'very-secret' },
			body: JSON.stringify(body),
		});

	beforeEach(async () => {
		simulator = await new NoteSimulator({ clock: stoppedClock('2024-05-15T10:00:00Z') }).start();
	});

	afterEach(async () => await simulator.stop());

	it('notes requests without secrets and counts what was carried out', async () => {
		await post('/notes?key=very-secret&a=1');
		await fetch(`${simulator.origin}/nowhere`);
		const [first, second] = simulator.journal.entries;
		expect(first).toMatchObject({
			sequence: 1,
			method: 'POST',
			path: '/notes',
			status: 200,
			carriedOut: ['note.create'],
			body: { text: 'a' },
		});
		expect(second).toMatchObject({ path: '/nowhere', status: 404, carriedOut: [] });
		expect(JSON.stringify(simulator.journal.entries)).not.toContain('very-secret');
		expect(simulator.journal.carriedOut('note.create')).toBe(1);
		expect(simulator.journal.writes('note.create')).toMatchObject([{ payload: { text: 'a' }, sequence: 1 }]);
	});

	it.each<[Fault, number, number]>([
		[{ kind: 'status', status: 503, retryAfter: 'seconds', retryAfterSeconds: 2 }, 503, 0],
		[{ kind: 'status', status: 502, body: '' }, 502, 0],
		[{ kind: 'status', status: 504, carriedOut: true }, 504, 1],
		[{ kind: 'status', status: 401 }, 401, 0],
		[{ kind: 'html' }, 502, 0],
		[{ kind: 'html', status: 200, carriedOut: true }, 200, 1],
		[{ kind: 'brokenJson' }, 200, 1],
		[{ kind: 'latency', latencyMs: 1 }, 200, 1],
	])('answers %j with status %i and carries out %i', async (fault, status, carriedOut) => {
		simulator.faults.once(fault, { method: 'POST', path: '/no*' });
		const response = await post();
		const text = await response.text();
		expect(response.status).toBe(status);
		expect(simulator.journal.carriedOut('note.create')).toBe(carriedOut);
		expect(simulator.journal.entries[0]?.fault).toEqual(fault);
		if (fault.kind === 'html') expect(text).toContain('<html>');
		if (fault.kind === 'brokenJson') expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
		if (status === 503) expect(response.headers.get('retry-after')).toBe('2');
		if (status === 504) expect(JSON.parse(text)).toHaveProperty('failure');
		if (status === 502 && fault.kind === 'status') expect(text).toBe('');
		expect((await post()).status).toBe(200);
	});

	it.each<[Fault, number]>([
		[{ kind: 'cutBefore' }, 0],
		[{ kind: 'cutBefore', reset: true }, 0],
		[{ kind: 'cutAfter' }, 1],
		[{ kind: 'cutAfter', reset: true }, 1],
	])('cuts the connection for %j after %i writes', async (fault, carriedOut) => {
		simulator.faults.once(fault);
		await expect(post()).rejects.toThrow();
		expect(simulator.journal.carriedOut()).toBe(carriedOut);
		expect(simulator.journal.entries[0]?.status).toBeUndefined();
	});

	it('follows a script, one entry a request', async () => {
		simulator.faults.script([{ kind: 'status', status: 500 }, undefined, { kind: 'status', status: 403 }], {
			path: '/notes',
		});
		const statuses = [];
		for (const path of ['/notes', '/echo', '/notes', '/notes', '/notes']) statuses.push((await post(path)).status);
		expect(statuses).toEqual([500, 200, 200, 403, 200]);
		expect(simulator.faults.scriptLeft).toBe(0);
	});

	it('limits the rate on its own clock and says when to come back', async () => {
		simulator.faults.limit({ requestsPerSecond: 0.5, burst: 2, retryAfter: 'seconds' });
		expect([(await post()).status, (await post()).status]).toEqual([200, 200]);
		const refused = await post();
		expect(refused.status).toBe(429);
		expect(refused.headers.get('retry-after')).toBe('2');
		simulator.clock.advance(2000);
		expect((await post()).status).toBe(200);
		simulator.faults.limit({ requestsPerSecond: 1, burst: 1, retryAfter: 'date' });
		await post();
		expect((await post()).headers.get('retry-after')).toBe('Wed, 15 May 2024 10:00:03 GMT');
		expect(simulator.journal.count((entry) => entry.rateLimited)).toBe(2);
		expect(simulator.journal.carriedOut()).toBe(4);
	});

	it('sees how many requests are under way', async () => {
		const held = [1, 2, 3].map(async () => await fetch(`${simulator.origin}/held`));
		while (simulator.journal.total < 3) await new Promise(setImmediate);
		simulator.letGo();
		await Promise.all(held);
		expect(simulator.journal.maxInFlight).toBe(3);
	});

	it('reads brackets, JSON and files', async () => {
		const send = async (body: string | FormData, headers: Record<string, string> = {}): Promise<unknown> => {
			const response = await fetch(`${simulator.origin}/echo`, { method: 'POST', body, headers });
			return ((await response.json()) as { body: unknown }).body;
		};
		const form = { 'content-type': 'application/x-www-form-urlencoded' };
		expect(await send('roles[]=a&roles%5B%5D=b&chat[available]=1&n=+x', form)).toEqual({
			roles: ['a', 'b'],
			chat: { available: '1' },
			n: ' x',
		});
		const files = new FormData();
		files.append('list[name]', 'Düsseldorf [1]');
		files.append('file', new Blob(['a,b']), 'leads.csv');
		expect(await send(files)).toEqual({ list: { name: 'Düsseldorf [1]' }, file: { file: 'leads.csv', text: 'a,b' } });
		const broken = await fetch(`${simulator.origin}/echo`, {
			method: 'POST',
			body: '{',
			headers: { 'content-type': 'application/json' },
		});
		expect(broken.status).toBe(400);
		expect(await broken.json()).toHaveProperty('failure');
	});

	it('can be steered by another process', async () => {
		const control = async (path: string, body?: unknown, method = 'POST'): Promise<Record<string, unknown>> => {
			const response = await fetch(`${simulator.origin}/__simulator/${path}`, {
				method: body === undefined ? method : 'POST',
				...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
			});
			return (await response.json()) as Record<string, unknown>;
		};
		await control('records/note', [{ text: 'one' }, { text: 'two' }]);
		expect(simulator.notes).toEqual(['one', 'two']);
		await control('faults', {
			rules: [{ fault: { kind: 'status', status: 500 }, match: { path: '/notes' }, times: 1 }],
		});
		expect((await post()).status).toBe(500);
		expect((await post()).status).toBe(200);
		expect(await control('advance', { ms: 1000 })).toEqual({ now: Date.parse('2024-05-15T10:00:01Z') });
		expect(await control('journal', undefined, 'GET')).toMatchObject({ total: 2, carriedOut: { 'note.create': 1 } });
		expect(await control('health', undefined, 'GET')).toMatchObject({ name: 'notes' });
		expect((await control('records/cow', {})).error).toContain('note');
	});

	it('keeps its records and its port over an outage', async () => {
		await post();
		const port = Number(new URL(simulator.origin).port);
		await simulator.stop();
		await expect(post()).rejects.toThrow();
		await simulator.start({ port });
		expect(await (await fetch(`${simulator.origin}/notes`)).json()).toEqual({ notes: ['note'] });
	});

	it('stops at once while requests are held', async () => {
		const held = expect(fetch(`${simulator.origin}/held`)).rejects.toThrow();
		simulator.faults.latencyMs = 600_000;
		const late = expect(post()).rejects.toThrow();
		while (simulator.journal.total < 2) await new Promise(setImmediate);
		await simulator.stop();
		await Promise.all([held, late]);
		expect(simulator.journal.carriedOut()).toBe(0);
	});
});

describe('simulator kit parts', () => {
	it('shows late records when their time has come', () => {
		const clock = new SimulatorClock(() => 1000);
		const table = new RecordTable<{ id: number }>(clock, (first, second) => second.id - first.id);
		table.add({ id: table.nextId() });
		table.add({ id: table.nextId() }, { visibleAt: 1500 });
		table.add({ id: table.nextId() });
		expect(table.list().map(({ id }) => id)).toEqual([3, 1]);
		expect(table.get(2)).toBeUndefined();
		expect(table.list()).toBe(table.list());
		clock.advance(500);
		expect(table.list().map(({ id }) => id)).toEqual([3, 2, 1]);
		table.remove(3);
		expect(table.list()).toHaveLength(2);
		expect(table.nextId()).toBe(4);
	});

	it('cuts pages, past the end empty or repeating the last', () => {
		const rows = [1, 2, 3];
		expect(pageOf(rows, { page: 2, perPage: 2 })).toMatchObject({ rows: [3], page: 2, pages: 2, count: 3 });
		expect(pageOf(rows, { page: 9, perPage: 2 }).rows).toEqual([]);
		expect(pageOf(rows, { page: 9, perPage: 2, pastEnd: 'repeatLast' })).toMatchObject({ rows: [3], page: 2 });
	});

	it('matches wildcards', () => {
		expect(wildcardMatcher('*park*')('Nina Park-Lee')).toBe(true);
		expect(wildcardMatcher('park')('Park-Lee')).toBe(false);
		expect(wildcardMatcher('a.c')('abc')).toBe(false);
		expect(wildcardMatcher('*')(null)).toBe(false);
	});

	it('repeats random values for a seed', () => {
		const values = (seed: number): unknown[] => {
			const random = createRandom(seed);
			return [random.integer(1, 6), random.uuid(), random.pick(['a', 'b', 'c']), random.next()];
		};
		expect(values(7)).toEqual(values(7));
		expect(values(7)).not.toEqual(values(8));
	});

	it('writes and reads wall-clock time in a zone', () => {
		const time = Date.parse('2024-07-01T10:00:00Z');
		expect(toLocalText(time, 'Europe/Paris')).toBe('2024-07-01 12:00:00');
		expect(fromLocalText('2024-07-01 12:00:00', 'Europe/Paris')).toBe(time);
		expect(fromLocalText('2024-01-01', 'Europe/Paris')).toBe(Date.parse('2023-12-31T23:00:00Z'));
		expect(fromLocalText('2024-02-31', 'Europe/Paris')).toBeNaN();
		expect(fromLocalText('yesterday', 'Europe/Paris')).toBeNaN();
	});
});
