import type { INodeProperties } from 'n8n-workflow';

import { groupBy } from '../data/groupBy';
import type { Field } from '../definition/operation';
import type { Vendor } from '../definition/vendor';
import { triggerParameters } from '../polling/choices';
import { selector, toProperty } from './nodeDescription';

/** The parameters of a vendor's trigger, derived from its events. */
export function triggerProperties(vendor: Vendor): INodeProperties[] {
	const options = vendor.events.map(({ name, value, description }) => ({ name, value, description }));
	const fields = vendor.events.flatMap((event) => (event.fields ?? []).map((field) => ({ event: event.value, field })));
	const filters = [...groupBy(fields, ({ field }) => JSON.stringify([toProperty(field), field.displayOptions])).values()];
	return [
		selector('Event', triggerParameters.event, options, vendor.events[0].value),
		...filters.map((entries) => ({
			...toProperty(entries[0].field),
			...emptyHint(entries[0].field),
			displayOptions: { show: { event: entries.map(({ event }) => event), ...entries[0].field.displayOptions?.show } },
		})),
		overlapProperty(vendor),
	];
}

/** A filter that looks like something to choose says that it may stay empty. */
function emptyHint({ type, required }: Field): { hint?: string } {
	return required !== true && (type === 'resourceLocator' || type === 'multiOptions') ? { hint: 'Empty means all' } : {};
}

function overlapProperty(vendor: Vendor): INodeProperties {
	const tails = vendor.events.flatMap((event) => (event.kind === 'tail' ? [event.value] : []));
	return {
		displayName: 'Options',
		name: triggerParameters.options,
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { event: tails } },
		options: [
			{
				displayName: 'Overlap (Minutes)',
				name: triggerParameters.overlapMinutes,
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description:
					'How late a record may show up after its own time and still start the workflow; left out, a value that fits the event. A record never starts the workflow twice.',
			},
		],
	};
}

