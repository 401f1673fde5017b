import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { PushDefinition, PushEvent, RecordAccess } from '../definition/push';
import type { FieldValues } from '../definition/request';
import { connect } from '../http/connection';
import { withoutKeys } from '../http/secrets';
import { renameErrorKey } from '../output/answers';
import { withIsoTimes } from '../output/isoTimes';
import { createAccess } from '../polling/sourceAccess';
import { writesIsoTimes } from '../time/isoTime';
import { readInstantChoices } from './choices';
import type { InstantChoices } from './choices';
import { claimNew, releaseClaims } from './deduplication';
import { definitionOf, keyOf, keysOf } from './pushedEvent';
import type { PushedEvent } from './pushedEvent';
import { recordAccess } from './recordAccess';

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
 * @throws NodeApiError when a record cannot be read; the events then count as not handed over
 */
export async function emitEvents(
	context: IExecuteFunctions,
	definition: PushDefinition,
): Promise<INodeExecutionData[][]> {
	const read = (name: string) => context.getNodeParameter(name, 0, null);
	const choices = readInstantChoices(context.getNode(), definition, read);
	const run: HandOver = {
		context,
		definition,
		choices,
		access: remembered(async () => await openAccess(context, definition)),
		claimed: [],
	};
	const events = context.getInputData().map(({ json }) => json as unknown as PushedEvent);
	let isDone = false;
	try {
		const rows: IDataObject[] = [];
		for (const event of await notYetHandedOver(run, events)) rows.push(...(await rowsOf(run, event)));
		isDone = true;
		return [rows.map((json) => ({ json }))];
	} finally {
		if (!isDone) await releaseClaims(context, run.claimed);
	}
}

async function notYetHandedOver(run: HandOver, events: PushedEvent[]): Promise<PushedEvent[]> {
	const fresh = await claim(run, events.flatMap(keysOf));
	return events.filter((event) => {
		const key = keyOf(event);
		return key === undefined || fresh.delete(key);
	});
}

/** A filter that another of the chosen events brings does not count. */
function ownFilters({ choices }: HandOver, known: PushEvent | undefined): FieldValues {
	const names = (known?.fields ?? []).map(({ name }) => name);
	return Object.fromEntries(Object.entries(choices.values).filter(([name]) => names.includes(name)));
}

async function rowsOf(run: HandOver, event: PushedEvent): Promise<IDataObject[]> {
	const { choices, definition } = run;
	const known = definitionOf(choices.sender, event);
	const filters = ownFilters(run, known);
	const rows = await wholeRows(run, event, known, filters);
	const wanted = rows.filter((row) => known?.keep?.(row, filters) ?? true);
	const fresh = event.id === '' ? await newOnes(run, event, known, wanted) : wanted;
	const timed = await timesWriter(run);
	return fresh.map((row) => {
		const clean = renameErrorKey(withoutKeys(timed(row), definition.vendor.secretKeys) as IDataObject);
		return { ...clean, event: event.event };
	});
}

/** Writes the times of a row as the version of the node does; the credential is read only where it holds their zone. */
async function timesWriter({ context, definition: { vendor }, access }: HandOver): Promise<(row: IDataObject) => IDataObject> {
	const { typeVersion: nodeVersion } = context.getNode();
	if (vendor.timeKeys === undefined || !writesIsoTimes({ nodeVersion })) return (row) => row;
	const vendorZone = vendor.timeZone === undefined ? context.getTimezone() : (await access()).vendorZone;
	return (row) => withIsoTimes(vendor, row, { vendorZone, nodeVersion });
}

async function wholeRows(
	{ choices, access }: HandOver,
	event: PushedEvent,
	known: PushEvent | undefined,
	filters: FieldValues,
): Promise<IDataObject[]> {
	if (event.row !== undefined) return [event.row];
	const notice = event.notice ?? {};
	if (known === undefined) return [notice];
	if (known.read === undefined || !choices.reads) return [known.row(notice)];
	return await known.read(await access(), notice, filters);
}

/** Where the notice does not tell what is new, the record does. */
async function newOnes(
	run: HandOver,
	{ event }: PushedEvent,
	known: PushEvent | undefined,
	rows: IDataObject[],
): Promise<IDataObject[]> {
	const keyed = rows.map((row) => ({ row, key: keyOf({ event, id: known?.id?.(row) ?? '' }) }));
	const fresh = await claim(
		run,
		keyed.flatMap(({ key }) => key ?? []),
	);
	return keyed.filter(({ key }) => key === undefined || fresh.delete(key)).map(({ row }) => row);
}

async function claim({ context, claimed }: HandOver, keys: string[]): Promise<Set<string>> {
	if (context.getMode() === 'manual') return new Set(keys);
	const fresh = await claimNew(context, keys);
	claimed.push(...fresh);
	// n8n retries only what failed or was cut off, and an execution that was cut off could not give its events back.
	return context.getMode() === 'retry' ? new Set(keys) : fresh;
}

async function openAccess(context: IExecuteFunctions, { vendor }: PushDefinition): Promise<RecordAccess> {
	const connection = await connect(context, vendor);
	return recordAccess(connection, createAccess(connection));
}

function remembered<T>(open: () => Promise<T>): () => Promise<T> {
	let opened: Promise<T> | undefined;
	return async () => await (opened ??= open());
}
