// Measures what a poll of a large centre costs besides its requests: `npx tsx bench/polling.ts`.
import { PollBudget } from '../nodes/shared/polling/budget';
import { pollSnapshot } from '../nodes/shared/polling/snapshot';
import type { SnapshotState, TailState } from '../nodes/shared/polling/state/pollState';
import { restoreState } from '../nodes/shared/polling/state/restoreState';
import { SeenRecords } from '../nodes/shared/polling/state/seenRecords';

const identity = { event: 'agentStatusChanged', tenant: 't', zone: '', filters: 'f' };
const size = 20_000;
const pageSize = 100;
const polls = 9;

function median(values: number[]): number {
	return values.sort((first, second) => first - second)[Math.floor(values.length / 2)];
}

/** Milliseconds of the processor, so that other programs on the machine do not count. */
function cpuMilliseconds(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}

async function compareWatched(): Promise<void> {
	const rows = Array.from({ length: size }, (_, index) => ({ key: `agent-${index}`, state: `status ${index % 12}`, row: index }));
	const source = {
		pages: async function* () {
			for (let position = 0; position * pageSize < size; position++) {
				const hasNext = (position + 1) * pageSize < size;
				const page = rows.slice(position * pageSize, (position + 1) * pageSize);
				yield { rows: page, position, ...(hasNext ? { next: position + 1 } : {}) };
			}
		},
	};
	let stored: string | undefined;
	const times: number[] = [];
	for (let poll = 0; poll < polls; poll++) {
		for (let change = 0; change < 50; change++) rows[(poll * 50 + change) % size].state = `status ${poll}`;
		const budget = new PollBudget({ pages: 1_000, deadline: Infinity }, () => 0);
		const begin = cpuMilliseconds();
		const last = stored === undefined ? undefined : (restoreState(JSON.parse(stored), identity).state as SnapshotState);
		const { state } = await pollSnapshot(source, last, identity, { emitNew: true, emitGone: false }, budget);
		stored = JSON.stringify(state);
		if (poll > 0) times.push(cpuMilliseconds() - begin);
	}
	console.log(`${size} watched records: ${median(times).toFixed(0)} ms a poll, ${stored!.length} characters kept`);
}

function rememberSeen(): void {
	const seen = new SeenRecords();
	for (let index = 0; index < size; index++) seen.add(`record-${index}`, 1_772_445_600_000 + index * 45);
	const state: TailState = { version: 2, identity, kind: 'tail', watermark: 1_772_445_600_000, seen: seen.pack() };
	const stored = JSON.stringify(state);
	const times: number[] = [];
	for (let poll = 0; poll < polls; poll++) {
		const begin = cpuMilliseconds();
		const known = new SeenRecords((restoreState(JSON.parse(stored), identity).state as TailState).seen);
		for (let index = 0; index < size; index++) known.has(`record-${index}`);
		known.pack();
		times.push(cpuMilliseconds() - begin);
	}
	console.log(`${size} remembered records read again: ${median(times).toFixed(0)} ms a poll, ${stored.length} characters kept`);
}

rememberSeen();
void compareWatched();
