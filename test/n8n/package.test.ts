import { basename } from 'node:path';

import type { N8nClient, NodeTypeDescription } from '../../scripts/n8n/client';
import { readManifest } from '../../scripts/n8n/paths';
import { VENDORS } from '../../scripts/n8n/vendors';
import { signedInClient } from './session';

const manifest = readManifest();

/** `dist/nodes/IAdvize/IAdvizeTrigger.node.js` holds `iAdvizeTrigger`. */
function nodeName(file: string): string {
	const className = basename(file, '.node.js');
	return className[0].toLowerCase() + className.slice(1);
}

/** `dist/credentials/IAdvizeApi.credentials.js` holds `iAdvizeApi`. */
function credentialName(file: string): string {
	const className = basename(file, '.credentials.js');
	return className[0].toLowerCase() + className.slice(1);
}

describe('the installed package', () => {
	let client: N8nClient;
	let ownTypes: NodeTypeDescription[];

	beforeAll(async () => {
		client = signedInClient();
		ownTypes = (await client.nodeTypes()).filter(({ name }) => name.startsWith(`${manifest.name}.`));
	});

	it('offers every node of the package, and action nodes as tools of AI agents too', () => {
		const names = manifest.n8n.nodes.map(nodeName);
		const tools = names.filter((name) => !name.endsWith('Trigger')).map((name) => `${name}Tool`);
		const expected = [...names, ...tools].map((name) => `${manifest.name}.${name}`).sort();
		expect(ownTypes.map(({ name }) => name).sort()).toEqual(expected);
	});

	it('offers every credential of the package', async () => {
		const types = (await client.request('GET', '/types/credentials.json')) as Array<{ name: string }>;
		const registered = manifest.n8n.credentials.map(credentialName);
		expect(types.map(({ name }) => name)).toEqual(expect.arrayContaining(registered));
		expect(registered).toEqual(expect.arrayContaining(VENDORS.map((vendor) => vendor.credentialType)));
	});

	it('has an icon for every node and theme', async () => {
		const paths = ownTypes.flatMap(({ iconUrl }) =>
			typeof iconUrl === 'object' ? [iconUrl.light, iconUrl.dark] : [iconUrl],
		);
		expect(paths).not.toContain(undefined);
		for (const path of paths) {
			const answer = await fetch(`${client.origin}/${path}`);
			expect({ path, status: answer.status, type: answer.headers.get('content-type') }).toEqual({
				path,
				status: 200,
				type: expect.stringContaining('image/svg+xml') as string,
			});
		}
	});
});
