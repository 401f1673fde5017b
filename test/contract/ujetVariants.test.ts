// UJET's contract describes several uses of one address; each is an operation of the node or a choice inside one.
import { join } from 'node:path';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { findOperation, loadContract, validateRequest } from '../support/contract';
import { runNode } from '../support/engine';
import { exampleAnswer } from '../support/exampleAnswer';
import { repositoryFolder } from '../support/package';
import { startRecorder } from '../support/recorder';
import type { Recorder } from '../support/recorder';
import { contractVendors } from './vendors';

/** A use of an address as the contract writes it. */
interface Variant {
	operationId: string;
	required: string[];
	fixed?: Record<string, unknown>;
}

const contracts = ['ujet-apps.openapi.yaml', 'ujet-manager.openapi.yaml'].map((file) =>
	loadContract(join(repositoryFolder, 'test/contracts', file)),
);

const variants = contracts.flatMap(({ document }) =>
	Object.values(document.paths as Record<string, Record<string, { 'x-operations'?: Variant[] }>>).flatMap((path) =>
		Object.values(path).flatMap((operation) => operation['x-operations'] ?? []),
	),
);

const id = (value: number | string) => ({ __rl: true, mode: 'id', value: String(value) });
const number = '+14155550142';
const mara = id('mara@example.org');
const queue = { menuId: id(31), channelType: 'chat', language: 'en' };
const token = 'eyJhbGciOiJIUzI1NiJ9.eyJjdXN0b21fZGF0YSI6e319.c2lnbmF0dXJl';
const fields = { field: [{ name: 'order', label: 'Order', value: 'SO-1' }] };

/** How a user gets each of them: resource, operation and parameters. */
const uses: Record<string, [resource: string, operation: string, parameters: INodeParameters]> = {
	'call.createOutboundByNumber': ['call', 'createOutbound', { agentEmail: mara, endUserNumber: number }],
	'call.createOutboundByTicket': ['call', 'createOutbound', { agentEmail: mara, ticketId: '71450' }],
	'call.createInbound': ['call', 'createInbound', { menuId: id(31), endUserNumber: number }],
	'call.createScheduled': [
		'call',
		'createScheduled',
		{ menuId: id(44), endUserNumber: number, scheduledAt: '2031-03-05T09:30:00Z' },
	],
	'call.sendCustomDataUnsigned': ['call', 'sendCustomData', { callId: '7', form: 'fields', dataFields: fields }],
	'call.sendCustomDataSigned': ['call', 'sendCustomData', { callId: '7', form: 'signed', signedData: token }],
	'chat.sendCustomDataUnsigned': ['chat', 'sendCustomData', { chatId: '7', form: 'fields', dataFields: fields }],
	'chat.sendCustomDataSigned': ['chat', 'sendCustomData', { chatId: '7', form: 'signed', signedData: token }],
	'chat.finish': ['chat', 'finish', { chatId: '7' }],
	'chat.deflect': ['chat', 'deflect', { chatId: '7', escalationId: '701', deflectionChannel: 'email' }],
	'chat.sendTextMessage': ['chat', 'sendMessage', { chatId: '7', endUserId: '90312', message: 'Hello' }],
	'chat.sendMediaMessage': [
		'chat',
		'sendMessage',
		{ chatId: '7', endUserId: '90312', messageType: 'photo', mediaId: '8841' },
	],
	'agentStatus.forceLogoutAgents': ['agentStatus', 'forceLogout', { agentIds: [17] }],
	'agentStatus.forceLogoutTeams': ['agentStatus', 'forceLogout', { teamIds: [1] }],
	'agentStatus.forceLogoutByIp': ['agentStatus', 'forceLogout', { ipAddresses: '198.51.100.0/24' }],
	'endUser.getById': ['endUser', 'get', { findBy: 'id', endUserId: '90312' }],
	'endUser.getByIdentifier': ['endUser', 'get', { findBy: 'identifier', identifier: 'crm-000481' }],
	'queueOperationStatus.get': ['queueStatus', 'get', queue],
	'queueStatus.get': ['queueStatus', 'get', queue],
	'queue.enableEmergencyShutdown': ['menu', 'startEmergencyShutdown', { menuIds: [31, 44], shutdownLanguage: 'en' }],
	'queue.disableEmergencyShutdown': ['menu', 'cancelEmergencyShutdown', { menuIds: [31], shutdownLanguage: 'en' }],
};

describe('the variants of the UJET contract', () => {
	const row = contractVendors.find(({ vendor }) => vendor.name === 'ujet')!;
	let recorder: Recorder;

	beforeAll(async () => {
		recorder = await startRecorder((request) => exampleAnswer(contracts, request));
	});
	afterAll(async () => await recorder.close());

	test.each(variants)('$operationId is sent as the contract wants it', async ({ operationId, required, fixed = {} }) => {
		expect(Object.keys(uses)).toContain(operationId);
		const [resource, operation, parameters] = uses[operationId];
		recorder.requests.length = 0;
		const credentials = { ujetApi: row.credentials(recorder.origin) };
		const result = await runNode({ nodeType: 'ujet', parameters: { resource, operation, ...parameters }, credentials });
		expect({ message: result.error?.message, advice: result.error?.description }).toEqual({});
		const [request] = recorder.requests;
		const contract = contracts.find((candidate) => findOperation(candidate, request) !== undefined)!;
		expect(await validateRequest(contract, request)).toEqual([]);
		const sent = { ...Object.fromEntries(new URLSearchParams(request.query)), ...bodyOf(request) };
		expect(required.filter((name) => valueAt(sent, name) === undefined)).toEqual([]);
		for (const [name, value] of Object.entries(fixed)) expect(valueAt(sent, name)).toBe(value);
	});

	test('no use is left over', () => {
		const known = variants.map(({ operationId }) => operationId);
		expect(Object.keys(uses).filter((operationId) => !known.includes(operationId))).toEqual([]);
	});

	/** Value at a dotted place. */
	function valueAt(sent: IDataObject, name: string): unknown {
		return name.split('.').reduce<unknown>((inner, key) => (inner as IDataObject | undefined)?.[key], sent);
	}

	function bodyOf({ body }: { body: Buffer }): IDataObject {
		return JSON.parse(body.toString('utf8') || '{}') as IDataObject;
	}
});
