// An n8n that is killed and started again on the same data, and triggers that it polls.
import { installRuntime } from '../../scripts/n8n/runtime';
import { startN8n } from '../../scripts/n8n/server';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import { openWorkbench, type Workbench } from '../../scripts/n8n/workbench';
import { TRIGGER_CASES } from './triggerCases';
import { WatchingWorkflow } from './watching';

const VENDOR = 'iAdvize';
const silent = { report: (): void => {} };

/** An n8n that can be killed. */
export class KilledN8n {
	private constructor(
		readonly bench: Workbench,
		private readonly env: NodeJS.ProcessEnv,
	) {}

	/** @param env environment variables for n8n on top of the usual ones */
	static async open(env: NodeJS.ProcessEnv = {}): Promise<KilledN8n> {
		return new KilledN8n(await openWorkbench({ ...silent, env }), env);
	}

	/** Kills n8n as a machine that fails does. */
	async kill(): Promise<void> {
		await this.bench.n8n.process.kill();
	}

	/** Starts it again on the same data and port. */
	async start(): Promise<void> {
		const { encryptionKey, origin } = this.bench.n8n;
		const port = Number(new URL(origin).port);
		const runtime = await installRuntime(silent);
		this.bench.n8n = await startN8n({ runtime, userFolder: this.bench.userFolder, port, encryptionKey, env: this.env });
	}

	async crash(): Promise<void> {
		await this.kill();
		await this.start();
	}

	async close(): Promise<void> {
		await this.bench.n8n.process.kill();
		await this.bench.close();
	}
}

/** The simulator that is polled, and its credential in n8n. */
export async function startPolledVendor({ client }: Workbench): Promise<RunningVendor> {
	return await startVendor(client, VENDOR);
}

/** Stores a workflow of one trigger that polls every two seconds. */
export async function createWatcher({ client }: Workbench, { credential }: RunningVendor, name: string, afterCrash: string): Promise<WatchingWorkflow> {
	const trigger = TRIGGER_CASES.find(({ vendor }) => vendor === VENDOR)!;
	return await WatchingWorkflow.create(client, trigger, credential, name, 0, { options: { afterCrash } });
}
