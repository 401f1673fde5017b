import type { INodeProperties } from 'n8n-workflow';

import { readerOf } from '../../nodes/shared/output/answers';
import type { Operation, Resource } from '../../nodes/shared/definition/operation';
import { apisOf, describeEvent, describeResource } from '../../nodes/shared/editor/apiNote';
import { describeOperation } from '../../nodes/shared/editor/nodeDescription';
import { variantsOf, sourceOf as pathSource } from '../../nodes/shared/http/api';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import { allFields, isMapped, targetOf } from '../../nodes/shared/input/fieldValues';
import type { SnapshotEvent, TriggerEvent } from '../../nodes/shared/definition/events';
import { watchedLimit } from '../../nodes/shared/polling/state/watchedRecords';
import type { VendorDefinition } from './definitions';
import { fieldTable } from './fieldTable';
import { instantBlocks } from './instantSection';
import { formatOf } from './format';
import { anchor, code, page, plainText, sentences, table } from './markdown';
import { requestWords, retryWords, sourceWords } from './words';

/** The reference of one vendor: credential, every operation with its fields, every event of the trigger. */
export function operationPage({ vendor, credential, push }: VendorDefinition): string {
	const count = vendor.resources.flatMap(({ operations }) => operations).length;
	return page([
		`# ${vendor.displayName}: operations and events`,
		'This page is written by `npm run docs` from the definitions that the node itself is made of.',
		`${count} operations, ${vendor.events.length} events. Paths are below the base address of the credential; ` +
			'a path that is not confirmed is listed, with the way to change it, in [Uncertain paths](../uncertain-paths.md).',
		`"Once only" operations are never sent twice unless it is certain that the first request was not carried out. ` +
			'Reads and operations that are safe to repeat are sent again when the connection breaks or the vendor is busy.',
		'## Credential',
		table(
			['Field', 'Default', 'What to give'],
			credential.properties.filter(({ type }) => type !== 'notice').map(credentialRow),
		),
		'## Operations',
		vendor.resources.map(({ name }) => `[${name}](#${anchor(name)})`).join(' · '),
		...vendor.resources.flatMap((resource) => resourceBlocks(vendor, resource)),
		'## API Request',
		'Send: any method and path below the base address, with query, headers, JSON or form body, and optional reading of all pages. ' +
			'It goes through the same credential, pace and repeats; the user chooses whether the request may be repeated (GET is a read and everything else once only, unless chosen otherwise).',
		'## Trigger events',
		table(
			['Event', 'Kind', 'Starts on', 'Read from', 'Overlap, or most records', 'Filters'],
			vendor.events.map((event) => eventRow(vendor, event)),
		),
		'A *tail* follows the time that the vendor gives each record and goes back by the overlap on every poll, so that a record that shows up late is still found; ' +
			'the ones that it already gave are remembered and not given again. A *snapshot* compares the list with the one of the poll before and starts on what changed; it refuses to run on a list with more records than stand in the table.',
		...(push === undefined ? [] : instantBlocks(push)),
	]);
}

function credentialRow(property: INodeProperties): string[] {
	const isText = property.default === undefined || property.default === '' ? '' : code(String(property.default));
	return [property.displayName, isText, formatOf(property as Parameters<typeof formatOf>[0])];
}

function resourceBlocks(vendor: Vendor, resource: Resource): Array<string | undefined> {
	const keyColumn = vendor.apis === undefined ? [] : ['Key'];
	return [
		`## ${resource.name}`,
		describeResource(vendor, resource),
		table(
			['Operation', 'Request', ...keyColumn, 'Repeats', 'Path known from'],
			resource.operations.map((operation) => operationRow(vendor, operation)),
		),
		...resource.operations.flatMap((operation) => operationBlocks(vendor, resource, operation)),
	];
}

function operationRow(vendor: Vendor, operation: Operation): string[] {
	const { name, retryClass } = operation;
	const keys = apisOf(vendor, operation).map(({ key }) => key.displayName);
	return [
		name,
		code(requestWords(operation)),
		...(keys.length === 0 ? [] : [keys.join(' or ')]),
		retryWords[retryClass],
		sourceWords[pathSource(vendor, operation)],
	];
}

function operationBlocks(vendor: Vendor, resource: Resource, operation: Operation): Array<string | undefined> {
	return [
		`### ${resource.name}: ${operation.name}`,
		sentences([describeOperation(operation), operation.notice && plainText(operation.notice)]),
		remarks(vendor, operation)
			.map((remark) => `- ${remark}`)
			.join('\n'),
		fieldTable(operation),
	];
}

/** What the tables cannot say of an operation. */
function remarks(vendor: Vendor, operation: Operation): string[] {
	const {
		alsoCalls = [],
		bulk,
		confirmedBy,
		deprecated,
		fallback,
		secondPath,
		givesSecrets,
		mapAutomatically,
		period,
		pickList,
		simplify,
	} = operation;
	const [, ...others] = apisOf(vendor, operation);
	const [, ...otherForms] = variantsOf(operation);
	return [
		...others.map(
			({ key }, index) => `With '${key.displayName}' alone, sends ${code(requestWords(otherForms[index]))} instead.`,
		),
		deprecated?.source === undefined ? '' : `The vendor says so on [${deprecated.source}](https://${deprecated.source}).`,
		mapAutomatically ? mappingRemark(operation) : '',
		operation.atLeastOne === 'optional' ? 'At least one of the optional fields must be given.' : '',
		bulk ? `Input items share requests: up to ${bulk.maximum} records in one.` : '',
		period
			? `A period longer than ${period.months === 1 ? 'a month' : `${period.months} months`} is read in parts and joined.`
			: '',
		confirmedBy ? 'Refuses to run unless its confirming switch is on.' : '',
		answerRemark(operation),
		simplify ? 'Simplify keeps the main keys of each record.' : '',
		givesSecrets ? 'Login secrets are left out unless asked for in Options.' : '',
		pickList ? 'Feeds a searchable list in other operations.' : '',
		alsoCalls.length > 0 ? `Also sends ${alsoCalls.map(code).join(', ')}.` : '',
		fallback || secondPath
			? `Where the vendor answers 404, reads ${code(`GET ${fallback?.path ?? secondPath}`)} instead.`
			: '',
	].filter((remark) => remark !== '');
}

function mappingRemark(operation: Operation): string {
	const kept = allFields(operation).filter(
		(field) => targetOf(operation, field).place === 'body' && field.type !== 'notice' && !isMapped(operation, field),
	);
	const except = kept.length === 0 ? '' : `, except ${kept.map(({ displayName }) => displayName).join(', ')}`;
	return `Map Automatically takes the body fields from keys of the input item${except}.`;
}

function answerRemark(operation: Operation): string {
	const words = {
		one: '',
		many: 'Gives one item for each record; Return All or a Limit.',
		deleted: 'Gives `{ "deleted": true }`.',
		done: '',
		binary: 'Gives a file in a binary field of the item.',
	} as const;
	return words[readerOf(operation).kind];
}

function eventRow(vendor: Vendor, event: TriggerEvent): string[] {
	return [
		event.name,
		event.kind,
		describeEvent(vendor, event),
		sourceOf(event, vendor.resources),
		event.kind === 'tail' ? overlapWords(event.overlapMinutes) : recordsWords(event),
		(event.fields ?? []).flatMap(({ type, displayName }) => (type === 'notice' ? [] : [displayName])).join(', '),
	];
}

function sourceOf({ source }: TriggerEvent, resources: Resource[]): string {
	const resource = resources.find(({ value }) => value === source.resource);
	const operation = resource?.operations.find(({ value }) => value === source.operation);
	if (resource === undefined || operation === undefined)
		throw new Error(`No operation ${source.resource}.${source.operation}`);
	const unsure = operation.source === 'inferred' ? ` (${sourceWords.inferred})` : '';
	return `${resource.name}: ${operation.name}${unsure}`;
}

function recordsWords({ changedAt }: SnapshotEvent): string {
	return changedAt === undefined ? `${watchedLimit.toLocaleString('en')} records` : 'any number of records';
}

function overlapWords(minutes: number): string {
	const units: Array<[number, string]> = [
		[24 * 60, 'day'],
		[60, 'hour'],
		[1, 'minute'],
	];
	const [length, unit] = units.find(([candidate]) => minutes >= candidate && minutes % candidate === 0) ?? [
		1,
		'minute',
	];
	const count = minutes / length;
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
