// The vendor of the benchmark: answers in iAdvize's envelope as fast as it can, in a process of its own.
import { setTimeout as wait } from 'node:timers/promises';
import Fastify from 'fastify';

const pageSize = 100;
const path = '/api/2/operator';

/** What the benchmark tells the server. */
export interface ServerSettings {
	/** Milliseconds before the answer to a read. */
	readLatency: number;
	/** Milliseconds before the answer to a write. */
	writeLatency: number;
	/** Rows of the list. */
	rows: number;
	/** More requests than this within any second are refused; null for no limit. */
	requestsPerSecond: number | null;
}

/** Requests since the last settings. */
export interface RequestCount {
	requests: number;
	/** How many of them were answered with 429. */
	refused: number;
}

/** What the server tells the benchmark: where it listens, or what came since the last settings. */
export type ServerMessage = { origin: string } | RequestCount;

let settings: ServerSettings = { readLatency: 0, writeLatency: 0, rows: 0, requestsPerSecond: null };
let requests = 0;
let refused = 0;
/** When the accepted requests of the last second came, in milliseconds. */
let recent: number[] = [];

function operator(id: number) {
	return {
		id,
		_link: `https://example.com/operator/${id}`,
		first_name: 'Nina',
		name: `Park ${id}`,
		email: `nina.park.${id}@example.com`,
		pseudo: 'Nina',
		external_id: `HR-${id}`,
		roles: ['operator'],
		group_id: 1984,
		website_list: [5511],
		skill_list: [77],
		language_list: ['fr', 'en'],
		chat_enabled: true,
		call_enabled: false,
		video_enabled: false,
		chat_max_number: 3,
		created_at: '2026-11-20 09:30:00',
	};
}

function success(data: unknown, further: object = {}) {
	return { meta: { status: 'success' }, data, ...further };
}

function listPage(page: number) {
	const first = (page - 1) * pageSize + 1;
	const count = Math.max(0, Math.min(pageSize, settings.rows - first + 1));
	const data = Array.from({ length: count }, (_, index) => operator(first + index));
	return success(data, { pagination: { page, pages: Math.ceil(settings.rows / pageSize), limit: pageSize } });
}

/** Visitors of a quiet hour, always the same. */
function visitors() {
	const data = Array.from({ length: 50 }, (_, index) => ({ id: 50 - index, created_at: '2026-11-20 09:30:00' }));
	return success(data, { pagination: { page: 1, pages: 1, limit: pageSize } });
}

const app = Fastify({ forceCloseConnections: true });
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
	done(null, body),
);

function isTooMany(): boolean {
	if (settings.requestsPerSecond === null) return false;
	const now = performance.now();
	recent = recent.filter((arrival) => arrival > now - 1_000);
	if (recent.length >= settings.requestsPerSecond) return true;
	recent.push(now);
	return false;
}

app.addHook('onRequest', async ({ method, headers }, reply) => {
	requests += 1;
	if (headers['x-api-key'] === undefined) return await reply.code(401).send({ meta: { status: 'error' } });
	if (isTooMany()) {
		refused += 1;
		return await reply.code(429).header('retry-after', '1').send({ meta: { status: 'error' } });
	}
	const latency = method === 'GET' ? settings.readLatency : settings.writeLatency;
	if (latency > 0) await wait(latency);
});
app.post(path, async () => success(operator(requests)));
app.get<{ Querystring: { page?: string } }>(path, async ({ query }) => listPage(Number(query.page ?? 1)));
app.get<{ Params: { id: string } }>(`${path}/:id`, async ({ params }) => success(operator(Number(params.id))));
app.get('/api/2/visitor', async () => visitors());

const tell = (message: ServerMessage): void => void process.send?.(message);

process.on('message', (next: ServerSettings) => {
	tell({ requests, refused });
	settings = next;
	requests = 0;
	refused = 0;
	recent = [];
});
// The server never outlives the benchmark.
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
void app.listen({ host: '127.0.0.1', port: 0 }).then((origin) => tell({ origin }));
