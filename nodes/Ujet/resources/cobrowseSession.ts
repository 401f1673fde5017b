import type { Resource } from '../../shared/definition/operation';
import { identifier } from '../../shared/input/values';
import { appsApi } from '../fields';

/** Sessions in which an agent views the customer's screen. */
export const cobrowseSession: Resource = {
	value: 'cobrowseSession',
	name: 'Co-Browse Session',
	description: "Sessions in which an agent views the customer's screen",
	operations: [
		{
			value: 'end',
			name: 'End',
			action: 'End co-browse session',
			description: 'End a session immediately',
			method: 'POST',
			path: `${appsApi}/cobrowse_sessions/{sessionId}/end`,
			retryClass: 'idempotent',
			source: 'public-doc',
			answer: { kind: 'done' },
			fields: [
				{
					displayName: 'External Session ID',
					name: 'sessionId',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. cb-5f2c',
					send: { place: 'path', write: identifier },
				},
			],
		},
	],
};
