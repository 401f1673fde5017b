import { itemsOf, keepErrorKeyAside, showRow } from '../../../nodes/shared/output/answers';
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

	test('a key named error is put aside, because n8n takes it for a failed item', () => {
		expect(keepErrorKeyAside({ error: 'late', id: 1 })).toEqual({ vendorError: 'late', id: 1 });
		expect(keepErrorKeyAside({ error: null, id: 1 })).toEqual({ error: null, id: 1 });
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
