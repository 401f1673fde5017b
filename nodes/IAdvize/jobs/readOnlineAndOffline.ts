import type { SnapshotEvent } from '../../shared/definition/events';

/** The list only shows one side at a time: those online and those offline are read one after the other. */
export const readOnlineAndOffline: SnapshotEvent['read'] = async function* (access, _values, request, start) {
	const side = (connected: number) => ({ ...request, query: { ...request.query, 'filters[connected]': connected } });
	const lists = [
		{ name: '1-online', request: side(1) },
		{ name: '2-offline', request: side(0) },
	];
	yield* access.pagesInTurn(lists, start);
};
