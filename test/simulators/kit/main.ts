import { fstatSync } from 'node:fs';
import { parseArgs } from 'node:util';

import type { Simulator } from './simulator';

/**
 * Runs a simulator as a process of its own: reads `--port` (default 0), prints one JSON line with `origin` and `baseUrl`, and ends on
 * SIGTERM, SIGINT or when a piped stdin closes (so that it never outlives its parent).
 */
export async function runSimulator(simulator: Simulator): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } }, strict: false });
	await simulator.start({ port: Number(values.port) });
	const end = (): void => void simulator.stop().then(() => process.exit(0));
	process.once('SIGTERM', end);
	process.once('SIGINT', end);
	if (isPipe()) process.stdin.once('end', end).once('error', end).resume();
	process.stdout.write(`${JSON.stringify({ origin: simulator.origin, baseUrl: simulator.baseUrl })}\n`);
}

/** A closed or empty stdin (as daemons have) must not end the process at once. */
function isPipe(): boolean {
	try {
		const status = fstatSync(0);
		return status.isFIFO() || status.isSocket();
	} catch {
		return false;
	}
}
