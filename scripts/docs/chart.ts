import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY_FOLDER } from '../n8n/paths';

const width = 760;
const barHeight = 22;
const rowHeight = 34;
const margin = 16;

/** A bar of a chart. */
interface Bar {
	label: string;
	value: number;
	/** What is written behind the bar. */
	text: string;
	/** Whether it shows the package's node, not what it is compared with. */
	isOwn: boolean;
}

/** What a chart shows. */
interface Chart {
	title: string;
	bars: Bar[];
	/** Room for the labels, in pixels. */
	labelWidth: number;
	/** A value that a line marks from top to bottom. */
	mark?: number;
}

/** The chart of ratios, drawn from the table of the benchmark; the line is what each row is compared with. */
export function ratioChart(): string {
	const bars = tableRows('bench/RESULTS.md').map(
		([label, , , ratio]): Bar => ({
			label,
			value: Number(ratio),
			text: ratio,
			isOwn: !label.includes('by HTTP Request'),
		}),
	);
	return chart({ title: 'Ratio to what each is compared with', bars, labelWidth: 500, mark: 1 });
}

function chart({ title, bars, labelWidth, mark }: Chart): string {
	const longest = Math.max(...bars.map(({ value }) => value));
	const room = width - labelWidth - 2 * margin - 70;
	const height = bars.length * rowHeight + 2 * margin;
	const lengthOf = (value: number): number => Math.round((value / longest) * room);
	const rows = bars.map((bar, index) => row(bar, margin + index * rowHeight, labelWidth, lengthOf(bar.value)));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		`<title>${title}</title>`,
		`<rect width="${width}" height="${height}" rx="8" fill="#ffffff"/>`,
		'<g font-family="system-ui, sans-serif" font-size="14" fill="#24292f">',
		...rows,
		...(mark === undefined ? [] : [line(labelWidth + lengthOf(mark), height)]),
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

function row({ label, text, isOwn }: Bar, top: number, labelWidth: number, barLength: number): string {
	const length = Math.max(2, barLength);
	const middle = top + barHeight / 2 + 5;
	const color = isOwn ? '#ea4b71' : '#9aa4b2';
	return [
		`<text x="${margin}" y="${middle}">${escape(label)}</text>`,
		`<rect x="${labelWidth}" y="${top}" width="${length}" height="${barHeight}" rx="3" fill="${color}"/>`,
		`<text x="${labelWidth + length + 8}" y="${middle}">${text}</text>`,
	].join('');
}

function line(left: number, height: number): string {
	return `<line x1="${left}" y1="${margin / 2}" x2="${left}" y2="${height - margin / 2}" stroke="#24292f" stroke-dasharray="3 3"/>`;
}

/** Cells of the table of a page, without its head. @throws Error when there is none */
function tableRows(path: string): string[][] {
	const text = readFileSync(join(REPOSITORY_FOLDER, path), 'utf8');
	const [, , ...rows] = [...text.matchAll(/^\| (.*) \|$/gm)].map(([, cells]) => cells.split(' | '));
	if (rows.length === 0) throw new Error(`${path} has no table to draw`);
	return rows;
}

function escape(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
