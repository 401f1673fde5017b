import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter } from '../../definition/valueWriter';

/** NUL ends text early at many vendors; half a character cannot be written at all. */
const unsendable = /\0|\p{Surrogate}/u;

/** Writes text; numbers and booleans become text, an empty text stays and clears the field at the vendor. */
export function text(limits: { maximum?: number } = {}): ValueWriter {
	const { maximum } = limits;
	return (value) => {
		if (value === '') return '';
		if (isEmpty(value)) return undefined;
		if (!['string', 'number', 'boolean', 'bigint'].includes(typeof value)) throw new InvalidValue('text');
		const written = String(value);
		const isNoNumber = typeof value === 'number' && !Number.isFinite(value);
		if (isNoNumber || unsendable.test(written)) throw new InvalidValue('text without control characters');
		if (maximum !== undefined && [...written].length > maximum) {
			throw new InvalidValue(`text of at most ${maximum} characters`);
		}
		return written;
	};
}
