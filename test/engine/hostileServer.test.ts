// A server that answers so as to harm: every bound holds on n8n's own way of sending.
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createGzip } from 'node:zlib';
import { runInThisContext } from 'node:vm';

import { contractVendors } from '../contract/vendors';
import { runNode } from '../support/engine';
import { timeOut, watchTimeOuts } from '../support/timeOuts';

const nodeMath = runInThisContext('Math') as Math;
const megabyte = Buffer.alloc(1024 * 1024, ' ');
const megabytes = 200;

/** Answers over a connection on which a request came. */
type Answer = (socket: Socket) => void;

/** 200 MB after unpacking; a few hundred kilobytes on the way. */
const bomb: Answer = (socket) => {
	socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n');
	const gzip = createGzip();
	gzip.pipe(socket);
	let left = megabytes;
	const write = () => {
		while (left > 0 && !socket.destroyed) {
			left -= 1;
			if (!gzip.write(megabyte)) return void gzip.once('drain', write);
		}
		gzip.end();
	};
	write();
};

const endlessHeaders: Answer = (socket) => {
	socket.write('HTTP/1.1 200 OK\r\n');
	const write = () => {
		while (!socket.destroyed) if (!socket.write(`x-filler: ${'y'.repeat(8_000)}\r\n`)) return void socket.once('drain', write);
	};
	write();
};

const silence: Answer = (socket) => timeOut(socket.remotePort);

/** Counts what comes and answers all of it in one way. */
async function startHostile(answer: Answer): Promise<{ origin: string; requests: () => number; close: () => Promise<void> }> {
	const sockets = new Set<Socket>();
	let requests = 0;
	const server: Server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.once('close', () => sockets.delete(socket));
		socket.once('data', () => {
			requests += 1;
			answer(socket);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const close = async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise<void>((resolve) => server.close(() => resolve()));
	};
	return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests, close };
}

const [row] = contractVendors;

describe.each<[string, Answer, RegExp]>([
	['an answer of 200 MB', bomb, /larger than 100 MB/],
	['headers without end', endlessHeaders, /header|overflow|did not answer/i],
	['no answer', silence, /did not answer/],
])('%s', (_name, answer, message) => {
	let endTimeOuts: () => void;

	beforeEach(() => {
		endTimeOuts = watchTimeOuts();
		jest.spyOn(nodeMath, 'random').mockReturnValue(0);
	});
	afterEach(() => {
		jest.restoreAllMocks();
		endTimeOuts();
	});

	async function run(operation: 'getMany' | 'create') {
		const hostile = await startHostile(answer);
		try {
			const result = await runNode({
				nodeType: row.vendor.name,
				parameters: operation === 'create' ? { resource: 'operator', operation, lastName: 'Park', email: 'a@example.com' } : { resource: 'operator', operation },
				credentials: { [row.vendor.credentialType]: row.credentials(hostile.origin) },
			});
			return { message: String(result.error?.message), requests: hostile.requests() };
		} finally {
			await hostile.close();
		}
	}

	test('ends a read with an error after five tries at most', async () => {
		const result = await run('getMany');
		expect(result.message).toMatch(message);
		expect(result.requests).toBeLessThanOrEqual(5);
		expect(result.message.length).toBeLessThan(2_000);
	});

	test('leaves a write in doubt after one try', async () => {
		const result = await run('create');
		expect(result.message).toMatch(/^In doubt: /);
		expect(result.requests).toBe(1);
	});
});
