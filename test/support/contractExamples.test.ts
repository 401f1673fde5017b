// Each contract holds examples; the request they make up must be valid against the contract itself.
import { join } from 'node:path';

import { loadContract, validateRequest, type Contract, type Operation } from './contract';
import { resolveReference, type MediaType, type Parameter, type Schema } from './openapi';
import type { RecordedRequest } from './recorder';

interface ExampleBody {
	contentType?: string;
	text: string;
}

/** A value that is valid for the schema: its example or default, else the simplest. */
function sample({ document }: Contract, schema: Schema): unknown {
	const resolved = resolveReference<Schema & { example?: unknown; examples?: unknown[] }>(document, schema);
	const given =
		resolved.example ??
		resolved.examples?.[0] ??
		resolved.default ??
		resolved.const ??
		(resolved.enum as unknown[])?.[0];
	return given ?? { integer: 1, number: 1, boolean: true, array: ['1'] }[[resolved.type].flat()[0] ?? ''] ?? 'abc';
}

function writeForm(value: Record<string, unknown>): string {
	const pairs = Object.entries(value).flatMap(([name, inner]) =>
		[inner].flat().map((one): [string, string] => [name, String(one)]),
	);
	return new URLSearchParams(pairs).toString();
}

function exampleOf(contract: Contract, media: MediaType): unknown {
	const named = Object.values(media.examples ?? {})[0];
	const { value } = resolveReference<{ value?: unknown }>(contract.document, named ?? {});
	return media.example ?? value ?? media.schema?.example;
}

function exampleBody(contract: Contract, { body }: Operation): ExampleBody | undefined {
	const [type, media] = Object.entries(body)[0] ?? [];
	if (!type || !media) return { text: '' };
	const example = exampleOf(contract, media);
	if (type === 'multipart/form-data' || example === undefined) return undefined;
	const form = type === 'application/x-www-form-urlencoded';
	return { contentType: type, text: form ? writeForm(example as Record<string, unknown>) : JSON.stringify(example) };
}

function writeParameter(contract: Contract, parameter: Parameter): string[] {
	const value = parameter.example ?? sample(contract, parameter.schema ?? {});
	const joined = Array.isArray(value) && parameter.explode === false ? value.join(',') : value;
	return [joined].flat().map((one) => `${encodeURIComponent(parameter.name)}=${encodeURIComponent(String(one))}`);
}

function exampleRequest(contract: Contract, operation: Operation): RecordedRequest | undefined {
	const body = exampleBody(contract, operation);
	if (!body) return undefined;
	const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
	const inQuery = operation.parameters.filter(
		(parameter) => parameter.in === 'query' && (parameter.required || parameter.example !== undefined),
	);
	const path = inPath.reduce(
		(text, { name, schema = {}, example }) =>
			text.replace(`{${name}}`, encodeURIComponent(String(example ?? sample(contract, schema)))),
		operation.path,
	);
	const query = inQuery.flatMap((parameter) => writeParameter(contract, parameter)).join('&');
	const credentials = { authorization: 'Basic eDp5', apikey: 'key', 'x-api-key': 'key' };
	return {
		method: operation.method,
		path: contract.basePaths[0] + path,
		query,
		headers: { ...credentials, 'content-type': body.contentType },
		body: Buffer.from(body.text),
	};
}

describe.each(['iadvize', 'ipscape', 'liveagent', 'ujet-apps', 'ujet-manager'])('the examples of %s', (name) => {
	const contract = loadContract(join(__dirname, `../contracts/${name}.openapi.yaml`));
	const examples = contract.operations.flatMap((operation): Array<[string, RecordedRequest]> => {
		const request = exampleRequest(contract, operation);
		return request ? [[operation.operationId, request]] : [];
	});

	it('are there for every operation, but for uploads of files', () => {
		const uploads = contract.operations.filter(({ body }) => 'multipart/form-data' in body);
		expect(examples.length).toBe(contract.operations.length - uploads.length);
	});

	it.each(examples)('%s are valid, but not with one name more', async (_operationId, request) => {
		expect(await validateRequest(contract, request)).toEqual([]);

		const query = [request.query, 'unheard_of=1'].filter(Boolean).join('&');
		expect(await validateRequest(contract, { ...request, query })).toEqual([
			{ place: 'query', name: 'unheard_of', message: 'not in the contract' },
		]);
	});
});
