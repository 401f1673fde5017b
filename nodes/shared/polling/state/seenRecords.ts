import { hashNumber } from '../../data/hash';

/** Records that a tail remembers when it has to forget some. */
export const rememberedRecords = 50_000;

/** Records from which on it forgets: not at each page, because the oldest have to be found for it. */
const maximumRecords = 60_000;

/** Records read last that are kept whatever their time, for those that shift over the boundary of a page. */
const keptBoundary = 5_000;

/** Bytes of a remembered record: 6 of its hash, 6 of its time. Written as text they are 16 characters. */
const recordBytes = 12;

/** 48 bits. Among 20,000 remembered records a new one is taken for a known one with a chance of 1 in 14 thousand million. */
const hashRange = 2 ** 48;

/** Where a record without its time in range would stand, so that it can be written in 6 bytes. */
const lastTime = 2 ** 48 - 1;

/** What had to be forgotten to keep the limit: records older than a floor can no longer be told from new ones. */
export interface Forgotten {
	/** Floor from records up to the watermark. */
	settled?: number;
	/** Floor from records after it. */
	current?: number;
}

/** What is remembered of records that were dealt with: a hash and the record's time, in the order in which they were read. */
export class SeenRecords {
	private readonly times = new Map<number, number>();

	/** @param packed what `pack` gave; empty when left out */
	constructor(packed = '') {
		const bytes = Buffer.from(packed, 'base64');
		for (let at = 0; at + recordBytes <= bytes.length; at += recordBytes) {
			this.times.set(bytes.readUIntBE(at, 6), bytes.readUIntBE(at + 6, 6));
		}
	}

	get size(): number {
		return this.times.size;
	}

	/** @param key what tells the record from others */
	has(key: string): boolean {
		return this.times.has(hashNumber(key) % hashRange);
	}

	/** @param time epoch milliseconds */
	add(key: string, time: number): void {
		this.addHash(hashNumber(key), time);
	}

	/** Remembers a record by the hash of its key. */
	addHash(hash: number, time: number): void {
		this.times.set(hash % hashRange, Math.min(Math.max(Math.floor(time), 0), lastTime));
	}

	/** Forgets records older than a time. */
	forgetBefore(floor: number): void {
		for (const [hash, time] of this.times) if (time < floor) this.times.delete(hash);
	}

	/** Forgets records later than a time, but for those that were remembered first. */
	forgetAfter(time: number, first: number): void {
		let index = 0;
		for (const [hash, known] of this.times) if (index++ >= first && known > time) this.times.delete(hash);
	}

	/**
	 * Forgets the oldest records when there are too many.
	 * @param watermark splits what is forgotten: records up to it were settled by an earlier reading
	 */
	shrink(watermark: number): Forgotten {
		const forgotten: Forgotten = {};
		if (this.times.size <= maximumRecords) return forgotten;
		const entries = [...this.times];
		const candidates = entries.slice(0, -keptBoundary).sort((first, second) => first[1] - second[1]);
		for (const [hash, time] of candidates.slice(0, entries.length - rememberedRecords)) {
			this.times.delete(hash);
			if (time <= watermark) forgotten.settled = Math.max(forgotten.settled ?? -Infinity, time + 1);
			else forgotten.current = Math.max(forgotten.current ?? -Infinity, time + 1);
		}
		return forgotten;
	}

	/** Text of 16 characters a record, for the workflow. */
	pack(): string {
		const bytes = Buffer.alloc(this.times.size * recordBytes);
		let at = 0;
		for (const [hash, time] of this.times) {
			bytes.writeUIntBE(hash, at, 6);
			bytes.writeUIntBE(time, at + 6, 6);
			at += recordBytes;
		}
		return bytes.toString('base64');
	}
}
