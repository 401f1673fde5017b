import type { INode } from 'n8n-workflow';

import type { Vendor } from '../../../nodes/shared/definition/vendor';
import { excerpt, requestError } from '../../../nodes/shared/http/errors';
import { inputError } from '../../../nodes/shared/input/inputError';

const node = { name: 'Node', type: 'test' } as INode;
const vendor = { displayName: 'Test' } as Vendor;

describe('errors', () => {
	it('show no part of a secret that lies at the cut, or that has a tag in it', () => {
		const key = 'abcdefghijklmnopqrstuvwxyz01';
		const page = (body: string) => ({ status: 502, headers: {}, body, isJson: false });
		expect(excerpt(page(`${'x '.repeat(138)}${key}`), [key])).not.toContain('abcdef');
		expect(excerpt(page('<p>The password pa<i>ss-word-1 is wrong</p>'), ['pa<i>ss-word-1'])).not.toContain('ss-word');
		const { message } = requestError(node, vendor, [key], { message: `${'x'.repeat(1_990)}${key}` });
		expect(message).not.toContain('abcdef');
	});

	it('have a bounded length', () => {
		const long = 'x'.repeat(10_000_000);
		expect(requestError(node, vendor, [], { message: long }).message.length).toBeLessThan(2_100);
		expect(inputError(node, 'ID', 'an ID', 0, long).message.length).toBeLessThan(300);
		expect(inputError(node, 'ID', long, 0).message.length).toBeLessThan(2_000);
	});

	it('say in the message alone that something is in doubt and must not be repeated', () => {
		const error = requestError(node, vendor, [], { message: 'Test did not answer', code: 'ECONNRESET', inDoubt: true });
		expect(error.message).toBe(
			'In doubt: Test did not answer. It may have been carried out and was not sent again: look at Test before you repeat it.',
		);
		expect(error.messages).toEqual([]);
		expect(error.description).toBeUndefined();
	});

	it('say in the message alone which field, what was given and what is expected', () => {
		expect(inputError(node, 'Chat', 'one of: All, One', 5, 'Offline').message).toBe(
			"Invalid value for 'Chat' [item 5]: expected one of: All, One; got 'Offline'. Nothing was sent.",
		);
		expect(inputError(node, 'Chat', 'one of: All, One', 5, 'Offline').description).toBe('This is row 6 of the input.');
	});
});
