// Answers requests with the examples of a contract.
import { findOperation } from './contract';
import type { Contract } from './contract';
import { completeExample } from './completeExample';
import { resolveReference } from './openapi';
import type { Schema } from './openapi';
import type { RecordedRequest, RecorderAnswer } from './recorder';

interface MediaWithExamples {
	example?: unknown;
	examples?: Record<string, unknown>;
	schema?: Schema;
}

interface ResponseWithContent {
	content?: Record<string, MediaWithExamples>;
}

/** Which of the contract's examples is taken, and how. */
export interface ExampleChoice {
	/** Position among the examples of all good answers; past the end the last one. */
	index?: number;
	/** Adds every key that the contract's schema names. */
	complete?: boolean;
}

/**
 * The contract's example of a good answer to the request, the first one unless told otherwise.
 * Status 404 when no contract knows the request. Where the contract shows none: an empty body, or with `complete` what its schema names.
 */
export function exampleAnswer(
	contracts: Contract[],
	request: { method: string; path: string },
	choice: ExampleChoice = {},
): RecorderAnswer {
	const answers = exampleAnswers(contracts, request, choice.complete ?? false);
	return answers[Math.min(choice.index ?? 0, answers.length - 1)];
}

/** All good answers that the contracts show for a request; one at least. */
export function exampleAnswers(
	contracts: Contract[],
	request: Pick<RecordedRequest, 'method' | 'path'>,
	complete: boolean,
): RecorderAnswer[] {
	for (const contract of contracts) {
		const operation = findOperation(contract, request);
		if (operation === undefined) continue;
		const { responses = {} } = rawOperation(contract, operation.path, operation.method);
		const good = Object.keys(responses).filter((code) => code.startsWith('2'));
		return good.length === 0
			? [{ status: 200 }]
			: good.flatMap((status) =>
					bodiesOf(contract, responses[status], complete).map((body) => ({ status: Number(status), ...body })),
				);
	}
	return [{ status: 404, body: { message: 'Not in the contract' } }];
}

function bodiesOf({ document }: Contract, written: unknown, complete: boolean): RecorderAnswer[] {
	const response = resolveReference<ResponseWithContent>(document, written);
	const [[type, media] = ['', {} as MediaWithExamples]] = Object.entries(response.content ?? {});
	const named = Object.values(media.examples ?? {}).map(
		(example) => resolveReference<{ value?: unknown }>(document, example).value,
	);
	const examples = media.example === undefined ? named : [media.example];
	if (examples.length === 0) {
		const isMade = complete && /json/.test(type) && media.schema !== undefined;
		return [isMade ? { body: completeExample(document, media.schema ?? {}, undefined) } : {}];
	}
	return examples.map((example) => {
		if (!/json/.test(type)) return { headers: { 'content-type': type }, body: String(example) };
		return { body: asLastPage(complete ? completeExample(document, media.schema ?? {}, example) : example) };
	});
}

/** The recorder knows one page: an example that names a next one would lead in a circle. */
function asLastPage(example: unknown): unknown {
	const text = JSON.stringify(example, (key, value: unknown) => (key === 'nextUri' ? null : value));
	return JSON.parse(text) as unknown;
}

function rawOperation(contract: Contract, path: string, method: string): { responses?: Record<string, unknown> } {
	const paths = contract.document.paths as Record<string, Record<string, { responses?: Record<string, unknown> }>>;
	return paths[path]?.[method.toLowerCase()] ?? {};
}
