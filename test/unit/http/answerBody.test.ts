import { Readable } from 'node:stream';

import { maximumAnswerBytes, readText } from '../../../nodes/shared/http/answerBody';
import { TestClock } from '../../support/testClock';

const megabyte = Buffer.alloc(1024 * 1024, 'x');

describe('the body of an answer', () => {
	it('is read as text, whatever it comes as', async () => {
		const clock = new TestClock();
		expect(await readText(Readable.from([Buffer.from('{"a":'), Buffer.from('"é"}')]), clock, 1_000)).toBe('{"a":"é"}');
		expect(await readText(Buffer.from('text'), clock, 1_000)).toBe('text');
		expect(await readText('text', clock, 1_000)).toBe('text');
		expect(await readText(undefined, clock, 1_000)).toBeUndefined();
	});

	it('is given up when it is larger than the bound, without reading on', async () => {
		let read = 0;
		const endless = Readable.from(
			(function* () {
				for (;;) {
					read += megabyte.length;
					yield megabyte;
				}
			})(),
		);
		await expect(readText(endless, new TestClock(), 60_000)).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' });
		expect(endless.destroyed).toBe(true);
		expect(read).toBeLessThan(maximumAnswerBytes + 32 * megabyte.length);
	});

	it('is given up when it does not end in time', async () => {
		const silent = new Readable({ read: () => {} });
		silent.push('{"a":');
		await expect(readText(silent, new TestClock(), 60_000)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
		expect(silent.destroyed).toBe(true);
	});

	it('fails as it fails', async () => {
		const broken = new Readable({
			read() {
				this.destroy(new Error('aborted'));
			},
		});
		await expect(readText(broken, new TestClock(), 60_000)).rejects.toThrow('aborted');
	});
});
