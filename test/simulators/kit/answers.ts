import Ajv2020 from 'ajv/dist/2020';

import { readYaml } from '../../support/yaml';

interface Document {
	paths: Record<string, Record<string, { responses?: Record<string, { content?: Record<string, unknown> }> }>>;
}

/** Checks a JSON body against the answer that a contract gives an operation; returns what is wrong, or an empty list. */
export type AnswerCheck = (method: string, path: string, body: unknown, status?: number) => string[];

/**
 * Reads an OpenAPI 3.1 file and makes a check for answers, so that a simulator can prove that it speaks as its contract does.
 * `path` is the template of the contract (`/operator/{operatorId}`), `status` the contract's key (default 200).
 * Throws for an operation or status without a JSON answer in the contract. Not part of the kit's index: only tests need it.
 */
export function answerCheck(file: string): AnswerCheck {
	const document = readYaml<Document>(file);
	const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, code: { optimize: false } });
	ajv.addSchema(document as object, 'contract');
	return (method, path, body, status = 200) => {
		const content = document.paths[path]?.[method.toLowerCase()]?.responses?.[String(status)]?.content;
		const mediaType = Object.keys(content ?? {}).find((type) => type.includes('json'));
		if (mediaType === undefined) throw new Error(`The contract has no JSON answer ${status} for ${method} ${path}.`);
		const steps = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', mediaType, 'schema'];
		const pointer = steps.map((step) => encodeURIComponent(step.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/');
		const validate = ajv.getSchema(`contract#/${pointer}`);
		if (!validate) throw new Error(`The contract has no schema for ${method} ${path}.`);
		validate(body);
		return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
	};
}
