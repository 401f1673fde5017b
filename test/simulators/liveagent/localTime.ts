import { DateTime } from 'luxon';

import { fromLocalText } from '../kit';

/** Offsets change at quarter hours at the finest. */
const step = 900_000;

/** Writes and reads wall-clock times of one time zone. Remembers offsets, so that 100,000 rows are written quickly. */
export class LocalTime {
	private readonly offsets = new Map<number, number>();

	constructor(readonly zone: string) {
		if (!DateTime.local({ zone }).isValid) throw new RangeError(`No time zone: ${zone}`);
	}

	/** `YYYY-MM-DD HH:MM:SS`. */
	text(time: number): string {
		return new Date(time + this.offset(time)).toISOString().slice(0, 19).replace('T', ' ');
	}

	/** `MM/DD/YYYY HH:MM:SS`, as the vendor shows times in some reports. */
	display(time: number): string {
		const text = this.text(time);
		return `${displayDay(text)} ${text.slice(11)}`;
	}

	/** Epoch milliseconds of `YYYY-MM-DD` (its midnight) or `YYYY-MM-DD HH:MM:SS`; NaN for anything else. */
	parse(text: string): number {
		return fromLocalText(text, this.zone);
	}

	private offset(time: number): number {
		const bucket = Math.floor(time / step);
		const known = this.offsets.get(bucket);
		if (known !== undefined) return known;
		const offset = DateTime.fromMillis(bucket * step, { zone: this.zone }).offset * 60_000;
		if (this.offsets.size > 100_000) this.offsets.clear();
		this.offsets.set(bucket, offset);
		return offset;
	}
}

/** Day of a text `YYYY-MM-DD...`, month first. */
export function displayDay(text: string): string {
	return `${text.slice(5, 7)}/${text.slice(8, 10)}/${text.slice(0, 4)}`;
}
