import type { Resource } from '../../shared/definition/operation';
import { shownAs, totalsRecord } from '../formats/recordFormat';

/** Live totals of the account. */
export const overview: Resource = {
	value: 'overview',
	name: 'Overview',
	description: 'The number of calls and chats waiting and in progress right now',
	operations: [
		{
			value: 'getCalls',
			name: 'Get Calls',
			action: 'Get calls overview',
			description: 'Retrieve how many calls are ongoing, ringing and waiting right now',
			method: 'GET',
			path: '/calls/overview',
			retryClass: 'read',
			answer: { kind: 'one', path: 'response.callsOverview.0' },
			paging: 'none',
			...shownAs(totalsRecord),
		},
		{
			value: 'getChats',
			name: 'Get Chats',
			action: 'Get chats overview',
			description: 'Retrieve how many visitors, chats, waiting chats and available agents there are right now',
			method: 'GET',
			path: '/chats/overview',
			retryClass: 'read',
			answer: { kind: 'one', path: 'response.chatsOverview.0' },
			paging: 'none',
			...shownAs(totalsRecord),
		},
	],
};
