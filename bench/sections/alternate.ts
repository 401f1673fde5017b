import { type Bench, type Item, timed, withoutBrake } from '../bench';
import { type Figure, secondsOf } from '../figure';
import type { MeasuredNode } from '../n8nRuns';
import type { ServerSettings } from '../serverSettings';

/** One of several ways to do the same. */
export interface Way {
	what: string;
	nodes: MeasuredNode[];
	/** Items that it has to put out. */
	items: number;
	goal?: number;
	isOther?: boolean;
}

/** Measures all ways once a round, so that what else the machine does meets all of them. */
export async function alternate(
	bench: Bench,
	baseline: Way,
	ways: Way[],
	items: Item[],
	settings: Partial<ServerSettings> = {},
): Promise<Figure[]> {
	const credential = await bench.runs.credential(baseline.what, withoutBrake);
	await bench.vendor.configure(settings);
	const seconds = ways.map((): number[] => []);
	const ratios = ways.map((): number[] => []);
	for (let round = 0; round < bench.extent.rounds; round++) {
		const base = await timed(bench, baseline.what, baseline.nodes, credential, items, baseline.items);
		for (const [index, way] of ways.entries()) {
			const result = await timed(bench, way.what, way.nodes, credential, items, way.items);
			seconds[index].push(result.seconds);
			ratios[index].push(result.seconds / base.seconds);
		}
	}
	await bench.vendor.configure();
	return ways.map(({ what, goal, isOther }, index) => ({
		what,
		measured: secondsOf(seconds[index]),
		against: baseline.what,
		ratios: ratios[index],
		goal,
		isOther,
	}));
}
