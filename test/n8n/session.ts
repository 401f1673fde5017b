import { N8nClient } from '../../scripts/n8n/client';
import type { Workbench } from '../../scripts/n8n/workbench';

/** Name of the variable through which the global set-up tells the tests where n8n is. */
const VARIABLE = 'CONTACT_CENTER_N8N';

interface Session {
	origin: string;
	email: string;
	password: string;
}

/** Notes the workbench for the test files. */
export function publishSession({ n8n, owner }: Workbench): void {
	const session: Session = { origin: n8n.origin, email: owner.email, password: owner.password };
	process.env[VARIABLE] = JSON.stringify(session);
}

/** Who owns the n8n that the global set-up started. */
export function owner(): { email: string; password: string } {
	const { email, password } = readSession();
	return { email, password };
}

/** A client of the n8n that the global set-up started, signed in as its owner. */
export async function signedInClient(): Promise<N8nClient> {
	const { origin, email, password } = readSession();
	const client = new N8nClient(origin);
	await client.signIn(email, password);
	return client;
}

function readSession(): Session {
	const session = JSON.parse(process.env[VARIABLE] ?? 'null') as Session | null;
	if (!session) throw new Error('The global set-up has not run');
	return session;
}
