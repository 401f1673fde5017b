import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { OwnedProcess } from '../../scripts/n8n/ownedProcess';
import { installRuntime } from '../../scripts/n8n/runtime';
import {
	freePort,
	LOOPBACK,
	type N8nServer,
	startN8n,
	startN8nWebhooks,
	startN8nWorker,
} from '../../scripts/n8n/server';
import { waitFor } from '../../scripts/n8n/wait';
import { makeUserFolder, openWorkbench, type Workbench } from '../../scripts/n8n/workbench';

const REDIS_READY_WITHIN_MS = 20_000;
const silent = { report: (): void => {} };

/** n8n in queue mode: the main process polls and serves the editor, workers carry executions out. */
export interface QueueBench extends Workbench {
	workers: N8nServer[];
	/** Ends Redis, with all that it holds, for as long as something takes, and starts it again on the same port. */
	withoutRedis(meanwhile: () => Promise<void>): Promise<void>;
	/** Starts a further process that takes only webhooks; ended with the bench. */
	startWebhooks(): Promise<N8nServer>;
	/** Ends the main process, lets something happen meanwhile, and starts it again on the same data and port. */
	restartMain(meanwhile: () => Promise<void>): Promise<void>;
}

/**
 * Starts Redis, a main process and workers that take one execution at a time, each with its own installation of the package.
 * @param settings environment variables on top, for example those of another database
 */
export async function openQueueBench(workerCount: number, settings: NodeJS.ProcessEnv = {}): Promise<QueueBench> {
	const opened: Array<() => Promise<void> | void> = [];
	const close = async (): Promise<void> => {
		for (const undo of opened.reverse()) await undo();
	};
	try {
		const folder = mkdtempSync(join(tmpdir(), 'contact-center-queue-'));
		opened.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
		const port = await freePort();
		let redis = await startRedis(folder, port);
		opened.push(async () => await redis.stop());
		const env = {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			QUEUE_BULL_REDIS_HOST: LOOPBACK,
			QUEUE_BULL_REDIS_PORT: String(port),
			DB_SQLITE_DATABASE: join(folder, 'database.sqlite'),
			// Executions at a time; the main process carries none out.
			N8N_CONCURRENCY_PRODUCTION_LIMIT: '1',
			...settings,
		};
		const main = await openWorkbench({ ...silent, env });
		opened.push(async () => await main.close());
		const start = async (): Promise<StartedWorker> => await startWorker(main.n8n.encryptionKey, env);
		const workers = await allOrNone(Array.from({ length: workerCount }, start));
		opened.push(async () => await closeAll(workers));
		const restartMain = async (meanwhile: () => Promise<void>): Promise<void> => {
			await main.n8n.stop();
			await meanwhile();
			const { encryptionKey, origin } = main.n8n;
			const n8n = await startN8n({
				runtime: await installRuntime(silent),
				userFolder: main.userFolder,
				port: Number(new URL(origin).port),
				encryptionKey,
				env,
			});
			opened.push(async () => await n8n.stop());
		};
		const startWebhooks = async (): Promise<N8nServer> => {
			const started = await startSibling(startN8nWebhooks, main.n8n.encryptionKey, env);
			opened.push(async () => await started.close());
			return started.server;
		};
		const withoutRedis = async (meanwhile: () => Promise<void>): Promise<void> => {
			await redis.kill();
			await meanwhile();
			redis = await startRedis(folder, port);
		};
		return { ...main, workers: workers.map(({ server }) => server), startWebhooks, restartMain, withoutRedis, close };
	} catch (error) {
		await close();
		throw error;
	}
}

interface StartedWorker {
	server: N8nServer;
	close(): Promise<void>;
}

async function startWorker(encryptionKey: string, env: NodeJS.ProcessEnv): Promise<StartedWorker> {
	return await startSibling(startN8nWorker, encryptionKey, env);
}

/** A further process on the database and the queue of the main one, with its own installation of the package. */
async function startSibling(
	startServer: typeof startN8nWorker,
	encryptionKey: string,
	env: NodeJS.ProcessEnv,
): Promise<StartedWorker> {
	const { userFolder, remove } = await makeUserFolder(silent);
	try {
		const runtime = await installRuntime(silent);
		const server = await startServer({ runtime, userFolder, encryptionKey, env, temporary: true });
		const close = async (): Promise<void> => {
			await server.stop();
			remove();
		};
		return { server, close };
	} catch (error) {
		remove();
		throw error;
	}
}

/** Waits for all workers; when one does not start, ends the others and throws. */
async function allOrNone(starting: Array<Promise<StartedWorker>>): Promise<StartedWorker[]> {
	const results = await Promise.allSettled(starting);
	const workers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
	const failure = results.find((result) => result.status === 'rejected');
	if (!failure) return workers;
	await closeAll(workers);
	throw failure.reason;
}

async function closeAll(workers: StartedWorker[]): Promise<void> {
	await Promise.all(workers.map(async (worker) => await worker.close()));
}

async function startRedis(folder: string, port: number): Promise<OwnedProcess> {
	const settings = { bind: LOOPBACK, port: String(port), dir: folder, save: '', appendonly: 'no' };
	const redis = new OwnedProcess({
		command: 'redis-server',
		arguments: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
	});
	const isReady = (): true | undefined => {
		if (!redis.alive) throw new Error(`Redis did not start (Debian: apt-get install redis-server):\n${redis.output()}`);
		return redis.output().includes('Ready to accept connections') ? true : undefined;
	};
	try {
		await waitFor('Redis to be ready', isReady, { timeoutMs: REDIS_READY_WITHIN_MS });
	} catch (error) {
		await redis.stop();
		throw error;
	}
	return redis;
}
