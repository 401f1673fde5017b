import { setTimeout as delay } from 'node:timers/promises';

import { AnsweredDeliveries } from '../../../nodes/shared/webhook/answeredDeliveries';
import { claimNew, releaseClaims } from '../../../nodes/shared/webhook/deduplication';
import type { DeduplicationContext } from '../../../nodes/shared/webhook/deduplication';

/** n8n's database: reads, waits, writes the whole list back, as the real one does. */
class Database {
	entries: string[] = [];
	calls = 0;
	failures = 0;

	/** @param takes milliseconds between reading and writing */
	constructor(private readonly takes = 0) {}

	context(node: string): DeduplicationContext {
		const helpers = {
			checkProcessedAndRecord: async (items: string[]) => {
				this.calls++;
				if (this.failures > 0) {
					this.failures--;
					throw new Error('UNIQUE constraint failed');
				}
				const read = [...this.entries];
				await (this.takes > 0 ? delay(this.takes) : new Promise(setImmediate));
				const fresh = items.filter((item) => !read.includes(item));
				this.entries = [...read, ...fresh];
				return { new: fresh, processed: items.filter((item) => read.includes(item)) };
			},
			removeProcessed: async (items: string[]) => {
				this.entries = this.entries.filter((entry) => !items.includes(entry));
			},
		};
		return { getNode: () => ({ id: node }), getWorkflow: () => ({ id: 'w' }), helpers } as unknown as DeduplicationContext;
	}
}

test('executions at the same time get each event once, and no note is overwritten', async () => {
	const database = new Database();
	const executions = Array.from({ length: 100 }, (_, index) => [`e${index % 50}`, `f${index}`]);
	const claimed = await Promise.all(executions.map(async (keys) => await claimNew(database.context('n'), keys)));
	const all = claimed.flatMap((keys) => [...keys]);
	expect(new Set(all).size).toBe(all.length);
	expect(all).toHaveLength(150);
	expect(new Set(database.entries).size).toBe(database.entries.length);
	expect(database.entries).toEqual(expect.arrayContaining(all));
	// Two notes, each looked at once more.
	expect(database.calls).toBe(4);
});

/** The module as another process of n8n has it. */
function otherProcess(): typeof claimNew {
	let claim: typeof claimNew | undefined;
	jest.isolateModules(() => {
		claim = jest.requireActual<{ claimNew: typeof claimNew }>('../../../nodes/shared/webhook/deduplication').claimNew;
	});
	return claim!;
}

test('three processes that note at the same time get each event once, and no note stays overwritten', async () => {
	const processes = [otherProcess(), otherProcess(), otherProcess()];
	const triggers = Array.from({ length: 20 }, (_, index) => ({ index, database: new Database() }));
	await Promise.all(
		triggers.map(async ({ index, database }) => {
			const claimed = await Promise.all(
				processes.map(async (claim, which) => {
					for (let turn = 0; turn < which * index; turn++) await new Promise(setImmediate);
					return await claim(database.context(`p${index}`), ['first', 'second', `own${which}`]);
				}),
			);
			const all = claimed.flatMap((keys) => [...keys]).sort();
			expect(all).toEqual(['first', 'own0', 'own1', 'own2', 'second']);
			expect(database.entries).toEqual(expect.arrayContaining(all));
		}),
	);
});

test('a database that is slower than any fixed pause still gives each event to one of two processes', async () => {
	// The second one reads just before the first one writes, and writes when the first one may have looked already.
	const takes = 150;
	const claimed = await Promise.all(
		Array.from({ length: 5 }, async (_, turn) => {
			const database = new Database(takes);
			const [first, second] = [otherProcess(), otherProcess()];
			const claims = await Promise.all([
				first(database.context(`s${turn}`), ['event']),
				delay(takes - 20).then(async () => await second(database.context(`s${turn}`), ['event'])),
			]);
			return claims.flatMap((keys) => [...keys]);
		}),
	);
	expect(claimed).toEqual(Array.from({ length: 5 }, () => ['event']));
});

test('a note that another process writes over later is restored with the next one', async () => {
	const database = new Database();
	const [first, second] = [otherProcess(), otherProcess()];
	expect([...(await first(database.context('o'), ['event']))]).toEqual(['event']);
	// The other process read before the event was noted, and was that slow.
	database.entries = ['something else'];
	expect([...(await first(database.context('o'), ['event']))]).toEqual([]);
	expect([...(await first(database.context('o'), ['next', 'event']))]).toEqual(['next']);
	expect([...(await second(database.context('o'), ['event', 'next', 'last']))]).toEqual(['last']);
});

test('what is given back is new again', async () => {
	const database = new Database();
	expect([...(await claimNew(database.context('r'), ['a', 'b']))]).toEqual(['a', 'b']);
	await releaseClaims(database.context('r'), ['a']);
	expect([...(await claimNew(database.context('r'), ['a', 'b']))]).toEqual(['a']);
});

test('asks again when another process made the first note meanwhile, and fails when it fails twice', async () => {
	const database = new Database();
	database.failures = 1;
	expect([...(await claimNew(database.context('f'), ['a']))]).toEqual(['a']);
	database.failures = 2;
	await expect(claimNew(database.context('f'), ['b'])).rejects.toThrow('UNIQUE');
	expect([...(await claimNew(database.context('f'), ['b']))]).toEqual(['b']);
});

test('a process remembers the newest 5,000 answered events of a trigger, and nothing of another one', () => {
	const repeats = new AnsweredDeliveries('trigger');
	repeats.add(Array.from({ length: 5_001 }, (_, index) => `e${index}`));
	expect([repeats.has('e0'), repeats.has('e1'), repeats.has('e5000')]).toEqual([false, true, true]);
	expect(new AnsweredDeliveries('trigger').has('e1')).toBe(true);
	expect(new AnsweredDeliveries('other').has('e1')).toBe(false);
});
