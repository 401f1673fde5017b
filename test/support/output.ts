// Everything a run prints: n8n's log at every level, console, and both standard streams.
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { LoggerProxy, type LogMetadata } from 'n8n-workflow';
import { inspect } from 'node:util';

type Sink = (text: string) => void;

const levels = ['error', 'warn', 'info', 'debug'] as const;
const consoleMethods = ['error', 'warn', 'info', 'debug', 'log', 'trace'] as const;
const sinks = new Set<Sink>();

/** Shows a value with everything reachable from it: causes, stacks, response bodies, own properties of errors. */
function showAll(value: unknown): string {
	return typeof value === 'string' ? value : inspect(value, { depth: 20, maxArrayLength: null, maxStringLength: null });
}

function emit(...parts: unknown[]) {
	if (sinks.size === 0) return;
	const text = parts
		.filter((part) => part !== undefined)
		.map(showAll)
		.join(' ');
	sinks.forEach((sink) => sink(text));
}

function createCapturingLogger(): Logger {
	const logger = Object.fromEntries(
		levels.map((level) => [level, (message: string, metadata?: LogMetadata) => emit(`[${level}]`, message, metadata)]),
	);
	return Object.assign(logger, { scoped: () => logger }) as unknown as Logger;
}

/** Puts a logger into n8n-core that is silent outside `captureOutput`. Call before any n8n-core service is created. */
export function installCapturingLogger(): void {
	const logger = createCapturingLogger();
	Container.set(Logger, logger);
	LoggerProxy.init(logger);
}

/** Replaces a method for as long as output is captured; gives back the function that restores it. */
function divert<Owner extends object>(owner: Owner, name: keyof Owner, replacement: unknown): () => void {
	const original = owner[name];
	owner[name] = replacement as Owner[keyof Owner];
	return () => {
		owner[name] = original;
	};
}

/** What `captureOutput` gives back: one of `result` and `error`, and all that was printed. */
export interface CapturedOutput<Result> {
	result?: Result;
	/** What the action threw. */
	error?: unknown;
	text: string;
}

/** Runs `action` and collects what is printed meanwhile, by anything in this process. Does not throw. */
export async function captureOutput<Result>(action: () => Promise<Result>): Promise<CapturedOutput<Result>> {
	const lines: string[] = [];
	const sink: Sink = (text) => lines.push(text);
	const write = (chunk: unknown) => {
		emit(Buffer.isBuffer(chunk) ? chunk.toString() : String(chunk));
		return true;
	};
	sinks.add(sink);
	const restore = [
		...consoleMethods.map((method) => divert(console, method, emit)),
		divert(process.stdout, 'write', write),
		divert(process.stderr, 'write', write),
	];
	const outcome: Omit<CapturedOutput<Result>, 'text'> = {};
	try {
		outcome.result = await action();
	} catch (error) {
		outcome.error = error;
	} finally {
		restore.reverse().forEach((undo) => undo());
		sinks.delete(sink);
	}
	return { ...outcome, text: lines.join('\n') };
}

/** The ways a secret is commonly written down: plain, percent-encoded, base64, and inside a Basic header. */
function disguises(secret: string): string[] {
	const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
	return [secret, encodeURIComponent(secret), base64];
}

/**
 * Which of the secrets can be read somewhere in the given values (texts, errors, run data: anything).
 *
 * @returns the secrets found; an empty list is what a test wants.
 */
export function findSecrets(secrets: string[], ...places: unknown[]): string[] {
	const haystack = places.map((place) => `${showAll(place)}\n${safeJson(place)}`).join('\n');
	return secrets.filter((secret) => disguises(secret).some((text) => haystack.includes(text)));
}

/** n8n stores run data as JSON, which can show what `inspect` does not (getters, `toJSON`). */
function safeJson(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		return '';
	}
}
