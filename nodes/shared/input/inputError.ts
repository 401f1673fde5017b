import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

/** Builds the error of bad input: names the field and the item and says what is expected. */
export function inputError(node: INode, fieldName: string, expected: string, itemIndex: number): NodeOperationError {
	return new NodeOperationError(node, `'${fieldName}' is not usable [item ${itemIndex}]`, {
		description: `Expected ${expected}. Nothing was sent.`,
		itemIndex,
	});
}
