import type { Resource } from '../../shared/definition/operation';
import { cursorPaging } from '../formats/apiVersions';
import { countFilters, listFilters } from '../formats/conditions';
import { listAnswer3, shownAs3, timeReportRecord } from '../formats/version3Records';

/** Time that agents booked on tickets. */
export const timeReport: Resource = {
	value: 'timeReport',
	name: 'Time Report',
	description: 'Time that agents logged on tickets',
	operations: [
		{
			value: 'count',
			name: 'Count',
			action: 'Count time reports',
			description: 'Count the time reports that match filters',
			method: 'GET',
			path: '/v3/grid/reports/time/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many time reports',
			description: 'Retrieve the time that agents logged on tickets',
			method: 'GET',
			path: '/v3/grid/reports/time',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			...shownAs3(timeReportRecord),
			optional: listFilters(),
		},
	],
};
