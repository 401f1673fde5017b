/** A Markdown table. Cells may hold any text; rows without a cell leave it empty. */
export function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text as code, whatever marks it holds. */
export function code(text: string): string {
	return `\`${text.replace(/`/g, "'")}\``;
}

/** Anchor that Markdown viewers give a heading. */
export function anchor(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.replace(/\s/g, '-');
}

/** Text of n8n's editor, which may hold links, as plain text. */
export function plainText(text: string): string {
	return text.replace(/<[^>]+>/g, '').trim();
}

/** Sentences out of texts of which some end without a period. */
export function sentences(texts: Array<string | undefined>): string {
	return texts
		.filter((text) => text !== undefined && text !== '')
		.map((text) => (/[.!?]$/.test(text as string) ? text : `${text}.`))
		.join(' ');
}

/** Blocks with an empty line between, and one new line at the end. */
export function page(blocks: Array<string | undefined>): string {
	return `${blocks.filter((block) => block !== undefined && block !== '').join('\n\n')}\n`;
}

/** Puts text between the two comments that mark a region of a page. @throws Error when they are missing */
export function fillRegion(written: string, region: string, content: string): string {
	const marks = new RegExp(`(<!-- ${region} -->\n)[\\s\\S]*?(<!-- end of ${region} -->)`);
	if (!marks.test(written)) throw new Error(`The page has no region '${region}'`);
	return written.replace(marks, (_whole, begin: string, end: string) => `${begin}\n${content}\n\n${end}`);
}

function cell(text: string): string {
	return text.replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|');
}
