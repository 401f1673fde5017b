import { join } from 'node:path';

import { jsonOf } from './engine';
import { createPoller } from './poller';

const trigger = { nodeType: 'probeTrigger', packageFolder: join(__dirname, 'fixtures/package') };

describe('a poller', () => {
	it('keeps static data between polls and shows it', async () => {
		const poller = await createPoller({ ...trigger, parameters: { step: 2 } });
		expect(await poller.poll()).toBeNull();
		expect(jsonOf((await poller.poll()) ?? [])).toEqual([{ count: 2, budgetMs: 30_000, activation: 'activate' }]);
		expect(poller.staticData).toEqual({ count: 2 });
	});

	it('starts with given static data', async () => {
		const poller = await createPoller({ ...trigger, staticData: { count: 40 } });
		expect(jsonOf((await poller.poll()) ?? [])).toMatchObject([{ count: 41 }]);
	});

	it('tells the node of mode, budget and activation', async () => {
		const poller = await createPoller({ ...trigger, staticData: { count: 0 } });
		expect(jsonOf((await poller.poll('manual')) ?? [])).toEqual([{ sample: true }]);
		expect(poller.staticData).toEqual({ count: 0 });
		const items = await poller.poll('trigger', { budgetMs: 5, activation: 'init' });
		expect(jsonOf(items ?? [])).toEqual([{ count: 1, budgetMs: 5, activation: 'init' }]);
	});

	it('can be an n8n without poll budgets', async () => {
		const poller = await createPoller({ ...trigger, staticData: { count: 0 } });
		expect(jsonOf((await poller.poll('trigger', { budgetMs: null })) ?? [])).toMatchObject([{ budgetMs: null }]);
	});

	it('rejects with what the node throws', async () => {
		const poller = await createPoller({ ...trigger, parameters: { step: 0 } });
		await expect(poller.poll()).rejects.toThrow('A step of zero leads nowhere');
	});

	it('goes on where it was after a restart', async () => {
		const poller = await createPoller(trigger);
		await poller.poll();
		poller.restart();
		expect(jsonOf((await poller.poll()) ?? [])).toMatchObject([{ count: 1 }]);
	});

	it('loses what was not written before a restart of an older n8n', async () => {
		const poller = await createPoller(trigger);
		expect(await poller.poll()).toBeNull();
		poller.restart('lastEmission');
		expect(poller.staticData).toEqual({ count: 0 });
		await poller.poll();
		poller.restart('lastEmission');
		expect(poller.staticData).toEqual({ count: 1 });
	});
});
