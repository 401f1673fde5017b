import { NPM, npmEnvironment } from '../n8n/npm';
import { readManifest } from '../n8n/paths';
import { type Report, runStep, StepFailedError } from '../n8n/steps';

const MINUTE = 60_000;

/** How to publish. */
export interface PublishOptions {
	/** Folders that hold a package each. */
	folders: string[];
	/** Goes through everything and sends nothing. */
	dryRun: boolean;
	/** Further arguments for npm. */
	npmArguments?: string[];
	report: Report;
}

/**
 * Publishes packages one after the other. A version that is published already is left alone, so that a release that broke off can be
 * run again.
 * @returns names of the packages that were published
 */
export async function publishPackages({
	folders,
	dryRun,
	npmArguments = [],
	report,
}: PublishOptions): Promise<string[]> {
	const published: string[] = [];
	for (const folder of folders) {
		const { name, version } = readManifest(folder);
		if (await isPublished(`${name}@${version}`, npmArguments)) {
			report(`${name} ${version} is published already`);
			continue;
		}
		const flags = dryRun ? ['--dry-run'] : [];
		report(await npm(`Publishing ${name} ${version}`, ['publish', folder, ...flags, ...npmArguments], report));
		published.push(name);
	}
	return published;
}

/** Asks the registry for the exact version. An answer other than "not found" that is no success is an error, not a no. */
async function isPublished(spec: string, npmArguments: string[]): Promise<boolean> {
	try {
		const answer = await npm(`Looking for ${spec}`, ['view', spec, 'version', '--json', ...npmArguments], () => {});
		return answer.trim() !== '';
	} catch (error) {
		if (error instanceof StepFailedError && /\bE404\b/.test(error.output)) return false;
		throw error;
	}
}

async function npm(title: string, args: string[], report: Report): Promise<string> {
	return await runStep({
		title,
		command: NPM,
		arguments: args,
		cwd: process.cwd(),
		env: npmEnvironment(),
		timeoutMs: 5 * MINUTE,
		report,
	});
}
