import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

import type { PushDefinition, PushEvent, PushSender } from '../definition/push';
import type { FieldValues } from '../definition/request';
import { readChoice } from '../input/choices';
import { checkFilterOfExpression } from '../input/emptyFilter';
import { inputError } from '../input/inputError';
import { checkingFields } from '../input/invalidField';
import { ParameterReader, unwrapLocator } from '../input/parameters';
import type { WantedEvents } from './pushedEvent';

/** Names of the instant trigger's own parameters. */
export const instantParameters = {
	sender: 'sender',
	events: 'events',
	output: 'output',
	/** n8n polls a node at the times it finds under this name. */
	pollTimes: 'pollTimes',
	options: 'options',
	unknownEvents: 'unknownEvents',
} as const;

/** What the user set in an instant trigger. */
export interface InstantChoices {
	sender: PushSender;
	wanted: WantedEvents;
	/** True when rows are read from the vendor where they can be. */
	reads: boolean;
	values: FieldValues;
}

/** Reads one parameter of the node; null for one that is hidden. */
export type ReadParameter = (name: string) => unknown;

/**
 * Reads the parameters of an instant trigger.
 * @throws NodeOperationError when no event is chosen or one is not known, and for a filter or output that is none
 */
export function readInstantChoices(node: INode, definition: PushDefinition, read: ReadParameter): InstantChoices {
	const sender = chosenSender(definition, read);
	const chosen = read(instantParameters.events);
	const values = Array.isArray(chosen) ? chosen.map(String) : [];
	const options = (read(instantParameters.options) ?? {}) as IDataObject;
	const wanted = { values, unknown: options[instantParameters.unknownEvents] === true };
	checkEvents(node, sender, wanted);
	return {
		sender,
		wanted,
		reads: sender.alwaysReads === true || readsRecords(node, read),
		values: readFilters(node, chosenEvents(sender, wanted), read),
	};
}

/** The events of the table that are wanted. */
export function chosenEvents({ events }: PushSender, { values }: WantedEvents): PushEvent[] {
	return events.filter(({ value }) => values.includes(value));
}

/** The sender whose requests are taken; known before anything else is read, because its authentication comes first. */
export function chosenSender({ senders }: PushDefinition, read: ReadParameter): PushSender {
	const value = senders.length === 1 ? senders[0].value : read(instantParameters.sender);
	return senders.find((candidate) => candidate.value === value) ?? senders[0];
}

function checkEvents(node: INode, sender: PushSender, { values, unknown }: WantedEvents): void {
	const strange = values.find((value) => !sender.events.some((event) => event.value === value));
	if (strange === undefined && (values.length > 0 || unknown)) return;
	const message = strange === undefined ? "No event chosen in 'Events'" : `Invalid value '${strange}' for 'Events'`;
	throw new NodeOperationError(node, message, { description: 'Choose one or more events from the list.' });
}

/** Filters as the polling trigger reads them: an unknown choice or an expression that returns nothing would start the workflow for everything, or nothing. */
function readFilters(node: INode, events: PushEvent[], read: ReadParameter): FieldValues {
	const fields = new Map(events.flatMap(({ fields = [] }) => fields.map((field) => [field.name, field] as const)));
	const reader = new ParameterReader({ getNode: () => node, getNodeParameter: read });
	const values: FieldValues = {};
	for (const [name, field] of fields) {
		const given = unwrapLocator(read(name));
		checkingFields(node, undefined, () => checkFilterOfExpression(field, reader, given));
		const value = checkingFields(node, undefined, () => readChoice(field, given));
		if (value !== undefined && value !== null && value !== '') values[name] = value;
	}
	return values;
}

/** @throws NodeOperationError for an output that there is not */
function readsRecords(node: INode, read: ReadParameter): boolean {
	const output = read(instantParameters.output) ?? 'record';
	if (output === 'record' || output === 'sent') return output === 'record';
	throw inputError(node, 'Output', 'one of: As Sent (sent), Whole Record (record)', undefined, output);
}
