import type { Timeline } from './timeline';

/** `clock`: a job moves on with the simulator's clock. `reads`: with each read of the job. */
export type JobProgress = 'clock' | 'reads';

/** One state a job reaches. */
export interface JobStep {
	/** Milliseconds after the step before. */
	afterMs: number;
	enter: () => void;
}

/** Runs background jobs step by step. */
export class JobRunner {
	private readonly waiting = new Map<object, JobStep[]>();

	constructor(
		private readonly timeline: Timeline,
		private readonly progress: JobProgress,
	) {}

	/** Plans the coming steps of a job; replaces the ones it had. */
	run(job: object, steps: JobStep[]): void {
		this.waiting.set(job, [...steps]);
		if (this.progress === 'clock') this.planNext(job);
	}

	/** Tells that a job was read: moves it one step on with progress `reads`, after the answer was made. */
	wasRead(job: object): void {
		if (this.progress === 'reads') this.enterNext(job);
	}

	private planNext(job: object): void {
		const steps = this.waiting.get(job);
		const step = steps?.[0];
		if (!steps || !step) return;
		this.timeline.after(step.afterMs, () => {
			// A job that was started anew has other steps.
			if (this.waiting.get(job) !== steps || steps[0] !== step) return;
			this.enterNext(job);
			this.planNext(job);
		});
	}

	private enterNext(job: object): void {
		const steps = this.waiting.get(job);
		const step = steps?.shift();
		step?.enter();
		// `enter` may have started the job anew.
		if (steps?.length === 0 && this.waiting.get(job) === steps) this.waiting.delete(job);
	}
}
