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
		"The vendors' documents do not say everything that following a list needs: in which order it comes, on which side of a date a filter keeps records, whether a filter is honoured at all. " +
			'Each poll looks at the rows it reads. Where they show that the table below does not hold, the poll fails, names the sentence, and changes nothing: better an error in the execution list than records that are missed without notice. ' +
			'An event without an entry relies on nothing besides the record\'s id, its time or its state.',
		'A period counts as broken when most rows of a page lie outside it by more than 15 minutes, or by more than 26 hours where the times have no offset and a time zone may be set wrong. An order counts as broken with the first row that does not keep to it, except in the hour that comes twice when clocks are set back.',
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
