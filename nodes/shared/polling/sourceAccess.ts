import type { IDataObject } from 'n8n-workflow';

import type { Operation, Resource, Vendor } from '../definition/operation';
import type { NamedList, SourceAccess, SourcePage, SourceRequest } from '../definition/events';
import type { Connection } from '../http/connection';
import { noValues } from '../http/request';
import type { PlacedValues } from '../http/request';
import { listPages } from '../lists/listReader';
import type { PagePosition } from '../lists/pageReader';

type Pages = SourceAccess['pages'];

/** Gives the polling engine its way to the vendor's lists. */
export function createAccess(connection: Connection): SourceAccess {
	let clockDifference = 0;
	const onAnswer = (headers: Record<string, string>) => {
		const vendorTime = Date.parse(headers.date ?? '');
		if (!Number.isNaN(vendorTime)) clockDifference = vendorTime - connection.clock.now();
	};
	const pages: Pages = async function* (request, start) {
		const { resource, operation } = findSource(connection.vendor, request);
		const placed = placedOf(operation, request);
		for await (const page of listPages(connection, resource, operation, placed, { start, onAnswer })) yield page;
	};
	return {
		tenant: new URL(connection.baseUrl).origin,
		vendorZone: connection.vendorZone,
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
