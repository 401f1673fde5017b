import { type Bench, type Item, timed, withoutBrake } from '../bench';
import { type Figure, median, secondsOf, written } from '../figure';
import type { MeasuredNode } from '../n8nRuns';

const rate = 10;
const count = 10_000;
const mostRequests = 100;

/** A way to load many records with few requests. */
interface Load {
	what: string;
	node: MeasuredNode;
	credential: (requestsPerSecond: number) => Promise<string>;
	item: (index: number) => Item;
}

function loadsOf({ runs, vendor }: Bench): Load[] {
	let credentials = 0;
	const named = (what: string): string => `${what} ${++credentials}`;
	return [
		{
			what: 'do-not-call numbers',
			node: runs.ownOf('ujet', 'ujetApi', { resource: 'dncEntry', operation: 'add', dataMode: 'autoMapInputData' }),
			credential: async (requestsPerSecond) =>
				await runs.credentialOf('ujetApi', named('UJET'), {
					baseUrl: vendor.origin,
					username: named('bench'),
					password: 'benchmark',
					requestsPerSecond,
				}),
			item: (index) => ({ phoneNumber: `+49301${String(index).padStart(7, '0')}` }),
		},
		{
			what: 'leads',
			node: runs.ownOf('ipScape', 'ipScapeApi', {
				resource: 'lead',
				operation: 'createMany',
				dataMode: 'autoMapInputData',
				listId: '1',
				campaignId: '1',
				skipDuplicates: 'no',
			}),
			credential: async (requestsPerSecond) =>
				await runs.credentialOf('ipScapeApi', named('ipSCAPE'), {
					baseUrl: `${vendor.origin}/platform-api`,
					apiToken: named('benchmark'),
					requestsPerSecond,
				}),
			item: (index) => ({ listId: 1, customerKey: `C-${index}`, phone1: `+49301${String(index).padStart(7, '0')}` }),
		},
	];
}

/** Many records at the vendor's pace, against a request for each; and whether twice as many take twice as long. */
export async function bulk(bench: Bench): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const load of loadsOf(bench)) figures.push(await atRate(bench, load), await growth(bench, load));
	return figures;
}

async function atRate(bench: Bench, { what, node, credential, item }: Load): Promise<Figure> {
	const seconds: number[] = [];
	let requests = 0;
	for (let round = 0; round < bench.extent.rounds; round++) {
		await bench.vendor.configure({ requestsPerSecond: rate });
		const result = await timed(bench, `${written(count)} ${what}`, [node], await credential(rate), itemsOf(count, item), count);
		({ requests } = await bench.vendor.configure());
		seconds.push(result.seconds);
	}
	return {
		what: `${written(count)} ${what} at ${rate} a second`,
		measured: secondsOf(seconds),
		against: `a request for each (${written(count / rate)} s)`,
		ratios: seconds.map((value) => value / (count / rate)),
		goal: 0.02,
		note: `${requests} requests (goal: at most ${mostRequests})`,
	};
}

/** The node's own time for ten times as many, as a ratio to ten times its time. */
async function growth(bench: Bench, { what, node, credential, item }: Load): Promise<Figure> {
	const sizes = bench.extent.isQuick ? [1_000, 10_000] : [1_000, 10_000, 100_000];
	const seconds = new Map(sizes.map((size): [number, number[]] => [size, []]));
	const id = await credential(withoutBrake);
	for (let round = 0; round < bench.extent.rounds; round++) {
		for (const size of sizes) {
			const result = await timed(bench, `${written(size)} ${what}, no limit`, [node], id, itemsOf(size, item), size);
			seconds.get(size)?.push(result.seconds);
		}
	}
	const [smaller, larger] = sizes.slice(-2).map((size) => seconds.get(size) ?? []);
	return {
		what: `${written(sizes[sizes.length - 1])} ${what}, no limit`,
		measured: secondsOf(larger),
		against: `ten times ${written(sizes[sizes.length - 2])}`,
		ratios: larger.map((value, round) => value / (10 * smaller[round])),
		goal: 1.2,
		note: sizes.map((size) => `${written(size)}: ${median(seconds.get(size) ?? []).toFixed(2)} s`).join(', '),
	};
}

function itemsOf(size: number, item: (index: number) => Item): Item[] {
	return Array.from({ length: size }, (_, index) => item(index));
}
