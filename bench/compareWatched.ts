import { PollBudget } from '../nodes/shared/polling/budget';
import { pollSnapshot } from '../nodes/shared/polling/snapshot';
import type { SnapshotState } from '../nodes/shared/polling/state/pollState';
import { restoreState } from '../nodes/shared/polling/state/restoreState';

const identity = { event: 'agentStatusChanged', tenant: 't', zone: '', filters: 'f' };
const size = 20_000;
const pageSize = 100;
const polls = 9;

/** Milliseconds of the processor, so that other programs on the machine do not count. */
function cpuMilliseconds(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}

/** Compares the watched records of a large account with what the last poll kept. */
export async function compareWatched(): Promise<{ count: number; milliseconds: number[]; characters: number }> {
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
	return { count: size, milliseconds: times, characters: stored?.length ?? 0 };
}

