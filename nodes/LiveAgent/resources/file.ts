import type { Resource } from '../../shared/definition/operation';
import { inputFile } from '../../shared/editor/fields';
import { recordAnswer3 } from '../formats/version3Records';
import { uploadFile } from '../jobs/uploadFile';

/** Uploaded files. */
export const file: Resource = {
	value: 'file',
	name: 'File',
	description: 'Files for tickets and calls',
	operations: [
		{
			value: 'upload',
			name: 'Upload',
			action: 'Upload file',
			description: 'Upload a file and get the ID that tickets and calls take as attachment',
			method: 'POST',
			path: '/v3/files',
			retryClass: 'once',
			bodyFormat: 'multipart',
			answer: recordAnswer3,
			fields: [inputFile('the file')],
			run: uploadFile,
		},
	],
};
