import type { Resource } from '../../shared/definition/operation';
import { listOf, text } from '../../shared/input/values';
import { listAnswer3 } from '../formats/version3Records';
import { applicationRecord, shownAs } from '../formats/recordFormat';

/** The installation itself. */
export const application: Resource = {
	value: 'application',
	name: 'Application',
	description: 'Version, settings and reachability of the installation',
	operations: [
		{
			value: 'getSettings',
			name: 'Get Settings',
			action: 'Get application settings',
			description: 'Retrieve the regional settings, among them the time zone',
			method: 'GET',
			path: '/v3/settings',
			retryClass: 'read',
			answer: listAnswer3,
			paging: 'none',
			rowId: (row) => row.name as string,
			optional: {
				name: 'filters',
				fields: [
					{
						displayName: 'Settings',
						name: 'settings',
						type: 'multiOptions',
						default: [],
						options: [
							{ name: 'Date Format', value: 'dateformat' },
							{ name: 'Decimal Separator', value: 'decimalseparator' },
							{ name: 'Regional Settings Are Default', value: 'regional_settings_is_default' },
							{ name: 'Short Time Format', value: 'shorttimeformat' },
							{ name: 'Thousands Separator', value: 'thousandsseparator' },
							{ name: 'Time Format', value: 'timeformat' },
							{ name: 'Time Zone', value: 'TIMEZONE' },
						],
						send: { name: 'settingsNames', write: listOf(text(), { separator: '|' }) },
					},
				],
			},
		},
		{
			value: 'ping',
			name: 'Ping',
			action: 'Ping application',
			description: 'Check that API version 3 answers',
			method: 'GET',
			path: '/v3/ping',
			retryClass: 'read',
			answer: { kind: 'done' },
		},
		{
			value: 'getStatus',
			name: 'Get Status',
			action: 'Get application status',
			description: 'Retrieve versions and dates of the installation',
			method: 'GET',
			path: '/application/status',
			retryClass: 'read',
			...shownAs(applicationRecord),
		},
	],
};
