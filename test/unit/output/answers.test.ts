import { itemsOf, renameErrorKey, showRow } from '../../../nodes/shared/output/answers';
import type { Answer } from '../../../nodes/shared/definition/answer';
import type { Operation } from '../../../nodes/shared/definition/operation';
import type { Vendor } from '../../../nodes/shared/definition/vendor';

const vendor = { answerPath: 'data', secretKeys: ['token'] } as unknown as Vendor;
const style = { simplify: true, withSecrets: false, vendorZone: 'UTC' };

function answerOf(body: unknown): Answer {
	return { status: 200, headers: {}, body, isJson: true };
}

describe('answers', () => {
	test('an acknowledgement without data is a success', () => {
		const operation = { answer: { kind: 'done' } } as Operation;
		expect(itemsOf(vendor, operation, answerOf(undefined), {})).toEqual([{ success: true }]);
		expect(itemsOf(vendor, operation, answerOf({ data: { job: 3 } }), {})).toEqual([{ job: 3 }]);
	});

	test('an empty list as the answer to a write is one outcome, and no record of a read', () => {
		const write = { answer: { kind: 'one' }, retryClass: 'once' } as Operation;
		expect(itemsOf(vendor, write, answerOf({ data: [] }), {})).toEqual([{ success: true }]);
		expect(itemsOf(vendor, { ...write, retryClass: 'read' } as Operation, answerOf({ data: [] }), {})).toEqual([]);
	});

	test('times of the vendor are ISO 8601 from version 2 of the node on, simplified or not', () => {
		const timed = { ...vendor, timeKeys: ['at', 'made'] } as Vendor;
		const row = { at: '2026-07-01 10:00:00', day: '2026-07-01 10:00:00', inner: [{ made: '2026-07-01T10:00:00+1000' }], made: '2026-07-01' };
		const operation = { simplify: ['at', 'made'] } as Operation;
		const shown = (simplify: boolean, nodeVersion?: number) =>
			showRow(timed, operation, row, {}, { ...style, simplify, vendorZone: 'America/New_York', nodeVersion });
		expect(shown(true, 2)).toEqual({ at: '2026-07-01T14:00:00.000Z', made: '2026-07-01' });
		expect(shown(false, 2)).toEqual({
			at: '2026-07-01T14:00:00.000Z',
			day: '2026-07-01 10:00:00',
			inner: [{ made: '2026-07-01T00:00:00.000Z' }],
			made: '2026-07-01',
		});
		expect(shown(false, 1)).toEqual(row);
		expect(shown(false)).toEqual(row);
	});

	test('Simplify is there only in the versions of the node that have it', () => {
		const simplifies = (simplifyVersions: Operation['simplifyVersions'], nodeVersion: number) =>
			Object.keys(showRow(vendor, { simplify: ['id'], simplifyVersions } as Operation, { id: 1, name: 'a' }, {}, { ...style, nodeVersion })).length === 1;
		expect([simplifies({ from: 2 }, 1), simplifies({ from: 2 }, 2)]).toEqual([false, true]);
		expect([simplifies({ until: 1 }, 1), simplifies({ until: 1 }, 2)]).toEqual([true, false]);
		expect(simplifies(undefined, 2)).toBe(true);
	});

	test('a key named error is put aside, because n8n takes it for a failed item', () => {
		expect(renameErrorKey({ error: 'late', id: 1 })).toEqual({ vendorError: 'late', id: 1 });
		expect(renameErrorKey({ error: null, id: 1 })).toEqual({ error: null, id: 1 });
	});

	test('unknown keys pass through unless simplified; secrets never', () => {
		const row = { id: 1, token: 'x', added: { later: true }, owner: { name: 'Park' } };
		const whole = showRow(vendor, {} as Operation, row, {}, style);
		expect(whole).toEqual({ id: 1, added: { later: true }, owner: { name: 'Park' } });
		const simple = showRow(vendor, { simplify: ['id', 'owner.name', 'absent'] } as Operation, row, {}, style);
		expect(simple).toEqual({ id: 1, owner_name: 'Park' });
		expect(showRow(vendor, {} as Operation, row, {}, { ...style, withSecrets: true })).toHaveProperty('token');
	});
});
