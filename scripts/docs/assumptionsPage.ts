import type { TriggerEvent } from '../../nodes/shared/definition/events';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import { derivedAssumptions } from '../../nodes/shared/polling/assumptions';
import type { VendorDefinition } from './definitions';
import { page, table } from './markdown';

/** What the trigger events rely on in the vendors' lists, and what happens when it does not hold. */
export function assumptionsPage(definitions: VendorDefinition[]): string {
	return page([
		'# What the triggers rely on',
		'This page is written by `npm run docs` from the definitions.',
		"To follow a list, a trigger needs to know in which order it comes, which side of a date a filter keeps, and whether a filter is honored at all. The vendors' documents do not always say. " +
			'Each poll therefore checks the rows that it reads. If they contradict the tables below, the poll fails, names the sentence, and changes nothing: an error in the list of executions is better than records that are missed without notice. ' +
			'An event without an entry relies on nothing but the ID, the time or the state of a record.',
		'A period is considered violated if most rows of a page lie outside it by more than 15 minutes, or by more than 26 hours if the times have no offset, because the time zone may be set wrong. An order is considered violated at the first row that does not keep to it, except in the hour that is repeated when clocks are set back.',
		...definitions.flatMap(({ vendor }) => vendorBlocks(vendor)),
	]);
}

function vendorBlocks(vendor: Vendor): string[] {
	const rows = vendor.events.filter((event) => sentences(event).length > 0);
	const heading = `## ${vendor.displayName}`;
	if (rows.length === 0) return [heading, 'Nothing.'];
	return [heading, table(['Event', 'Relied on'], rows.map((event) => [event.name, `${sentences(event).join('. ')}.`]))];
}

function sentences(event: TriggerEvent): string[] {
	return [...derivedAssumptions(event), ...(event.assumptions ?? []).map(({ text }) => text)];
}
