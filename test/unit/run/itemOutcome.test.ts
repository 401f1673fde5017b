import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import type { ItemOutcome } from '../../../nodes/shared/definition/outcome';
import { throwRefused } from '../../../nodes/shared/run/itemOutcome';

const node = { name: 'Node', type: 'test' } as INode;

function refusedAt(index: number): ItemOutcome {
	return { failure: new NodeOperationError(node, `Invalid value [item ${index}]`) };
}

/** What a run with items refused at these places ends with. */
function refusal(...places: number[]): NodeOperationError {
	const outcomes: ItemOutcome[] = Array.from({ length: 40 }, () => ({ items: [] }));
	for (const index of places) outcomes[index] = refusedAt(index);
	try {
		throwRefused(outcomes);
	} catch (error) {
		return error as NodeOperationError;
	}
	throw new Error('Nothing was refused');
}

describe('items that were refused before anything was sent', () => {
	test('are all named by their rows, and each line says where it begins, because the editor shows no line breaks', () => {
		const { message, description } = refusal(1, 2, 4);
		expect(message).toBe('Invalid value [item 1]');
		expect(description).toBe('Rows that need another value: 2, 3, 5.\nRow 3: Invalid value [item 2]\nRow 5: Invalid value [item 4]');
	});

	test('are the first ten of many', () => {
		const lines = String(refusal(...Array.from({ length: 30 }, (_, index) => index)).description).split('\n');
		expect(lines[0]).toBe('Rows that need another value: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 20 more.');
		expect(lines).toHaveLength(10);
	});
});
