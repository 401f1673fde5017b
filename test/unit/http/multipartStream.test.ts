import fc from 'fast-check';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { multipartStream } from '../../../nodes/shared/http/multipartStream';

/** Reads a form as another program would. */
async function readForm(form: ReturnType<typeof multipartStream>): Promise<{ bytes: Buffer; values: FormData }> {
	const bytes = Buffer.isBuffer(form.body) ? form.body : await buffer(form.body);
	return { bytes, values: await new Response(bytes, { headers: form.headers }).formData() };
}

const word = fc.stringMatching(/^[\w.-]{1,20}$/);
const fields = fc.dictionary(
	word.filter((name) => name !== 'file' && name !== '__proto__'),
	fc.stringMatching(/^[ -~é€]{0,40}$/),
	{ maxKeys: 5 },
);
const content = fc.uint8Array({ maxLength: 5_000 });

describe('a form with a file', () => {
	test('is read back as it was written, streamed or not, and has the length it says', async () => {
		await fc.assert(
			fc.asyncProperty(fields, content, fc.boolean(), fc.nat({ max: 5_000 }), async (given, bytes, streamed, cut) => {
				const whole = Buffer.from(bytes);
				const chunks = [whole.subarray(0, cut), whole.subarray(cut)].filter(({ length }) => length > 0);
				const form = multipartStream(given, {
					content: streamed ? Readable.from(chunks) : whole,
					size: whole.length,
					fileName: 'a "b" é.jpg',
					mimeType: 'image/jpeg',
				});
				const read = await readForm(form);
				expect(form.headers['Content-Length']).toBe(String(read.bytes.length));
				const { file, ...rest } = Object.fromEntries(read.values) as Record<string, string> & { file: unknown };
				expect(rest).toEqual({ ...given });
				expect([...read.values.keys()].at(-1)).toBe('file');
				expect(file).toMatchObject({ name: 'a "b" é.jpg', type: 'image/jpeg', size: whole.length });
				expect(Buffer.from(await (file as File).arrayBuffer()).equals(whole)).toBe(true);
			}),
			{ numRuns: 60 },
		);
	});

	test('no name or type can add a line or a part', async () => {
		const file = {
			content: Buffer.from('x'),
			size: 1,
			fileName: 'a"\r\nX-Evil: 1\r\n\r\n.jpg',
			mimeType: 'image/jpeg\r\nX-Evil: 1',
		};
		const { bytes } = await readForm(multipartStream({ 'key"\r\nX-Evil': 'v' }, file));
		expect(bytes.toString()).not.toMatch(/^X-Evil/m);
	});

	test('a file that cannot be read to its end ends the form with that failure', async () => {
		const broken = new Readable({
			read() {
				this.destroy(new Error('disk failure'));
			},
		});
		const form = multipartStream({}, { content: broken, size: 10, fileName: 'a.jpg', mimeType: 'image/jpeg' });
		await expect(buffer(form.body as NodeJS.ReadableStream)).rejects.toThrow('disk failure');
	});
});
