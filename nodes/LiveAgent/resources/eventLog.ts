import type { Resource } from '../../shared/definition/operation';
import { cursorPaging } from '../formats/apiVersions';
import { countFilters, listFilters } from '../formats/conditions';
import { eventLogRecord, listAnswer3, shownAs3 } from '../formats/version3Records';

/** What the installation wrote into its own log. */
export const eventLog: Resource = {
	value: 'eventLog',
	name: 'Event Log',
	description: 'System log of the account',
	operations: [
		{
			value: 'count',
			name: 'Count',
			action: 'Count event log entries',
			description: 'Count the log entries that match filters',
			method: 'GET',
			path: '/v3/grid/eventlogs/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many event log entries',
			description: 'Retrieve entries of the system log',
			method: 'GET',
			path: '/v3/grid/eventlogs',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			...shownAs3(eventLogRecord),
			optional: listFilters(),
		},
	],
};
