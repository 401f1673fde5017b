import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { N8nClient, NodeTypeDescription } from '../../scripts/n8n/client';
import { readManifest, WORKFLOWS_FOLDER } from '../../scripts/n8n/paths';
import { closeVendors, type RunningVendor, startVendors, VENDORS, withSecret } from '../../scripts/n8n/vendors';
import { readWorkflows } from '../../scripts/n8n/workflows';
import { deliver } from '../simulators/kit';
import { Editor, ROWS } from './browser';
import { refused, taken } from './instant';
import { INSTANT_CASES } from './instantCases';
import { owner, signedInClient } from './session';

/** Names of the first resource's operations, sorted as the editor shows them. */
function operationNames({ properties }: NodeTypeDescription, resource: unknown): string[] {
	const isShown = ({ name, displayOptions }: INodeProperties): boolean =>
		name === 'operation' && (displayOptions?.show?.resource ?? []).includes(resource as string);
	return optionNames(properties.find(isShown));
}

function optionNames(property: INodeProperties | undefined): string[] {
	return ((property?.options ?? []) as INodePropertyOptions[]).map(({ name }) => name);
}

describe('in the editor', () => {
	let client: N8nClient;
	let nodeTypes: NodeTypeDescription[];
	let running: RunningVendor[];
	let editor: Editor;

	beforeAll(async () => {
		client = signedInClient();
		nodeTypes = await client.nodeTypes();
		running = await startVendors(client);
		editor = await Editor.open(client, owner());
	});

	afterAll(async () => {
		await editor?.close();
		await closeVendors(running);
	});

	describe.each(VENDORS.map(({ name }) => name))('%s', (name) => {
		let vendor: RunningVendor;
		let action: NodeTypeDescription;
		let trigger: NodeTypeDescription;

		beforeAll(() => {
			vendor = running.find((candidate) => candidate.vendor.name === name) as RunningVendor;
			const ofVendor = nodeTypes.filter(({ credentials }) =>
				credentials?.some((credential) => credential.name === vendor.vendor.credentialType),
			);
			action = ofVendor.find(({ group, name: type }) => !group.includes('trigger') && !type.endsWith('Tool')) as never;
			// The instant trigger beside it has several events at once.
			trigger = ofVendor.find(({ polling }) => polling === true) as never;
		});

		const withoutPackage = ({ name: type }: NodeTypeDescription): string => type.slice(readManifest().name.length + 1);

		it('offers its operations', async () => {
			const resource = action.properties.find((property) => property.name === 'resource')?.default;
			await editor.showNode({ vendor, type: withoutPackage(action), parameters: {} });
			expect(await editor.openDropdown('operation')).toEqual(operationNames(action, resource));
		});

		it('offers its events', async () => {
			const event = trigger.properties.find((property) => property.name === 'event');
			await editor.showNode({ vendor, type: withoutPackage(trigger), parameters: {} });
			expect(await editor.openDropdown('event')).toEqual(optionNames(event));
		});
	});

	it('a pick list inside a collection is searched at the vendor', async () => {
		const vendor = running[0];
		const filters = { operatorId: { __rl: true, mode: 'list', value: '' } };
		await editor.showNode({
			vendor,
			type: 'iAdvize',
			parameters: { resource: 'conversation', operation: 'getMany', filters },
		});
		expect(await editor.openPickList('operatorId', 'park')).toEqual(['Nina Park']);
	});

	it.each([
		['dialer', 'UJET'],
		['SMS', 'UJET'],
		['do not call', 'UJET'],
		['call centre', 'ipSCAPE'],
		['callback', 'iAdvize'],
		['live chat', 'LiveAgent'],
		['missed call', 'UJET'],
		['available', 'iAdvize'],
		['co-browse', 'UJET'],
	])('a search for "%s" finds %s', async (words, name) => {
		expect(await editor.searchNodes(words)).toContain(name);
	});

	it.each([
		['UJET', ['On call failed', 'Send SMS (opens a chat)']],
		['LiveAgent', ['On ticket tag added', 'Add tag to conversation or ticket']],
	])('choosing %s in the list of nodes offers its triggers and its actions', async (name, some) => {
		await editor.searchNodes(name);
		await editor.awaitActions(name, some);
	});

	it('fields of a node that has not run can be dragged into the next one', async () => {
		const named = (name: string) => running.find(({ vendor }) => vendor.name === name) as RunningVendor;
		await editor.showNode({
			vendor: named('UJET'),
			type: 'ujet',
			parameters: { resource: 'dncEntry', operation: 'check' },
			before: { vendor: named('ipSCAPE'), type: 'ipScape', parameters: { resource: 'lead', operation: 'getMany' } },
		});
		expect(await editor.inputFields()).toEqual(expect.arrayContaining(['leadId', 'customerKey', 'phone']));
		expect(await editor.dragField('phone', 'phoneNumber')).toBe('{{ $json.phone }}');
	});

	it('a value that is refused is named with its field', async () => {
		const vendor = running.find(({ vendor: { name } }) => name === 'UJET') as RunningVendor;
		const menuId = { __rl: true, mode: 'id', value: '44' };
		const parameters = { menuId, endUserNumber: '415 555 014', scheduledAt: '2031-03-05T09:30:00Z' };
		await editor.showNode({
			vendor,
			type: 'ujet',
			parameters: { resource: 'call', operation: 'createScheduled', ...parameters },
		});
		await editor.run();
		expect((await editor.failure()).message).toContain('Customer Number');
	});

	it('a failed node says what happened and what to do', async () => {
		const vendor = running[0];
		const operatorId = { __rl: true, mode: 'id', value: '999999' };
		await editor.showNode({
			vendor,
			type: 'iAdvize',
			parameters: { resource: 'operator', operation: 'get', operatorId },
		});
		await editor.run();
		expect(await editor.failure()).toEqual({
			message: expect.stringContaining('999999') as string,
			description: expect.stringContaining('Choose the record from the list') as string,
		});
	});

	it('a credential says that it works, and what is wrong when it does not', async () => {
		const named = (name: string) => running.find(({ vendor }) => vendor.name === name) as RunningVendor;
		const { vendor, credential } = named('UJET');
		expect(await editor.credentialVerdict(credential.id)).toContain('Connection tested successfully');
		const wrong = await client.createCredential('Wrong key', vendor.credentialType, withSecret(vendor, credential.data, 'wrong-key'));
		try {
			const verdict = await editor.credentialVerdict(wrong);
			expect(verdict).toMatch(/Couldn.t connect with these settings/);
			expect(verdict).toContain("Check 'Username' and 'Password'");
			expect(verdict).not.toContain('wrong-key');
		} finally {
			await client.deleteCredential(wrong);
		}
	});

	it('Fetch Test Event shows a real record', async () => {
		const vendor = running.find(({ vendor: { name } }) => name === 'iAdvize') as RunningVendor;
		await editor.showNode({ vendor, type: 'iAdvizeTrigger', parameters: { event: 'conversationStarted' } });
		await editor.run();
		expect(await editor.outputFields()).toContain('visitor_uid');
	});

	describe.each(INSTANT_CASES)('$nodeType', ({ vendor: name, nodeType, webhookCredential, parameters, addRecord, idKey, requestOf }) => {
		it('shows how to set it up, its address, both credentials and its events', async () => {
			const { vendor, webhook } = await shownTrigger();
			const { sender = '' } = parameters;
			await editor.showNode({ vendor, type: nodeType, parameters: { sender, events: [] }, webhook });
			const shown = await editor.page.getByTestId('node-parameters').innerText();
			for (const text of ['Webhook Credential', 'API Credential']) expect(shown).toContain(text);
			// Each step on a line of its own.
			expect(shown).toMatch(new RegExp(`Set up once in ${name}:\\n+\\S.+\\n+\\S.+\\n`));
			expect(await editor.webhookAddresses('test')).toEqual([expect.stringMatching(`/webhook-test/${webhook.id}/webhook$`)]);
			expect(await editor.webhookAddresses('production')).toEqual([expect.stringMatching(`/webhook/${webhook.id}/webhook$`)]);
			const type = nodeTypes.find(({ name: full }) => full === `${readManifest().name}.${nodeType}`);
			const events = type?.properties.find((property) => property.name === 'events');
			expect(await editor.openDropdown('events')).toEqual(optionNames(events));
		});

		it('shows what the vendor sends to the test address', async () => {
			const { vendor, webhook } = await shownTrigger();
			await editor.showNode({ vendor, type: nodeType, parameters, webhook });
			const [address] = await editor.webhookAddresses('test');
			const id = addRecord(vendor.simulator);
			await editor.listen(async () => {
				expect(await deliver(address, requestOf(id, 'wrong'))).toEqual(refused);
				expect(await deliver(address, requestOf(id))).toEqual(taken);
			});
			expect(await editor.outputFields()).toContain(idKey);
		});

		async function shownTrigger() {
			const vendor = running.find((candidate) => candidate.vendor.name === name) as RunningVendor;
			const { type, data } = webhookCredential;
			const credential = { type, name: `Sender of ${name}`, id: await client.createCredential(`Sender of ${name}`, type, data) };
			return { vendor, webhook: { id: randomUUID(), credential } };
		}
	});

	it('each result is paired with its item, so that an expression finds the item it came from', async () => {
		const vendor = running.find(({ vendor: { name } }) => name === 'UJET') as RunningVendor;
		const rows = ['+14155550198', '+14155550142'].map((phone, index) => ({ phone, person: `Person ${index + 1}` }));
		const stored = await editor.showNode({
			vendor,
			type: 'ujet',
			parameters: { resource: 'dncEntry', operation: 'check', phoneNumber: '={{ $json.phone }}' },
			rows,
			after: { person: `={{ $('${ROWS}').item.json.person }}`, result: '={{ $json.result }}' },
		});
		const { outputs, status } = await client.runWorkflow(stored, 'Start');
		expect(status).toBe('success');
		expect((outputs.After ?? []).flat().map(({ json }) => json)).toEqual([
			{ person: 'Person 1', result: 'listed' },
			{ person: 'Person 2', result: 'notListed' },
		]);
		await editor.openWorkflow(stored.id);
		await editor.openNode('After');
		await editor.run();
		expect(await editor.outputFields()).toEqual(expect.arrayContaining(['person', 'result']));
	});

	it('a tool of an agent lets the model fill in what is described', async () => {
		const [{ workflow }] = readWorkflows(`${WORKFLOWS_FOLDER}/ai-agents`);
		const stored = await client.createWorkflow(workflow);
		await editor.openWorkflow(stored.id);
		await editor.openNode('Check the Do-Not-Call List');
		expect(await editor.expressionOf('phoneNumber')).toContain("$fromAI('Phone_Number'");
	});

	it('nothing was reported as an error', () => {
		expect(editor.errors).toEqual([]);
	});
});
