import type { PublishedManifest } from './manifest';

/** Top-level domains that stand for no real host (RFC 2606). */
const PLACEHOLDER_HOST = /(^|[./@])[a-z0-9.-]+\.(example|invalid|test|localhost)([/:]|$)/i;

/** What n8n's scan can download the source from: a public repository on GitHub, as npm notes it in the provenance. */
const GITHUB_REPOSITORY = /^git\+https:\/\/github\.com\/[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+\.git$/;

/** Address of the repository for a browser: without `git+` and `.git`. */
export function webAddress(repositoryUrl: string): string {
	return repositoryUrl.replace(/^git\+/, '').replace(/\.git$/, '');
}

/**
 * What still has to be set in package.json before anything is published. All addresses of the project come from there.
 * @returns one sentence for each field that holds a placeholder; none when all are real
 */
export function placeholders({ homepage, author, repository }: PublishedManifest): string[] {
	return [
		GITHUB_REPOSITORY.test(repository.url)
			? ''
			: `Set "repository.url" to the public GitHub repository, e.g. git+https://github.com/OWNER/REPOSITORY.git (it is ${repository.url}).`,
		PLACEHOLDER_HOST.test(homepage)
			? `Set "homepage" to the address below which docs/ is found, e.g. https://github.com/OWNER/REPOSITORY/blob/main (it is ${homepage}).`
			: '',
		PLACEHOLDER_HOST.test(author.email)
			? `Set "author.email" to the address where maintainers can be reached (it is ${author.email}).`
			: '',
	].filter((sentence) => sentence !== '');
}
