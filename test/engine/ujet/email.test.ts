import type { IDataObject } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import { startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('UJET emails', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	test('the report, the session and its messages', async () => {
		const emailId = String(bench.demo.emails[0]);
		const [report] = jsonOf((await bench.run('email', 'get', { emailId })).outputs[0]);
		expect(report).toMatchObject({ id: Number(emailId), email_status: 'closed', total_thread_numbers: 2 });
		const [session] = jsonOf((await bench.run('email', 'getSession', { emailId })).outputs[0]);
		expect(session).toMatchObject({ email_support_id: Number(emailId), status: 'closed' });
		const [first] = session.email_threads as IDataObject[];
		const [message] = jsonOf(
			(await bench.run('email', 'getMessage', { messageId: String(first.email_thread_id) })).outputs[0],
		);
		expect(message).toMatchObject({ subject: 'Refund', body: 'Hello, where is my refund?' });
	});

	test('get reads through the list where its own address is not there', async () => {
		const [emailId] = bench.demo.emails;
		bench.simulator.faults.add({ kind: 'status', status: 404 }, { path: /\/emails\/\d+$/ });
		const result = await bench.run('email', 'get', { emailId: String(emailId) });
		expect(jsonOf(result.outputs[0])).toEqual([expect.objectContaining({ id: emailId })]);
	});

	test('Return All reads to the end; filters work together', async () => {
		const [agentId] = bench.demo.agents;
		for (let count = 0; count < 130; count++) bench.simulator.addEmail({ email_status: 'unopened', agentId });
		const all = await bench.run('email', 'getMany', { returnAll: true });
		expect(new Set(jsonOf(all.outputs[0]).map(({ id }) => id)).size).toBe(150);
		const filters = { agentIds: [agentId], statuses: ['unopened'], sortColumn: 'id', sortDirection: 'DESC' };
		const found = jsonOf((await bench.run('email', 'getMany', { filters, limit: 5 })).outputs[0]);
		expect(found.map(({ email_status }) => email_status)).toEqual(Array.from({ length: 5 }, () => 'unopened'));
		const ids = found.map(({ id }) => Number(id));
		expect(ids).toEqual([...ids].sort((first, second) => second - first));
	});
});
