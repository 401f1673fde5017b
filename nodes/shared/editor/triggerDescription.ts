import type { INodeProperties } from 'n8n-workflow';

import { groupBy } from '../data/groupBy';
import type { Field } from '../definition/operation';
import type { Vendor } from '../definition/vendor';
import type { TriggerEvent } from '../definition/events';
import { triggerParameters } from '../polling/choices';
import { afterCrashOption, lookBackOption, overlapOption } from '../polling/pollOptions';
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
	const filters = groups.sort(([first], [second]) => rankOf(first.field) - rankOf(second.field));
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

/** A notice is read before the filters that it says something about, and what has to be filled in stands before what may stay empty. */
function rankOf({ type, required }: Field): number {
	if (type === 'notice') return 0;
	return required === true ? 1 : 2;
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
			toProperty(afterCrashOption),
			...(lookingBack.length === 0 ? [] : [{ ...toProperty(lookBackOption), displayOptions: showFor(lookingBack) }]),
			{ ...toProperty(overlapOption), displayOptions: showFor(tails) },
		],
	};
}
