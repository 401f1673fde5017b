import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import getPort from 'get-port';

import { OwnedProcess } from './ownedProcess';
import type { N8nRuntime } from './runtime';
import { waitFor } from './wait';

/** Address that only this machine reaches; everything here listens on it. */
export const LOOPBACK = '127.0.0.1';
const READY_WITHIN_MS = 300_000;
const SHOWN_LINES_OF_FAILURE = 40;

/** Keeps n8n from calling home, so that it runs the same on a machine without network. */
const OFFLINE: NodeJS.ProcessEnv = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
	N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
};

/** Fetches the registry of model context servers at start; nothing here uses it. */
const FETCHING_MODULE = 'mcp-registry';

/** n8n refuses to switch off a module that it does not have, as older versions. */
function withoutFetching({ n8n }: N8nRuntime): NodeJS.ProcessEnv {
	const isThere = existsSync(join(dirname(n8n), '..', 'dist', 'modules', FETCHING_MODULE));
	return isThere ? { N8N_DISABLED_MODULES: FETCHING_MODULE } : {};
}

/** Settings of the starter's own n8n, or of the test runner, that must not reach this one. */
const NOT_INHERITED = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_|NODE_|JEST_|npm_)/;

/** What a process of n8n needs. */
export interface N8nOptions {
	runtime: N8nRuntime;
	/** Folder for n8n's data, in which the package is installed already. */
	userFolder: string;
	/** Port to listen on; a free one when left out. */
	port?: number;
	/** Environment variables on top of the usual ones, for example those of queue mode. */
	env?: NodeJS.ProcessEnv;
	/** Shared by all processes that use one database; a random one when left out. */
	encryptionKey?: string;
	/** Removes `userFolder` when this process is killed without a chance to clean up. */
	temporary?: boolean;
	signal?: AbortSignal;
}

/** A running process of n8n. */
export interface N8nServer {
	/** Address without a slash at the end, for example http://127.0.0.1:5678. */
	origin: string;
	encryptionKey: string;
	process: OwnedProcess;
	/** What n8n printed so far. */
	logs(): string;
	/** Ends n8n with everything it started and waits for that. */
	stop(): Promise<void>;
}

/** Starts n8n and waits until it answers. Throws, with the end of its output, when it ends or is not ready within two minutes. */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	return await startProcess('start', options, {});
}

/** Starts a worker of n8n's queue mode; `env` must name the queue, `encryptionKey` must be the main process's. */
export async function startN8nWorker(options: N8nOptions): Promise<N8nServer> {
	const port = options.port ?? (await freePort());
	return await startProcess(
		'worker',
		{ ...options, port },
		{
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
		},
	);
}

/** A port on the loopback address that nobody listens on; `preferred` if that is free. */
export async function freePort(preferred?: number): Promise<number> {
	return await getPort({ host: LOOPBACK, port: preferred });
}

/** Starts a process that takes only webhooks in n8n's queue mode; `env` must name the queue, `encryptionKey` must be the main process's. */
export async function startN8nWebhooks(options: N8nOptions): Promise<N8nServer> {
	return await startProcess('webhook', options, {});
}

async function startProcess(
	command: 'start' | 'webhook' | 'worker',
	options: N8nOptions,
	own: NodeJS.ProcessEnv,
): Promise<N8nServer> {
	const port = options.port ?? (await freePort());
	const encryptionKey = options.encryptionKey ?? randomBytes(16).toString('hex');
	const origin = `http://${LOOPBACK}:${port}`;
	const owned = new OwnedProcess({
		command: options.runtime.node,
		arguments: [options.runtime.n8n, command],
		temporaryFolder: options.temporary ? options.userFolder : undefined,
		cwd: options.userFolder,
		env: {
			...inheritedEnvironment(),
			...OFFLINE,
			...withoutFetching(options.runtime),
			NODE_ENV: 'production',
			N8N_USER_FOLDER: options.userFolder,
			N8N_ENCRYPTION_KEY: encryptionKey,
			N8N_LISTEN_ADDRESS: LOOPBACK,
			N8N_PORT: String(port),
			N8N_SECURE_COOKIE: 'false',
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
			N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
			GENERIC_TIMEZONE: 'UTC',
			...own,
			...options.env,
		},
	});
	const server: N8nServer = {
		origin,
		encryptionKey,
		process: owned,
		logs: () => owned.output(),
		stop: async () => await owned.stop(),
	};
	await untilReady(server, options.signal);
	return server;
}

async function untilReady(server: N8nServer, signal?: AbortSignal): Promise<void> {
	try {
		await waitFor('n8n to be ready', async () => await isReady(server), { timeoutMs: READY_WITHIN_MS, signal });
	} catch (error) {
		await server.stop();
		if (signal?.aborted) throw error;
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`${reason}. n8n printed:\n${server.process.output(SHOWN_LINES_OF_FAILURE)}`, { cause: error });
	}
}

async function isReady(server: N8nServer): Promise<true | undefined> {
	if (!server.process.alive) throw new Error('n8n ended before it was ready');
	const answer = await fetch(`${server.origin}/healthz/readiness`).catch(() => undefined);
	return answer?.ok ? true : undefined;
}

function inheritedEnvironment(): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
	const environment = Object.fromEntries(inherited);
	const withoutProxy = [environment.NO_PROXY, LOOPBACK, 'localhost'].filter(Boolean).join(',');
	return { ...environment, NO_PROXY: withoutProxy, no_proxy: withoutProxy };
}
