import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Vendor } from '../definition/vendor';
import { connect } from '../http/connection';
import { systemClock } from '../time/clock';
import { millisecondsOf } from './budget';
import { chosenEvent } from './choices';
import { pollEvent } from './poll';
import { createAccess } from './sourceAccess';

/** Polls the chosen event of a vendor once. */
export async function pollVendor(context: IPollFunctions, vendor: Vendor): Promise<INodeExecutionData[][] | null> {
	const deadline = systemClock.now() + millisecondsOf(context);
	const connection = await connect(context, vendor, { deadline });
	const { source } = chosenEvent(context, vendor);
	return await pollEvent(context, vendor, createAccess(connection, source), connection.clock);
}
