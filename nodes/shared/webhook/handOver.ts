import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { PushDefinition, PushEvent, RecordAccess } from '../definition/push';
import { withoutKeys } from '../http/secrets';
import { keepErrorKeyAside } from '../output/answers';
import { readInstantChoices } from './choices';
import type { InstantChoices } from './choices';
import { claimNew, release } from './onceOnly';
import { definitionOf, keyOf } from './pushedEvent';
import type { PushedEvent } from './pushedEvent';

/** One execution of an instant trigger. */
interface HandOver {
	context: IExecuteFunctions;
	definition: PushDefinition;
	choices: InstantChoices;
	/** Opened with the first record that is read. */
	access: () => Promise<RecordAccess>;
	/** Keys that this execution has claimed, given back when it fails. */
	claimed: string[];
}

/**
 * Turns what was pushed, or what polling found, into the rows that start the workflow: each event once, whichever way and
 * however often it came. In the editor's test every event is shown, also one that came before.
 * @param openAccess connects to the vendor
 * @throws NodeApiError when a record can not be read; the events then count as not handed over
 */
export async function handOverEvents(
	context: IExecuteFunctions,
	definition: PushDefinition,
	openAccess: () => Promise<RecordAccess>,
): Promise<INodeExecutionData[][]> {
	const read = (name: string) => context.getNodeParameter(name, 0, undefined);
	const choices = readInstantChoices(context.getNode(), definition, read);
	const handOver: HandOver = { context, definition, choices, access: remembered(openAccess), claimed: [] };
	const events = context.getInputData().map(({ json }) => json as unknown as PushedEvent);
	let isDone = false;
	try {
		const rows: IDataObject[] = [];
		for (const event of await notYetHandedOver(handOver, events)) rows.push(...(await rowsOf(handOver, event)));
		isDone = true;
		return [rows.map((json) => ({ json }))];
	} finally {
		if (!isDone) await release(context, handOver.claimed);
	}
}

async function notYetHandedOver(handOver: HandOver, events: PushedEvent[]): Promise<PushedEvent[]> {
	const fresh = await claim(
		handOver,
		events.flatMap((event) => keyOf(event) ?? []),
	);
	return events.filter((event) => {
		const key = keyOf(event);
		return key === undefined || fresh.delete(key);
	});
}

async function rowsOf(handOver: HandOver, event: PushedEvent): Promise<IDataObject[]> {
	const { choices, definition } = handOver;
	const known = definitionOf(choices.sender, event);
	const rows = await wholeRows(handOver, event, known);
	const wanted = rows.filter((row) => known?.keep?.(row, choices.values) ?? true);
	const fresh = event.id === '' ? await newOnes(handOver, event, known, wanted) : wanted;
	return fresh.map((row) => {
		const clean = keepErrorKeyAside(withoutKeys(row, definition.vendor.secretKeys) as IDataObject);
		return { ...clean, event: event.event };
	});
}

async function wholeRows({ choices, access }: HandOver, event: PushedEvent, known?: PushEvent): Promise<IDataObject[]> {
	if (event.row !== undefined) return [event.row];
	const notice = event.notice ?? {};
	if (known === undefined) return [notice];
	if (known.read === undefined || !choices.reads) return [known.row(notice)];
	return await known.read(await access(), notice, choices.values);
}

/** Where the notice does not tell what is new, the record does. */
async function newOnes(
	handOver: HandOver,
	{ event }: PushedEvent,
	known: PushEvent | undefined,
	rows: IDataObject[],
): Promise<IDataObject[]> {
	const keyed = rows.map((row) => ({ row, key: keyOf({ event, id: known?.id?.(row) ?? '' }) }));
	const fresh = await claim(
		handOver,
		keyed.flatMap(({ key }) => key ?? []),
	);
	return keyed.filter(({ key }) => key === undefined || fresh.delete(key)).map(({ row }) => row);
}

async function claim({ context, claimed }: HandOver, keys: string[]): Promise<Set<string>> {
	if (context.getMode() === 'manual') return new Set(keys);
	const fresh = await claimNew(context, keys);
	claimed.push(...fresh);
	return fresh;
}

function remembered<T>(open: () => Promise<T>): () => Promise<T> {
	let opened: Promise<T> | undefined;
	return async () => await (opened ??= open());
}
