// Answers requests with the examples of a contract.
import { findOperation } from './contract';
import type { Contract } from './contract';
import { resolveReference } from './openapi';
import type { RecordedRequest, RecorderAnswer } from './recorder';

interface MediaWithExamples {
	example?: unknown;
	examples?: Record<string, unknown>;
	schema?: unknown;
}

interface ResponseWithContent {
	content?: Record<string, MediaWithExamples>;
}

/**
 * The contract's first example of a good answer to the request.
 * Status 404 when no contract knows the request, an empty body when the contract shows none.
 */
export function exampleAnswer(contracts: Contract[], request: RecordedRequest): RecorderAnswer {
	for (const contract of contracts) {
		const operation = findOperation(contract, request);
		if (operation === undefined) continue;
		const { responses = {} } = rawOperation(contract, operation.path, operation.method);
		const status = Object.keys(responses).find((code) => code.startsWith('2')) ?? '200';
		const response = resolveReference<ResponseWithContent>(contract.document, responses[status] ?? {});
		return { status: Number(status), ...bodyOf(contract, response) };
	}
	return { status: 404, body: { message: 'Not in the contract' } };
}

function bodyOf(contract: Contract, response: ResponseWithContent): RecorderAnswer {
	const [[type, media] = ['', {} as MediaWithExamples]] = Object.entries(response.content ?? {});
	const [first] = Object.values(media.examples ?? {});
	const example = media.example ?? resolveReference<{ value?: unknown }>(contract.document, first ?? {}).value;
	if (example === undefined) return {};
	if (/json/.test(type)) return { body: asLastPage(example) };
	return { headers: { 'content-type': type }, body: String(example) };
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
