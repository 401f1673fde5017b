import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { PollLimits } from '../../../nodes/shared/polling/budget';
import { pollEvent } from '../../../nodes/shared/polling/poll';
import { forgetHandovers } from '../../../nodes/shared/polling/stateStore';
import { listAccess } from '../../../nodes/shared/polling/sourceAccess';
import type { SourceAccess, SourcePage, SourceRequest, TriggerEvent } from '../../../nodes/shared/definition/events';
import { testVendor } from '../../support/testVendor';
import { pollContext } from './pollContext';

const minute = 60_000;
const begin = Date.parse('2026-03-02T10:00:00Z');

const events: TriggerEvent[] = [
	{
		kind: 'tail',
		value: 'callEnded',
		name: 'Call Ended',
		description: 'A call has ended',
		source: { resource: 'call', operation: 'getAll', query: { status: 'ended' } },
		fields: [
			{ displayName: 'Queue', name: 'queue', type: 'string', send: { name: 'queue_id' } },
			{ displayName: 'Shortest Duration', name: 'shortest', type: 'number', send: { place: 'none' } },
		],
		since: { parameter: 'from', until: 'to', write: (value) => new Date(value as number).toISOString() },
		order: 'descending',
		time: (row) => row.ended_at,
		id: (row) => String(row.id),
		keep: (row, { shortest }) => Number(row.duration ?? 0) >= Number(shortest ?? 0),
		overlapMinutes: 10,
	},
	{
		kind: 'tail',
		value: 'noteAdded',
		name: 'Note Added',
		description: 'A call got a note',
		source: { resource: 'call', operation: 'getAll' },
		since: { parameter: 'from', write: (value) => new Date(value as number).toISOString() },
		order: 'unknown',
		time: (row) => row.ended_at,
		id: (row) => String(row.id),
		overlapMinutes: 0,
		// One page for each call, which a later poll can go on from.
		read: async function* (access, _window, _values, request, start = 0) {
			const calls: IDataObject[] = [];
			for await (const rows of access.list(request)) calls.push(...rows);
			for (let position = Number(start); position < calls.length; position++) {
				const next = position + 1 < calls.length ? { next: position + 1 } : {};
				yield { rows: [calls[position]], position, ...next };
			}
		},
	},
	{
		kind: 'snapshot',
		value: 'agentState',
		name: 'Agent State Changed',
		description: 'An agent has another state',
		source: { resource: 'call', operation: 'getAll' },
		key: (row) => String(row.id),
		state: (row) => String(row.state),
		emitNew: true,
		emitGone: true,
	},
];

const vendor = testVendor({
	name: 'acme',
	displayName: 'Acme',
	secretKeys: ['authtoken'],
	events,
	resources: [
		{
			value: 'call',
			name: 'Call',
			operations: [
				{
					value: 'getAll',
					name: 'Get Many',
					action: 'Get calls',
					description: '',
					method: 'GET',
					path: '/calls',
					retryClass: 'read',
				},
			],
		},
	],
});

/** n8n and the vendor as far as a poll sees them. */
class Bench {
	readonly requests: SourceRequest[] = [];

	readonly log: unknown[][] = [];

	/** What n8n's log shows at its usual level. */
	readonly notices: unknown[][] = [];

	rows: IDataObject[] = [];

	now = begin;

	mode: 'trigger' | 'manual' = 'trigger';

	staticData: IDataObject = {};

	/** Set to let the vendor fail or wait. */
	beforePage: () => Promise<void> = async () => {};

	constructor(public parameters: IDataObject = { event: 'callEnded' }) {}

	async poll(limits: Partial<PollLimits> = {}): Promise<IDataObject[] | null> {
		const result = await pollEvent(this.context(), vendor, this.access(), { now: () => this.now }, limits);
		return result === null ? null : result[0].map(({ json }: INodeExecutionData) => json);
	}

	private context(): IPollFunctions {
		return pollContext({
			node: { id: 'n1', name: 'Acme Trigger', type: 'acmeTrigger', parameters: this.parameters },
			staticData: this.staticData,
			mode: this.mode,
			evaluate: (name) => `evaluated ${name} at ${this.now}`,
			logger: {
				debug: (...entry: unknown[]) => this.log.push(entry),
				info: (...entry: unknown[]) => this.notices.push(entry),
			},
		});
	}

	private access(): SourceAccess {
		const pages = async function* (this: Bench, request: SourceRequest): AsyncGenerator<SourcePage> {
			this.requests.push(request);
			await this.beforePage();
			yield { rows: structuredClone(this.rows.filter((row) => isInside(row, request))), position: 1 };
		}.bind(this);
		return {
			vendorZone: 'UTC',
			inputZone: 'UTC',
			tenant: 'https://acme.example',
			nodeVersion: 1,
			now: () => this.now,
			...listAccess(pages),
		};
	}
}

/** The vendor honors the period that it is asked for. */
function isInside({ ended_at: ended }: IDataObject, { query = {} }: SourceRequest): boolean {
	if (typeof ended !== 'string' || !ended.endsWith('Z')) return true;
	const { from = ended, to = ended } = query as Record<string, string | undefined>;
	return ended >= from && ended <= to;
}

function call(id: number, minutes: number, more: IDataObject = {}): IDataObject {
	return { id, ended_at: new Date(begin + minutes * minute).toISOString(), ...more };
}

describe('polling a tail event', () => {
	it('emits nothing at first, then what is new, oldest first, without secrets', async () => {
		const bench = new Bench();
		bench.rows = [call(1, -5)];
		expect(await bench.poll()).toBeNull();
		bench.now += 5 * minute;
		bench.rows = [call(3, 4, { authtoken: 'secret', note: 'kept' }), call(2, 3), call(1, -5)];
		expect(await bench.poll()).toEqual([call(2, 3), call(3, 4, { note: 'kept' })]);
		expect(await bench.poll()).toBeNull();
	});

	it('asks from the watermark minus the overlap with the filters of the user', async () => {
		const bench = new Bench({ event: 'callEnded', queue: '7', shortest: 0, options: { overlapMinutes: 3 } });
		bench.rows = [call(1, -5)];
		await bench.poll();
		await bench.poll();
		const from = new Date(begin - 8 * minute - 1_000).toISOString();
		expect(bench.requests.at(-1)?.query).toEqual({ status: 'ended', queue_id: '7', from });
	});

	it('goes on where a reading of its own had to stop', async () => {
		const bench = new Bench({ event: 'noteAdded' });
		expect(await bench.poll()).toBeNull();
		bench.now += 9 * minute;
		bench.rows = [1, 2, 3, 4, 5].map((id) => call(id, id));
		const found: unknown[] = [];
		for (let poll = 0; poll < 5; poll++) found.push((await bench.poll({ pages: 2 }))?.map(({ id }) => id));
		// Each poll begins with the page that the last one ended with.
		expect(found).toEqual([[1, 2], [3], [4], [5], undefined]);
	});

	it('emits only what the filters of the trigger keep', async () => {
		const bench = new Bench({ event: 'callEnded', shortest: 30 });
		await bench.poll();
		bench.now += 5 * minute;
		bench.rows = [call(2, 4, { duration: 29 }), call(1, 3, { duration: 30 })];
		expect(await bench.poll()).toEqual([call(1, 3, { duration: 30 })]);
	});

	it('takes a new baseline when a filter was changed, and not when an expression gives another value', async () => {
		const bench = new Bench({ event: 'callEnded', queue: '={{ $now }}' });
		bench.rows = [call(1, -5)];
		await bench.poll();
		bench.now += 5 * minute;
		bench.rows.unshift(call(2, 4));
		expect(await bench.poll()).toEqual([call(2, 4)]);
		bench.rows.unshift(call(3, 4));
		bench.parameters = { event: 'callEnded', queue: '8' };
		expect(await bench.poll()).toBeNull();
		bench.rows.unshift(call(4, 5));
		expect(await bench.poll()).toEqual([call(4, 5)]);
	});

	it('passes a failure on and leaves the state as it was', async () => {
		const bench = new Bench();
		bench.rows = [call(1, -5)];
		await bench.poll();
		const before = JSON.stringify(bench.staticData);
		const failure = new NodeApiError({} as INode, { message: 'Down' }, { httpCode: '503' });
		bench.beforePage = async () => {
			throw failure;
		};
		bench.rows.unshift(call(2, 0));
		await expect(bench.poll()).rejects.toBe(failure);
		expect(JSON.stringify(bench.staticData)).toBe(before);
		bench.beforePage = async () => {};
		expect(await bench.poll()).toEqual([call(2, 0)]);
	});

	it('gives null while an earlier poll of the node is running, and polls again after a failed one', async () => {
		const bench = new Bench();
		bench.rows = [call(1, -5)];
		await bench.poll();
		bench.rows.unshift(call(2, 0));
		let goOn = () => {};
		bench.beforePage = async () => await new Promise<void>((resolve) => (goOn = resolve));
		const first = bench.poll();
		expect(await bench.poll()).toBeNull();
		expect(bench.requests).toHaveLength(2);
		goOn();
		expect(await first).toEqual([call(2, 0)]);
	});

	it('does not use the result of a poll that another one has replaced', async () => {
		const bench = new Bench();
		bench.rows = [call(1, -5)];
		await bench.poll();
		bench.rows.unshift(call(2, 0));
		const waiting: Array<() => void> = [];
		bench.beforePage = async () => await new Promise<void>((resolve) => waiting.push(resolve));
		const stuck = bench.poll();
		bench.now += 60 * minute;
		const second = bench.poll();
		waiting.forEach((goOn) => goOn());
		expect([await stuck, await second]).toEqual([null, [call(2, 0)]]);
	});

	it('gives the newest record in a test fetch and leaves the state alone', async () => {
		const bench = new Bench();
		bench.rows = [call(2, -60), call(1, -300)];
		bench.mode = 'manual';
		expect(await bench.poll()).toEqual([call(2, -60)]);
		expect(bench.staticData).toEqual({});
		bench.mode = 'trigger';
		await bench.poll();
		const before = JSON.stringify(bench.staticData);
		bench.mode = 'manual';
		bench.rows.unshift(call(3, -1));
		expect(await bench.poll()).toEqual([call(3, -1)]);
		expect(JSON.stringify(bench.staticData)).toBe(before);
	});

	it('says what to do when a test fetch finds nothing', async () => {
		const bench = new Bench();
		bench.mode = 'manual';
		const error = await bench.poll().catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message: "No record found for the event 'Call Ended'" });
		expect((error as NodeApiError).description).toContain('fetch again');
	});

	it('keeps and logs no data of the records', async () => {
		const bench = new Bench();
		await bench.poll();
		bench.now += 5 * minute;
		bench.rows = [call(4_711_222, 4, { name: 'Ada' })];
		expect(await bench.poll()).toHaveLength(1);
		for (const text of [JSON.stringify(bench.staticData), JSON.stringify(bench.log)]) {
			expect(text).not.toMatch(/4711222|Ada/);
		}
		expect(bench.log.at(-1)?.[1]).toMatchObject({ event: 'callEnded', emitted: 1 });
	});

	it('starts anew from static data that it cannot read', async () => {
		const bench = new Bench();
		bench.staticData = { cursor: { kind: 'tail', event: 'callEnded', seen: 'nonsense' } };
		bench.rows = [call(1, -5)];
		expect(await bench.poll()).toBeNull();
		bench.rows.unshift(call(2, 0));
		expect(await bench.poll()).toEqual([call(2, 0)]);
	});

	it('reads the hour twice where clocks are set back', async () => {
		const bench = new Bench();
		const zone = { vendorZone: 'Europe/Berlin' };
		const access = bench['access'].bind(bench);
		bench['access'] = () => ({ ...access(), ...zone });
		// 02:59 summer time, then 02:01 to 02:03 winter time: the vendor writes no zone.
		bench.now = Date.parse('2026-10-25T00:59:00Z');
		bench.rows = [{ id: 1, ended_at: '2026-10-25 02:59:00' }];
		await bench.poll();
		const later: IDataObject[] = [];
		for (let passed = 1; passed <= 30; passed++) {
			bench.now += 2 * minute;
			const text = new Date(bench.now + 60 * minute).toISOString().slice(0, 19).replace('T', ' ');
			bench.rows.unshift({ id: 1 + passed, ended_at: text });
			later.push(...((await bench.poll()) ?? []));
		}
		expect(later.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, index) => index + 2));
	});
});

describe('what a poll says and keeps', () => {
	it('says at the usual level of the log why it starts anew, once', async () => {
		const bench = new Bench({ event: 'callEnded', queue: '7' });
		await bench.poll();
		await bench.poll();
		bench.parameters = { event: 'callEnded', queue: '8' };
		await bench.poll();
		expect(bench.notices.map(([text]) => text)).toEqual([
			expect.stringContaining('polls for the first time'),
			expect.stringContaining('filters were changed'),
		]);
	});

	it('writes nothing when nothing has changed', async () => {
		let writes = 0;
		for (const event of ['callEnded', 'agentState']) {
			const bench = new Bench({ event });
			bench.staticData = new Proxy({} as IDataObject, {
				set: (target, name, value) => {
					writes++;
					return Reflect.set(target, name, value);
				},
			});
			bench.rows = [call(1, -5, { state: 'on' })];
			await bench.poll();
			const before = writes;
			for (let polls = 0; polls < 30; polls++) {
				bench.now += minute;
				expect(await bench.poll()).toBeNull();
			}
			expect(writes).toBe(before);
		}
	});

	it('passes over empty time, so that the period asked for does not grow', async () => {
		const bench = new Bench();
		bench.rows = [call(1, -5)];
		await bench.poll();
		for (let days = 0; days < 200; days++) {
			bench.now += 24 * 60 * minute;
			await bench.poll();
			const { from } = bench.requests.at(-1)!.query as { from: string };
			expect(bench.now - Date.parse(from)).toBeLessThan(4 * 24 * 60 * minute);
		}
		bench.rows.unshift({ id: 2, ended_at: new Date(bench.now).toISOString() });
		expect(await bench.poll()).toMatchObject([{ id: 2 }]);
	});
});

describe('after a crash between the poll and the start of the workflow', () => {
	const emitting = async (options: IDataObject) => {
		const bench = new Bench({ event: 'callEnded', options });
		bench.rows = [call(1, -5)];
		await bench.poll();
		bench.now += minute;
		bench.rows.unshift(call(2, 1));
		expect(await bench.poll()).toMatchObject([{ id: 2 }]);
		return bench;
	};

	it('loses the records of the poll as it is set at first', async () => {
		const bench = await emitting({});
		forgetHandovers();
		expect(await bench.poll()).toBeNull();
	});

	it('repeats the records of the poll where it may, and no others', async () => {
		const bench = await emitting({ afterCrash: 'mayRepeat' });
		forgetHandovers();
		bench.staticData = JSON.parse(JSON.stringify(bench.staticData)) as IDataObject;
		expect(await bench.poll()).toMatchObject([{ id: 2 }]);
		expect(await bench.poll()).toBeNull();
	});

	it('repeats nothing without a crash, and goes on when the option is taken out', async () => {
		const bench = await emitting({ afterCrash: 'mayRepeat' });
		bench.rows.unshift(call(3, 1));
		expect(await bench.poll()).toMatchObject([{ id: 3 }]);
		expect(await bench.poll()).toBeNull();
		bench.rows.unshift(call(4, 1));
		expect(await bench.poll()).toMatchObject([{ id: 4 }]);
		bench.parameters = { event: 'callEnded' };
		expect(await bench.poll()).toBeNull();
		expect(Object.keys(bench.staticData)).toEqual(['cursor']);
	});
});

describe('what an event relies on', () => {
	const stopped = async (rows: IDataObject[], parameters: IDataObject = { event: 'callEnded' }) => {
		const bench = new Bench(parameters);
		await bench.poll();
		const before = JSON.stringify(bench.staticData);
		bench.now += 5 * minute;
		bench.rows = rows;
		const error = (await bench.poll().catch((caught: unknown) => caught)) as NodeOperationError;
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(JSON.stringify(bench.staticData)).toBe(before);
		return error.description;
	};

	it('is the order of the list', async () => {
		expect(await stopped([call(2, 2), call(3, 3)])).toContain('The list comes newest first');
	});

	it('is the period of the list', async () => {
		const ignored = { id: 1, ended_at: '2026-02-20T03:00:00+00:00' };
		expect(await stopped([ignored])).toContain('honors the period asked for with from and to');
	});

	it('is what the event says itself', async () => {
		const event = events[0];
		event.assumptions = [{ text: 'The list honors the filter by status', holds: ({ status }) => status !== 'running' }];
		try {
			expect(await stopped([call(2, 3), { ...call(3, 2), status: 'running' }])).toContain('filter by status');
		} finally {
			event.assumptions = undefined;
		}
	});
});

describe('polling a snapshot event', () => {
	it('emits what changed, came and went, with before and after', async () => {
		const bench = new Bench({ event: 'agentState' });
		bench.rows = [
			{ id: 1, state: 'on' },
			{ id: 2, state: 'on' },
		];
		expect(await bench.poll()).toBeNull();
		expect(await bench.poll()).toBeNull();
		bench.rows = [
			{ id: 1, state: 'off' },
			{ id: 3, state: 'on' },
		];
		expect(await bench.poll()).toEqual([
			{ id: 1, state: 'off', stateBefore: 'on', stateAfter: 'off' },
			{ id: 3, state: 'on', stateBefore: null, stateAfter: 'on' },
			{ key: '2', stateBefore: 'on', stateAfter: null },
		]);
		expect(await bench.poll()).toBeNull();
	});

	it('takes a failed reading for no change', async () => {
		const bench = new Bench({ event: 'agentState' });
		bench.rows = [{ id: 1, state: 'on' }];
		await bench.poll();
		bench.beforePage = async () => {
			throw new NodeApiError({} as INode, { message: 'Down' });
		};
		await expect(bench.poll()).rejects.toThrow('Down');
		bench.beforePage = async () => {};
		expect(await bench.poll()).toBeNull();
	});

	it('names the limit when too many records match', async () => {
		const bench = new Bench({ event: 'agentState' });
		bench.rows = Array.from({ length: 50_001 }, (_, id) => ({ id, state: 'on' }));
		const error = await bench.poll().catch((caught: unknown) => caught);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'More than 50000 records match this event' });
		expect(bench.staticData).toEqual({});
	});

	it('gives a sample in a test fetch', async () => {
		const bench = new Bench({ event: 'agentState' });
		bench.mode = 'manual';
		bench.rows = [{ id: 1, state: 'on' }];
		expect(await bench.poll()).toEqual([{ id: 1, state: 'on', stateBefore: 'on', stateAfter: 'on' }]);
		expect(bench.staticData).toEqual({});
	});
});
