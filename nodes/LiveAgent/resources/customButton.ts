import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier, url } from '../../shared/input/values';
import { listFilters } from '../formats/conditions';
import { activeStatus, textField3 } from '../formats/version3Fields';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';
import { readModifyWrite } from '../jobs/readModifyWrite';

const buttonId: Field = locator({
	displayName: 'Custom Button',
	name: 'buttonId',
	list: 'customButton',
	placeholder: 'e.g. cb7d2k90',
	required: true,
	send: { place: 'path', write: identifier },
});

const address: Field = {
	...textField3('URL', 'url', 'url', 'https://crm.example.com/orders', { description: 'The page that the button opens' }),
	send: { write: url },
};

const method: Field = {
	displayName: 'HTTP Method',
	name: 'method',
	type: 'options',
	default: 'GET',
	options: [
		{ name: 'GET', value: 'GET' },
		{ name: 'POST', value: 'POST' },
	],
};

const type: Field = {
	displayName: 'Button Type',
	name: 'type',
	type: 'options',
	default: 'E',
	description: 'How the page opens; LiveAgent does not document type B',
	options: [
		{ name: 'B', value: 'B' },
		{ name: 'New Browser Tab', value: 'E' },
	],
};

const details: Field[] = [
	textField3('Image URL', 'imageUrl', 'image_url', 'https://crm.example.com/icon.png'),
	textField3('Button Name', 'name', 'name', 'Open in CRM'),
	textField3('Button Parameters', 'parameters', 'parameters', 'ticket={$ticketid}', {
		description: 'What the button sends, as LiveAgent returns it for a button made in the agent panel',
	}),
	activeStatus,
];

/** Keys of a button that can be written. */
const writable = ['name', 'url', 'method', 'image_url', 'type', 'status', 'parameters'];

/** Custom buttons in the agent panel. */
export const customButton: Resource = {
	value: 'customButton',
	name: 'Custom Button',
	description: 'Custom buttons in the agent panel',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create custom button',
			description: 'Add a button to the agent panel',
			method: 'POST',
			path: '/v3/custom_buttons',
			retryClass: 'once',
			answer: recordAnswer3,
			fields: [{ ...address, required: true }, method, type],
			optional: { name: 'additionalFields', fields: details },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete custom button',
			description: 'Delete a button of the agent panel',
			method: 'DELETE',
			path: '/v3/custom_buttons/{buttonId}',
			retryClass: 'once',
			answer: { kind: 'deleted' },
			fields: [buttonId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get custom button',
			description: 'Retrieve one button of the agent panel',
			method: 'GET',
			path: '/v3/custom_buttons/{buttonId}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [buttonId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many custom buttons',
			description: 'Retrieve the buttons of the agent panel',
			method: 'GET',
			path: '/v3/custom_buttons',
			retryClass: 'read',
			answer: listAnswer3,
			pickList: { label: ({ name, url: page }) => String(name || page), value: (row) => String(row.id) },
			optional: listFilters(),
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update custom button',
			description: 'Change a button of the agent panel; it is read first, because LiveAgent only accepts whole buttons',
			method: 'PUT',
			path: '/v3/custom_buttons/{buttonId}',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			fields: [buttonId],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: [...details, method, type, address] },
			run: async (run, items) => await readModifyWrite(run, items, writable),
			alsoCalls: ['GET /v3/custom_buttons/{buttonId}'],
		},
	],
};
