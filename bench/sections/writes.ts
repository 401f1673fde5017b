import { type Bench, inputItems, timed } from '../bench';
import { writeParameters } from '../fields';
import { type Figure, secondsOf, written } from '../figure';

const rate = 10;
const latencies = [50, 400, 1_000];

/** Writes that the vendor allows at a rate and answers late, against the time at which the last answer can be there. */
export async function writes(bench: Bench): Promise<Figure[]> {
	const count = bench.extent.isQuick ? 100 : 200;
	const rows = latencies.map((latency) => ({ latency, ideal: (count - 1) / rate + latency / 1_000, seconds: [] as number[], refused: 0 }));
	for (let round = 1; round <= bench.extent.rounds; round++) {
		for (const row of rows) {
			const credential = await bench.runs.credential(`paced-${row.latency}-${round}`, rate);
			await bench.vendor.configure({ writeLatency: row.latency, requestsPerSecond: rate });
			const what = `${count} writes, answers after ${row.latency} ms`;
			const { seconds } = await timed(bench, what, [bench.runs.own(writeParameters.automatic)], credential, inputItems(count), count);
			const { refused, created, createdTwice } = await bench.vendor.configure();
			if (created !== count || createdTwice > 0) throw new Error(`${created} writes were carried out, ${createdTwice} of them twice`);
			console.log(`  refused: ${refused}`);
			row.seconds.push(seconds);
			row.refused = Math.max(row.refused, refused);
		}
	}
	return rows.map(({ latency, ideal, seconds, refused }) => ({
		what: `${written(count)} writes at ${rate} a second, answers after ${written(latency)} ms`,
		measured: secondsOf(seconds),
		against: `the last answer at the rate alone (${ideal.toFixed(1)} s)`,
		ratios: seconds.map((value) => value / ideal),
		goal: 1.05,
		note: `at most ${refused} refused (429)`,
	}));
}
