import type { INodeProperties } from 'n8n-workflow';

import { groupBy } from '../data/groupBy';
import type { Field } from '../definition/operation';
import type { Vendor } from '../definition/vendor';
import type { TriggerEvent } from '../definition/events';
import { mayRepeat, triggerParameters } from '../polling/choices';
import { describeEvent } from './apiNote';
import { toProperty, toTriggerProperty } from './fieldProperty';
import { selector } from './nodeDescription';

/** The parameters of a vendor's trigger, derived from its events. */
export function triggerProperties(vendor: Vendor): INodeProperties[] {
	const options = vendor.events.map((event) => ({
		name: event.name,
		value: event.value,
		description: describeEvent(vendor, event),
		action: `On ${inSentence(event.name)}`,
	}));
	const fields = vendor.events.flatMap((event) => (event.fields ?? []).map((field) => ({ event: event.value, field })));
	const groups = [...groupBy(fields, ({ field }) => JSON.stringify([toProperty(field), field.displayOptions])).values()];
	// A notice is read before the filters that it says something about.
	const filters = groups.sort(([first], [second]) => Number(isNotice(second.field)) - Number(isNotice(first.field)));
	return [
		selector('Event', triggerParameters.event, options, vendor.events[0].value),
		...filters.map((entries) => ({
			...toTriggerProperty(entries[0].field),
			...emptyHint(entries[0].field),
			displayOptions: { show: { event: entries.map(({ event }) => event), ...entries[0].field.displayOptions?.show } },
		})),
		optionsProperty(vendor),
	];
}

function isNotice({ type }: Field): boolean {
	return type === 'notice';
}

/** A filter that looks like something to choose, and has no hint of its own, says that it may stay empty. */
function emptyHint({ type, required, hint }: Field): { hint?: string } {
	if (hint !== undefined) return {};
	return required !== true && (type === 'resourceLocator' || type === 'multiOptions') ? { hint: 'Leave empty for all' } : {};
}

/** The name of an event within a sentence: `SLA Missed: Calls` becomes `SLA missed: calls`. n8n itself would lower the abbreviation too. */
function inSentence(name: string): string {
	return name.replace(/\b[A-Z][a-z]+/g, (word) => word.toLowerCase());
}

const afterCrashOption: INodeProperties = {
	displayName: 'After a Crash',
	name: triggerParameters.afterCrash,
	type: 'options',
	default: 'mayLose',
	options: [
		{ name: 'May Lose the Records of One Poll', value: 'mayLose' },
		{ name: 'May Repeat the Records of One Poll', value: mayRepeat },
	],
	description:
		'What happens to the records of a poll when n8n is killed before it has started the workflow with them. May Repeat also repeats them after an ordinary restart.',
};

function optionsProperty(vendor: Vendor): INodeProperties {
	const tails = vendor.events.filter((event) => event.kind === 'tail');
	const lookingBack = tails.filter(({ lookBackHours = 0 }) => lookBackHours > 0);
	const showFor = (events: TriggerEvent[]) => ({ show: { '/event': events.map(({ value }) => value) } });
	return {
		displayName: 'Options',
		name: triggerParameters.options,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			afterCrashOption,
			...(lookingBack.length === 0 ? [] : [lookBackOption(showFor(lookingBack))]),
			overlapOption(showFor(tails)),
		],
	};
}

function lookBackOption(displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Look Back (Hours)',
		name: triggerParameters.lookBackHours,
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 24,
		displayOptions,
		description:
			'How long before the event its call or conversation may have started; if left out, the number in the description of the event. Each poll reads this much, so a longer time needs more requests.',
	};
}

function overlapOption(displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Overlap (Minutes)',
		name: triggerParameters.overlapMinutes,
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		displayOptions,
		description:
			'How late a record can appear after its own time and still start the workflow; if left out, a default that fits the event. A record never starts the workflow twice.',
	};
}
