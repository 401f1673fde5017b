import type { Resource } from '../../shared/definition/operation';
import { trueFalse } from '../../shared/input/values';
import { agentField } from '../fields';

/** Whether an agent takes calls. */
export const agentPresence: Resource = {
	value: 'agentPresence',
	name: 'Agent Presence',
	description: 'Whether an agent takes calls',
	operations: [
		{
			value: 'set',
			name: 'Set',
			action: 'Set agent presence',
			description: 'Make an agent available or paused; an ongoing call continues',
			method: 'PUT',
			path: '/v3.0/agents/presence',
			source: 'inferred',
			retryClass: 'idempotent',
			answer: { kind: 'done' },
			fields: [
				agentField,
				{
					displayName: 'Available',
					name: 'available',
					type: 'boolean',
					default: true,
					required: true,
					description: 'Whether the agent takes calls; when off, the agent is paused',
					send: { write: trueFalse },
				},
			],
		},
	],
};
