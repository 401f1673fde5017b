import { jsonOf } from '../../support/engine';
import { itemsOf, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('UJET contact data, co-browse sessions and organization', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	test('contact data goes out with named and own fields, and leaves the item as it is', async () => {
		const own = { customer_since: '2019' };
		const items = itemsOf({ call: 88412, own });
		const additionalFields = {
			firstName: 'Ines',
			agentId: '17',
			pacingMode: 'Predictive',
			contactFields: '={{ $json.own }}',
		};
		const result = await bench.run(
			'contactData',
			'create',
			{ callId: '={{ $json.call }}', additionalFields },
			{ items },
		);
		expect(jsonOf(result.outputs[0])).toEqual([{ message: 'accepted' }]);
		expect(bench.simulator.journal.entries[0].body).toEqual({
			call_id: '88412',
			agent_id: '17',
			pacing_mode: 'Predictive',
			contact: { customer_since: '2019', first_name: 'Ines' },
		});
		expect(own).toEqual({ customer_since: '2019' });
	});

	test('contact data that belongs to nothing is refused', async () => {
		const result = await bench.run('contactData', 'create', { additionalFields: { firstName: 'Ines' } });
		expect(result.error?.message).toContain("at least one of 'Call ID'");
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('a co-browse session is ended, also when its name holds a slash', async () => {
		const sessionId = bench.demo.cobrowseSession;
		const ended = await bench.run('cobrowseSession', 'end', { sessionId });
		expect(jsonOf(ended.outputs[0])).toEqual([{ message: 'Session terminated' }]);
		const again = await bench.run('cobrowseSession', 'end', { sessionId });
		expect(again.error?.message).toBe('Session is already ended');
		const outside = await bench.run('cobrowseSession', 'end', { sessionId: '../chats' });
		expect(outside.error?.message).toContain('Invalid value for');
	});

	test('the organization', async () => {
		const result = await bench.run('organization', 'get');
		expect(result.error).toBeUndefined();
		expect(jsonOf(result.outputs[0])).toHaveLength(1);
	});
});
