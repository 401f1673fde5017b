import { parseArgs } from 'node:util';

import type { N8nClient, StoredWorkflow } from './n8n/client';
import { printResults, type WorkflowResult } from './n8n/results';
import { freePort } from './n8n/server';
import { type RunningVendor, startVendors } from './n8n/vendors';
import { openWorkbench, type Workbench } from './n8n/workbench';
import { findTrigger, readWorkflows } from './n8n/workflows';

const DEFAULT_PORT = 5678;
/** Exit code of a program that was asked to end, as shells give it. */
const INTERRUPTED = 130;
const PARENT_CHECK_MS = 500;
const HELP = `Starts n8n with this package, simulated vendors and the ready-made workflows.

  npm start                     opens an n8n to try the package in; Ctrl-C ends it
  npm start -- --once           runs the ready-made workflows, prints their results and ends
  npm start -- --port <number>  listens on this port (default ${DEFAULT_PORT}, or a free one if that is taken)`;

interface Settings {
	once: boolean;
	help: boolean;
	/** The port asked for, if one was. */
	port?: number;
}

/** What was asked for cannot be done; the message is all there is to say. */
class UsageError extends Error {
	override name = 'UsageError';
}

function readSettings(): Settings {
	const { values } = parseArgs({
		options: { once: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
	});
	const port = values.port === undefined ? undefined : Number(values.port);
	if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
		throw new UsageError(`--port must be a number between 1 and 65535, not ${values.port}`);
	}
	return { once: values.once ?? false, help: values.help ?? false, port };
}

async function choosePort({ once, port }: Settings): Promise<number> {
	if (port === undefined && once) return await freePort();
	const wanted = port ?? DEFAULT_PORT;
	const free = await freePort(wanted);
	if (free !== wanted && port !== undefined)
		throw new UsageError(`Port ${wanted} is taken; name another one with --port`);
	if (free !== wanted) console.log(`Port ${wanted} is taken; using ${free}`);
	return free;
}

async function importWorkflows(client: N8nClient): Promise<Array<{ file: string; stored: StoredWorkflow }>> {
	const imported = [];
	for (const { file, workflow } of readWorkflows()) {
		imported.push({ file, stored: await client.createWorkflow(workflow) });
	}
	return imported;
}

async function runWorkflows(client: N8nClient, signal: AbortSignal): Promise<WorkflowResult[]> {
	const nodeTypes = await client.nodeTypes();
	const results: WorkflowResult[] = [];
	for (const { file, stored } of await importWorkflows(client)) {
		signal.throwIfAborted();
		console.log(`Running "${stored.name}" ...`);
		results.push({ file, name: stored.name, ...(await runWorkflow(client, stored, nodeTypes)) });
	}
	return results;
}

async function runWorkflow(
	client: N8nClient,
	stored: StoredWorkflow,
	nodeTypes: Awaited<ReturnType<N8nClient['nodeTypes']>>,
): Promise<Pick<WorkflowResult, 'execution' | 'failure'>> {
	try {
		const execution = await client.runWorkflow(stored, findTrigger(stored, nodeTypes));
		const failure = execution.status === 'success' ? undefined : (execution.error?.message ?? execution.status);
		return { execution, failure };
	} catch (error) {
		return { failure: error instanceof Error ? error.message : String(error) };
	}
}

function printAddresses({ n8n, owner }: Workbench, vendors: RunningVendor[], workflows: number): void {
	console.log(`
n8n       ${n8n.origin}
sign in   ${owner.email}
password  ${owner.password}
workflows ${workflows}, ready to open and run
${vendors.map(({ vendor, simulator }) => `simulator ${simulator.baseUrl} (${vendor.name})`).join('\n')}

Everything runs on this machine and is removed at the end. Ctrl-C ends it.`);
}

async function untilAborted(workbench: Workbench, signal: AbortSignal): Promise<void> {
	const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
	const died = workbench.n8n.process.ended.then((code) => {
		if (!signal.aborted)
			throw new Error(`n8n ended by itself with exit code ${code}:\n${workbench.n8n.process.output(40)}`);
	});
	if (!signal.aborted) await Promise.race([stopped, died]);
}

/** Does what was asked for and gives the exit code. */
async function run(settings: Settings, signal: AbortSignal): Promise<number> {
	const workbench = await openWorkbench({
		report: (line) => console.log(line),
		signal,
		port: await choosePort(settings),
	});
	const vendors: RunningVendor[] = [];
	try {
		vendors.push(...(await startVendors(workbench.client)));
		if (settings.once) {
			const results = await runWorkflows(workbench.client, signal);
			printResults(results);
			return results.some(({ failure }) => failure) ? 1 : 0;
		}
		const workflows = await importWorkflows(workbench.client);
		printAddresses(workbench, vendors, workflows.length);
		await untilAborted(workbench, signal);
		return 0;
	} finally {
		await Promise.all(vendors.map(async ({ simulator }) => await simulator.stop()));
		await workbench.close();
	}
}

/** Aborts when asked to end or when the parent process is gone, so that everything is put away; a second signal ends at once. */
function abortOnSignals(): AbortSignal {
	const controller = new AbortController();
	const end = (reason: string): void => {
		if (controller.signal.aborted) process.exit(INTERRUPTED);
		console.log(`\n${reason}: stopping ...`);
		controller.abort(new UsageError(reason));
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		end('The parent process has ended');
	}, PARENT_CHECK_MS);
	watch.unref();
	return controller.signal;
}

async function main(): Promise<number> {
	const signal = abortOnSignals();
	try {
		const settings = readSettings();
		if (!settings.help) return await run(settings, signal);
		console.log(HELP);
		return 0;
	} catch (error) {
		if (signal.aborted) return INTERRUPTED;
		console.error(error instanceof UsageError ? error.message : error);
		return 1;
	}
}

void main().then((code) => process.exit(code));
