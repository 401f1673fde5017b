import type { Operation, Resource } from '../../../nodes/shared/definition/operation';
import { connect } from '../../../nodes/shared/http/connection';
import { listRows, maximumListPages } from '../../../nodes/shared/lists/listReader';
import { TestClock } from '../../support/testClock';
import { testContext, testVendor } from '../../support/testVendor';

const operation = { value: 'getMany', name: 'Get Many', method: 'GET', path: '/calls', retryClass: 'read', answer: { kind: 'many', path: '' } } as Operation;
const resource = { value: 'call', name: 'Call', operations: [operation] } as Resource;

const vendor = testVendor({ resources: [resource] });

/** A vendor whose list has new rows on every page, for ever. */
function createContext() {
	let rows = 0;
	const pages = { sent: 0 };
	const answer = async () => {
		pages.sent += 1;
		return { statusCode: 200, headers: {}, body: JSON.stringify([{ id: (rows += 1) }, { id: (rows += 1) }]) };
	};
	return { context: testContext({ answer }), pages };
}

describe('a list without an end', () => {
	it('fails at the bound of pages', async () => {
		const { context, pages } = createContext();
		const connection = await connect(context, vendor, { clock: new TestClock() });
		await expect(listRows(connection, resource, operation, {})).rejects.toThrow(`The list does not end: ${maximumListPages} pages were read`);
		expect(pages.sent).toBe(maximumListPages);
	});

	it('gives what was read where a part of a list is kept', async () => {
		const { context } = createContext();
		const connection = await connect(context, vendor, { clock: new TestClock() });
		const kept: number[] = [];
		const rows = await listRows(connection, resource, operation, {}, { keepPartial: (_error, rowsRead) => kept.push(rowsRead) });
		expect(rows).toHaveLength(2 * maximumListPages);
		expect(kept).toEqual([2 * maximumListPages]);
	});
});
