import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter } from '../../definition/valueWriter';

/** Writes text; numbers and booleans become text, an empty text stays and clears the field at the vendor. */
export function text(limits: { maximum?: number } = {}): ValueWriter {
	const { maximum } = limits;
	return (value) => {
		if (value === '') return '';
		if (isEmpty(value)) return undefined;
		if (!['string', 'number', 'boolean', 'bigint'].includes(typeof value)) throw new InvalidValue('text');
		const written = String(value);
		if (maximum !== undefined && [...written].length > maximum) {
			throw new InvalidValue(`text of at most ${maximum} characters`);
		}
		return written;
	};
}
