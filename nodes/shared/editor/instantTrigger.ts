import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';

import { groupBy } from '../data/groupBy';
import type { PushDefinition, PushSender } from '../definition/push';
import { instantParameters } from '../webhook/choices';
import { toTriggerProperty } from './fieldProperty';
import { selector } from './nodeDescription';

/** n8n's address for the node: answered as soon as the execution is stored, with an empty body. The editor shows it once. */
export function instantWebhook(httpMethod: 'GET' | 'POST'): IWebhookDescription {
	return {
		name: httpMethod === 'POST' ? 'default' : 'setup',
		httpMethod,
		responseMode: 'onReceived',
		responseData: 'noData',
		path: 'webhook',
		...(httpMethod === 'POST' ? {} : { ndvHideUrl: true }),
	};
}

/** The parameters of an instant trigger, derived from its senders and events. */
export function instantProperties(definition: PushDefinition): INodeProperties[] {
	const { senders } = definition;
	return [
		...(senders.length > 1 ? [senderSelector(senders)] : []),
		...senders.map((sender) => setUpNotice(definition, sender)),
		...senders.map((sender) => eventsProperty(definition, sender)),
		...filterProperties(senders),
		...outputProperty(definition),
		...senders.map((sender) => fillGapsProperty(definition, sender)),
		optionsProperty(),
	];
}

function senderSelector(senders: PushSender[]): INodeProperties {
	const options = senders.map(({ name, value, description }) => ({ name, value, description }));
	return selector('Sender', instantParameters.sender, options, senders[0].value);
}

/** Shown for one sender of several. */
function shownFor({ senders }: PushDefinition, { value }: PushSender): Pick<INodeProperties, 'displayOptions'> {
	return senders.length > 1 ? { displayOptions: { show: { [instantParameters.sender]: [value] } } } : {};
}

function setUpNotice(definition: PushDefinition, sender: PushSender): INodeProperties {
	// A notice keeps links and bulleted lists and drops all other HTML, numbered lists and line breaks too.
	const steps = sender.setUp.map((step) => `<li>${step}</li>`).join('');
	return {
		displayName: `Set up once in ${definition.vendor.displayName}:<ul>${steps}</ul>Use the Production URL above; the Test URL works only while the editor listens for a test event.`,
		name: `setUp_${sender.value}`,
		type: 'notice',
		default: '',
		...shownFor(definition, sender),
	};
}

function eventsProperty(definition: PushDefinition, sender: PushSender): INodeProperties {
	const options = sender.events
		.map(({ name, value, description }) => ({ name, value, description }))
		.sort((first, second) => first.name.localeCompare(second.name, 'en'));
	return {
		displayName: 'Events',
		name: instantParameters.events,
		type: 'multiOptions',
		required: true,
		default: [],
		description: 'What starts the workflow; the output names the event of each item',
		options,
		...shownFor(definition, sender),
	};
}

function filterProperties(senders: PushSender[]): INodeProperties[] {
	const fields = senders.flatMap(({ events }) =>
		events.flatMap((event) => (event.fields ?? []).map((field) => ({ event: event.value, field }))),
	);
	return [...groupBy(fields, ({ field }) => field.name).values()].map((entries) => ({
		...toTriggerProperty(entries[0].field),
		...(entries[0].field.type === 'options' ? {} : { hint: 'Leave empty for all' }),
		displayOptions: { show: { [instantParameters.events]: [...new Set(entries.map(({ event }) => event))] } },
	}));
}

const outputOptions = [
	{
		name: 'As Sent',
		value: 'sent',
		description: 'Only what was sent, under the same names; takes no request and adds no delay',
	},
	{
		name: 'Whole Record',
		value: 'record',
		description: 'The record as the polling trigger returns it; takes one request for each event',
	},
];

function outputProperty({ senders }: PushDefinition): INodeProperties[] {
	const choosable = senders.flatMap(({ alwaysReads, events }) =>
		alwaysReads === true ? [] : events.flatMap((event) => (event.read === undefined ? [] : [event.value])),
	);
	if (choosable.length === 0) return [];
	return [
		{
			displayName: 'Output',
			name: instantParameters.output,
			type: 'options',
			default: 'record',
			description: 'What each item contains',
			options: outputOptions,
			displayOptions: { show: { [instantParameters.events]: [...new Set(choosable)] } },
		},
	];
}

/** n8n polls at the times under this name; without any it polls only when the workflow is activated. */
function fillGapsProperty(definition: PushDefinition, sender: PushSender): INodeProperties {
	return {
		displayName: 'Fill Gaps',
		name: instantParameters.pollTimes,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Time' },
		default: {},
		placeholder: 'Add Time',
		description:
			'When to poll for events that were missed, for example while n8n was down. An event that was pushed does not start the workflow again.',
		options: [{ displayName: 'Time', name: 'item', values: [gapNotice(definition, sender), ...pollTimeFields] }],
		...shownFor(definition, sender),
	};
}

/** Which events polling finds, and which it cannot; the editor shows it beside a time that was added. */
function gapNotice({ vendor }: PushDefinition, { events }: PushSender): INodeProperties {
	const names = (areFilled: boolean) =>
		events
			.filter(({ gaps }) => (gaps !== undefined) === areFilled)
			.map(({ name }) => name)
			.sort((first, second) => first.localeCompare(second, 'en'))
			.join(', ');
	const [found, lost] = [names(true), names(false)];
	const gone = `${vendor.displayName} has no list that shows ${found === '' ? 'these events' : lost} afterwards`;
	return {
		displayName: found === '' ? `Finds nothing: ${gone}.` : `Finds ${found}.${lost === '' ? '' : ` ${gone}.`}`,
		name: 'found',
		type: 'notice',
		default: '',
	};
}

const pollTimeFields: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		default: 'everyHour',
		description: 'How often to poll',
		options: [
			{ name: 'Custom (Cron)', value: 'custom' },
			{ name: 'Every Hour', value: 'everyHour' },
			{ name: 'Every X', value: 'everyX' },
		],
	},
	{
		displayName: 'Minute',
		name: 'minute',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 59 },
		default: 0,
		description: 'Minute of the hour',
		displayOptions: { show: { mode: ['everyHour'] } },
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 15,
		description: 'The number of minutes or hours between polls',
		displayOptions: { show: { mode: ['everyX'] } },
	},
	{
		displayName: 'Unit',
		name: 'unit',
		type: 'options',
		default: 'minutes',
		options: [
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
		],
		displayOptions: { show: { mode: ['everyX'] } },
	},
	{
		displayName: 'Cron Expression',
		name: 'cronExpression',
		type: 'string',
		default: '0 */15 * * * *',
		placeholder: 'e.g. 0 */15 * * * *',
		description: 'Seconds, minutes, hours, day of month, month, day of week',
		displayOptions: { show: { mode: ['custom'] } },
	},
];

function optionsProperty(): INodeProperties {
	return {
		displayName: 'Options',
		name: instantParameters.options,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Pass Unknown Events',
				name: instantParameters.unknownEvents,
				type: 'boolean',
				default: false,
				description:
					'Whether to also start the workflow on events that this node does not know; their items contain the event as it was sent',
			},
		],
	};
}
