import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Operation, Resource } from '../../../nodes/shared/definition/operation';
import type { Vendor } from '../../../nodes/shared/definition/vendor';
import { connect } from '../../../nodes/shared/http/connection';
import type { RequestContext } from '../../../nodes/shared/http/requestContext';
import { listRows, mostListPages } from '../../../nodes/shared/lists/listReader';
import { TestClock } from '../../support/testClock';

const operation = { value: 'getMany', name: 'Get Many', method: 'GET', path: '/calls', retryClass: 'read', answer: { kind: 'many', path: '' } } as Operation;
const resource = { value: 'call', name: 'Call', operations: [operation] } as Resource;

const vendor = {
	name: 'test',
	displayName: 'Test',
	credentialType: 'testApi',
	baseUrl: () => 'https://api.example.com',
	rateScope: 'tenant',
	bodyFormat: 'json',
	listFormat: 'repeat',
	classifyResponse: () => 'good',
	paging: { kind: 'offset', offsetParameter: 'offset', sizeParameter: 'limit', size: 2 },
	resources: [resource],
	events: [],
} as unknown as Vendor;

/** A vendor whose list has new rows on every page, for ever. */
function createContext() {
	let rows = 0;
	const pages = { sent: 0 };
	const answer = async (_type: string, _options: IHttpRequestOptions) => {
		pages.sent += 1;
		return { statusCode: 200, headers: {}, body: JSON.stringify([{ id: (rows += 1) }, { id: (rows += 1) }]) };
	};
	const context = {
		getCredentials: async () => ({ requestsPerSecond: 1_000 }),
		getNode: () => ({ id: 'node', name: 'Node', type: 'test' }),
		getTimezone: () => 'UTC',
		helpers: { httpRequestWithAuthentication: answer },
	} as unknown as RequestContext;
	return { context, pages };
}

describe('a list without an end', () => {
	it('fails at the bound of pages', async () => {
		const { context, pages } = createContext();
		const connection = await connect(context, vendor, { clock: new TestClock() });
		await expect(listRows(connection, resource, operation, {})).rejects.toThrow(`The list does not end: ${mostListPages} pages were read`);
		expect(pages.sent).toBe(mostListPages);
	});

	it('gives what was read where a part of a list is kept', async () => {
		const { context } = createContext();
		const connection = await connect(context, vendor, { clock: new TestClock() });
		const kept: number[] = [];
		const rows = await listRows(connection, resource, operation, {}, { keepPartial: (_error, rowsRead) => kept.push(rowsRead) });
		expect(rows).toHaveLength(2 * mostListPages);
		expect(kept).toEqual([2 * mostListPages]);
	});
});
