import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { PushDefinition, PushEvent } from '../definition/push';
import { triggerParameters } from '../polling/choices';
import { pollVendor } from '../polling/pollVendor';
import { chosenEvents, instantParameters, readInstantChoices } from './choices';
import type { PushedEvent } from './pushedEvent';

/**
 * Reads what pushes missed, for the chosen events that the polling trigger knows too.
 * What polling finds goes the same way as what was pushed, so that an event that came both ways is handed over once.
 * @returns null when there is nothing new, or the user chose no times
 */
export async function fillGaps(
	context: IPollFunctions,
	definition: PushDefinition,
): Promise<INodeExecutionData[][] | null> {
	const read = (name: string) => context.getNodeParameter(name, null);
	// n8n polls once when it activates the workflow, whatever the times.
	if (!hasTimes(read(instantParameters.pollTimes))) return null;
	const { sender, wanted } = readInstantChoices(context.getNode(), definition, read);
	const found: INodeExecutionData[] = [];
	for (const event of chosenEvents(sender, wanted)) {
		if (event.fillsGaps === true) found.push(...(await pollEvent(context, definition, event)));
	}
	return found.length === 0 ? null : [found];
}

async function pollEvent(
	context: IPollFunctions,
	{ vendor }: PushDefinition,
	event: PushEvent,
): Promise<INodeExecutionData[]> {
	const state = context.getWorkflowStaticData('node');
	const own = { ...(state[event.value] as IDataObject | undefined) };
	const items = (await pollVendor(contextFor(context, event, own), vendor))?.[0] ?? [];
	state[event.value] = own;
	return items.map(({ json }) => {
		const found: PushedEvent = { event: event.value, id: event.id?.(json) ?? '', row: json };
		return { json: { ...found } as unknown as IDataObject };
	});
}

/** The node as the polling trigger would see it: one event, a state of its own. */
function contextFor(context: IPollFunctions, { value }: PushEvent, state: IDataObject): IPollFunctions {
	const node = context.getNode();
	const parameters = { ...node.parameters, [triggerParameters.event]: value };
	return new Proxy(context, {
		get: (target, name) => {
			if (name === 'getNode') return () => ({ ...node, parameters });
			if (name === 'getWorkflowStaticData') return () => state;
			const member: unknown = Reflect.get(target, name);
			return typeof member === 'function' ? (member.bind(target) as unknown) : member;
		},
	});
}

function hasTimes(times: unknown): boolean {
	const items = (times as { item?: unknown[] } | undefined)?.item;
	return Array.isArray(items) && items.length > 0;
}
