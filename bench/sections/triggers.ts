import { waitFor } from '../../scripts/n8n/wait';
import { WatchingWorkflow } from '../../test/n8n/watching';
import { createPoller } from '../../test/support/poller';
import { type Bench, withoutBrake } from '../bench';
import { compareWatched } from '../compareWatched';
import { type Figure, median, written } from '../figure';

const mostCompareMilliseconds = 200;
const pageSize = 100;
const trigger = { vendor: 'iAdvize', nodeType: 'iAdvizeTrigger', parameters: { event: 'visitorCreated' }, addRecord: () => 0, idKey: 'id' };

/** What triggers cost when nothing is new, when very much is new, and when much is watched. */
export async function triggers(bench: Bench): Promise<Figure[]> {
	return [await idle(bench), await backlog(bench), await watched()];
}

/** Requests of a poll that finds nothing; a write of the workflow would change when it was updated. */
async function idle({ runs, vendor, workbench }: Bench): Promise<Figure> {
	const credential = await runs.credential('idle', withoutBrake);
	await vendor.configure();
	const stored = { id: credential, name: 'idle', type: 'iAdvizeApi', data: {} };
	const watching = await WatchingWorkflow.create(workbench.client, trigger, stored, 'Idle');
	await watching.activate();
	const counts: number[] = [];
	// The first poll after activation may note where it begins.
	const polled = async (): Promise<void> =>
		await waitFor(
			'a poll',
			async () => {
				const { requests } = await vendor.configure();
				if (requests > 0) counts.push(requests);
				return requests > 0 ? true : undefined;
			},
			{ timeoutMs: 60_000, intervalMs: 500 },
		).then(() => undefined);
	await polled();
	const updatedAt = async (): Promise<unknown> =>
		((await workbench.client.request('GET', `/rest/workflows/${watching.stored.id}`)) as { updatedAt: unknown }).updatedAt;
	const before = await updatedAt();
	counts.length = 0;
	while (counts.length < 5) await polled();
	const isWritten = (await updatedAt()) !== before;
	await watching.deactivate();
	return {
		what: 'A poll that finds nothing new',
		measured: `${median(counts)} request`,
		against: 'one request',
		ratios: counts,
		goal: 1,
		note: isWritten ? 'the workflow was written to the database' : 'nothing was written to the database',
	};
}

/** Polls in n8n's engine until a backlog is emitted, against the pages that it fills. */
async function backlog({ vendor, extent }: Bench): Promise<Figure> {
	const count = extent.isQuick ? 10_000 : 50_000;
	await vendor.configure();
	const poller = await createPoller({
		nodeType: 'iAdvizeTrigger',
		parameters: trigger.parameters,
		credentials: { iAdvizeApi: { platform: 'custom', baseUrl: `${vendor.origin}/api/2`, apiKey: 'backlog', requestsPerSecond: withoutBrake } },
	});
	await poller.poll();
	const since = Date.now() + 1_000;
	await waitFor('the backlog to have come', () => (Date.now() > since + 6_000 ? true : undefined), { timeoutMs: 10_000 });
	await vendor.configure({ backlog: { visitors: count, since } });
	const begin = performance.now();
	const ids = new Set<unknown>();
	let emitted = 0;
	let polls = 0;
	for (let quiet = 0; emitted < count && quiet < 2; polls++) {
		const items = (await poller.poll()) ?? [];
		emitted += items.length;
		for (const { json } of items) ids.add(json.id);
		quiet = items.length === 0 ? quiet + 1 : 0;
	}
	// Nothing of it comes a second time.
	const { requests } = await vendor.configure({ backlog: { visitors: count, since } });
	emitted += (await poller.poll())?.length ?? 0;
	const seconds = (performance.now() - begin) / 1_000;
	// This list has no filter by time: what shifts while it is read is found by reading it again.
	const pages = (2 * count) / pageSize;
	await vendor.configure();
	if (emitted !== count || ids.size !== count) throw new Error(`${emitted} visitors were emitted, ${ids.size} different ones, not ${count}`);
	return {
		what: `A backlog of ${written(count)} records, each emitted once`,
		measured: `${requests} requests`,
		against: `the pages that it fills, each read twice (${pages})`,
		ratios: [requests / pages],
		goal: 1.1,
		note: `${polls} polls, ${seconds.toFixed(1)} s without a limit; in n8n's engine alone`,
	};
}

async function watched(): Promise<Figure> {
	const { count, milliseconds, characters } = await compareWatched();
	return {
		what: `Comparing ${written(count)} watched records`,
		measured: `${median(milliseconds).toFixed(0)} ms of processor time`,
		against: `${mostCompareMilliseconds} ms`,
		ratios: milliseconds.map((value) => value / mostCompareMilliseconds),
		goal: 1,
		note: `${written(characters)} characters kept in the workflow`,
	};
}
