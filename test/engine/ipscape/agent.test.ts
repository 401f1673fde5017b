import { jsonOf } from '../../support/engine';
import { byId, fictionPhones, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('agents, recordings and erasure', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	it('sets an agent available or not', async () => {
		const { id } = bench.simulator.account.addUser();
		const statusAfter = async (available: boolean) => {
			const { outputs } = await bench.run('agentPresence', 'set', { agentId: byId(id), available });
			expect(jsonOf(outputs[0])).toEqual([{ agentId: id, available }]);
			const read = await bench.run('user', 'getMany');
			return jsonOf(read.outputs[0])[0].status;
		};
		expect(await statusAfter(false)).toBe('Paused');
		expect(await statusAfter(true)).toBe('Available');
	});

	it('pauses and starts the recording of a call', async () => {
		const { account, calls } = bench.simulator;
		const { id } = account.addUser();
		const refused = await bench.run('callRecording', 'pause', { agentId: byId(id) });
		expect(refused.error?.message).toContain('no active call');
		const call = calls.connect({ agentId: id });
		const recordingAfter = async (operation: string) => {
			await bench.run('callRecording', operation, { agentId: byId(id) });
			return account.activities.get(call.id)?.recordingStatus;
		};
		expect(await recordingAfter('pause')).toBe('paused');
		expect(await recordingAfter('start')).toBe('enabled');
	});

	it('repeats what may be repeated when the connection breaks', async () => {
		const { id } = bench.simulator.account.addUser();
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const { error } = await bench.run('agentPresence', 'set', { agentId: byId(id), available: false });
		expect(error).toBeUndefined();
		expect(bench.simulator.journal.carriedOut('agentPresence.update')).toBe(2);
	});

	describe('personal data', () => {
		const [phoneNumber] = fictionPhones;
		const byPhone = { identifiedBy: 'phone', phoneNumber, phoneNumberRepeated: phoneNumber };
		const erase = async (parameters: object) => await bench.run('personalData', 'erase', { ...parameters });

		it('is not erased unless the user switched it on', async () => {
			const { error } = await erase(byPhone);
			expect(error?.message).toContain("'Erase Permanently'");
			expect(bench.simulator.journal.total).toBe(0);
		});

		it('is not erased unless the value was given twice', async () => {
			const { error } = await erase({ ...byPhone, eraseForGood: true, phoneNumberRepeated: fictionPhones[1] });
			expect(error?.message).toContain("'Repeat Phone Number'");
			expect(bench.simulator.journal.total).toBe(0);
		});

		it('is erased by phone number', async () => {
			bench.simulator.account.addLead({ phone1: phoneNumber });
			const { outputs } = await erase({ ...byPhone, eraseForGood: true });
			expect(jsonOf(outputs[0])).toMatchObject([{ leadData: { leadsDeleted: 1 } }]);
			expect(bench.simulator.account.leads.list()).toEqual([]);
		});

		it('is erased by email address', async () => {
			const emailAddress = 'jo.lee@example.com';
			bench.simulator.account.addCorrespondence({ kind: 'inboundEmail', address: emailAddress });
			const parameters = { identifiedBy: 'email', emailAddress, emailAddressRepeated: emailAddress };
			const { outputs } = await erase({ ...parameters, eraseForGood: true });
			expect(jsonOf(outputs[0])).toMatchObject([{ emailData: { inboundEmailsOverwritten: 1 } }]);
		});

		it('is erased by phone number and email address in one request', async () => {
			const emailAddress = 'jo.lee@example.com';
			bench.simulator.account.addLead({ phone1: phoneNumber });
			bench.simulator.account.addCorrespondence({ kind: 'inboundEmail', address: emailAddress });
			const byEmail = { emailAddress, emailAddressRepeated: emailAddress };
			const { outputs } = await erase({ ...byPhone, ...byEmail, identifiedBy: 'both', eraseForGood: true });
			expect(jsonOf(outputs[0])).toMatchObject([{ leadData: { leadsDeleted: 1 }, emailData: { inboundEmailsOverwritten: 1 } }]);
			expect(bench.simulator.journal.total).toBe(1);
		});

		it('is never erased twice in doubt', async () => {
			bench.simulator.faults.once({ kind: 'cutAfter' });
			const { error } = await erase({ ...byPhone, eraseForGood: true });
			expect(error?.message).toContain('In doubt');
			expect(bench.simulator.journal.total).toBe(1);
		});
	});
});
