import type { Operation, Resource } from '../../shared/definition/operation';
import { agentField } from '../fields';

/** Both switch the recording of the call that an agent is in. */
const switching: Pick<Operation, 'method' | 'path' | 'source' | 'retryClass' | 'answer' | 'fields'> = {
	method: 'PUT',
	path: '/v3.0/calls/recording',
	source: 'inferred',
	retryClass: 'idempotent',
	answer: { kind: 'done' },
	fields: [agentField],
};

/** Recording of live calls. */
export const callRecording: Resource = {
	value: 'callRecording',
	name: 'Call Recording',
	description: 'Recording of the call that an agent is in',
	operations: [
		{
			value: 'pause',
			name: 'Pause',
			action: 'Pause call recording',
			description: 'Stop recording the call that an agent is in, for example while card numbers are spoken',
			...switching,
			constants: { body: { recording: false } },
		},
		{
			value: 'start',
			name: 'Start',
			action: 'Start call recording',
			description: 'Start or resume recording the call that an agent is in',
			...switching,
			constants: { body: { recording: true } },
		},
	],
};
