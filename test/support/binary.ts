// Files as n8n keeps them: on disk, an item holds only a reference.
import { BinaryDataService } from 'n8n-core';
import { Container } from '@n8n/di';
import type { IBinaryData } from 'n8n-workflow';

import { loadPackage } from './package';

/** Stores a file the way a node before ours would have; put it under `binary.<property>` of an input item. */
export async function storeFile(
	content: Buffer | string,
	about: { fileName?: string; mimeType?: string; packageFolder?: string } = {},
): Promise<IBinaryData> {
	await loadPackage(about.packageFolder);
	const { fileName = 'file.bin', mimeType = 'application/octet-stream' } = about;
	return await Container.get(BinaryDataService).store(
		{ type: 'execution', workflowId: 'test', executionId: 'test' },
		Buffer.from(content),
		{ data: '', fileName, mimeType },
	);
}

/** Reads a file an output item refers to. */
export async function readFile(file: IBinaryData): Promise<Buffer> {
	return await Container.get(BinaryDataService).getAsBuffer(file);
}
