/** The numbers that a pattern matches, by first digit: `9` to the lengths that numbers with a leading 9 can have. */
export type DigitShapes = Map<string, Set<number>>;

/** E.164 allows 15 digits with the calling code. */
const longest = 17;

const digits = '0123456789';

/**
 * Reads which lengths a pattern allows for each first digit.
 * @param pattern a regular expression of digits, classes, groups, alternatives and counts, as the numbering plans are written
 * @throws Error for anything else, so that a new kind of pattern is noticed
 */
export function digitShapes(pattern: string): DigitShapes {
	const reader = new PatternReader(pattern);
	return reader.read();
}

/** Adds all of one to another. */
export function addShapes(target: DigitShapes, more: DigitShapes): void {
	for (const [first, lengths] of more) {
		for (const length of lengths) add(target, first, length);
	}
}

function add(shapes: DigitShapes, first: string, length: number): void {
	if (length > longest) return;
	shapes.set(first, (shapes.get(first) ?? new Set<number>()).add(length));
}

/** One after the other; the first digit of nothing is that of what follows. */
function joined(left: DigitShapes, right: DigitShapes): DigitShapes {
	const shapes: DigitShapes = new Map();
	for (const [first, lengths] of left) {
		for (const [next, more] of right) {
			for (const length of lengths) for (const other of more) add(shapes, first === '' ? next : first, length + other);
		}
	}
	return shapes;
}

const nothing = (): DigitShapes => new Map([['', new Set([0])]]);

const oneOf = (choices: string): DigitShapes => new Map([...choices].map((digit) => [digit, new Set([1])]));

class PatternReader {
	private position = 0;

	constructor(private readonly pattern: string) {}

	read(): DigitShapes {
		const shapes = this.readAlternatives();
		if (this.position < this.pattern.length) this.fail();
		return shapes;
	}

	private readAlternatives(): DigitShapes {
		const shapes = this.readSequence();
		while (this.take('|')) addShapes(shapes, this.readSequence());
		return shapes;
	}

	private readSequence(): DigitShapes {
		let shapes = nothing();
		while (this.position < this.pattern.length && !'|)'.includes(this.pattern[this.position])) {
			shapes = joined(shapes, this.readCounted());
		}
		return shapes;
	}

	private readCounted(): DigitShapes {
		const part = this.readPart();
		const [least, most] = this.readCount();
		const shapes: DigitShapes = new Map();
		let repeated = nothing();
		for (let count = 0; count <= most; count += 1) {
			if (count >= least) addShapes(shapes, repeated);
			repeated = joined(repeated, part);
		}
		return shapes;
	}

	private readPart(): DigitShapes {
		if (this.take('(?:') || this.take('(')) {
			const shapes = this.readAlternatives();
			if (!this.take(')')) this.fail();
			return shapes;
		}
		if (this.take('\\d')) return oneOf(digits);
		if (this.take('[')) return oneOf(this.readClass());
		const digit = this.pattern[this.position];
		if (!digits.includes(digit)) this.fail();
		this.position += 1;
		return oneOf(digit);
	}

	private readClass(): string {
		const end = this.pattern.indexOf(']', this.position);
		const written = this.pattern.slice(this.position, end).replaceAll('\\d', digits);
		if (!/^(?:\d(?:-\d)?)+$/.test(written)) this.fail();
		this.position = end + 1;
		return written.replace(/(\d)-(\d)/g, (_range, from: string, to: string) =>
			digits.slice(Number(from), Number(to) + 1),
		);
	}

	private readCount(): [number, number] {
		if (this.take('?')) return [0, 1];
		const count = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.pattern.slice(this.position));
		if (count === null) return [1, 1];
		this.position += count[0].length;
		const least = Number(count[1]);
		if (count[2] === undefined) return [least, least];
		return [least, count[3] === '' ? longest : Number(count[3])];
	}

	private take(expected: string): boolean {
		if (!this.pattern.startsWith(expected, this.position)) return false;
		this.position += expected.length;
		return true;
	}

	private fail(): never {
		throw new Error(`Unknown pattern at ${this.position}: ${this.pattern}`);
	}
}
