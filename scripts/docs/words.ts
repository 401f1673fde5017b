import type { HttpMethod, RetryClass } from '../../nodes/shared/definition/request';
import type { PathSource } from '../../nodes/shared/definition/operation';

/** What a retry class means for the user. */
export const retryWords: Record<RetryClass, string> = {
	read: 'read, repeated on failure',
	idempotent: 'safe to repeat',
	once: 'once only',
};

/** How sure method and path of an operation are. */
export const sourceWords: Record<PathSource, string> = {
	seed: 'vendor reference',
	'seed-path': 'follows from a path in the vendor reference',
	'public-client': "the vendor's own public program for this API",
	'public-doc': 'other public pages',
	inferred: '**not confirmed**',
};

/** How the source of an operation without its own is to be taken. */
export const usualSource: PathSource = 'seed';

/** A request as people write it. */
export function requestWords({ method, path }: { method: HttpMethod; path: string }): string {
	return `${method} ${path}`;
}
