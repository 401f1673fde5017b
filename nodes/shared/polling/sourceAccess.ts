import type { IDataObject } from 'n8n-workflow';

import type { NamedList, SourceAccess, SourcePage, SourceRequest } from '../definition/events';
import type { Operation, Resource } from '../definition/operation';
import type { PagePosition } from '../definition/paging';
import { noValues } from '../definition/request';
import type { PlacedValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { chooseApi } from '../http/api';
import type { ApiChoice } from '../http/api';
import type { Connection } from '../http/connection';
import { listPages } from '../lists/listReader';

type Pages = SourceAccess['pages'];

/**
 * Gives the polling engine its way to the vendor's lists.
 * @param source of the event: its API says in which zone the times are, and at which address
 */
export function createAccess(connection: Connection, source?: SourceRequest): SourceAccess {
	const { baseUrl, vendorZone } = source === undefined ? connection : sourceOver(connection, source).connection;
	let clockDifference = 0;
	const onAnswer = (headers: Record<string, string>) => {
		const vendorTime = Date.parse(headers.date ?? '');
		if (!Number.isNaN(vendorTime)) clockDifference = vendorTime - connection.clock.now();
	};
	const pages: Pages = async function* (request, start) {
		const { resource, connection: own, operation } = sourceOver(connection, request);
		const placed = placedOf(operation, request);
		for await (const page of listPages(own, resource, operation, placed, { start, onAnswer })) yield page;
	};
	return {
		tenant: new URL(baseUrl).origin,
		vendorZone,
		nodeVersion: connection.node.typeVersion,
		inputZone: connection.inputZone,
		now: () => connection.clock.now() + clockDifference,
		...listAccess(pages),
	};
}

/** The ways to read lists, all by pages. */
export function listAccess(pages: Pages): Pick<SourceAccess, 'list' | 'pages' | 'pagesInTurn'> {
	return {
		pages,
		list: async function* (request) {
			for await (const page of pages(request)) yield page.rows;
		},
		pagesInTurn: (lists, start) => pagesInTurn(pages, lists, start),
	};
}

function sourceOver(connection: Connection, request: SourceRequest): ApiChoice & { resource: Resource } {
	const { resource, operation } = findSource(connection.vendor, request);
	return { resource, ...chooseApi(connection, resource, operation) };
}

/** The operation that a request for a list means. @throws Error when it is not defined, which is a mistake in the table of events */
export function findSource(vendor: Vendor, request: SourceRequest): { resource: Resource; operation: Operation } {
	const resource = vendor.resources.find(({ value }) => value === request.resource);
	const operation = resource?.operations.find(({ value }) => value === request.operation);
	if (resource === undefined || operation === undefined) {
		throw new Error(`The event reads ${request.resource}.${request.operation}, which is not defined`);
	}
	return { resource, operation };
}

/**
 * Lists in the order of their names, each page with the position `name page`. Where a list has gone that a position names,
 * reading goes on with the list after it.
 */
async function* pagesInTurn(
	pages: Pages,
	lists: NamedList[],
	start: PagePosition | undefined,
): AsyncGenerator<SourcePage> {
	const [first = '', inside = ''] = start === undefined ? [] : splitPosition(String(start));
	const due = lists.filter(({ name }) => name >= first).sort((one, other) => (one.name < other.name ? -1 : 1));
	if (due.length === 0) yield { rows: [], position: start ?? '' };
	for (const [index, { name, request }] of due.entries()) {
		const from = name === first && inside !== '' ? (JSON.parse(inside) as PagePosition) : undefined;
		for await (const { rows, position, next } of pages(request, from)) {
			const following = next === undefined ? due[index + 1]?.name : positionOf(name, next);
			yield {
				rows,
				list: name,
				position: positionOf(name, position),
				...(following === undefined ? {} : { next: following }),
			};
		}
	}
}

function positionOf(name: string, position: PagePosition): string {
	return `${name} ${JSON.stringify(position)}`;
}

function splitPosition(position: string): string[] {
	const space = position.indexOf(' ');
	return space < 0 ? [position] : [position.slice(0, space), position.slice(space + 1)];
}

function placedOf(operation: Operation, request: SourceRequest): PlacedValues {
	const placed = noValues();
	const query = { ...operation.constants?.query, ...request.query } as IDataObject;
	return { ...placed, query, path: request.path ?? {} };
}
