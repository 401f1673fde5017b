// One reading to the end in a process of its own, so that its memory is not hidden in what went before.
import '../test/support/setup';

import { runNode } from '../test/support/engine';
import { loadPackage } from '../test/support/package';
import { withoutBrake } from './bench';

/** Bytes of the heap: what the items of the run keep, and the most that was in use meanwhile and could not be freed. */
export interface ListMemory {
	items: number;
	peak: number;
}

/** Milliseconds between two looks. Each collects garbage first, so that only what is needed counts. */
const interval = 100;

function heapUsed(): number {
	globalThis.gc?.();
	const { heapUsed: used, external } = process.memoryUsage();
	return used + external;
}

async function main([origin, records]: string[]): Promise<void> {
	const read = async (limit: number) =>
		await runNode({
			nodeType: 'iAdvize',
			parameters: { resource: 'operator', operation: 'getMany', returnAll: limit === 0, limit, simplify: false },
			credentials: { iAdvizeApi: { platform: 'custom', baseUrl: `${origin}/api/2`, apiKey: 'memory', requestsPerSecond: withoutBrake } },
		});
	// Loading n8n-core and the package is not what is measured.
	await loadPackage();
	await read(1);
	const before = heapUsed();
	let peak = before;
	const looking = setInterval(() => (peak = Math.max(peak, heapUsed())), interval);
	const result = await read(0);
	clearInterval(looking);
	const after = heapUsed();
	if (result.outputs[0].length !== Number(records)) throw new Error(`${result.outputs[0].length} records were read`);
	const memory: ListMemory = { items: after - before, peak: Math.max(peak, after) - before };
	process.send?.(memory, () => process.exit(0));
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
