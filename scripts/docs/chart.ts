import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { init } from 'echarts';

import { REPOSITORY_FOLDER } from '../n8n/paths';

const width = 760;
const rowHeight = 34;
const ownColor = '#ea4b71';
const otherColor = '#9aa4b2';

/** The chart of ratios as SVG, from the table of the benchmark; the line is what each row is compared with. */
export function ratioChart(): string {
	const rows = tableRows('bench/RESULTS.md').map(([label, , , ratio]) => ({
		label,
		value: Number(ratio),
		itemStyle: { color: label.includes('by HTTP Request') ? otherColor : ownColor, borderRadius: 3 },
	}));
	const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: (rows.length + 1) * rowHeight });
	chart.setOption({
		animation: false,
		backgroundColor: '#ffffff',
		aria: { enabled: true, label: { description: 'Time relative to the baseline' } },
		grid: { left: 500, right: 60, top: rowHeight / 2, bottom: rowHeight / 2 },
		xAxis: { type: 'value', show: false },
		yAxis: {
			type: 'category',
			inverse: true,
			data: rows.map(({ label }) => label),
			axisLine: { show: false },
			axisTick: { show: false },
			axisLabel: { align: 'left', margin: 484, fontSize: 13, color: '#24292f', interval: 0, width: 470, overflow: 'truncate' },
		},
		series: {
			type: 'bar',
			emphasis: { disabled: true },
			silent: true,
			data: rows,
			barWidth: 22,
			barMinHeight: 2,
			label: { show: true, position: 'right', fontSize: 13, color: '#24292f', formatter: ({ value }: { value?: unknown }) => Number(value).toFixed(2) },
			markLine: { data: [{ xAxis: 1 }], symbol: 'none', silent: true, label: { show: false }, lineStyle: { color: '#24292f', type: 'dashed' } },
		},
	});
	const svg = chart.renderToSVGString();
	chart.dispose();
	// The library marks its shapes for a page that reacts to the mouse, with numbers that grow in a process.
	return `${svg.replace(/ (?:ecmeta_\w+|class)="[^"]*"/g, '').replace(/<style\s*>.*?<\/style>/s, '')}\n`;
}

/** Cells of the table of a page, without its head. @throws Error when there is none */
function tableRows(path: string): string[][] {
	const text = readFileSync(join(REPOSITORY_FOLDER, path), 'utf8');
	const [, , ...rows] = [...text.matchAll(/^\| (.*) \|$/gm)].map(([, cells]) => cells.split(' | '));
	if (rows.length === 0) throw new Error(`${path} has no table to draw`);
	return rows;
}
