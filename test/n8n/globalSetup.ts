import { openWorkbench, type Workbench } from '../../scripts/n8n/workbench';
import { publishSession } from './session';

declare global {
	var contactCenterWorkbench: Workbench | undefined;
}

/** Starts the n8n all tests use: the pinned one, with the packed package installed as a user's would be. */
export default async function globalSetup(): Promise<void> {
	globalThis.contactCenterWorkbench = await openWorkbench({ report: (line) => console.log(line) });
	publishSession(globalThis.contactCenterWorkbench);
}
