import type { Resource } from '../../shared/definition/operation';
import { fromFilter, idsOnly, toFilter, websiteFilter, wholeRows } from '../fields';

/** Planned call backs. */
export const callMeeting: Resource = {
	value: 'callMeeting',
	name: 'Call Meeting',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many call meetings',
			description: 'Retrieve planned call backs by website and planned time',
			method: 'GET',
			path: '/callmeeting',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			fields: [idsOnly],
			optional: {
				name: 'filters',
				fields: [
					{ ...fromFilter, description: 'Earliest planned time of the call, not of its booking' },
					{ ...toFilter, description: 'Latest planned time of the call, not of its booking' },
					websiteFilter,
				],
			},
		},
	],
};
