import './globalSetup';

/** Stops the n8n all tests used and removes its data. */
export default async function globalTeardown(): Promise<void> {
	await globalThis.contactCenterWorkbench?.close();
}
