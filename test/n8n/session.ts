import { N8nClient } from '../../scripts/n8n/client';
import type { Workbench } from '../../scripts/n8n/workbench';

/** Name of the variable through which the global set-up tells the tests where n8n is. */
const VARIABLE = 'CONTACT_CENTER_N8N';

interface Session {
	origin: string;
	email: string;
	password: string;
	cookie: string;
}

/** Notes the workbench for the test files. */
export function publishSession({ client, owner }: Workbench): void {
	const { email, password } = owner;
	const session: Session = { origin: client.origin, email, password, cookie: client.cookie };
	process.env[VARIABLE] = JSON.stringify(session);
}

/** Who owns the n8n that the global set-up started. */
export function owner(): { email: string; password: string } {
	const { email, password } = readSession();
	return { email, password };
}

/** A client of the n8n that the global set-up started, signed in as its owner. n8n allows five sign-ins a minute: all share one. */
export function signedInClient(): N8nClient {
	const { origin, cookie } = readSession();
	return new N8nClient(origin, cookie);
}

function readSession(): Session {
	const session = JSON.parse(process.env[VARIABLE] ?? 'null') as Session | null;
	if (!session) throw new Error('The global set-up has not run');
	return session;
}
