import type { SimulatorClock } from '../kit';

interface TimedEvent {
	at: number;
	run: () => void;
}

/** Things that happen at a time of the simulator's clock; they are carried out late, but see the time they were planned for. */
export class Timeline {
	private readonly events: TimedEvent[] = [];
	private running: number | undefined;

	constructor(private readonly clock: SimulatorClock) {}

	/** Events still to come. */
	get size(): number {
		return this.events.length;
	}

	/** Present time in epoch milliseconds; inside of an event its planned time. */
	now(): number {
		return this.running ?? this.clock.now();
	}

	/** Plans an event in so many milliseconds from now. */
	after(milliseconds: number, run: () => void): void {
		this.at(this.now() + milliseconds, run);
	}

	/** Plans an event at an epoch time in milliseconds; one in the past happens at the next `settle`. */
	at(time: number, run: () => void): void {
		const place = this.placeOf(time);
		// Latest first, so that the next event is taken from the end.
		this.events.splice(place, 0, { at: time, run });
	}

	/** Carries out everything that is due, in order of time. */
	settle(): void {
		if (this.running !== undefined) return;
		const until = this.clock.now();
		try {
			for (let next = this.events.at(-1); next && next.at <= until; next = this.events.at(-1)) {
				this.events.pop();
				this.running = next.at;
				next.run();
			}
		} finally {
			this.running = undefined;
		}
	}

	/** Index of the first event that is not later than `time`, so that events of one time keep their order. */
	private placeOf(time: number): number {
		let low = 0;
		let high = this.events.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.events[middle] as TimedEvent).at > time) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
