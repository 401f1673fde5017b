import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { registerBodyParsers } from './bodies';
import { SimulatorClock } from './clock';
import { controlPrefix, registerControl } from './control';
import { Faults, type Fault, type HtmlFault, type RetryAfter, type StatusFault } from './faults';
import { Journal, withoutSecrets, type JournalEntry, type JournalOptions } from './journal';
import { named } from './named';
import { parseBrackets } from './text';

/** Settings every simulator takes. */
export interface SimulatorOptions {
	/** Default: real time. Use `stoppedClock('2024-05-15T10:00:00Z')` for tests that must not depend on the day. */
	clock?: SimulatorClock;
	journal?: JournalOptions;
}

/** Adds a record of one kind and returns it as stored; input is parsed JSON from the control interface. */
export type RecordAdder = (input: never) => unknown;

const htmlPage =
	'<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

interface RequestState {
	entry: JournalEntry;
	fault?: Fault;
	/** Takes the request off the count of those under way; works once. */
	leave: () => void;
}

/**
 * Base of the vendor simulators: an HTTP server on the loopback address with clock, faults, journal and control interface.
 * A vendor extends it, adds its routes in `routes` and keeps its records in fields, so that they outlive `stop()` and a new `start()`
 * (a vendor outage is `stop()`, later `start({ port })` with the same port).
 */
export abstract class Simulator {
	readonly clock: SimulatorClock;
	readonly faults: Faults;
	readonly journal: Journal;
	private app: FastifyInstance | undefined;
	private port = 0;
	private inFlight = 0;
	private stopping = new AbortController();
	private readonly states = new WeakMap<FastifyRequest, RequestState>();
	private readonly current = new AsyncLocalStorage<JournalEntry>();

	protected constructor(
		/** Vendor name for the control interface. */
		readonly name: string,
		options: SimulatorOptions = {},
	) {
		this.clock = options.clock ?? new SimulatorClock();
		this.faults = new Faults(this.clock);
		this.journal = new Journal(options.journal);
	}

	/** Adds the vendor's routes. Hooks added here run after the faults, so that a fault comes before the vendor's own key check. */
	protected abstract routes(app: FastifyInstance): void | Promise<void>;

	/** Body of a failure in the vendor's own shape, for faults, unknown routes and unreadable requests. */
	abstract failureBody(status: number, message: string): unknown;

	/** Below the origin, the address a credential needs (for instance `/api/2`). */
	protected get basePath(): string {
		return '';
	}

	/** Who shares a rate limit; one bucket for all unless a vendor says otherwise (for instance one a key). */
	protected tenantOf(_request: FastifyRequest): string {
		return 'all';
	}

	/** Functions of the control interface that add records or change state, by kind: `POST /__simulator/records/<kind>`. */
	recordKinds(): Record<string, RecordAdder> {
		return {};
	}

	/** Short picture of the records for `GET /__simulator/state`. */
	state(): unknown {
		return {};
	}

	/** Present time of the simulator's clock in epoch milliseconds. */
	now(): number {
		return this.clock.now();
	}

	/** `http://127.0.0.1:<port>`; throws before the first start. */
	get origin(): string {
		if (this.port === 0) throw new Error(`The ${this.name} simulator was not started.`);
		return `http://127.0.0.1:${this.port}`;
	}

	/** Origin with the vendor's base path. */
	get baseUrl(): string {
		return this.origin + this.basePath;
	}

	/** Starts the server (port 0: any free one) and returns this simulator. Throws when it runs already or the port is taken. */
	async start(options: { port?: number } = {}): Promise<this> {
		if (this.app) throw new Error(`The ${this.name} simulator runs already.`);
		const app = Fastify({
			forceCloseConnections: true,
			bodyLimit: 256 * 1024 * 1024,
			routerOptions: {
				querystringParser: parseBrackets,
				maxParamLength: 10_000,
			},
		});
		this.stopping = new AbortController();
		// Any number of answers may be held back at the same time.
		setMaxListeners(0, this.stopping.signal);
		this.app = app;
		try {
			registerBodyParsers(app);
			this.registerHooks(app);
			registerControl(app, this);
			app.setNotFoundHandler(async (_request, reply) => this.sendFailure(reply, 404, 'Not Found'));
			app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) =>
				this.sendFailure(reply, error.statusCode ?? 500, error.message),
			);
			await app.register(named('routes', async (scope: FastifyInstance) => this.routes(scope)));
			await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
		} catch (error) {
			this.app = undefined;
			await app.close();
			throw error;
		}
		this.port = (app.server.address() as AddressInfo).port;
		return this;
	}

	/** Stops the server and cuts open connections; records, journal and faults stay. Does nothing when it is not running. */
	async stop(): Promise<void> {
		const { app } = this;
		this.app = undefined;
		this.stopping.abort();
		await app?.close();
		// A storage in use makes every promise of the process dearer.
		this.current.disable();
	}

	/** Notes that a write really changed state. Call it at the place of the change, once for each thing that users would see done. */
	carryOut(name: string, payload: unknown): void {
		const entry = this.current.getStore();
		entry?.carriedOut.push(name);
		this.journal.addWrite({ name, payload, sequence: entry?.sequence, time: this.now() });
	}

	/** Answers with a status and the vendor's failure body. */
	protected sendFailure(reply: FastifyReply, status: number, message: string): FastifyReply {
		return reply.code(status).send(this.failureBody(status, message));
	}

	private registerHooks(app: FastifyInstance): void {
		app.addHook('onRequest', async (request, reply) => {
			if (!isControl(request)) this.openEntry(request, reply);
		});
		app.addHook('preHandler', async (request, reply) => {
			const state = this.states.get(request);
			if (state) return await this.beforeHandler(request, reply, state);
			return undefined;
		});
		// Callback style: the vendor's handler must run inside the store.
		app.addHook('preHandler', (request, _reply, done) => {
			const state = this.states.get(request);
			if (state) this.current.run(state.entry, done);
			else done();
		});
		app.addHook('onSend', async (request, reply, payload) => {
			const state = this.states.get(request);
			if (!state) return payload;
			const { entry, fault } = state;
			const answer = fault ? this.afterHandler(request, reply, fault, payload) : payload;
			if (fault?.kind !== 'cutAfter') entry.status = reply.statusCode;
			// Here and not when the answer was sent: the client's next request must not count this one.
			state.leave();
			return answer;
		});
	}

	private openEntry(request: FastifyRequest, reply: FastifyReply): void {
		this.inFlight += 1;
		const entry: JournalEntry = {
			sequence: this.journal.total + 1,
			time: this.now(),
			method: request.method,
			path: pathOf(request),
			query: withoutSecrets(request.query as Record<string, unknown>),
			headers: withoutSecrets(textHeaders(request)),
			carriedOut: [],
			rateLimited: false,
			inFlight: this.inFlight,
		};
		this.journal.add(entry);
		let counted = true;
		const leave = (): void => {
			if (counted) this.inFlight -= 1;
			counted = false;
		};
		this.states.set(request, { entry, leave });
		reply.raw.once('close', leave);
	}

	private async beforeHandler(request: FastifyRequest, reply: FastifyReply, state: RequestState): Promise<unknown> {
		const { entry } = state;
		if (this.journal.keepsBodies) entry.body = request.body;
		const permit = this.faults.take(this.tenantOf(request));
		if (!permit.allowed) {
			entry.rateLimited = true;
			this.addRetryAfter(reply, permit.retryAfter, permit.waitMs / 1000);
			return this.sendFailure(reply, 429, 'Too Many Requests');
		}
		const fault = this.faults.next({ method: entry.method, path: entry.path, query: entry.query, body: request.body });
		if (fault) {
			entry.fault = fault;
			state.fault = fault;
		}
		const latencyMs = this.faults.latencyMs + (fault?.latencyMs ?? 0);
		const ended = latencyMs > 0 && !(await this.waited(latencyMs));
		if (ended) return this.refuse(request, reply, { kind: 'cutBefore' });
		return fault ? this.refuse(request, reply, fault) : undefined;
	}

	/** Waits real milliseconds; false when the simulator was stopped meanwhile. */
	private async waited(milliseconds: number): Promise<boolean> {
		const { signal } = this.stopping;
		return await wait(milliseconds, true, { signal }).catch(() => false);
	}

	/** Answers (or cuts) a request that a fault keeps from being carried out. */
	private refuse(request: FastifyRequest, reply: FastifyReply, fault: Fault): FastifyReply | undefined {
		if (fault.kind === 'cutBefore') {
			reply.hijack();
			cut(request, fault.reset);
			return reply;
		}
		const refused = (fault.kind === 'status' || fault.kind === 'html') && !fault.carriedOut;
		// The answer is written by the onSend hook.
		return refused ? reply.send('') : undefined;
	}

	/** Replaces the answer of a request that met a fault. */
	private afterHandler(request: FastifyRequest, reply: FastifyReply, fault: Fault, payload: unknown): unknown {
		switch (fault.kind) {
			case 'status':
				return this.statusAnswer(reply, fault);
			case 'html':
				return htmlAnswer(reply, fault);
			case 'cutAfter':
				cut(request, fault.reset);
				return payload;
			case 'brokenJson':
				return brokenAnswer(reply, payload);
			default:
				return payload;
		}
	}

	private statusAnswer(reply: FastifyReply, fault: StatusFault): string {
		this.addRetryAfter(reply, fault.retryAfter ?? 'none', fault.retryAfterSeconds ?? 1);
		const body = fault.body === undefined ? this.failureBody(fault.status, `Status ${fault.status}`) : fault.body;
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
		reply.code(fault.status).removeHeader('content-length').header('content-type', type);
		return text;
	}

	private addRetryAfter(reply: FastifyReply, retryAfter: RetryAfter, seconds: number): void {
		if (retryAfter === 'seconds') reply.header('retry-after', String(Math.ceil(seconds)));
		if (retryAfter !== 'date') return;
		// An HTTP date has whole seconds: round up, so that waiting for it is enough.
		const time = Math.ceil((this.now() + seconds * 1000) / 1000) * 1000;
		reply.header('retry-after', new Date(time).toUTCString());
	}
}

function pathOf(request: FastifyRequest): string {
	return request.url.split('?', 1)[0] ?? '';
}

function isControl(request: FastifyRequest): boolean {
	return pathOf(request).startsWith(`${controlPrefix}/`);
}

function textHeaders(request: FastifyRequest): Record<string, string> {
	return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

function cut(request: FastifyRequest, reset = false): void {
	if (reset) request.raw.socket.resetAndDestroy();
	else request.raw.socket.destroy();
}

function htmlAnswer(reply: FastifyReply, fault: HtmlFault): string {
	reply
		.code(fault.status ?? 502)
		.removeHeader('content-length')
		.header('content-type', 'text/html; charset=utf-8');
	return htmlPage;
}

function brokenAnswer(reply: FastifyReply, payload: unknown): unknown {
	reply.removeHeader('content-length');
	// Two thirds of an object or a list never parse.
	return typeof payload === 'string' ? payload.slice(0, Math.max(1, Math.floor((payload.length * 2) / 3))) : payload;
}
