import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../http/connection';

/** What a line of progress needs of the node run. */
type Host = Pick<IExecuteFunctions, 'getNode'> & Partial<Pick<IExecuteFunctions, 'logger' | 'getExecutionId' | 'sendMessageToUI'>>;

/** Milliseconds between two lines. */
const interval = 30_000;

/** Milliseconds from which a run is long: it is announced before, and its duration is told afterwards. */
const longRun = 60_000;

/**
 * Tells how far a long run has come: in n8n's log, and while the user runs the workflow from the editor in the browser's console.
 * n8n shows nothing of a node in the editor before it has finished. Lines hold counts and times, and nothing of the records.
 */
export class Progress {
	private readonly began: number;

	private lastLine: number;

	private announced = 0;

	/** @param what resource and operation for people: `Lead > Create` */
	constructor(
		private readonly host: Host,
		private readonly connection: Pick<Connection, 'clock' | 'pacer' | 'vendor'>,
		private readonly what: string,
	) {
		this.began = connection.clock.now();
		this.lastLine = this.began;
	}

	/** Says before a long run how long it takes at least. A run in several parts announces only what is longer than the part before. */
	announce(requests: number): void {
		const rate = this.connection.pacer.requestsPerSecond;
		const least = (requests / rate) * 1_000;
		if (least < longRun || requests <= this.announced) return;
		this.announced = requests;
		this.say(`${count(requests)} requests take at least ${duration(least)} at ${perSecond(rate)}`);
	}

	/** Says now and then how many of how many items are done, and about how much longer the rest takes. */
	items(done: number, total: number): void {
		if (!this.isDue()) return;
		this.say(`${count(done)} of ${count(total)} items done${this.timeLeft(done, total)}`);
	}

	/** Says now and then how many records of a list were read and, where the vendor tells it, how many pages there are. */
	records(read: number, page: number, pages?: number): void {
		if (!this.isDue()) return;
		const ofPages = pages === undefined ? `page ${count(page)}` : `page ${count(page)} of ${count(pages)}`;
		this.say(`${count(read)} records read, ${ofPages}${pages === undefined ? '' : this.timeLeft(page, pages)}`);
	}

	/** Says now and then that a background job of the vendor is still running. */
	job(): void {
		if (!this.isDue()) return;
		this.say(`waiting for the job of ${this.connection.vendor.displayName}, ${duration(this.elapsed)} so far`);
	}

	/** What a long run took; undefined for a short one. */
	summary(items: number): string | undefined {
		if (this.elapsed < longRun) return undefined;
		return `${count(items)} ${items === 1 ? 'item' : 'items'} took ${duration(this.elapsed)}.`;
	}

	private get elapsed(): number {
		return this.connection.clock.now() - this.began;
	}

	private isDue(): boolean {
		const now = this.connection.clock.now();
		if (now - this.lastLine < interval) return false;
		this.lastLine = now;
		return true;
	}

	/** By the speed so far, which knows latency and refusals. */
	private timeLeft(done: number, total: number): string {
		if (done <= 0 || done >= total) return '';
		return `, about ${duration((this.elapsed / done) * (total - done))} left`;
	}

	private say(text: string): void {
		const line = `${this.connection.vendor.displayName}, ${this.what}: ${text}`;
		this.host.logger?.info(line, { executionId: this.host.getExecutionId?.(), node: this.host.getNode().name });
		// Reaches the editor of a manual run only.
		this.host.sendMessageToUI?.(line);
	}
}

function count(number: number): string {
	return number.toLocaleString('en-US');
}

/** A rate in words: 10 requests a second. */
export function perSecond(rate: number): string {
	const rounded = rate >= 1 ? Math.round(rate * 10) / 10 : Number(rate.toPrecision(2));
	return `${rounded} ${rounded === 1 ? 'request' : 'requests'} a second`;
}

/** A length of time in the unit that people would choose: 45 seconds, 12 minutes, 3.5 hours. */
export function duration(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1_000);
	if (seconds < 90) return inUnits(seconds, 'second');
	const minutes = Math.round(seconds / 60);
	if (minutes < 90) return inUnits(minutes, 'minute');
	return inUnits(Math.round(minutes / 6) / 10, 'hour');
}

function inUnits(number: number, unit: string): string {
	return `${number} ${number === 1 ? unit : `${unit}s`}`;
}
