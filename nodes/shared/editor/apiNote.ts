import type { Operation, Resource } from '../definition/operation';
import type { Vendor } from '../definition/vendor';
import type { TriggerEvent } from '../definition/events';
import { apiOf, variantsOf } from '../http/api';

type WithApis = Pick<Vendor, 'apis'>;

/** The APIs that an operation can go over, in the order in which they are tried; none where the vendor has one API only. */
export function apisOf(vendor: WithApis, operation: Operation): Array<NonNullable<Vendor['apis']>[number]> {
	const found = variantsOf(operation).flatMap(({ path }) => apiOf(vendor, path) ?? []);
	return [...new Set(found)];
}

/** What a resource is, with the API that all its operations use: what its dropdown says. */
export function describeResource(vendor: WithApis, { description, operations }: Resource): string | undefined {
	const words = commonWords(vendor, operations);
	return words === undefined ? description : withNote(description, words);
}

/** The API that an operation uses, where the resource does not say it for all of them. */
export function operationApi(vendor: WithApis, { operations }: Resource, operation: Operation): string | undefined {
	return commonWords(vendor, operations) === undefined ? wordsOf(vendor, operation) : undefined;
}

/** What an event starts on, with the API that it reads where that is not the vendor's first one, and how late it may come. */
export function describeEvent(vendor: Pick<Vendor, 'apis' | 'resources'>, event: TriggerEvent): string {
	const { source } = event;
	const description = withLookBack(event);
	const resource = vendor.resources.find(({ value }) => value === source.resource);
	const operation = resource?.operations.find(({ value }) => value === source.operation);
	const words = operation === undefined ? undefined : wordsOf(vendor, operation);
	return words === undefined ? description : withNote(description, words);
}

/** The vendor's list is read by the start of a record, so a moment that comes too long after it is not seen. */
function withLookBack(event: TriggerEvent): string {
	const hours = event.kind === 'tail' ? event.lookBackHours : undefined;
	if (hours === undefined) return event.description;
	return `${event.description}; noticed up to ${hours} hours after the record began (Look Back in Options changes this)`;
}

/** The note in brackets behind the first statement: a second one points elsewhere. */
export function withNote(description: string | undefined, note: string): string {
	return description === undefined ? note : description.replace(/(?=;|\.(?:\s|$)|$)/, ` (${note})`);
}

function wordsOf(vendor: WithApis, operation: Operation): string | undefined {
	const names = apisOf(vendor, operation).map(({ name }) => name);
	return names.length === 0 ? undefined : names.join(' or ');
}

function commonWords(vendor: WithApis, operations: Operation[]): string | undefined {
	const words = new Set(operations.map((operation) => wordsOf(vendor, operation)));
	return words.size === 1 ? [...words][0] : undefined;
}
