import { secretsKeptMs, secretsOf } from '../../../nodes/shared/webhook/secretCache';

/** A credential whose secret changes with every reading. */
function credential() {
	const calls = { count: 0 };
	return { calls, read: async () => ({ secret: `secret ${++calls.count}` }) };
}

test('requests side by side and those of ten seconds read a credential once, later ones again', async () => {
	const { calls, read } = credential();
	const both = await Promise.all([secretsOf('a', read, 0), secretsOf('a', read, 0)]);
	expect(both).toEqual([{ secret: 'secret 1' }, { secret: 'secret 1' }]);
	expect(await secretsOf('a', read, secretsKeptMs - 1)).toEqual({ secret: 'secret 1' });
	expect(await secretsOf('a', read, secretsKeptMs)).toEqual({ secret: 'secret 2' });
	expect(await secretsOf('b', read, 0)).toEqual({ secret: 'secret 3' });
	expect(calls.count).toBe(3);
});

test('a credential that is missing or cannot be read is asked for again', async () => {
	const { read } = credential();
	expect(await secretsOf('c', async () => undefined, 0)).toBeUndefined();
	expect(await secretsOf('c', read, 1)).toEqual({ secret: 'secret 1' });
	await expect(secretsOf('d', async () => await Promise.reject(new Error('locked')), 0)).rejects.toThrow('locked');
	expect(await secretsOf('d', read, 1)).toEqual({ secret: 'secret 2' });
});

test('remembers 200 credentials, those read last', async () => {
	const { calls, read } = credential();
	for (let index = 0; index <= 200; index++) await secretsOf(`many ${index}`, read, 0);
	const before = calls.count;
	await secretsOf('many 200', read, 1);
	expect(calls.count).toBe(before);
	await secretsOf('many 0', read, 1);
	expect(calls.count).toBe(before + 1);
});
