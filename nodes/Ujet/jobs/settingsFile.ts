import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { OperationRun, OperationRunner } from '../../shared/definition/operation';
import type { RunItem } from '../../shared/definition/outcome';
import { fileItem, runEach, sendItem, showRows } from '../../shared/run/job';

/** UJET answers so while it still builds the file. */
const accepted = 202;

/**
 * Gives queue settings as a file that Import takes, whether UJET answers with an archive or with JSON.
 * @param nameOf name of the file without ending
 */
export function giveSettingsFile(nameOf: (item: RunItem) => string): OperationRunner {
	return async (run, items) => await runEach(run, items, async (item) => await settingsItem(run, item, nameOf(item)));
}

async function settingsItem(run: OperationRun, item: RunItem, name: string): Promise<INodeExecutionData[]> {
	const answer = await sendItem(run, item);
	if (answer.status === accepted) return showRows(run, [{ pending: true, ...(answer.body as IDataObject) }], item);
	const ending = answer.isJson ? 'json' : 'zip';
	const headers = {
		'content-type': answer.isJson ? 'application/json' : 'application/zip',
		'content-disposition': `attachment; filename="${name}.${ending}"`,
	};
	const body = answer.isJson ? Buffer.from(JSON.stringify(answer.body ?? {}), 'utf8') : answer.body;
	return [await fileItem(run, item, { ...answer, body, headers: { ...headers, ...named(answer.headers) } })];
}

/** The name that UJET gives the file, where it gives one. */
function named({ 'content-disposition': disposition }: Record<string, string>): Record<string, string> {
	return disposition === undefined ? {} : { 'content-disposition': disposition };
}
