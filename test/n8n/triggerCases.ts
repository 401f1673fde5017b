import type { INodeParameters } from 'n8n-workflow';

import type { DemoSimulator } from '../../scripts/n8n/vendors';
import type { IAdvizeSimulator } from '../simulators/iadvize';
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

const ujet: TriggerCase<UjetSimulator> = {
	vendor: 'UJET',
	nodeType: 'ujetTrigger',
	parameters: { event: 'callCreated' },
	addRecord: (simulator) => simulator.addCall().id,
	idKey: 'id',
};

/** One case for each vendor. */
export const TRIGGER_CASES: TriggerCase[] = [iAdvize, ujet];
