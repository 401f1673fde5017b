import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Vendor } from '../definition/vendor';
import { connect } from '../http/connection';
import { systemClock } from '../time/clock';
import { chosenEvent } from './choices';
import { pollEvent } from './poll';
import { createAccess } from './sourceAccess';

/** Milliseconds that a poll may take where the host does not say it. */
const usualBudget = 30_000;

/** Polls the chosen event of a vendor once. */
export async function pollVendor(context: IPollFunctions, vendor: Vendor): Promise<INodeExecutionData[][] | null> {
	const budget = context.getPollBudgetMs?.() ?? usualBudget;
	const deadline = systemClock.now() + budget;
	const connection = await connect(context, vendor, { deadline });
	const { source } = chosenEvent(context, vendor);
	return await pollEvent(context, vendor, createAccess(connection, source), connection.clock);
}
