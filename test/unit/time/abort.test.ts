import { getEventListeners } from 'node:events';

import { Pacer } from '../../../nodes/shared/http/pacer';
import { onAbort } from '../../../nodes/shared/time/abort';
import { systemClock } from '../../../nodes/shared/time/clock';
import { TestClock } from '../../support/testClock';

describe('onAbort', () => {
	it('calls everybody who waits, once, and nobody who has left', () => {
		const stop = new AbortController();
		const called: string[] = [];
		const leave = onAbort(stop.signal, () => called.push('left'));
		for (const name of ['first', 'second']) onAbort(stop.signal, () => called.push(name));
		leave();
		stop.abort();
		stop.abort();
		expect(called).toEqual(['first', 'second']);
	});

	it('lets a run wait for many turns and pauses with one listener, so that Node.js warns of no leak', async () => {
		const stop = new AbortController();
		const pacer = new Pacer(new TestClock({ start: 0 }));
		pacer.configure({ requestsPerSecond: 1 / 3600 });
		await pacer.acquire('write');
		const turns = Array.from({ length: 20 }, async () => await pacer.acquire('read', { signal: stop.signal }));
		const pauses = Array.from({ length: 20 }, async () => await systemClock.sleep(60_000, stop.signal));
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
		stop.abort();
		expect(await Promise.all(turns)).toEqual(turns.map(() => undefined));
		await Promise.all(pauses);
	});
});
