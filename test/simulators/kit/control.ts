import type { FastifyInstance } from 'fastify';

import type { FaultSettings } from './faults';
import type { Simulator } from './simulator';

/** Where the control interface lives; requests below it are no part of the journal and never meet a fault. */
export const controlPrefix = '/__simulator';

/**
 * Lets another process steer a simulator (no key; the server listens on the loopback address only):
 * `GET health`, `GET state`, `GET journal?path=&method=&limit=`, `DELETE journal`, `POST faults` (see `FaultSettings`),
 * `POST advance` with `{"ms"}`, `POST records/<kind>` with one record or a list of them.
 */
export function registerControl(app: FastifyInstance, simulator: Simulator): void {
	app.get(`${controlPrefix}/health`, async () => ({ name: simulator.name, now: simulator.now() }));
	app.get(`${controlPrefix}/state`, async () => ({ now: simulator.now(), state: simulator.state() }));
	app.get(`${controlPrefix}/journal`, async (request) => readJournal(simulator, request.query as JournalQuery));
	app.delete(`${controlPrefix}/journal`, async () => {
		simulator.journal.clear();
		return { cleared: true };
	});
	app.post(`${controlPrefix}/faults`, async (request) => {
		simulator.faults.apply((request.body ?? {}) as FaultSettings);
		return { scriptLeft: simulator.faults.scriptLeft };
	});
	app.post(`${controlPrefix}/advance`, async (request, reply) => {
		const milliseconds = (request.body as { ms?: unknown } | undefined)?.ms;
		if (typeof milliseconds !== 'number') return await reply.code(400).send({ error: 'ms must be a number.' });
		return { now: simulator.clock.advance(milliseconds) };
	});
	app.post(`${controlPrefix}/records/:kind`, async (request, reply) => {
		const { kind } = request.params as { kind: string };
		const kinds = simulator.recordKinds();
		const add = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
		if (!add) return await reply.code(404).send({ error: `No such kind. Kinds: ${Object.keys(kinds).join(', ')}` });
		const inputs = [request.body ?? {}].flat();
		return { records: inputs.map((input) => add(input as never)) };
	});
}

interface JournalQuery {
	path?: string;
	method?: string;
	limit?: string;
}

function readJournal(simulator: Simulator, query: JournalQuery): unknown {
	const { journal } = simulator;
	const entries = journal.find(
		(entry) =>
			(query.path === undefined || entry.path.includes(query.path)) &&
			(query.method === undefined || entry.method === query.method.toUpperCase()),
	);
	return {
		total: journal.total,
		maxInFlight: journal.maxInFlight,
		carriedOut: journal.writeCounts(),
		entries: entries.slice(-Number(query.limit ?? 1000)),
	};
}
