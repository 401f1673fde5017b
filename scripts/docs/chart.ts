import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY_FOLDER } from '../n8n/paths';

const width = 760;
const labelWidth = 330;
const barHeight = 22;
const rowHeight = 34;
const margin = 16;

/** A bar of the chart. */
interface Bar {
	label: string;
	milliseconds: number;
}

/** The README's chart: processor time an item, drawn from the benchmark's last table. */
export function performanceChart(): string {
	const bars = readBars(readFileSync(join(REPOSITORY_FOLDER, 'bench/RESULTS.md'), 'utf8'));
	const longest = Math.max(...bars.map(({ milliseconds }) => milliseconds));
	const height = bars.length * rowHeight + 2 * margin;
	const rows = bars.map((bar, index) => row(bar, margin + index * rowHeight, longest));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		'<title>Milliseconds of processor time an item</title>',
		`<rect width="${width}" height="${height}" rx="8" fill="#ffffff"/>`,
		'<g font-family="system-ui, sans-serif" font-size="14" fill="#24292f">',
		...rows,
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

function row({ label, milliseconds }: Bar, top: number, longest: number): string {
	const room = width - labelWidth - 2 * margin - 70;
	const length = Math.max(2, Math.round((milliseconds / longest) * room));
	const middle = top + barHeight / 2 + 5;
	const color = label.startsWith('node') ? '#ea4b71' : '#9aa4b2';
	return [
		`<text x="${margin}" y="${middle}">${escape(label)}</text>`,
		`<rect x="${labelWidth}" y="${top}" width="${length}" height="${barHeight}" rx="3" fill="${color}"/>`,
		`<text x="${labelWidth + length + 8}" y="${middle}">${milliseconds.toFixed(2)} ms</text>`,
	].join('');
}

/** Rows of the benchmark's first table. @throws Error when it has none */
function readBars(results: string): Bar[] {
	const [, section = ''] = /## 2,000 writes[^\n]*\n([\s\S]*?)(?=\n## |$)/.exec(results) ?? [];
	const bars = [...section.matchAll(/^\| (.+?) \| [\d.]+ \| [\d.]+ \| ([\d.]+) \|$/gm)].map(
		([, label, milliseconds]) => ({
			label,
			milliseconds: Number(milliseconds),
		}),
	);
	if (bars.length === 0) throw new Error('bench/RESULTS.md has no table of writes');
	return bars;
}

function escape(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
