import type { INodeProperties } from 'n8n-workflow';

import type { Authentication, PushEvent, PushSender } from '../../nodes/shared/definition/push';
import type { VendorDefinition } from './definitions';
import { formatOf } from './format';
import { plainText, table } from './markdown';

const authenticationWords: Record<Authentication['kind'], string> = {
	basic: 'HTTP basic authentication',
	signature: 'a signature (HMAC-SHA-256) over the body as it is sent',
	token: 'a secret token in the request; nothing else that is sent is trusted: the record is read by its ID',
};

/** The part of a vendor's page on its instant trigger: credential, set-up and events of each sender. */
export function instantBlocks({ definition, credential }: NonNullable<VendorDefinition['push']>): string[] {
	return [
		'## Instant trigger events',
		`Pushed by ${definition.vendor.displayName} the moment they happen. For the events that are marked, *Fill Gaps* also polls and emits only what was missed.`,
		`Credential: ${credential.displayName}`,
		table(['Field', 'Value'], credential.properties.map(credentialRow)),
		...definition.senders.flatMap((sender) => senderBlocks(sender, definition.senders.length > 1)),
	];
}

function credentialRow(property: INodeProperties): string[] {
	return [property.displayName, formatOf(property as Parameters<typeof formatOf>[0])];
}

function senderBlocks(sender: PushSender, isNamed: boolean): string[] {
	return [
		...(isNamed ? [`### Sender: ${sender.name}`, `${sender.description}.`] : []),
		`Authentication: ${authenticationWords[sender.authentication.kind]}.`,
		sender.setUp.map((step, index) => `${index + 1}. ${plainText(step).replaceAll('&amp;', '&')}`).join('\n'),
		table(
			['Event', 'Starts on', 'Output', 'Fill Gaps', 'Filters'],
			sender.events.map((event) => eventRow(sender, event)),
		),
	];
}

function eventRow({ alwaysReads }: PushSender, event: PushEvent): string[] {
	const { name, description, read, gaps, fields = [] } = event;
	const output = read === undefined ? 'as sent' : alwaysReads === true ? 'whole record' : 'whole record or as sent';
	return [
		name,
		description,
		output,
		gaps === undefined ? '' : 'yes',
		fields.map(({ displayName }) => displayName).join(', '),
	];
}
