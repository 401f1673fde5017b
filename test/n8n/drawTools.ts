// Draws operations from the tables of all vendors.
import type { Operation, Resource } from '../../nodes/shared/definition/operation';
import { allFields } from '../../nodes/shared/input/fieldValues';
import { contractVendors } from '../contract/vendors';
import { type AgentTool, agentTool } from '../support/agentTool';

const BATCH = 10;

/** Ten operations of all vendors, or all operations in batches of ten. @param seed the same one draws the same operations */
export function drawTools(seed: number, extent: 'one batch' | 'all'): AgentTool[][] {
	const random = randomOf(seed);
	const left = shuffled(contractVendors.flatMap(({ vendor }) => vendor.resources.flatMap((resource) => fitting(resource).map((operation) => ({ vendor, resource, operation })))), random);
	const take = (count: number, fits: (drawn: (typeof left)[number]) => boolean) => {
		const found = left.filter(fits).slice(0, count);
		for (const each of found) left.splice(left.indexOf(each), 1);
		return found;
	};
	const toTool = ({ vendor, resource, operation }: (typeof left)[number]) => agentTool(vendor, resource, operation, random() < 0.5 ? 'fewest' : 'most');
	if (extent === 'all') {
		const all = left.map(toTool);
		return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, index) => all.slice(index * BATCH, (index + 1) * BATCH));
	}
	const ofEach = contractVendors.flatMap(({ vendor }) => [
		...take(1, (drawn) => drawn.vendor === vendor && drawn.operation.retryClass === 'read'),
		...take(1, (drawn) => drawn.vendor === vendor && drawn.operation.retryClass !== 'read'),
	]);
	const once = take(1, ({ operation }) => operation.retryClass === 'once');
	const job = take(1, ({ operation }) => operation.run !== undefined);
	return [[...ofEach, ...once, ...job].map(toTool)];
}

/** Operations that work as a tool: a tool call carries no file. */
function fitting({ operations }: Resource): Operation[] {
	return operations.filter((operation) => operation.answer?.kind !== 'binary' && !takesFile(operation));
}

function takesFile(operation: Operation): boolean {
	return allFields(operation).some(({ displayName }) => displayName === 'Input Data Field Name');
}

/** Numbers from 0 to below 1: mulberry32, the same for the same seed. */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

function shuffled<T>(list: T[], random: () => number): T[] {
	return list.map((value) => ({ value, rank: random() })).sort((first, second) => first.rank - second.rank).map(({ value }) => value);
}
