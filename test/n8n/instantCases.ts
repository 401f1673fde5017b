import type { IDataObject } from 'n8n-workflow';

import type { DemoSimulator } from '../../scripts/n8n/vendors';
import type { IAdvizeSimulator } from '../simulators/iadvize';
import { IAdvizeWebhooks } from '../simulators/iadvize/push';
import { type PushRequest, SimulatorClock } from '../simulators/kit';
import type { LiveAgentSimulator } from '../simulators/liveagent';
import { LiveAgentRules } from '../simulators/liveagent/push';
import type { UjetSimulator } from '../simulators/ujet';
import { SessionEvents } from '../simulators/ujet/push';
import { passwordOfEvents } from './instant';

/** What an instant trigger is told to wait for, and how its vendor tells of it. */
export interface InstantCase<VendorSimulator extends DemoSimulator = DemoSimulator> {
	/** Name of the vendor's row in VENDORS. */
	vendor: string;
	/** Name of the trigger node, without the package's. */
	nodeType: string;
	webhookCredential: { type: string; data: IDataObject };
	parameters: { sender?: string; events: [string] };
	/** Adds a record that the vendor tells of and gives what it is known by. */
	addRecord(simulator: VendorSimulator): string;
	/** Key of the emitted items that holds it. */
	idKey: string;
	/** The request that tells of a record, with the right proof or another secret. */
	requestOf(id: string, secret?: string): PushRequest;
}

/** Where a request goes is told when it is sent. */
const address = '';

const ujet: InstantCase<UjetSimulator> = {
	vendor: 'UJET',
	nodeType: 'ujetInstantTrigger',
	webhookCredential: {
		type: 'ujetWebhookApi',
		data: { sender: 'sessionEvents', username: 'n8n', password: passwordOfEvents },
	},
	parameters: { sender: 'sessionEvents', events: ['callCreated'] },
	addRecord: (simulator) => String(simulator.addCall().id),
	idKey: 'id',
	requestOf: (id, password) => {
		const sender = new SessionEvents({ address, username: 'n8n', password: passwordOfEvents }, new SimulatorClock());
		return sender.requestOf(sender.stepsOf({ id: Number(id) }).slice(0, 1), password);
	},
};

const iAdvize: InstantCase<IAdvizeSimulator> = {
	vendor: 'iAdvize',
	nodeType: 'iAdvizeInstantTrigger',
	webhookCredential: { type: 'iAdvizeWebhookApi', data: { secret: 'token-of-the-iadvize-app' } },
	parameters: { events: ['conversationStarted'] },
	addRecord: ({ account }) => account.addConversation().xmpp_id,
	idKey: 'xmpp_id',
	requestOf: (conversationId, secret) => {
		const sender = new IAdvizeWebhooks({ address, secret: 'token-of-the-iadvize-app' }, new SimulatorClock());
		const fields = { projectId: 5511, conversationId, operatorId: 456, channel: 'CHAT', visitorId: 'v1' };
		return sender.requestOf(sender.event('v2.conversation.pushed', fields), secret);
	},
};

const liveAgent: InstantCase<LiveAgentSimulator> = {
	vendor: 'LiveAgent',
	nodeType: 'liveAgentInstantTrigger',
	webhookCredential: { type: 'liveAgentWebhookApi', data: { token: 'a-long-random-token' } },
	parameters: { events: ['conversationCreated'] },
	addRecord: ({ account }) => account.addConversation({ message: 'Where is it?' }).id,
	idKey: 'conversationid',
	requestOf: (id, token = 'a-long-random-token') =>
		new LiveAgentRules({ address, token }, new SimulatorClock()).requestOf('conversationCreated', id),
};

/** One case for each instant trigger. */
export const INSTANT_CASES: InstantCase[] = [iAdvize, liveAgent, ujet];
