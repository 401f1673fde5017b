import type { INodeParameters } from 'n8n-workflow';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import type { RunningVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import { ownNode } from './ownNode';
import type { TriggerCase } from './triggerCases';

/** Long enough for several polls, also of an n8n that is just starting. */
const NOTICED_WITHIN_MS = 90_000;

/**
 * n8n refuses cron expressions with less than a minute between two polls, but a trigger may have any number of poll times:
 * each of these is due once a minute, at its own second.
 */
export function everyTwoSeconds(firstSecond: 0 | 1): INodeParameters {
	const seconds = Array.from({ length: 30 }, (_, index) => firstSecond + 2 * index);
	return { item: seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })) };
}

/** A workflow of one trigger in n8n, and what it has noticed. */
export class WatchingWorkflow {
	private constructor(
		private readonly client: N8nClient,
		private readonly idKey: string,
		readonly stored: StoredWorkflow,
	) {}

	/** Stores the workflow, inactive; it will poll at even seconds (`firstSecond` 0) or at odd ones (1). `parameters` are set besides those of the case. */
	static async create(
		client: N8nClient,
		trigger: TriggerCase,
		credential: RunningVendor['credential'],
		name: string,
		firstSecond: 0 | 1 = 0,
		parameters: INodeParameters = {},
	): Promise<WatchingWorkflow> {
		const stored = await client.createWorkflow({
			name,
			nodes: [
				ownNode({
					name: 'Trigger',
					type: trigger.nodeType,
					parameters: { ...trigger.parameters, ...parameters, pollTimes: everyTwoSeconds(firstSecond) },
					credential,
				}),
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		return new WatchingWorkflow(client, trigger.idKey, stored);
	}

	async activate(): Promise<void> {
		await this.client.activate(this.stored);
	}

	async deactivate(): Promise<void> {
		await this.client.deactivate(this.stored);
	}

	/** Ids of the executions that the trigger itself started, oldest first. */
	async executionIds(): Promise<string[]> {
		const summaries = (await this.client.executions(this.stored.id)).filter(({ mode }) => mode === 'trigger');
		return summaries.map(({ id }) => id).reverse();
	}

	/** Ids of the records that started the workflow, oldest first. */
	async noticedIds(): Promise<string[]> {
		const ids = await this.executionIds();
		const executions = await Promise.all(ids.map(async (id) => await this.client.finishedExecution(id)));
		return executions.flatMap(({ outputs }) =>
			(outputs.Trigger ?? []).flat().map(({ json }) => String(json[this.idKey])),
		);
	}

	/** Waits until the workflow was started by a record. */
	async untilNoticed(id: number | string): Promise<void> {
		await waitFor(
			`"${this.stored.name}" to notice record ${id}`,
			async () => ((await this.noticedIds()).includes(String(id)) ? true : undefined),
			{ timeoutMs: NOTICED_WITHIN_MS },
		);
	}
}
