import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier } from '../../shared/input/values';
import { chooseDepartment } from '../fields';
import { cursorPaging } from '../formats/apiVersions';
import { countFilters, listFilters } from '../formats/conditions';
import { activeStatus, textField3 } from '../formats/version3Fields';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';
import { readModifyWrite } from '../jobs/readModifyWrite';

const accountId: Field = locator({
	displayName: 'Viber Account',
	name: 'viberAccountId',
	list: 'viberAccount',
	placeholder: 'e.g. vb7d2k90',
	required: true,
	send: { place: 'path', write: identifier },
});

/** Keys of an account that can be written. */
const writable = ['viber_account_id', 'department_id', 'name', 'icon_url', 'viber_uri', 'status'];

/** Viber accounts whose messages become tickets. Connecting one takes its token, so that is done in LiveAgent. */
export const viberAccount: Resource = {
	value: 'viberAccount',
	name: 'Viber Account',
	description: 'Connected Viber accounts, whose messages become tickets',
	operations: [
		{
			value: 'count',
			name: 'Count',
			action: 'Count Viber accounts',
			description: 'Count the connected Viber accounts that match filters',
			method: 'GET',
			path: '/v3/viber_accounts/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'delete',
			name: 'Disconnect',
			action: 'Disconnect Viber account',
			description: 'Disconnect a Viber account from LiveAgent; reconnecting it requires its token',
			method: 'DELETE',
			path: '/v3/viber_accounts/{viberAccountId}',
			retryClass: 'once',
			answer: { kind: 'deleted' },
			fields: [accountId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get Viber account',
			description: 'Retrieve one connected Viber account',
			method: 'GET',
			path: '/v3/viber_accounts/{viberAccountId}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [accountId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many Viber accounts',
			description: 'Retrieve the connected Viber accounts',
			method: 'GET',
			path: '/v3/viber_accounts',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			pickList: { label: (row) => String(row.name ?? row.id), value: (row) => String(row.id) },
			optional: listFilters(),
		},
		{
			value: 'setStatus',
			name: 'Set Status',
			action: 'Set status of Viber account',
			description: 'Turn a Viber account on or off',
			method: 'PUT',
			path: '/v3/viber_accounts/{viberAccountId}/status',
			retryClass: 'idempotent',
			bodyFormat: 'form',
			answer: recordAnswer3,
			fields: [accountId, activeStatus],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update Viber account',
			description:
				'Change name or department of a Viber account; it is read first, because LiveAgent only accepts whole accounts',
			method: 'PUT',
			path: '/v3/viber_accounts/{viberAccountId}',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			fields: [accountId],
			atLeastOne: 'optional',
			optional: {
				name: 'updateFields',
				fields: [
					chooseDepartment({ displayName: 'Department', name: 'departmentId', send: { name: 'department_id' } }),
					textField3('Icon URL', 'iconUrl', 'icon_url', 'https://example.com/icon.png'),
					textField3('Account Name', 'name', 'name', 'Support on Viber'),
				],
			},
			run: async (run, items) => await readModifyWrite(run, items, writable),
			alsoCalls: ['GET /v3/viber_accounts/{viberAccountId}'],
		},
	],
};
