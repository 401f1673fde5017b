import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { RequestCount, ServerMessage } from './server';
import { settingsAtRest } from './serverSettings';
import type { ServerSettings } from './serverSettings';

/** The benchmark's server as the benchmark sees it. */
export class BenchVendor {
	private constructor(
		private readonly process: ChildProcess,
		readonly origin: string,
	) {}

	/** Starts the server on a free loopback port; whoever starts it closes it. */
	static async start(): Promise<BenchVendor> {
		const child = fork(join(__dirname, 'server.ts'), { execArgv: ['--import', 'tsx'] });
		const [message] = (await once(child, 'message')) as [ServerMessage];
		if (!('origin' in message)) throw new Error('The server did not say where it listens');
		return new BenchVendor(child, message.origin);
	}

	/** Changes the server; returns what came since the last change. */
	async configure(settings: Partial<ServerSettings> = {}): Promise<RequestCount> {
		const answer = once(this.process, 'message') as Promise<[ServerMessage]>;
		this.process.send({ ...settingsAtRest, ...settings });
		const [message] = await answer;
		if (!('requests' in message)) throw new Error('The server did not say how many requests came');
		return message;
	}

	/** Ends the server and waits for it. */
	async close(): Promise<void> {
		const ended = once(this.process, 'exit');
		this.process.disconnect();
		await ended;
	}
}
