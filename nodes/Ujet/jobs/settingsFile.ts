import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { OperationRun, OperationRunner } from '../../shared/definition/operation';
import type { RunItem } from '../../shared/definition/outcome';
import {
	describeFile,
	fileItem,
	itemsOf,
	readFile,
	runEach,
	runWithPreflight,
	sendItem,
	sendRequest,
	showRows,
} from '../../shared/run/job';

/** UJET answers so while it still builds the file. */
const accepted = 202;

/**
 * Returns queue settings as a file that Import takes, whether UJET answers with an archive or with JSON.
 * @param nameOf name of the file without ending
 */
export function exportSettingsFile(nameOf: (item: RunItem) => string): OperationRunner {
	return async (run, items) => await runEach(run, items, async (item) => await settingsItem(run, item, nameOf(item)));
}

/** Sends the file of each item to be loaded; a file that is missing is found before anything is sent. */
export const importSettingsFile: OperationRunner = async (run, items) =>
	await runWithPreflight(
		run,
		items,
		async (item) => await describeFile(run, item, fileFieldOf(item)),
		async (item) => {
			const file = await readFile(run, item, fileFieldOf(item));
			const body = { ...item.placed.body, file: file as never };
			const answer = await sendRequest(run, run.operation, item.placed, item.index, { body });
			return showRows(run, itemsOf(run, answer, item), item);
		},
	);

function fileFieldOf({ values }: RunItem): string {
	return String(values.binaryField);
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
