import { normaliseName } from '../../data/names';
import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter } from '../../definition/valueWriter';

/** Bounds of a number, both allowed themselves. */
export interface NumberLimits {
	minimum?: number;
	maximum?: number;
}

const yesWords = ['true', 'yes', 'y', 'on', '1'];
const noWords = ['false', 'no', 'n', 'off', '0'];

/** Writes a whole number. */
export function integer(limits: NumberLimits = {}): ValueWriter {
	return numberWriter('a whole number', limits, Number.isSafeInteger);
}

/** Writes a number with or without decimals; the decimal sign is a point. */
export function decimal(limits: NumberLimits = {}): ValueWriter {
	return numberWriter('a number such as 12.5', limits, Number.isFinite);
}

/** Writes yes or no as the numbers 1 and 0. */
export const oneOrZero: ValueWriter = flag(1, 0);

/** Writes yes or no as the letters Y and N. */
export const yesNo: ValueWriter = flag('Y', 'N');

/** Writes yes or no as true and false. */
export const trueFalse: ValueWriter = flag(true, false);

function flag(yes: unknown, no: unknown): ValueWriter {
	return (value) => {
		if (isEmpty(value)) return undefined;
		const word = typeof value === 'object' ? '' : normaliseName(String(value));
		if (yesWords.includes(word)) return yes;
		if (noWords.includes(word)) return no;
		throw new InvalidValue('true or false');
	};
}

function numberWriter(kind: string, limits: NumberLimits, isKind: (value: number) => boolean): ValueWriter {
	const expected = kind + describeLimits(limits);
	return (value) => {
		if (isEmpty(value)) return undefined;
		const number = toNumber(value);
		if (number === undefined || !isKind(number)) throw new InvalidValue(expected);
		const { minimum = -Infinity, maximum = Infinity } = limits;
		if (number < minimum || number > maximum) throw new InvalidValue(expected);
		return number;
	};
}

function toNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return value;
	if (typeof value !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)) return undefined;
	return Number(value);
}

function describeLimits({ minimum, maximum }: NumberLimits): string {
	if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
	if (minimum !== undefined) return `, at least ${minimum}`;
	return maximum === undefined ? '' : `, at most ${maximum}`;
}
