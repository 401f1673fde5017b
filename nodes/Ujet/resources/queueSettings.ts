import { z } from 'zod/v3';

import type { Field, Resource } from '../../shared/definition/operation';
import { inputFile, locator } from '../../shared/editor/fields';
import { InvalidValue } from '../../shared/definition/valueWriter';
import { numericIdentifier, trueFalse } from '../../shared/input/values';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { appsApi, emailField } from '../fields';
import { exportSettingsFile, importSettingsFile } from '../jobs/settingsFile';

const uuid = z.string().uuid();

const writeRevision: ValueWriter = (value) => {
	const parsed = uuid.safeParse(value);
	if (!parsed.success) throw new InvalidValue('a revision such as 3b6f0f0e-6a53-4e0e-9c1c-0d9c2f7b5a11');
	return parsed.data;
};

/** What goes into an export or a saved version beside the settings. */
export const exportSwitches: Field[] = [
	{
		displayName: 'Audio Files',
		name: 'audioFiles',
		type: 'boolean',
		required: true,
		default: false,
		description: 'Whether to include audio files',
		send: { name: 'export_audio_files', write: trueFalse },
	},
	{
		displayName: 'Attached Files',
		name: 'attachedFiles',
		type: 'boolean',
		required: true,
		default: false,
		description: 'Whether to include attached files',
		send: { name: 'export_attached_files', write: trueFalse },
	},
];

/** The user on whose behalf queue settings are changed. */
export const portalUser: Field = {
	...emailField,
	displayName: 'User Email',
	name: 'userEmail',
	required: true,
	placeholder: 'e.g. admin@example.org',
	description: 'The portal user on whose behalf the settings are changed',
};

const wholeTenant =
	'This changes the queues of the whole tenant. Save the current settings first with Queue Settings Version: Create.';

/** Queues, audio, chat shortcuts and contact lists of the tenant as one file. */
export const queueSettings: Resource = {
	value: 'queueSettings',
	name: 'Queue Settings',
	description: 'Queues, audio, chat shortcuts and contact lists of the tenant as one file',
	operations: [
		{
			value: 'export',
			name: 'Export',
			action: 'Export queue settings',
			description: 'Get the settings of all queues as a JSON or ZIP file',
			method: 'GET',
			path: `${appsApi}/queues/export`,
			retryClass: 'read',
			source: 'inferred',
			answer: { kind: 'binary' },
			fields: exportSwitches,
			run: exportSettingsFile(() => 'queue-settings'),
		},
		{
			value: 'import',
			name: 'Import',
			action: 'Import queue settings',
			description: 'Load the settings of all queues from a JSON or ZIP file of Export',
			notice: wholeTenant,
			method: 'POST',
			path: `${appsApi}/queues/import`,
			retryClass: 'once',
			source: 'inferred',
			bodyFormat: 'multipart',
			answer: { kind: 'done' },
			fields: [inputFile('a JSON or ZIP file of queue settings'), portalUser],
			run: importSettingsFile,
		},
		{
			value: 'restore',
			name: 'Restore',
			action: 'Restore queue settings',
			description: 'Restore the settings of all queues from a saved version',
			notice: wholeTenant,
			method: 'POST',
			path: `${appsApi}/queues/restore`,
			retryClass: 'once',
			source: 'inferred',
			answer: { kind: 'done' },
			fields: [
				portalUser,
				locator({
					displayName: 'Version',
					name: 'versionId',
					list: 'queueSettingsVersion',
					placeholder: 'e.g. 77',
					description: 'The most recent version if left out',
					send: { name: 'id', write: numericIdentifier },
				}),
			],
			optional: {
				name: 'additionalFields',
				fields: [
					{
						displayName: 'Revision',
						name: 'revision',
						type: 'string',
						default: '',
						placeholder: 'e.g. 3b6f0f0e-6a53-4e0e-9c1c-0d9c2f7b5a11',
						description: 'The revision of the version, to be sure that it is the right one',
						send: { name: 'revision', write: writeRevision },
					},
				],
			},
		},
	],
};
