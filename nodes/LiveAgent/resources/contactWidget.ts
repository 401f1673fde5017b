import type { Resource } from '../../shared/definition/operation';
import { cursorPaging } from '../formats/apiVersions';
import { countFilters } from '../formats/conditions';
import { listAnswer3 } from '../formats/version3Records';

/** What visitors of a web page click. */
export const contactWidget: Resource = {
	value: 'contactWidget',
	name: 'Contact Widget',
	description: 'Chat and call buttons, forms and invitations on your web pages',
	operations: [
		{
			value: 'count',
			name: 'Count',
			action: 'Count contact widgets',
			description: 'Count the contact widgets that match filters',
			method: 'GET',
			path: '/v3/grid/contact-widgets/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many contact widgets',
			description: 'Retrieve contact widgets with how often each was shown and used',
			method: 'GET',
			path: '/v3/grid/contact-widgets',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			// The HTML of the widget is left out.
			simplify: ['id', 'name', 'type', 'status', 'impressions', 'tickets', 'last_display_time', 'last_display_url'],
			optional: countFilters(),
		},
	],
};
