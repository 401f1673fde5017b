// Stands in for a vendor with what its contracts give as examples.
import { join } from 'node:path';

import { findOperation, loadContract } from '../support/contract';
import type { Contract } from '../support/contract';
import { exampleAnswer } from '../support/exampleAnswer';
import type { ExampleChoice } from '../support/exampleAnswer';
import { repositoryFolder } from '../support/package';
import { startRecorder } from '../support/recorder';
import type { RecordedRequest, Recorder, RecorderAnswer } from '../support/recorder';
import { shapeOf } from './shapes';
import type { ContractVendor } from './vendors';

/** Path below which the recorder stands in for the vendor's file storage. */
const storagePath = '/storage';

/** What each input item has in its binary fields: a file of each type that vendors take. */
export const sampleFiles = {
	data: { data: 'e30=', mimeType: 'application/json', fileName: 'sample.json' },
	photo: { data: '/9j/4AAQ', mimeType: 'image/jpeg', fileName: 'sample.jpg' },
	video: { data: 'AAAAGGZ0', mimeType: 'video/mp4', fileName: 'sample.mp4' },
};

/** The contracts of a vendor. */
export function contractsOf({ contracts }: ContractVendor): Contract[] {
	return contracts.map((file) => loadContract(join(repositoryFolder, 'test/contracts', file)));
}

/** The contract's shape of a request that was sent; undefined when no contract knows it. */
export function templateOf(contracts: Contract[], request: { method: string; path: string }): string | undefined {
	for (const contract of contracts) {
		const operation = findOperation(contract, request);
		if (operation !== undefined) return shapeOf(operation.method, (contract.basePaths[0] ?? '') + operation.path);
	}
	return undefined;
}

/** Whether a request went to the vendor's file storage instead of the vendor. */
export function isStorage({ storage }: ContractVendor, { path }: RecordedRequest): boolean {
	return storage !== undefined && path.startsWith(`${storagePath}/`);
}

/**
 * Starts a recorder that answers with the contract's examples, or with what the vendor's row says instead; addresses of the
 * file storage lead to the recorder. Whoever starts it closes it; the answers of a row begin anew when `requests` is emptied.
 * @param choice which examples; the first ones as they are when left out
 * @param instead gets how many requests have come; what it returns is answered in place of the example
 */
export async function startStandIn(
	row: ContractVendor,
	choice: ExampleChoice = {},
	instead: (count: number) => RecorderAnswer | undefined = () => undefined,
): Promise<Recorder> {
	const contracts = contractsOf(row);
	const recorder = await startRecorder((request) => instead(recorder.requests.length) ?? answerTo(request));

	function answerTo(request: RecordedRequest): RecorderAnswer {
		if (isStorage(row, request)) return { headers: { 'content-type': 'application/octet-stream' }, body: 'content' };
		const shape = templateOf(contracts, request) ?? '';
		const own = row.answers?.[shape];
		const earlier = recorder.requests.filter((other) => templateOf(contracts, other) === shape).length - 1;
		const example = exampleAnswer(contracts, request, choice);
		const given = own === undefined ? example : { body: over(example.body, own[Math.min(earlier, own.length - 1)]) };
		if (row.storage === undefined || typeof given.body !== 'object') return given;
		const text = JSON.stringify(given.body).replaceAll(row.storage, recorder.origin + storagePath);
		return { ...given, body: JSON.parse(text) as unknown };
	}

	return recorder;
}

/** What a row says, over the keys of the example where both are records. */
function over(example: unknown, own: unknown): unknown {
	return isRecord(example) && isRecord(own) ? { ...example, ...own } : own;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
