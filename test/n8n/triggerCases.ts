import type { INodeParameters } from 'n8n-workflow';

import type { DemoSimulator } from '../../scripts/n8n/vendors';
import type { IAdvizeSimulator } from '../simulators/iadvize';
import type { LiveAgentSimulator } from '../simulators/liveagent';
import type { IpScapeSimulator } from '../simulators/ipscape';
import type { UjetSimulator } from '../simulators/ujet';

/** What a vendor's trigger is told to watch and how to make it happen. */
export interface TriggerCase<VendorSimulator extends DemoSimulator = DemoSimulator> {
	/** Name of the vendor's row in VENDORS. */
	vendor: string;
	/** Name of the trigger node, without the package's. */
	nodeType: string;
	parameters: INodeParameters;
	/** Adds a record that the trigger must notice and gives its id. */
	addRecord(simulator: VendorSimulator): Promise<number | string> | number | string;
	/** Key of the emitted items that holds that id. */
	idKey: string;
}

const iAdvize: TriggerCase<IAdvizeSimulator> = {
	vendor: 'iAdvize',
	nodeType: 'iAdvizeTrigger',
	parameters: { event: 'conversationStarted' },
	addRecord: (simulator) => simulator.account.addConversation().id,
	idKey: 'id',
};

const liveAgentConversations: TriggerCase<LiveAgentSimulator> = {
	vendor: 'LiveAgent',
	nodeType: 'liveAgentTrigger',
	parameters: { event: 'conversationCreated' },
	addRecord: ({ account }) => account.addConversation({ message: 'Where is it?' }).id,
	idKey: 'conversationid',
};

const liveAgentMessages: TriggerCase<LiveAgentSimulator> = {
	vendor: 'LiveAgent',
	nodeType: 'liveAgentTrigger',
	parameters: { event: 'messageAdded' },
	addRecord: ({ account }) =>
		account.addMessage({ conversationId: account.conversations.list()[0].id, text: 'One more thing' }).id,
	idKey: 'messageid',
};

const ipScape: TriggerCase<IpScapeSimulator> = {
	vendor: 'ipSCAPE',
	nodeType: 'ipScapeTrigger',
	parameters: { event: 'activityRecorded' },
	addRecord: (simulator) => simulator.account.addActivity().id,
	idKey: 'activityId',
};

const ujet: TriggerCase<UjetSimulator> = {
	vendor: 'UJET',
	nodeType: 'ujetTrigger',
	parameters: { event: 'callCreated' },
	addRecord: (simulator) => simulator.addCall().id,
	idKey: 'id',
};

/** At least one case for each vendor. */
export const TRIGGER_CASES: TriggerCase[] = [iAdvize, ipScape, liveAgentConversations, liveAgentMessages, ujet];
