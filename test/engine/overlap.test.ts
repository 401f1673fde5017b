// Writes start in item order and do not wait for each other's answers, except those to the same record.
import formbody from '@fastify/formbody';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';

import { runNode } from '../support/engine';

/** A vendor that answers when it is told to, and notes what is under way. */
class SlowVendor {
	readonly begun: string[] = [];

	mostUnderWay = 0;

	private underWay = 0;

	private readonly server: FastifyInstance = fastify();

	private waiting: Array<() => void> = [];

	/** @param holds requests that are held back until this many are waiting */
	constructor(private readonly holds: number) {
		void this.server.register(formbody);
		this.server.all('/*', async (request) => {
			this.begun.push(`${request.url} ${JSON.stringify(request.body)}`);
			this.underWay += 1;
			this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
			await this.turn();
			this.underWay -= 1;
			return { meta: { status: 'success' }, data: { id: this.begun.length } };
		});
	}

	async start(): Promise<string> {
		return `${await this.server.listen({ host: '127.0.0.1', port: 0 })}/api/2`;
	}

	async stop(): Promise<void> {
		await this.server.close();
	}

	private async turn(): Promise<void> {
		if (this.waiting.length + 1 >= this.holds) {
			for (const go of this.waiting) go();
			this.waiting = [];
			return;
		}
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}
}

async function run(vendor: SlowVendor, operation: string, parameters: Record<string, string>, count: number) {
	const baseUrl = await vendor.start();
	try {
		return await runNode({
			nodeType: 'iAdvize',
			parameters: { resource: 'operator', operation, ...parameters },
			credentials: { iAdvizeApi: { platform: 'custom', baseUrl, apiKey: 'sample-key', requestsPerSecond: 100 } },
			items: Array.from({ length: count }, (_, index) => ({ json: { index, email: `a${index}@example.com` } })),
		});
	} finally {
		await vendor.stop();
	}
}

test('creates do not wait for each other and start in the order of the items', async () => {
	// No answer comes before ten requests wait: writes that waited for answers would never end.
	const vendor = new SlowVendor(10);
	const result = await run(vendor, 'create', { lastName: 'Park', email: '={{ $json.email }}' }, 30);
	expect(result.error).toBeUndefined();
	expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(Array.from({ length: 30 }, (_, item) => ({ item })));
	const order = vendor.begun.map((request) => Number(/a(\d+)@|a(\d+)%40/.exec(request)?.slice(1).find(Boolean)));
	expect(order).toEqual(Array.from({ length: 30 }, (_, index) => index));
	expect(vendor.mostUnderWay).toBeGreaterThanOrEqual(10);
});

test('writes to the same record keep their order', async () => {
	const vendor = new SlowVendor(1);
	const parameters = { operatorId: '7', updateFields: { lastName: '={{ "N" + $json.index }}' } as never };
	const result = await run(vendor, 'update', parameters, 6);
	expect(result.error).toBeUndefined();
	expect(vendor.mostUnderWay).toBe(1);
	expect(vendor.begun.map((request) => /N(\d)/.exec(request)?.[1])).toEqual(['0', '1', '2', '3', '4', '5']);
});
