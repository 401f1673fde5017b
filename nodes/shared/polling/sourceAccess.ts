import type { IDataObject } from 'n8n-workflow';

import type { SourceAccess, SourceRequest } from '../definition/events';
import type { Operation, Resource } from '../definition/operation';
import { noValues } from '../definition/request';
import type { PlacedValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import type { Connection } from '../http/connection';
import { listPages } from '../lists/listReader';

/** Gives the polling engine its way to the vendor's lists. */
export function createAccess(connection: Connection): SourceAccess {
	let clockDifference = 0;
	const onAnswer = (headers: Record<string, string>) => {
		const vendorTime = Date.parse(headers.date ?? '');
		if (!Number.isNaN(vendorTime)) clockDifference = vendorTime - connection.clock.now();
	};
	const pages: SourceAccess['pages'] = async function* (request, start) {
		const { resource, operation } = findSource(connection.vendor, request);
		const placed = placedOf(operation, request);
		for await (const page of listPages(connection, resource, operation, placed, { start, onAnswer })) yield page;
	};
	return {
		vendorZone: connection.vendorZone,
		inputZone: connection.inputZone,
		now: () => connection.clock.now() + clockDifference,
		pages,
		list: async function* (request) {
			for await (const page of pages(request)) yield page.rows;
		},
	};
}

function placedOf(operation: Operation, request: SourceRequest): PlacedValues {
	const placed = noValues();
	const query = { ...operation.constants?.query, ...request.query } as IDataObject;
	return { ...placed, query, path: request.path ?? {} };
}

function findSource(vendor: Vendor, request: SourceRequest): { resource: Resource; operation: Operation } {
	const resource = vendor.resources.find(({ value }) => value === request.resource);
	const operation = resource?.operations.find(({ value }) => value === request.operation);
	if (resource === undefined || operation === undefined) {
		throw new Error(`The event reads ${request.resource}.${request.operation}, which is not defined`);
	}
	return { resource, operation };
}
