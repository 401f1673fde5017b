import type { Field } from '../shared/definition/operation';
import { locator } from '../shared/editor/fields';
import { email, identifier, instant, text, yesNo } from '../shared/input/values';
import { InvalidValue } from '../shared/definition/valueWriter';
import type { ValueWriter } from '../shared/definition/valueWriter';

/** Time of the account's wall clock. */
export const writeLocalTime: ValueWriter = instant({ format: 'yyyy-MM-dd HH:mm:ss', zone: 'vendor' });

const preferIds =
	'By ID also accepts an email; the ID is safer, because some versions of LiveAgent cannot find emails with a plus sign';

/** Makes a field of a locator for one use of it. */
export type Chooser = (options: Pick<Field, 'name' | 'displayName' | 'send'> & Partial<Field>) => Field;

/** A chooser of the records of a pick list. */
function chooserOf(list: string, example: string, description?: string): Chooser {
	return (options) => ({
		...locator({ list, placeholder: `e.g. ${example}`, name: options.name, displayName: options.displayName }),
		...(description === undefined ? {} : { description }),
		...options,
		send: { write: identifier, ...options.send },
	});
}

/** Chooses an agent. */
export const chooseAgent: Chooser = chooserOf('agent', 'k7d2m9xq', preferIds);

/** Chooses a customer; the list searches emails. */
export const chooseCustomer: Chooser = chooserOf(
	'customer',
	'ct55ab19',
	`The list searches for parts of the email. ${preferIds}.`,
);

/** Chooses a department. */
export const chooseDepartment: Chooser = chooserOf('department', 'dp20fj81');

/** Chooses a contact of API version 3; the list searches names, emails and phones. */
export const chooseContact: Chooser = chooserOf('contact', 'ct55ab19');

/** Chooses a company. */
export const chooseCompany: Chooser = chooserOf('company', 'co17xy82');

export const conversationId: Field = {
	displayName: 'Conversation ID',
	name: 'conversationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. cv83kd02',
	description:
		'ID of the conversation or ticket. LiveAgent also takes the reference code (AB1-C2D-E3F) and the code of the public link, which some versions cannot find.',
	send: { place: 'path', write: identifier },
};

export const customerId: Field = chooseCustomer({
	displayName: 'Customer',
	name: 'customerId',
	required: true,
	send: { place: 'path' },
});

export const departmentId: Field = chooseDepartment({
	displayName: 'Department',
	name: 'departmentId',
	required: true,
	send: { place: 'path' },
});

/** The department that uses a text which agents answer with. */
export const usingDepartment: Field = chooseDepartment({
	displayName: 'Department',
	name: 'departmentId',
	description: 'The department that uses it; all departments if left out',
	send: { name: 'departmentid' },
});

/** On whose behalf something is done. */
export const actingAgent: Field = chooseAgent({
	displayName: 'Acting Agent',
	name: 'actingAgent',
	description: `Agent on whose behalf the action is performed; the System user when empty. ${preferIds}.`,
	send: { name: 'useridentifier' },
});

export const note: Field = {
	displayName: 'Note',
	name: 'note',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. Needs billing expertise',
	description: 'Stored in the conversation together with the change',
	send: { write: text() },
};

const writeText = text();

/** The same for transfers and deletions, whose note versions before 4.25.16.9 read under another name. */
export const noteInAllVersions: Field = {
	...note,
	send: {
		spread: true,
		write: (value, context) => {
			const written = writeText(value, context);
			return { note: written, messages: written };
		},
	},
};

export const messageText: Field = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	placeholder: 'e.g. My parcel has not arrived',
	send: { write: text() },
};

/** Who gets the message that opens a ticket. */
export function recipientField(description: string): Field {
	return {
		displayName: 'Recipient',
		name: 'recipient',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. support@example.com',
		description,
		send: { write: email },
	};
}

/** How a message is written and mailed. */
export const messageOptions: Field[] = [
	{
		displayName: 'Do Not Send Mail',
		name: 'doNotSendMail',
		type: 'boolean',
		default: false,
		description:
			'Whether to prevent LiveAgent from emailing the message to the customer, for example because another system already did',
		send: { name: 'do_not_send_mail', write: yesNo },
	},
	{
		displayName: 'Is HTML',
		name: 'isHtml',
		type: 'boolean',
		default: false,
		description: 'Whether the message is HTML',
		send: { name: 'is_html_message', write: yesNo },
	},
	{
		displayName: 'Mail Message ID',
		name: 'mailMessageId',
		type: 'string',
		default: '',
		placeholder: 'e.g. <parcel-17@shop.example.com>',
		description: 'Message ID of an email; later replies to it join this conversation',
		// The parameter of the vendor really has three letters s.
		send: { name: 'mail_messsage_id', write: text() },
	},
];

/** A text filter or value under the vendor's name. */
export function textField(displayName: string, name: string, vendorName: string, rest: Partial<Field> = {}): Field {
	return { displayName, name, type: 'string', default: '', send: { name: vendorName, write: text() }, ...rest };
}

/** A time filter; `vendorName` is sent in the zone of the account. */
export function timeField(displayName: string, name: string, vendorName: string, description: string): Field {
	return {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description: `${description}. Times without a time zone use the workflow's time zone.`,
		send: { name: vendorName, write: writeLocalTime },
	};
}

/** A colour as LiveAgent writes it: six hexadecimal digits without hash. */
export const hexColor: ValueWriter = (value) => {
	if (value === undefined || value === null || value === '') return undefined;
	const digits = /^#?([0-9a-f]{6})$/i.exec(String(value).trim())?.[1];
	if (digits === undefined) throw new InvalidValue('a color such as #1A73E8');
	return digits.toUpperCase();
};

/** A colour with the editor's picker. */
export function colorField(displayName: string, name: string, vendorName: string): Field {
	return {
		displayName,
		name,
		type: 'color',
		default: '',
		send: { name: vendorName, write: hexColor },
		sample: '#1A73E8',
	};
}

/** A text in the place of the address that names a record. */
export function idField(displayName: string, name: string, example: string, rest: Partial<Field> = {}): Field {
	return {
		displayName,
		name,
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${example}`,
		...rest,
		send: { place: 'path', write: identifier, ...rest.send },
	};
}

/** A ticket by its ID or its code. */
export const ticketId: Field = idField('Ticket ID', 'ticketId', 'cv83kd02', {
	description:
		'The ID of a ticket is also that of its conversation. The code (AB1-C2D-E3F) works too, except in some versions of LiveAgent.',
});
