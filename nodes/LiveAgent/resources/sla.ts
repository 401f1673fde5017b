import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier } from '../../shared/input/values';
import { cursorPaging } from '../formats/apiVersions';
import { countFilters, listFilters } from '../formats/conditions';
import { simplified } from '../formats/recordFormat';
import { record, rows, slaLogRecord } from '../formats/version3Records';

const levelId: Field = locator({
	displayName: 'SLA Level',
	name: 'levelId',
	list: 'sla',
	placeholder: 'e.g. sl7d2k90',
	required: true,
	send: { place: 'path', write: identifier },
});

/** Service levels: targets, business hours and how they were kept. */
export const sla: Resource = {
	value: 'sla',
	name: 'SLA',
	description: 'Service levels and their records (API version 3); Report has the same logs with a key of version 1',
	operations: [
		{
			value: 'countCallLog',
			name: 'Count Call Log',
			action: 'Count SLA log of calls',
			description: 'Count the service level records of calls that match filters',
			method: 'GET',
			path: '/v3/grid/calls/sla/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'countChatLog',
			name: 'Count Chat Log',
			action: 'Count SLA log of chats',
			description: 'Count the service level records of chats that match filters',
			method: 'GET',
			path: '/v3/grid/chats/sla/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'countTicketLog',
			name: 'Count Ticket Log',
			action: 'Count SLA log of tickets',
			description: 'Count the service level records of tickets that match filters',
			method: 'GET',
			path: '/v3/grid/tickets/sla/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get SLA level',
			description: 'Retrieve one service level with targets and business hours',
			method: 'GET',
			path: '/v3/slas/{levelId}',
			retryClass: 'read',
			answer: record,
			fields: [levelId],
		},
		{
			value: 'getCallLog',
			name: 'Get Call Log',
			action: 'Get SLA log of calls',
			description: 'Retrieve the service level records of calls with who answered and who resolved',
			method: 'GET',
			path: '/v3/grid/calls/sla',
			retryClass: 'read',
			answer: rows,
			paging: cursorPaging,
			simplify: simplified(slaLogRecord),
			optional: listFilters(),
		},
		{
			value: 'getChatLog',
			name: 'Get Chat Log',
			action: 'Get SLA log of chats',
			description: 'Retrieve the service level records of chats with who answered and who resolved',
			method: 'GET',
			path: '/v3/grid/chats/sla',
			retryClass: 'read',
			answer: rows,
			paging: cursorPaging,
			simplify: simplified(slaLogRecord),
			optional: listFilters(),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many SLA levels',
			description: 'Retrieve the service levels with targets and business hours',
			method: 'GET',
			path: '/v3/slas',
			retryClass: 'read',
			answer: rows,
			pickList: { label: (row) => String(row.name ?? ''), value: (row) => String(row.id) },
			optional: listFilters(),
		},
		{
			value: 'getTicketLog',
			name: 'Get Ticket Log',
			action: 'Get SLA log of tickets',
			description: 'Retrieve the service level records of tickets with who answered and who resolved',
			method: 'GET',
			path: '/v3/grid/tickets/sla',
			retryClass: 'read',
			answer: rows,
			paging: cursorPaging,
			simplify: simplified(slaLogRecord),
			optional: listFilters(),
		},
	],
};
