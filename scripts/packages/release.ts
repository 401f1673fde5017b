import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY_FOLDER } from '../n8n/paths';
import { placeholders } from './addresses';
import { type PublishedManifest, readWholeManifest } from './manifest';

/** What a release is checked by. */
export interface Release {
	manifest: PublishedManifest;
	/** Text of CHANGELOG.md. */
	changelog: string;
	/** Name of the git tag, such as `v0.1.0`; undefined when there is none yet. */
	tag?: string;
	/** Names of packages whose committed folder is not up to date. */
	outdated: string[];
}

/** The repository as it stands, with the tag that is to be released. */
export function readRelease(tag: string | undefined, outdated: string[]): Release {
	const changelog = readFileSync(join(REPOSITORY_FOLDER, 'CHANGELOG.md'), 'utf8');
	return { manifest: readWholeManifest(), changelog, tag, outdated };
}

/** What keeps a release from being published, one sentence for each reason that says what to do; none when it may go out. */
export function obstacles({ manifest, changelog, tag, outdated }: Release): string[] {
	const { version } = manifest;
	return [
		...placeholders(manifest).map((sentence) => `package.json: ${sentence}`),
		tag === undefined || tag === `v${version}`
			? ''
			: `Tag ${tag} does not match version ${version} of package.json: tag the commit v${version}, or change the version.`,
		hasChapter(changelog, version)
			? ''
			: `CHANGELOG.md has no chapter "## ${version}" with a text: say there what this version changes.`,
		outdated.length === 0
			? ''
			: `${outdated.join(', ')} does not match the definitions: run npm run packages and commit the result.`,
	].filter((sentence) => sentence !== '');
}

/** Whether the changelog has a chapter of that version with something in it. */
function hasChapter(changelog: string, version: string): boolean {
	const chapters = changelog.split(/^## /m).slice(1);
	const own = chapters.find((text) => chapterVersion(text) === version);
	return own !== undefined && own.split('\n').slice(1).join('').trim() !== '';
}

/** `0.1.0` of "0.1.0", "[0.1.0]" and "0.1.0 - 2026-11-21". */
function chapterVersion(chapter: string): string {
	return /^\[?([^\]\s]+)/.exec(chapter)?.[1] ?? '';
}
