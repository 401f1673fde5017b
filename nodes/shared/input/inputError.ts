import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

const longestGiven = 100;
const longestExpected = 1_500;

/**
 * Builds the error of bad input. Its message alone names the field and the item, says what is expected and what was given.
 * @param expected what would have been right, to follow the word "expected"
 * @param itemIndex left out in triggers, which have no input
 * @param given the value as the user gave it; left out of the text where nothing was given
 */
export function inputError(
	node: INode,
	fieldName: string,
	expected: string,
	itemIndex: number | undefined,
	given?: unknown,
): NodeOperationError {
	const shown = describeGiven(given);
	const but = shown === undefined || expected.includes('; got ') ? '' : `; got ${shown}`;
	const wanted = expected.length > longestExpected ? `${expected.slice(0, longestExpected)}…` : expected;
	return new NodeOperationError(
		node,
		`Invalid value for '${fieldName}'${itemMark(itemIndex)}: expected ${wanted}${but}. Nothing was sent.`,
		rowOf(itemIndex),
	);
}

/** The error of a field that has to have a value. */
export function missingError(node: INode, fieldName: string, itemIndex: number | undefined): NodeOperationError {
	const message = `'${fieldName}' is empty${itemMark(itemIndex)}, but it is required. Nothing was sent.`;
	return new NodeOperationError(node, message, rowOf(itemIndex));
}

function itemMark(itemIndex: number | undefined): string {
	return itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
}

function rowOf(itemIndex: number | undefined): { description?: string; itemIndex?: number } {
	return itemIndex === undefined ? {} : { description: `This is row ${itemIndex + 1} of the input.`, itemIndex };
}

/** A value as it is shown in an error: short, on one line; undefined for what is empty. */
export function describeGiven(given: unknown): string | undefined {
	if (given === undefined || given === null || given === '') return undefined;
	const text = typeof given === 'string' ? `'${given.slice(0, longestGiven + 1)}'` : written(given);
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > longestGiven ? `${line.slice(0, longestGiven)}…` : line;
}

function written(given: unknown): string {
	try {
		return JSON.stringify(given)?.slice(0, longestGiven + 1) ?? typeof given;
	} catch {
		return typeof given;
	}
}
