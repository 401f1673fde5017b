import { hashNumber } from '../../data/hash';

/** Most records that a snapshot remembers. */
export const watchedLimit = 50_000;

/** Bytes of a record: 6 of its key's hash, 3 of its mark. Written as text they are 12 characters. */
const recordBytes = 9;

const hashRange = 2 ** 48;

/** The two highest bits of a mark are flags, the others number the text of the state. */
const textRange = 2 ** 22;

/** Record by record what a snapshot keeps in the workflow. */
export interface PackedRecords {
	/** The different states, each once. */
	texts: string[];
	/** Hash, flags and number of the state of each record. */
	records: string;
	/** The keys themselves in the order of the records, where a record that is gone has to be named. */
	keys?: string[];
}

/** One record as it is remembered. */
export interface WatchedRecord {
	state: string;
	/** Seen in the reading that is under way. */
	isVisited: boolean;
	/** Not seen in the reading before. */
	wasMissed: boolean;
	/** Only where keys are kept. */
	key?: string;
}

/** States of the watched records by their keys. A key is remembered as a hash; keys themselves are kept only where asked. */
export class WatchedRecords {
	private readonly records = new Map<number, WatchedRecord>();

	/** @param keepKeys whether a record that is gone has to be named */
	constructor(
		private readonly keepKeys: boolean,
		packed: PackedRecords = { texts: [], records: '' },
	) {
		const bytes = Buffer.from(packed.records, 'base64');
		for (let at = 0, index = 0; at + recordBytes <= bytes.length; at += recordBytes, index++) {
			const mark = bytes.readUIntBE(at + 6, 3);
			this.records.set(bytes.readUIntBE(at, 6), {
				state: packed.texts[mark % textRange] ?? '',
				isVisited: Math.floor(mark / textRange) % 2 === 1,
				wasMissed: mark >= textRange * 2,
				...(keepKeys ? { key: packed.keys?.[index] ?? '' } : {}),
			});
		}
	}

	get size(): number {
		return this.records.size;
	}

	get(key: string): WatchedRecord | undefined {
		return this.records.get(hashOf(key));
	}

	/** Remembers the state of a record that was just read. */
	visit(key: string, state: string): void {
		const known = this.get(key);
		if (known === undefined) {
			this.setHash(hashNumber(key), { state, isVisited: true, wasMissed: false, ...(this.keepKeys ? { key } : {}) });
		} else {
			known.state = state;
			known.isVisited = true;
			known.wasMissed = false;
		}
	}

	/** Remembers a record by the hash of its key. */
	setHash(hash: number, record: WatchedRecord): void {
		this.records.set(hash % hashRange, record);
	}

	/** Forgets the record that was remembered first. */
	forgetFirst(): void {
		const [first] = this.records.keys();
		this.records.delete(first);
	}

	/**
	 * Ends a reading.
	 * @param isSure false where a record may have been missed: it is forgotten only when the next reading misses it too
	 * @returns the records that are gone
	 */
	endReading(isSure: boolean): WatchedRecord[] {
		const gone: WatchedRecord[] = [];
		for (const [hash, record] of this.records) {
			if (!record.isVisited && (isSure || record.wasMissed)) {
				this.records.delete(hash);
				gone.push(record);
			}
			record.wasMissed = !record.isVisited;
			record.isVisited = false;
		}
		return gone;
	}

	/** Small plain data for the workflow; the same for the same records in the same order. */
	pack(): PackedRecords {
		const numbers = new Map<string, number>();
		const bytes = Buffer.alloc(this.records.size * recordBytes);
		const keys: string[] = [];
		let at = 0;
		for (const [hash, { state, isVisited, wasMissed, key }] of this.records) {
			const number = numbers.get(state) ?? numbers.size;
			numbers.set(state, number);
			bytes.writeUIntBE(hash, at, 6);
			bytes.writeUIntBE(number + (isVisited ? textRange : 0) + (wasMissed ? textRange * 2 : 0), at + 6, 3);
			if (key !== undefined) keys.push(key);
			at += recordBytes;
		}
		return { texts: [...numbers.keys()], records: bytes.toString('base64'), ...(this.keepKeys ? { keys } : {}) };
	}
}

function hashOf(key: string): number {
	return hashNumber(key) % hashRange;
}
