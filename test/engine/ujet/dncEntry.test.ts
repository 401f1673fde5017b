import type { INodeParameters } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import { itemsOf, keepGoing, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const day = 86_400_000;

/** Distinct numbers. */
const numberOf = (index: number) => `+1415${String(5_000_000 + index)}`;

describe('the UJET do-not-call list', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	const requests = () => bench.simulator.journal.find(({ method }) => method === 'POST');

	test('1,000 numbers go in two requests, each bad number is reported on its own item', async () => {
		// The vendor's clock is ahead, so it refuses what the node takes for the future.
		bench.simulator.advance(2 * day);
		const soon = new Date(Date.now() + day).toISOString();
		const items = itemsOf(
			...Array.from({ length: 1_000 }, (_, index) => ({
				phone: index === 333 ? 'no number' : numberOf(index),
				until: [17, 600].includes(index) ? soon : '',
			})),
		);
		const parameters = { phoneNumber: '={{ $json.phone }}', additionalFields: { expiresAt: '={{ $json.until }}' } };
		const result = await bench.run('dncEntry', 'add', parameters, { items, node: keepGoing });
		const rows = jsonOf(result.outputs[0]);
		expect(rows).toHaveLength(1_000);
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(rows.flatMap(({ error }, index) => (error === undefined ? [] : [index]))).toEqual([17, 333, 600]);
		expect(rows[17].error).toBe(`${numberOf(17)}: expires_at cannot be past date/time`);
		expect(rows[0]).toEqual({ phone_number: numberOf(0), status: 'created' });
		expect(requests()).toHaveLength(2);
		expect(bench.simulator.journal.carriedOut('dncEntry.create')).toBe(997);
	});

	test('numbers without country code take the default one, and a doubled or short number is refused', async () => {
		const items = itemsOf({ phone: '(415) 555-0142' }, { phone: '1 415 555 0143' }, { phone: '+1 415 555-014' });
		const parameters = { phoneNumber: '={{ $json.phone }}', additionalFields: { defaultCountryCode: '1' } };
		const result = await bench.run('dncEntry', 'add', parameters, { items, node: keepGoing });
		const rows = jsonOf(result.outputs[0]);
		expect(rows.slice(0, 2).map(({ phone_number }) => phone_number)).toEqual(['+14155550142', '+14155550143']);
		expect(rows[2].error).toContain("got '+1 415 555-014'");
	});

	test('without Continue the first refused number fails the node, after the others were taken', async () => {
		bench.simulator.advance(2 * day);
		const items = itemsOf({ until: '' }, { until: new Date(Date.now() + day).toISOString() }, { until: '' });
		const parameters = { phoneNumber: '+14155550142', additionalFields: { expiresAt: '={{ $json.until }}' } };
		const result = await bench.run('dncEntry', 'add', parameters, { items });
		expect(result.error?.message).toContain('expires_at cannot be past date/time');
		expect(result.error?.context.itemIndex).toBe(1);
		expect(`${result.error?.message} ${result.error?.description}`).toContain('Carried out: 2 of 3 items (0, 2). Failed: 1.');
	});

	test.each([
		['2031-01-31T01:00:00+01:00', '2031-01-31 00:00:00 UTC'],
		['2031-01-31', '2031-01-31 00:00:00 UTC'],
		[1_927_584_000_000, '2031-01-31 00:00:00 UTC'],
	])('the end %s is written as UJET wants it', async (expiresAt, written) => {
		await bench.run('dncEntry', 'add', { phoneNumber: '+14155550142', additionalFields: { expiresAt } });
		expect(requests()[0].body).toEqual({ contacts: [{ phone_number: '+14155550142', expires_at: written }] });
	});

	test('the end of a block comes back as ISO 8601, and in a workflow of 0.1.0 as UJET writes it', async () => {
		const add = async (phoneNumber: string, node?: { typeVersion: number }) => {
			const parameters = { phoneNumber, additionalFields: { expiresAt: '2031-01-31T01:00:00+01:00' } };
			const [added] = jsonOf((await bench.run('dncEntry', 'add', parameters, { node })).outputs[0]);
			const [found] = jsonOf((await bench.run('dncEntry', 'check', { phoneNumber }, { node })).outputs[0]);
			return [added.expires_at, found.expires_at];
		};
		expect(await add('+14155550145')).toEqual(['2031-01-31T00:00:00.000Z', '2031-01-31T00:00:00.000Z']);
		expect(await add('+14155550146', { typeVersion: 1 })).toEqual(['2031-01-31 00:00:00 UTC', '2031-01-31 00:00:00 UTC']);
	});

	test('a number is checked, found, removed, and not found any more', async () => {
		const phoneNumber = '+1 415 555 0143';
		const options = { knownListedNumber: '+1 415 555 0198' };
		const check = async () => jsonOf((await bench.run('dncEntry', 'check', { phoneNumber, options })).outputs[0])[0];
		expect(await check()).toEqual({ phone_number: '+14155550143', result: 'notListed', listed: false });
		await bench.run('dncEntry', 'add', { phoneNumber });
		expect(await check()).toMatchObject({ result: 'listed', listed: true, expires_at: null });
		const removed = await bench.run('dncEntry', 'remove', { phoneNumber });
		expect(jsonOf(removed.outputs[0])).toEqual([{ phone_number: '+14155550143', status: 'removed' }]);
		expect(await check()).toMatchObject({ result: 'notListed', listed: false });
	});

	const numbers = itemsOf({ phone: '+14155550143' }, { phone: '+14155550198' }, { phone: '+14155550144' });
	const results = async (at: Bench, parameters: INodeParameters, items = numbers) => {
		const result = await at.run('dncEntry', 'check', { phoneNumber: '={{ $json.phone }}', ...parameters }, { items, node: keepGoing });
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		return jsonOf(result.outputs[0]).map((row) => row.result ?? String(row.error).slice(0, 16));
	};

	test('"not found" alone leaves a number unknown, which fails its item unless the user wants it back', async () => {
		const alone = numbers.slice(0, 1);
		expect(await results(bench, {}, alone)).toEqual(['It is unknown wh']);
		expect(await results(bench, { options: { whenUnknown: 'giveUnknown' } }, alone)).toEqual(['unknown']);
		const failed = await bench.run('dncEntry', 'check', { phoneNumber: '+14155550143' });
		expect(failed.error?.message).toContain('unknown whether +14155550143 is on the do-not-call list');
		expect(`${failed.error?.message} ${failed.error?.description}`).toContain('Do not call the number');
	});

	test('"not found" is believed where the same run finds a listed number', async () => {
		expect(await results(bench, {})).toEqual(['notListed', 'listed', 'notListed']);
		const other = { options: { knownListedNumber: '+14155550199' } };
		expect(await results(bench, other, numbers.slice(0, 1))).toEqual(['It is unknown wh']);
	});

	test.each([
		['check', ['notListed', 'listed', 'notListed']],
		['none', ['It is unknown wh', 'It is unknown wh', 'It is unknown wh']],
	] as const)('with the check of the vendor at "%s" nobody is taken for not listed by mistake', async (doNotCallCheck, expected) => {
		const other = await startBench({ doNotCallCheck });
		expect(await results(other, {})).toEqual(expected);
		await other.close();
	});

	test.each([
		[null, 'It is unknown wh'],
		[{}, 'It is unknown wh'],
		[42, 'It is unknown wh'],
		[[{ phone_number: '+1-4155550198' }], 'It is unknown wh'],
		[[], 'notListed'],
		[[{ phone_number: '+1-4155550198' }, { phone_number: '+1-4155550143' }], 'listed'],
	])('the answer %j to a check of +14155550143 gives "%s"', async (body, expected) => {
		bench.simulator.faults.add({ kind: 'status', status: 200, body }, { method: 'GET', path: '*/dnc' });
		expect(await results(bench, {}, numbers.slice(0, 1))).toEqual([expected]);
	});

	test('a 404 that is not the words of UJET is no answer to a check', async () => {
		bench.simulator.faults.once({ kind: 'html', status: 404 });
		const result = await bench.run('dncEntry', 'check', { phoneNumber: '+14155550143' });
		expect(result.error?.message).toContain('UJET answered 404');
	});

	test('numbers are removed together, the unknown ones fail alone, one that comes twice is told both results', async () => {
		bench.simulator.addDoNotCall('+14155550143');
		const items = itemsOf({ phone: '+14155550143' }, { phone: '+14155550144' }, { phone: '+14155550143' });
		const result = await bench.run('dncEntry', 'remove', { phoneNumber: '={{ $json.phone }}' }, { items, node: keepGoing });
		const rows = jsonOf(result.outputs[0]);
		expect(rows.map(({ status, error }) => status ?? error)).toEqual([
			'removed',
			'+14155550144: phone_number is not found',
			'+14155550143: phone_number is not found',
		]);
		expect(requests()).toHaveLength(1);
	});

	test('adding is repeated after a lost answer, because it does no harm twice', async () => {
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const result = await bench.run('dncEntry', 'add', { phoneNumber: '+14155550143' });
		expect(jsonOf(result.outputs[0])[0]).toMatchObject({ status: 'updated' });
		expect(requests()).toHaveLength(2);
	});
});
