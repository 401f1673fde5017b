import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { OwnedProcess } from '../scripts/n8n/ownedProcess';
import { freePort, LOOPBACK } from '../scripts/n8n/server';
import { waitFor } from '../scripts/n8n/wait';

const INSTALLED_IN = '/usr/lib/postgresql';
const READY_WITHIN_MS = 60_000;
const USER = 'n8n';
/** The account of Debian's package; PostgreSQL refuses to run as root. */
const ACCOUNT = 'postgres';

/** A PostgreSQL with an empty database of its own. */
export interface Postgres {
	/** Environment variables that point n8n to it. */
	env: NodeJS.ProcessEnv;
	/** Ends it and removes its data. */
	close(): Promise<void>;
}

/** Starts the installed PostgreSQL on a free loopback port. @throws Error when there is none */
export async function startPostgres(): Promise<Postgres> {
	const folder = mkdtempSync(join(tmpdir(), 'contact-center-postgres-'));
	const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	try {
		const data = join(folder, 'data');
		if (isRoot()) chownSync(folder, accountId('-u'), accountId('-g'));
		const initialise = asAccount('initdb', ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8']);
		execFileSync(initialise.command, initialise.arguments, { cwd: folder, stdio: 'pipe' });
		const port = await freePort();
		const options = ['-D', data, '-h', LOOPBACK, '-p', String(port), '-k', folder, '-c', 'fsync=off'];
		const server = new OwnedProcess({ ...asAccount('postgres', options), cwd: folder, temporaryFolder: folder });
		const isReady = (): true | undefined => {
			if (!server.alive) throw new Error(`PostgreSQL did not start:\n${server.output()}`);
			return server.output().includes('ready to accept connections') ? true : undefined;
		};
		const close = async (): Promise<void> => {
			await server.stop();
			remove();
		};
		await waitFor('PostgreSQL to be ready', isReady, { timeoutMs: READY_WITHIN_MS }).catch(async (error: Error) => {
			await server.stop();
			throw error;
		});
		const env = {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: LOOPBACK,
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: USER,
		};
		return { env, close };
	} catch (error) {
		remove();
		throw error;
	}
}

function asAccount(program: string, options: string[]): { command: string; arguments: string[] } {
	const path = join(binaries(), program);
	if (!isRoot()) return { command: path, arguments: options };
	return { command: 'setpriv', arguments: [`--reuid=${ACCOUNT}`, `--regid=${ACCOUNT}`, '--init-groups', path, ...options] };
}

function binaries(): string {
	const [newest] = existsSync(INSTALLED_IN) ? readdirSync(INSTALLED_IN).sort((one, other) => Number(other) - Number(one)) : [];
	if (newest === undefined) throw new Error('No PostgreSQL found (Debian: apt-get install postgresql)');
	return join(INSTALLED_IN, newest, 'bin');
}

function isRoot(): boolean {
	return process.getuid?.() === 0;
}

function accountId(option: '-u' | '-g'): number {
	return Number(execFileSync('id', [option, ACCOUNT], { encoding: 'utf8' }));
}
