import type { Field, Resource } from '../../shared/definition/operation';
import { defaultCountryCodeField, inputFile } from '../../shared/editor/fields';
import { identifier, listOf, notOwnNumber, phone, text } from '../../shared/input/values';
import { idField, ticketId } from '../fields';
import { cursorPaging } from '../formats/apiVersions';
import { codeOptions } from '../formats/codeLabels';
import { conditionOn, countFilters, listFilters, timeCondition3 } from '../formats/conditions';
import { uploadFile } from '../jobs/uploadFile';
import { textField3 } from '../formats/version3Fields';
import { callRecord, callStatusRecord, callTypes, recordAnswer3, listAnswer3, shownAs3 } from '../formats/version3Records';

const callId = idField('Call ID', 'callId', 'cl93kd02');

const filters: Field[] = [
	timeCondition3('Started From', 'startedFrom', 'dateCreated', 'D>='),
	timeCondition3('Started To', 'startedTo', 'dateCreated', 'D<='),
	{
		displayName: 'Call Type',
		name: 'type',
		type: 'options',
		default: 'I',
		options: codeOptions(callTypes),
		send: conditionOn('type', 'E', text()),
	},
];

const unreachable: Field = textField3('Agent IDs to Leave Out', 'unreachableAgents', '', 'k7d2m9xq', {
	description: 'Agents who cannot take the call, separated by commas',
	send: { place: 'query', write: listOf(identifier, { separator: ',' }) },
});

/** Kinds of messages in the call part of a ticket. */
const messageTypes = [
	{ name: 'Audio', value: 'A', description: 'The message is an address or the ID of a file' },
	{ name: 'HTML', value: 'H' },
	{ name: 'Note', value: 'N', description: 'Seen by agents only' },
	{ name: 'Note File', value: 'NF', description: 'The message is the ID of a file' },
	{ name: 'System', value: 'S' },
	{ name: 'Text', value: 'T' },
];

/** Telephone calls. */
export const call: Resource = {
	value: 'call',
	name: 'Call',
	description: 'Calls of LiveAgent: list, count, start and end them',
	operations: [
		{
			value: 'addMessage',
			name: 'Add Message',
			action: 'Add message to call',
			description: 'Add a message or note to the call in its ticket',
			method: 'POST',
			path: '/v3/calls/{callId}/messages',
			retryClass: 'once',
			answer: { kind: 'done' },
			fields: [
				callId,
				{ displayName: 'Message Type', name: 'type', type: 'options', default: 'N', options: messageTypes },
				textField3('Message', 'message', 'message', 'Asked to be called back', { required: true, typeOptions: { rows: 3 } }),
			],
		},
		{
			value: 'addRecording',
			name: 'Add Recording',
			action: 'Add recording to call',
			description: 'Upload a sound file to the call in its ticket',
			method: 'POST',
			path: '/v3/calls/{callId}/recordings',
			retryClass: 'once',
			bodyFormat: 'multipart',
			answer: { kind: 'done' },
			fields: [callId, inputFile('the sound file')],
			run: uploadFile,
		},
		{
			value: 'blindTransfer',
			name: 'Blind Transfer',
			action: 'Transfer call (without announcing it)',
			description: 'Send an ongoing call straight to a device or extension',
			method: 'POST',
			path: '/v3/calls/{callId}/_blind_transfer',
			retryClass: 'once',
			answer: { kind: 'done' },
			fields: [
				callId,
				textField3('To Device or Extension', 'toNumber', '', '201', {
					required: true,
					description: 'Phone device or extension that receives the call',
					send: { place: 'query', name: 'to_number', write: text() },
				}),
				textField3('Channel ID', 'channelId', '', '1737.22', {
					required: true,
					description: 'Channel that starts the transfer',
					send: { place: 'query', write: text() },
				}),
			],
		},
		{
			value: 'count',
			name: 'Count',
			action: 'Count calls',
			description: 'Count the calls that match filters',
			method: 'GET',
			path: '/v3/calls/count',
			retryClass: 'read',
			optional: countFilters(...filters),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many calls',
			description: 'Retrieve calls with numbers, times and duration',
			method: 'GET',
			path: '/v3/calls',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			...shownAs3(callRecord),
			optional: listFilters(...filters),
		},
		{
			value: 'getStatus',
			name: 'Get Status',
			action: 'Get status of call',
			description: 'Retrieve whether a call is ringing, waiting or ongoing, and with which agent',
			method: 'GET',
			path: '/v3/calls/{callId}/status',
			retryClass: 'read',
			answer: recordAnswer3,
			...shownAs3(callStatusRecord),
			fields: [callId],
			optional: { name: 'filters', fields: [unreachable] },
		},
		{
			value: 'pickUp',
			name: 'Pick Up',
			action: 'Pick up call',
			description: 'Take a call from the queue for the owner of the key',
			method: 'POST',
			path: '/v3/calls/_pickup',
			retryClass: 'once',
			answer: { kind: 'done' },
		},
		{
			value: 'reroute',
			name: 'Reroute',
			action: 'Reroute call',
			description: 'Ring another agent, if one is free',
			method: 'POST',
			path: '/v3/calls/{callId}/_reroute',
			retryClass: 'once',
			answer: recordAnswer3,
			...shownAs3(callStatusRecord),
			fields: [callId],
			optional: {
				name: 'additionalFields',
				fields: [
					textField3('Reason', 'reason', '', 'Agent is away', { send: { place: 'query', write: text() } }),
					unreachable,
				],
			},
		},
		{
			value: 'start',
			name: 'Start',
			action: 'Start call',
			description: 'Ring the owner of the key and dial the number after pick-up; the call belongs to a ticket',
			method: 'POST',
			path: '/v3/call/_start',
			retryClass: 'once',
			answer: { kind: 'done' },
			check: notOwnNumber('toNumber', 'viaNumber'),
			fields: [
				textField3('To Number', 'toNumber', '', '+14155550123', {
					required: true,
					description: 'Phone number or extension to call',
					// Extensions have up to seven digits.
					send: { place: 'query', name: 'to_number', write: phone({ shortNumbers: true }) },
				}),
				{ ...ticketId, send: { place: 'query', write: identifier } },
			],
			optional: {
				name: 'additionalFields',
				fields: [
					defaultCountryCodeField,
					textField3('Via Number', 'viaNumber', '', '+14155550100', {
						description: 'Number of the account to call from',
						send: { place: 'query', name: 'via_number', write: text() },
					}),
				],
			},
		},
		{
			value: 'stop',
			name: 'Stop',
			action: 'Stop call',
			description: 'End an ongoing call',
			method: 'POST',
			path: '/v3/calls/{callId}/_stop',
			retryClass: 'idempotent',
			answer: { kind: 'done' },
			fields: [callId],
			optional: {
				name: 'additionalFields',
				fields: [
					textField3('Caller Number', 'fromNumber', '', '+14155550123', {
						send: { place: 'query', name: 'from_number', write: text() },
					}),
					textField3('Channel ID', 'channelId', '', '1737.22', {
						description: 'Channel to hang up',
						send: { place: 'query', write: text() },
					}),
				],
			},
		},
	],
};
