import type { Resource } from '../../shared/definition/operation';
import { countFilters, listFilters } from '../formats/conditions';
import { shownAs } from '../formats/recordFormat';
import { cursorPaging } from '../formats/apiVersions';
import { listAnswer3, ticketHistoryRecord } from '../formats/version3Records';

/** Changes of all tickets; those of one ticket stand under Ticket. */
export const ticketHistory: Resource = {
	value: 'ticketHistory',
	name: 'Ticket History',
	description: 'Changes of status, department and agent of all tickets',
	operations: [
		{
			value: 'count',
			name: 'Count',
			action: 'Count changes of tickets',
			description: 'Count the changes of tickets that match filters',
			method: 'GET',
			path: '/v3/tickets/history/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many changes of tickets',
			description: 'Retrieve the history of the status, department and agent of tickets',
			method: 'GET',
			path: '/v3/tickets/history',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			...shownAs(ticketHistoryRecord),
			optional: listFilters(),
		},
	],
};
