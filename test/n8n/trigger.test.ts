import type { N8nClient } from '../../scripts/n8n/client';
import { type RunningVendor, startVendor, withSecret } from '../../scripts/n8n/vendors';
import { signedInClient } from './session';
import { TRIGGER_CASES } from './triggerCases';
import { WatchingWorkflow } from './watching';

const WRONG_KEY = 'not-the-right-key';

describe.each(TRIGGER_CASES)('the trigger of $vendor ($parameters.event)', (trigger) => {
	let client: N8nClient;
	let running: RunningVendor;
	let refusal: Promise<string | undefined>;

	beforeAll(async () => {
		client = signedInClient();
		running = await startVendor(client, trigger.vendor);
		// n8n tries for a quarter of a minute, during which the other tests run.
		refusal = refusedActivation();
	});

	afterAll(async () => {
		await running.close();
	});

	/** Activates a workflow with a wrong key and gives what n8n says; undefined when it was activated. */
	async function refusedActivation(): Promise<string | undefined> {
		const { vendor, credential } = running;
		const data = withSecret(vendor, credential.data, WRONG_KEY);
		const id = await client.createCredential('Wrong key', credential.type, data);
		const workflow = await WatchingWorkflow.create(
			client,
			trigger,
			{ ...credential, id, name: 'Wrong key' },
			'Refused',
		);
		const message = await workflow.activate().then(
			() => undefined,
			(error: Error) => error.message,
		);
		await client.deleteCredential(id);
		return message;
	}

	it('starts an active workflow once for each new record, with no old one, and no more after deactivation', async () => {
		const watched = await WatchingWorkflow.create(client, trigger, running.credential, 'Watched', 0);
		const control = await WatchingWorkflow.create(client, trigger, running.credential, 'Control', 1);
		await watched.activate();
		await control.activate();

		const first = await trigger.addRecord(running.simulator);
		await Promise.all([watched.untilNoticed(first), control.untilNoticed(first)]);

		await watched.deactivate();
		// The two poll in turn: when the control has noticed two records, the watched one would have polled in between.
		const second = await trigger.addRecord(running.simulator);
		await control.untilNoticed(second);
		const third = await trigger.addRecord(running.simulator);
		await control.untilNoticed(third);
		await control.deactivate();

		expect(await watched.noticedIds()).toEqual([String(first)]);
		expect(await control.noticedIds()).toEqual([first, second, third].map(String));
	});

	it('goes on where it stopped when it is activated again', async () => {
		const workflow = await WatchingWorkflow.create(client, trigger, running.credential, 'Stopped for a while');
		await workflow.activate();
		const before = await trigger.addRecord(running.simulator);
		await workflow.untilNoticed(before);
		await workflow.deactivate();

		const meanwhile = await trigger.addRecord(running.simulator);
		await workflow.activate();
		await workflow.untilNoticed(meanwhile);
		const after = await trigger.addRecord(running.simulator);
		await workflow.untilNoticed(after);
		await workflow.deactivate();

		expect(await workflow.noticedIds()).toEqual([before, meanwhile, after].map(String));
	});

	it('refuses activation with a wrong key and says why without naming the key', async () => {
		// Older versions of n8n say it in their own words.
		expect(await refusal).toMatch(/could not be activated|problem activating/);
		expect(await refusal).not.toContain(WRONG_KEY);
	});
});
