import { z } from 'zod/v3';

import type { Field, Operation, Resource } from '../definition/operation';
import { InvalidValue } from '../definition/valueWriter';
import type { Vendor } from '../definition/vendor';
import { json } from '../input/values';

type VendorTexts = Pick<Vendor, 'displayName' | 'apis'>;

/** Internal value of the resource that every vendor's node has. */
export const apiRequestName = 'apiRequest';

/**
 * The resource for requests that no operation covers: same credential, pace, repeats and errors as everything else.
 * @param vendor gives its name and its APIs for the texts
 */
export function apiRequestResource(vendor: VendorTexts): Resource {
	return { value: apiRequestName, name: 'API Request', operations: [sendOperation(vendor)] };
}

function sendOperation(vendor: VendorTexts): Operation {
	return {
		value: 'send',
		name: 'Send',
		action: 'Send API request',
		description: `Send any request to ${vendor.displayName} with the rate limit, retries and credential of this node`,
		method: 'GET',
		// No API of the vendor until the path of the item is known.
		path: '{path}',
		retryClass: 'once',
		fields: [
			method,
			pathField(vendor),
			pairs('query', 'Query Parameters', 'Repeat a name to send it several times'),
			bodyFormat,
			body,
			repeatOnFailure,
			allPages(vendor),
		],
		optional: {
			name: 'options',
			fields: [fullResponse, pairs('headers', 'Headers', 'Sent in addition to those of the credential')],
		},
	};
}

const method: Field = {
	displayName: 'Method',
	name: 'method',
	type: 'options',
	default: 'GET',
	options: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((name) => ({ name, value: name })),
	send: { place: 'none' },
};

function pathField({ apis = [] }: VendorTexts): Field {
	const versions = apis.filter(({ pathPrefix }) => pathPrefix !== '');
	const versionHelp = versions.map(({ name, pathPrefix }) => `; ${pathPrefix}/... for ${name}`).join('');
	return {
		displayName: 'Path',
		name: 'path',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. /things/12',
		description: `Path relative to the base URL of the credential, starting with a slash${versionHelp}`,
		send: { place: 'none', write: pathBelow },
	};
}

const bodyFormat: Field = {
	displayName: 'Body Format',
	name: 'bodyFormat',
	type: 'options',
	default: 'none',
	options: [
		{ name: 'Form', value: 'form' },
		{ name: 'JSON', value: 'json' },
		{ name: 'No Body', value: 'none' },
	],
	send: { place: 'none' },
};

const body: Field = {
	displayName: 'Body',
	name: 'body',
	type: 'json',
	default: '{}',
	description: 'A JSON object; as a form its keys become the field names',
	displayOptions: { show: { bodyFormat: ['form', 'json'] } },
	send: { place: 'none', write: json(z.union([z.record(z.unknown()), z.array(z.unknown())])) },
};

const repeatOnFailure: Field = {
	displayName: 'Repeat on Failure',
	name: 'repeatOnFailure',
	type: 'options',
	default: 'automatic',
	description: 'When to send a request again after a connection failure',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'GET is a read; everything else is sent once',
		},
		{
			name: 'Never Twice',
			value: 'once',
			description: 'Only if the request was certainly not carried out',
		},
		{ name: 'Read', value: 'read', description: 'Changes nothing, so several can be sent at once' },
		{
			name: 'Safe to Repeat',
			value: 'idempotent',
			description: 'A write that can safely be repeated',
		},
	],
	send: { place: 'none' },
};

function allPages({ displayName }: VendorTexts): Field {
	return {
		displayName: 'Read All Pages',
		name: 'allPages',
		type: 'boolean',
		default: false,
		description: `Whether to follow the pages of a list the way ${displayName} numbers them and return one item per row`,
		send: { place: 'none' },
	};
}

const fullResponse: Field = {
	displayName: 'Full Response',
	name: 'fullResponse',
	type: 'boolean',
	default: false,
	description: 'Whether to return the status and headers beside the body',
	send: { place: 'none' },
};

function pairs(name: string, displayName: string, description: string): Field {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Pair',
		default: {},
		description,
		options: [
			{
				displayName: 'Pair',
				name: 'pair',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
		send: { place: 'none' },
		sample: { pair: [] },
	};
}

function pathBelow(value: unknown): string {
	const text = String(value).trim();
	const [path] = splitPath(text);
	const decoded = path.replace(/%2e/gi, '.').replace(/%2f/gi, '/').replace(/%5c|\\/gi, '/');
	const leaves = decoded.split('/').some((segment) => segment === '..' || segment === '.');
	if (!path.startsWith('/') || decoded.startsWith('//') || leaves || /[\s#]/.test(path)) {
		throw new InvalidValue('a path below the base address, such as /things/12, without .. and spaces');
	}
	return text;
}

/** A path and its query, which may be empty. */
export function splitPath(text: string): [string, string] {
	const mark = text.indexOf('?');
	return mark < 0 ? [text.trim(), ''] : [text.slice(0, mark).trim(), text.slice(mark + 1)];
}
