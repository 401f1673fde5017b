import type { IDataObject } from 'n8n-workflow';

import type { Operation, Resource } from '../../shared/definition/operation';
import { numericIdentifier } from '../../shared/input/values';
import { idField } from '../fields';
import { cursorPaging } from '../formats/apiVersions';
import { countFilters, listFilters } from '../formats/conditions';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';

const keyId = idField('API Key ID', 'apiKeyId', '17', { send: { write: numericIdentifier } });

/** What is known of a key, and never the key itself. */
const withoutSecret: NonNullable<Operation['transform']> = ({ key: _key, ...row }: IDataObject) => row;

/** Keys of API version 3. Making and changing them returns or takes the key itself, so that is done in LiveAgent. */
export const apiKey: Resource = {
	value: 'apiKey',
	name: 'API Key',
	description: 'Keys of API version 3: who has one, until when, and what it may do',
	operations: [
		{
			value: 'count',
			name: 'Count',
			action: 'Count API keys',
			description: 'Count the keys of API version 3 that match filters',
			method: 'GET',
			path: '/v3/api/v3/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete API key',
			description: 'Delete an API key; whatever uses it loses access at once',
			method: 'DELETE',
			path: '/v3/apikeys/{apiKeyId}',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [keyId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get API key',
			description: 'Retrieve name, validity and privileges of one API key, without the key itself',
			method: 'GET',
			path: '/v3/apikeys/{apiKeyId}',
			retryClass: 'read',
			answer: recordAnswer3,
			transform: withoutSecret,
			fields: [keyId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many API keys',
			description: 'Retrieve the API keys, without the keys themselves',
			method: 'GET',
			path: '/v3/apikeys',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			transform: withoutSecret,
			optional: listFilters(),
		},
		{
			value: 'getPrivileges',
			name: 'Get Privileges',
			action: 'Get privileges of API keys',
			description: 'Retrieve the privileges that an API key can have, one item for each kind of record',
			method: 'GET',
			path: '/v3/api/privileges',
			retryClass: 'read',
			answer: listAnswer3,
			paging: 'none',
		},
	],
};
