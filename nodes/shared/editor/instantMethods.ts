import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import type { PushDefinition } from '../definition/push';
import { checkSecrets } from './instantCredential';
import { pickListMethods } from './pickLists';

type SecretsTest = (
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
) => Promise<INodeCredentialTestResult>;

/** What n8n's editor calls of an instant trigger: the pick lists of its filters, and the test of its secrets. */
export function instantMethods(
	definition: PushDefinition,
): ReturnType<typeof pickListMethods> & { credentialTest: { testSecrets: SecretsTest } } {
	return {
		...pickListMethods(definition.vendor),
		credentialTest: { testSecrets: async ({ data }) => checkSecrets(definition, data ?? {}) },
	};
}

/** No vendor has an API for this: an administrator enters the address, so there is nothing to look up, make or remove. */
export const enteredByHand = { checkExists: async () => true, create: async () => true, delete: async () => true };
