// The vendor of the benchmark: answers as iAdvize, UJET and ipSCAPE do and as fast as it can, in a process of its own.
import { setTimeout as wait } from 'node:timers/promises';
import Fastify from 'fastify';

import { settingsAtRest } from './serverSettings';
import type { ServerSettings } from './serverSettings';

/** Rows of a page at the most, and without a wish: what iAdvize documents. */
const largestPage = 100;
const usualPage = 20;
const path = '/api/2/operator';

/** Requests since the last settings. */
export interface RequestCount {
	requests: number;
	/** How many of them were answered with 429. */
	refused: number;
	/** Operators that were created, and how many of them more than once. */
	created: number;
	createdTwice: number;
}

/** What the server tells the benchmark: where it listens, or what came since the last settings. */
export type ServerMessage = { origin: string } | RequestCount;

let settings = settingsAtRest;
let requests = 0;
let refused = 0;
/** When the accepted requests of the last second came, in milliseconds. */
let recent: number[] = [];
/** How often each operator was created, by what the request holds. */
let created = new Map<string, number>();

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

/** A page of a list whose rows are made as they are asked for. */
function listPage(count: number, rowAt: (index: number) => object, { page = '1', limit = String(usualPage) }: PageQuery) {
	const size = Math.min(Number(limit), largestPage);
	const first = (Number(page) - 1) * size;
	const data = Array.from({ length: Math.max(0, Math.min(size, count - first)) }, (_, index) => rowAt(first + index));
	return success(data, { pagination: { page: Number(page), pages: Math.ceil(count / size), limit: size } });
}

/** Visitors, the newest first: fifty of a quiet hour, and a backlog before them. */
function visitors(query: PageQuery) {
	const { visitors: count, since } = settings.backlog ?? { visitors: 0, since: 0 };
	const writeTime = (epoch: number): string => new Date(epoch).toISOString().slice(0, 19).replace('T', ' ');
	const rowAt = (index: number): object => ({
		id: count + 50 - index,
		created_at: index < count ? writeTime(since + 5_000 * (1 - index / count)) : '2026-11-20 09:30:00',
	});
	return listPage(count + 50, rowAt, query);
}

interface PageQuery {
	page?: string;
	limit?: string;
}

const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 * 1024 });
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
	if (headers['x-api-key'] === undefined && headers.authorization === undefined) return await reply.code(401).send({ meta: { status: 'error' } });
	if (isTooMany()) {
		refused += 1;
		if (settings.tellsRetryAfter) reply.header('retry-after', '1');
		return await reply.code(429).send({ meta: { status: 'error' } });
	}
	const latency = method === 'GET' ? settings.readLatency : settings.writeLatency;
	if (latency > 0) await wait(latency);
});
app.post<{ Body: string }>(path, async ({ body }) => {
	created.set(body, (created.get(body) ?? 0) + 1);
	return success(operator(requests));
});
app.get<{ Querystring: PageQuery }>(path, async ({ query }) => listPage(settings.rows, (index) => operator(index + 1), query));
app.get<{ Querystring: PageQuery }>('/api/2/visitor', async ({ query }) => visitors(query));
app.post<{ Body: { contacts: Array<{ phone_number: string }> } }>('/apps/api/v1/outbound_dialer/dnc', async ({ body }) =>
	body.contacts.map(({ phone_number }) => ({ phone_number, status: 'created' })),
);
app.post<{ Body: { leads: unknown[] } }>('/platform-api/v3.0/leads/bulk', async ({ body }) => ({
	uuid: `load-${requests}`,
	status: 'queued',
	total: body.leads.length,
}));

const tell = (message: ServerMessage): void => void process.send?.(message);

process.on('message', (next: ServerSettings) => {
	const createdTwice = [...created.values()].filter((times) => times > 1).length;
	tell({ requests, refused, created: created.size, createdTwice });
	settings = next;
	requests = 0;
	refused = 0;
	recent = [];
	created = new Map();
});
// The server never outlives the benchmark.
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
void app.listen({ host: '127.0.0.1', port: 0 }).then((origin) => tell({ origin }));
