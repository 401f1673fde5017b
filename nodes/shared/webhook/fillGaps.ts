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
		for (const polled of event.gaps?.polls ?? []) found.push(...(await pollFor(context, definition, event, polled)));
	}
	return found.length === 0 ? null : [found];
}

/** Polls an event of the polling trigger, whose rows tell of one that is pushed. */
async function pollFor(
	context: IPollFunctions,
	{ vendor }: PushDefinition,
	event: PushEvent,
	polled: string,
): Promise<INodeExecutionData[]> {
	const state = context.getWorkflowStaticData('node');
	const name = polled === event.value ? polled : `${event.value} ${polled}`;
	const own = { ...(state[name] as IDataObject | undefined) };
	const items = (await pollVendor(contextFor(context, event, polled, own), vendor))?.[0] ?? [];
	state[name] = own;
	return items.flatMap(({ json }) => toItem(event, json));
}

function toItem({ value, gaps, id }: PushEvent, row: IDataObject): INodeExecutionData[] {
	const known = id?.(row) ?? '';
	// What cannot be told from what was pushed would start the workflow twice.
	if (known === '' || gaps?.keep?.(row) === false) return [];
	const found: PushedEvent = { event: value, id: known, alsoKnownBy: gaps?.noticeIds?.(row) ?? [], row };
	return [{ json: { ...found } as unknown as IDataObject }];
}

/** The node as the polling trigger would see it: one event with the filters of the pushed one, and a state of its own. */
function contextFor(
	context: IPollFunctions,
	{ fields = [] }: PushEvent,
	polled: string,
	state: IDataObject,
): IPollFunctions {
	const node = context.getNode();
	// A filter of another of the chosen events may have the name of one that the polled event has too.
	const filters = fields.flatMap(({ name }) => (name in node.parameters ? [[name, node.parameters[name]] as const] : []));
	const parameters = { ...Object.fromEntries(filters), [triggerParameters.event]: polled };
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
