import { type Bench, inputItems, timed } from '../bench';
import { writeParameters } from '../fields';
import { type Figure, secondsOf } from '../figure';
import { WatchingWorkflow } from '../../test/n8n/watching';

const rate = 10;
const latency = 200;

/** Two executions and a trigger at the same time on one credential: together they use the rate and nobody is refused. */
export async function fairShare(bench: Bench): Promise<Figure[]> {
	const { runs, vendor, workbench, extent } = bench;
	const count = extent.isQuick ? 75 : 150;
	const seconds: number[] = [];
	const ratios: number[] = [];
	const shares: number[] = [];
	let refused = 0;
	let polls = 0;
	for (let round = 1; round <= extent.rounds; round++) {
		const name = `shared-${round}`;
		const credential = await runs.credential(name, rate);
		await vendor.configure({ writeLatency: latency, readLatency: latency, requestsPerSecond: rate });
		const trigger = { vendor: 'iAdvize', nodeType: 'iAdvizeTrigger', parameters: { event: 'visitorCreated' }, addRecord: () => 0, idKey: 'id' };
		const stored = { id: credential, name, type: 'iAdvizeApi', data: {} };
		const watching = await WatchingWorkflow.create(workbench.client, trigger, stored, `Watch ${name}`);
		await watching.activate();
		const own = [runs.own(writeParameters.automatic)];
		const first = await vendor.configure({ writeLatency: latency, readLatency: latency, requestsPerSecond: rate });
		const run = async (part: number) =>
			await timed(bench, `execution ${part} of two`, own, credential, inputItems(2 * count).slice((part - 1) * count, part * count), count);
		const results = await Promise.all([run(1), run(2)]);
		const counted = await vendor.configure();
		await watching.deactivate();
		const longest = Math.max(...results.map((result) => result.seconds));
		refused += counted.refused + first.refused;
		polls += counted.requests - counted.refused - 2 * count;
		seconds.push(longest);
		ratios.push(longest / ((counted.requests - 1) / rate + latency / 1_000));
		shares.push(Math.min(...results.map((result) => result.seconds)) / longest);
	}
	return [
		{
			what: `Two executions of ${count} writes and a trigger on one credential, ${rate} a second`,
			measured: secondsOf(seconds),
			against: 'the last answer at the rate alone, for all their requests',
			ratios,
			goal: 1 / 0.95,
			note: `${refused} refused (429); ${polls} polls came through meanwhile; the first execution ended after ${(100 * Math.min(...shares)).toFixed(0)} % of the time of the second`,
		},
	];
}
