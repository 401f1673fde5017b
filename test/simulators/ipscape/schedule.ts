interface Planned {
	/** Epoch milliseconds. */
	at: number;
	/** Keeps events of the same time in the order in which they were planned. */
	sequence: number;
	run: (at: number) => void;
}

const before = (first: Planned, second: Planned): boolean =>
	first.at < second.at || (first.at === second.at && first.sequence < second.sequence);

/** Things that are to happen at times of the simulator's clock: a binary heap, fast with 100,000 planned events. */
export class Schedule {
	private readonly heap: Planned[] = [];
	private sequence = 0;

	/** Plans an event; it runs with its own time when `runUntil` reaches it. */
	at(at: number, run: (at: number) => void): void {
		this.sequence += 1;
		this.heap.push({ at, sequence: this.sequence, run });
		this.rise(this.heap.length - 1);
	}

	/** Runs what is due, in order of time, including events planned meanwhile. */
	runUntil(now: number): void {
		for (let next = this.heap[0]; next && next.at <= now; next = this.heap[0]) {
			this.takeFirst();
			next.run(next.at);
		}
	}

	private takeFirst(): void {
		const last = this.heap.pop();
		if (!last || this.heap.length === 0) return;
		this.heap[0] = last;
		this.sink();
	}

	private rise(start: number): void {
		for (let index = start; index > 0;) {
			const parent = (index - 1) >> 1;
			if (!this.isBefore(index, parent)) return;
			this.swap(index, parent);
			index = parent;
		}
	}

	private sink(): void {
		for (let index = 0; ;) {
			const left = 2 * index + 1;
			const child = this.isBefore(left + 1, left) ? left + 1 : left;
			if (!this.isBefore(child, index)) return;
			this.swap(index, child);
			index = child;
		}
	}

	private isBefore(first: number, second: number): boolean {
		const [one, other] = [this.heap[first], this.heap[second]];
		return one !== undefined && other !== undefined && before(one, other);
	}

	private swap(first: number, second: number): void {
		const [one, other] = [this.heap[first], this.heap[second]];
		if (!one || !other) return;
		this.heap[first] = other;
		this.heap[second] = one;
	}
}
