import type { PushDefinition } from '../definition/push';
import { editorMethods } from './editorMethods';
import { checkSecrets } from './instantCredential';
import type { CredentialTest } from './keyTest';

/** What n8n's editor calls of an instant trigger: what it calls of every node, and the test of its secrets. */
export function instantMethods(definition: PushDefinition): ReturnType<typeof editorMethods> {
	const methods = editorMethods(definition.vendor);
	const testSecrets: CredentialTest = async ({ data }) => checkSecrets(definition, data ?? {});
	return { ...methods, credentialTest: { ...methods.credentialTest, testSecrets } };
}

/** No vendor has an API for this: an administrator enters the address, so there is nothing to look up, make or remove. */
export const manualSetUp = { checkExists: async () => true, create: async () => true, delete: async () => true };
