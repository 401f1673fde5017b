/** A figure of the benchmark: one entry in `ratios` for each round. */
export interface Figure {
	what: string;
	/** What was measured, with its unit. */
	measured: string;
	/** What a ratio of 1 stands for. */
	against: string;
	ratios: number[];
	/** The ratio that the project wants to keep to. */
	goal?: number;
	/** What else a reader needs, such as refused requests. */
	note?: string;
	/** True for a row that shows something else than the package, to compare with. */
	isOther?: boolean;
}

/** The middle one of the values; the upper one of two. */
export function median(values: number[]): number {
	return [...values].sort((first, second) => first - second)[Math.floor(values.length / 2)];
}

/** A number with thousands separated. */
export function written(count: number): string {
	return count.toLocaleString('en');
}

/** Seconds of several rounds as their median. */
export function secondsOf(values: number[]): string {
	return `${median(values).toFixed(1)} s`;
}

/** The table of all figures, in Markdown. */
export function tableOf(figures: Figure[]): string {
	const head = ['what', 'measured', 'compared with', 'ratio', 'lowest and highest', 'goal', 'note'];
	const rows = figures.map(({ what, measured, against, ratios, goal, note = '' }) => [
		what,
		measured,
		against,
		median(ratios).toFixed(2),
		`${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
		goal === undefined ? '' : `at most ${goal.toFixed(2)}${median(ratios) <= goal ? '' : ', missed'}`,
		note,
	]);
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
