import type { Field, Resource } from '../../shared/definition/operation';
import { appsApi, chosen } from '../fields';
import { exportSettingsFile } from '../jobs/settingsFile';
import { exportSwitches } from './queueSettings';

const path = `${appsApi}/queues/version_histories`;

const version: Field = chosen({
	displayName: 'Version',
	name: 'versionId',
	list: 'queueSettingsVersion',
	placeholder: 'e.g. 77',
});

/** Saved versions of the queue settings. */
export const queueSettingsVersion: Resource = {
	value: 'queueSettingsVersion',
	name: 'Queue Settings Version',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create queue settings version',
			description: 'Save the current settings of all queues as a version to return to',
			method: 'POST',
			path,
			retryClass: 'once',
			source: 'inferred',
			fields: exportSwitches,
		},
		{
			value: 'download',
			name: 'Download',
			action: 'Download queue settings version',
			description: 'Get a saved version as a JSON or ZIP file',
			method: 'GET',
			path: `${path}/{versionId}/download`,
			retryClass: 'read',
			source: 'inferred',
			answer: { kind: 'binary' },
			fields: [version],
			run: exportSettingsFile(({ placed }) => `queue-settings-${String(placed.path.versionId)}`),
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get queue settings version',
			description: 'Retrieve when and how a version was saved',
			method: 'GET',
			path: `${path}/{versionId}`,
			retryClass: 'read',
			source: 'inferred',
			fields: [version],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many queue settings versions',
			description: 'Retrieve the saved versions',
			method: 'GET',
			path,
			retryClass: 'read',
			source: 'inferred',
			answer: { kind: 'many' },
			paging: 'none',
			pickList: {
				label: (row) => `${String(row.created_at ?? 'Version')} (${String(row.id)})`,
				value: (row) => Number(row.id),
			},
		},
	],
};
