import type { IDataObject, INodeExecutionData, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { systemClock } from '../time/clock';
import { overApi } from '../http/api';
import type { OverApi } from '../http/api';
import { connect } from '../http/connection';
import type { Connection } from '../http/connection';
import type { Field, Operation, Resource, Vendor } from '../definition/operation';
import { selector, toProperty } from './nodeDescription';
import { groupBy } from '../data/groupBy';
import { listPages } from '../lists/listReader';
import { chosenEvent, triggerParameters } from '../polling/choices';
import { pollEvent } from '../polling/poll';
import type { SourceAccess, SourceRequest } from '../definition/events';
import { noValues } from '../http/request';
import type { PlacedValues } from '../http/request';

/** Milliseconds that a poll may take where the host does not say it. */
const usualBudget = 30_000;

/** The parameters of a vendor's trigger, derived from its events. */
export function triggerProperties(vendor: Vendor): INodeProperties[] {
	const options = vendor.events.map(({ name, value, description }) => ({ name, value, description }));
	const fields = vendor.events.flatMap((event) => (event.fields ?? []).map((field) => ({ event: event.value, field })));
	const filters = [...groupBy(fields, ({ field }) => JSON.stringify([toProperty(field), field.displayOptions])).values()];
	return [
		selector('Event', triggerParameters.event, options, vendor.events[0].value),
		...filters.map((entries) => ({
			...toProperty(entries[0].field),
			...emptyHint(entries[0].field),
			displayOptions: { show: { event: entries.map(({ event }) => event), ...entries[0].field.displayOptions?.show } },
		})),
		overlapProperty(vendor),
	];
}

/** A filter that looks like something to choose says that it may stay empty. */
function emptyHint({ type, required }: Field): { hint?: string } {
	return required !== true && (type === 'resourceLocator' || type === 'multiOptions') ? { hint: 'Empty means all' } : {};
}

/** Polls the chosen event of a vendor once. */
export async function pollVendor(context: IPollFunctions, vendor: Vendor): Promise<INodeExecutionData[][] | null> {
	const budget = context.getPollBudgetMs?.() ?? usualBudget;
	const deadline = systemClock.now() + budget;
	const connection = await connect(context, vendor, { deadline });
	const { source } = chosenEvent(context, vendor);
	return await pollEvent(context, vendor, createAccess(connection, source), connection.clock);
}

/**
 * Gives the polling engine its way to the vendor's lists.
 * @param source of the event: its API says in which zone the times are
 */
export function createAccess(connection: Connection, source?: SourceRequest): SourceAccess {
	let clockDifference = 0;
	const onAnswer = (headers: Record<string, string>) => {
		const vendorTime = Date.parse(headers.date ?? '');
		if (!Number.isNaN(vendorTime)) clockDifference = vendorTime - connection.clock.now();
	};
	const pages: SourceAccess['pages'] = async function* (request, start) {
		const { resource, connection: own, operation } = sourceOver(connection, request);
		const placed = placedOf(operation, request);
		for await (const page of listPages(own, resource, operation, placed, { start, onAnswer })) yield page;
	};
	return {
		vendorZone: (source === undefined ? connection : sourceOver(connection, source).connection).vendorZone,
		inputZone: connection.inputZone,
		now: () => connection.clock.now() + clockDifference,
		pages,
		list: async function* (request) {
			for await (const page of pages(request)) yield page.rows;
		},
	};
}

function overlapProperty(vendor: Vendor): INodeProperties {
	const tails = vendor.events.flatMap((event) => (event.kind === 'tail' ? [event.value] : []));
	return {
		displayName: 'Options',
		name: triggerParameters.options,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { event: tails } },
		options: [
			{
				displayName: 'Overlap (Minutes)',
				name: triggerParameters.overlapMinutes,
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description:
					'How late a record may show up after its own time and still start the workflow; left out, a value that fits the event. A record never starts the workflow twice.',
			},
		],
	};
}

function placedOf(operation: Operation, request: SourceRequest): PlacedValues {
	const placed = noValues();
	const query = { ...operation.constants?.query, ...request.query } as IDataObject;
	return { ...placed, query, path: request.path ?? {} };
}

function sourceOver(connection: Connection, request: SourceRequest): OverApi & { resource: Resource } {
	const { resource, operation } = findSource(connection.vendor, request);
	return { resource, ...overApi(connection, resource, operation) };
}

function findSource(vendor: Vendor, request: SourceRequest): { resource: Resource; operation: Operation } {
	const resource = vendor.resources.find(({ value }) => value === request.resource);
	const operation = resource?.operations.find(({ value }) => value === request.operation);
	if (resource === undefined || operation === undefined) {
		throw new Error(`The event reads ${request.resource}.${request.operation}, which is not defined`);
	}
	return { resource, operation };
}
