// A loopback server that writes down each request in full and answers as the test says.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { timeOut } from './timeOuts';

/** One request as it came over the wire. */
export interface RecordedRequest {
	/** Upper case. */
	method: string;
	/** Path with its percent-encoding, without the query. */
	path: string;
	/** What followed the question mark, still encoded; empty if nothing did. */
	query: string;
	/** Names in lower case. */
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** What to answer. An object as `body` is sent as JSON. */
export interface RecorderAnswer {
	/** 200 when left out. */
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	/** Breaks the connection instead of answering: closes or resets it, closes it after half of the body, or lets the request time out. */
	hangUp?: boolean | 'reset' | 'midway' | 'timeOut';
}

/** A running recorder. Whoever starts it closes it. */
export interface Recorder {
	/** Origin such as `http://127.0.0.1:40123`, without a final slash. */
	origin: string;
	/** Requests in the order in which they were fully received. */
	requests: RecordedRequest[];
	/** Stops listening and drops open connections. */
	close(): Promise<void>;
}

async function record(request: IncomingMessage): Promise<RecordedRequest> {
	const [path, ...query] = (request.url ?? '/').split('?');
	const body = await buffer(request);
	return { method: request.method ?? '', path, query: query.join('?'), headers: request.headers, body };
}

function send(response: ServerResponse, { status = 200, headers = {}, body = '', hangUp = false }: RecorderAnswer) {
	if (hangUp === 'reset') return response.socket?.resetAndDestroy();
	if (hangUp === 'timeOut') return timeOut(response.socket?.remotePort);
	if (hangUp === 'midway') {
		response.writeHead(status, { 'content-type': 'application/json', 'content-length': 1_000, ...headers });
		return response.write('{"id":', () => response.destroy());
	}
	if (hangUp) return response.destroy();
	if (typeof body === 'string' || Buffer.isBuffer(body)) return response.writeHead(status, headers).end(body);
	return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/**
 * Starts a recorder on a free loopback port.
 *
 * @param answer what to send back for a request; status 200 with `{}` when left out. What it throws is sent as a 500.
 */
export async function startRecorder(
	answer: (request: RecordedRequest) => RecorderAnswer | Promise<RecorderAnswer> = () => ({ body: {} }),
): Promise<Recorder> {
	const requests: RecordedRequest[] = [];
	const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
		try {
			const request = await record(incoming);
			requests.push(request);
			send(response, await answer(request));
		} catch (error) {
			send(response, { status: 500, headers: { 'content-type': 'text/plain' }, body: String(error) });
		}
	};
	const server = createServer((incoming, response) => void handle(incoming, response));
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		requests,
		close: async () =>
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
