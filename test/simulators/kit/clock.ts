/** Source of the present time, in epoch milliseconds. */
export type TimeSource = () => number;

/**
 * Clock of a simulator. It runs with its time source (real time unless told otherwise) plus everything it was advanced by.
 * `new SimulatorClock(() => Date.parse('2024-05-15T10:00:00Z'))` stands still until it is advanced.
 */
export class SimulatorClock {
	private offset = 0;

	constructor(private readonly source: TimeSource = Date.now) {}

	/** Present time in epoch milliseconds. */
	now(): number {
		return this.source() + this.offset;
	}

	/** Moves the clock forward (or back, with a negative value) by milliseconds and returns the new time. */
	advance(milliseconds: number): number {
		this.offset += milliseconds;
		return this.now();
	}

	/** Moves the clock to an epoch time in milliseconds; it keeps running from there. */
	set(time: number): void {
		this.offset += time - this.now();
	}
}

/** A clock that stands still at an ISO date-time (or epoch milliseconds) until it is advanced. */
export function stoppedClock(at: string | number): SimulatorClock {
	const time = typeof at === 'number' ? at : Date.parse(at);
	if (Number.isNaN(time)) throw new RangeError(`No date-time: ${at}`);
	return new SimulatorClock(() => time);
}
