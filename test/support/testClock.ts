import type { Clock } from '../../nodes/shared/time/clock';

interface Sleeper {
	at: number;
	wake: () => void;
}

/** What a virtual clock may be told. */
export interface TestClockOptions {
	/** Epoch milliseconds at which it starts. */
	start?: number;
	/** How late each sleep ends, in milliseconds, as timers of a busy machine do. */
	lateness?: () => number;
}

/** Virtual time. When nothing else is left to do, it jumps to the moment at which the next sleeper wakes. */
export class TestClock implements Clock {
	/** The milliseconds of each sleep, in order. */
	readonly sleeps: number[] = [];

	private present: number;

	private readonly lateness: () => number;

	private readonly sleepers = new Set<Sleeper>();

	private isScheduled = false;

	constructor(options: TestClockOptions = {}) {
		this.present = options.start ?? Date.UTC(2026, 10, 20, 9);
		this.lateness = options.lateness ?? (() => 0);
	}

	now(): number {
		return this.present;
	}

	/** Sets the clock, also back, and wakes nobody. */
	set(epoch: number): void {
		this.present = epoch;
	}

	async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
		this.sleeps.push(milliseconds);
		if (signal?.aborted === true || milliseconds <= 0) return;
		await new Promise<void>((resolve) => {
			const sleeper = {
				at: this.present + milliseconds + this.lateness(),
				wake: () => {
					this.sleepers.delete(sleeper);
					signal?.removeEventListener('abort', sleeper.wake);
					resolve();
				},
			};
			signal?.addEventListener('abort', sleeper.wake);
			this.sleepers.add(sleeper);
			this.schedule();
		});
	}

	private schedule(): void {
		if (this.isScheduled) return;
		this.isScheduled = true;
		// Runs after all promises that can settle now have settled.
		setImmediate(() => {
			this.isScheduled = false;
			this.wakeNext();
			if (this.sleepers.size > 0) this.schedule();
		});
	}

	private wakeNext(): void {
		if (this.sleepers.size === 0) return;
		const next = Math.min(...[...this.sleepers].map(({ at }) => at));
		this.present = Math.max(this.present, next);
		for (const sleeper of [...this.sleepers]) if (sleeper.at <= this.present) sleeper.wake();
	}
}
