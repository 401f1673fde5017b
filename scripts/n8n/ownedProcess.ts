import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { waitFor } from './wait';

/** Lines kept of what a process prints; older ones are dropped. */
const KEPT_LINES = 20_000;

const KILLED_WITHIN_MS = 2000;
const GUARD = join(__dirname, 'guard.mjs');

/** What to start and how. */
export interface OwnedProcessOptions {
	command: string;
	arguments: string[];
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Called with each line of standard output and standard error. */
	onLine?: (line: string) => void;
	/** Removed after the process, if this process ends without having stopped it. */
	temporaryFolder?: string;
}

/**
 * A child process in a process group of its own, so that stopping it stops everything it started. A guard leads the group and ends it
 * when this process is gone for whatever reason, even killed.
 */
export class OwnedProcess {
	/** Resolves with the exit code once the process has ended; null when it was killed by a signal. */
	readonly ended: Promise<number | null>;
	private readonly child: ChildProcess;
	private readonly lines: string[] = [];
	private exitSeen = false;

	constructor(private readonly options: OwnedProcessOptions) {
		this.child = spawn(
			process.execPath,
			[GUARD, options.temporaryFolder ?? '', options.command, ...options.arguments],
			{ cwd: options.cwd, env: options.env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
		);
		this.ended = new Promise((resolve, reject) => {
			this.child.once('error', reject);
			this.child.once('close', (code) => resolve(code));
		});
		this.ended
			.catch((error: Error) => this.keep(error.message))
			.finally(() => {
				this.exitSeen = true;
			});
		this.child.stdin?.on('error', () => {});
		for (const stream of [this.child.stdout, this.child.stderr]) {
			if (stream) createInterface({ input: stream }).on('line', (line) => this.keep(line));
		}
	}

	/** Process id of the group's leader. */
	get pid(): number | undefined {
		return this.child.pid;
	}

	/** Whether the process has not ended yet. */
	get alive(): boolean {
		return !this.exitSeen;
	}

	/** What the process printed, standard output and standard error together; only the last `count` lines when given. */
	output(count = KEPT_LINES): string {
		return this.lines.slice(-count).join('\n');
	}

	/** Asks the group to end, waits up to `graceMs` milliseconds, then kills what is left and waits until it is gone. */
	async stop(graceMs = 10_000): Promise<void> {
		this.signalGroup('SIGTERM');
		await within(graceMs, () => this.exitSeen);
		this.signalGroup('SIGKILL');
		await this.ended.catch(() => null);
		// Killed processes that nobody collects, as in some containers, stay listed: not worth failing for.
		await within(KILLED_WITHIN_MS, () => !this.signalGroup(0));
	}

	/** Kills the group without a warning, as a machine that fails does, and waits until it is gone. */
	async kill(): Promise<void> {
		this.signalGroup('SIGKILL');
		await this.ended.catch(() => null);
	}

	/** Sends a signal to every process of the group (0: none) and says whether there is one. */
	private signalGroup(signal: NodeJS.Signals | 0): boolean {
		if (this.pid === undefined) return false;
		try {
			process.kill(-this.pid, signal);
			return true;
		} catch {
			return false;
		}
	}

	private keep(line: string): void {
		this.lines.push(line);
		if (this.lines.length > KEPT_LINES) this.lines.shift();
		this.options.onLine?.(line);
	}
}

/** Waits until something is so, or the time is up. */
async function within(timeoutMs: number, isSo: () => boolean): Promise<void> {
	await waitFor('the process', () => (isSo() ? true : undefined), { timeoutMs, intervalMs: 20 }).catch(() => undefined);
}
