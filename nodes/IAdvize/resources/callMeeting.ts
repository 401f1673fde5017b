import type { Resource } from '../../shared/definition/operation';
import { fromFilter, idsOnly, toFilter, websiteFilter, wholeRows } from '../fields';

/** Scheduled callbacks. */
export const callMeeting: Resource = {
	value: 'callMeeting',
	name: 'Call Meeting',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many call meetings (scheduled callbacks)',
			description: 'Retrieve scheduled callbacks by website and time of the call',
			method: 'GET',
			path: '/callmeeting',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			fields: [idsOnly],
			optional: {
				name: 'filters',
				fields: [
					{ ...fromFilter, displayName: 'Call Time From', description: 'Earliest time of the call itself, not of its booking' },
					{ ...toFilter, displayName: 'Call Time To', description: 'Latest time of the call itself, not of its booking' },
					websiteFilter,
				],
			},
		},
	],
};
