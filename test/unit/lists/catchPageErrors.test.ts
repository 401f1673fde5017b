import { catchPageErrors } from '../../../nodes/shared/lists/catchPageErrors';

async function* breaking(closed: () => void): AsyncGenerator<number> {
	try {
		yield 1;
		yield 2;
		throw new Error('Broken');
	} finally {
		closed();
	}
}

async function read(failureOf: (error: unknown) => unknown, most = 10) {
	const found: number[] = [];
	let closed = 0;
	const pages = catchPageErrors(
		breaking(() => closed++),
		failureOf,
	);
	try {
		for await (const page of pages) {
			found.push(page);
			if (found.length >= most) break;
		}
	} catch (error) {
		return { found, closed, failure: (error as Error).message };
	}
	return { found, closed };
}

describe('a list that breaks off', () => {
	it('ends where no failure is reported', async () => {
		expect(await read(() => undefined)).toEqual({ found: [1, 2], closed: 1 });
	});

	it('fails with the failure that is reported', async () => {
		const failure = await read((error) => new Error(`${(error as Error).message} for good`));
		expect(failure).toEqual({ found: [1, 2], closed: 1, failure: 'Broken for good' });
	});

	it('is closed when its reader leaves', async () => {
		expect(await read((error) => error, 1)).toEqual({ found: [1], closed: 1 });
	});
});
