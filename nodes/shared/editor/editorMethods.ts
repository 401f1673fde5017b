import type { Vendor } from '../definition/vendor';
import { keyTest } from './keyTest';
import type { CredentialTest } from './keyTest';
import { pickListMethods } from './pickLists';

/** What n8n's editor calls of a node: its pick lists, and the test of a credential with several keys. */
export function editorMethods(vendor: Vendor): ReturnType<typeof pickListMethods> & { credentialTest: Record<string, CredentialTest> } {
	const { authenticate } = vendor;
	const credentialTest: Record<string, CredentialTest> = authenticate === undefined ? {} : { testKeys: keyTest(vendor, authenticate) };
	return { ...pickListMethods(vendor), credentialTest };
}
