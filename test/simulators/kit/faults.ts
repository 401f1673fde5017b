import type { SimulatorClock } from './clock';
import { wildcardMatcher } from './text';

/** How a refusal says when to come back: not at all, in seconds, or as an HTTP date. */
export type RetryAfter = 'none' | 'seconds' | 'date';

interface FaultBase {
	/** Real milliseconds to wait before the fault (or, for `latency`, before the request is carried out). */
	latencyMs?: number;
}

/** A refusal or failure with a status. */
export interface StatusFault extends FaultBase {
	kind: 'status';
	/** HTTP status, for instance 401, 403, 429, 500, 502, 503, 504. */
	status: number;
	/** Body to send; left out: the vendor's own failure body for that status; '' sends an empty body. */
	body?: unknown;
	/** Retry-After to send; default none. */
	retryAfter?: RetryAfter;
	/** Seconds for Retry-After (default 1). */
	retryAfterSeconds?: number;
	/** True: the request is carried out first and only the answer is replaced (a gateway that gave up too early). */
	carriedOut?: boolean;
}

/** An HTML page in place of the answer, as proxies send it. */
export interface HtmlFault extends FaultBase {
	kind: 'html';
	/** HTTP status (default 502). */
	status?: number;
	/** True: the request is carried out first. */
	carriedOut?: boolean;
}

/** The connection is cut without an answer. */
export interface CutFault extends FaultBase {
	/** `cutBefore`: nothing is carried out. `cutAfter`: carried out, the answer is lost. */
	kind: 'cutBefore' | 'cutAfter';
	/** True cuts with a TCP reset, else the connection just ends. */
	reset?: boolean;
}

/** The request is carried out and its answer is cut off in the middle, still with a valid length, so that it is no JSON. */
export interface BrokenJsonFault extends FaultBase {
	kind: 'brokenJson';
}

/** The request only takes longer. */
export interface LatencyFault extends FaultBase {
	kind: 'latency';
	latencyMs: number;
}

/** What may go wrong with one request. Plain data, so that it can be sent to a simulator in another process. */
export type Fault = StatusFault | HtmlFault | CutFault | BrokenJsonFault | LatencyFault;

/** What a fault rule looks at. */
export interface FaultRequest {
	method: string;
	path: string;
	query: Record<string, unknown>;
	body: unknown;
}

/** Which requests a rule is for. Everything left out matches. */
export interface FaultMatch {
	method?: string;
	/** Path pattern with `*`, or a regular expression. */
	path?: string | RegExp;
	/** Any other condition; only in the same process. */
	when?: (request: FaultRequest) => boolean;
}

/** Rate limit of the vendor. */
export interface RateLimit {
	requestsPerSecond: number;
	/** Requests allowed at once after a pause (default: one second's worth, at least 1). */
	burst?: number;
	/** Default `seconds`. */
	retryAfter?: RetryAfter;
}

interface FaultRule {
	fault: Fault;
	match: FaultMatch;
	left: number;
}

/** Settings that the control interface takes; every part is optional. */
export interface FaultSettings {
	/** True removes everything set before. */
	clear?: boolean;
	rules?: Array<{ fault: Fault; match?: FaultMatch; times?: number }>;
	/** One entry a request; null or undefined leaves the request alone. */
	script?: Array<Fault | null | undefined>;
	scriptMatch?: FaultMatch;
	/** null takes the limit away. */
	limit?: RateLimit | null;
	latencyMs?: number;
}

/** Verdict of the rate limit for one request. */
export interface RateVerdict {
	allowed: boolean;
	/** Milliseconds until the next request would be allowed. */
	waitMs: number;
	retryAfter: RetryAfter;
}

function matches(match: FaultMatch, request: FaultRequest): boolean {
	if (match.method !== undefined && match.method.toUpperCase() !== request.method) return false;
	if (match.path instanceof RegExp && !match.path.test(request.path)) return false;
	if (typeof match.path === 'string' && !wildcardMatcher(match.path, true)(request.path)) return false;
	return match.when?.(request) ?? true;
}

/**
 * Faults of a simulator. For each request the rate limit is asked first; then the next entry of the script, if there is a script
 * for this request; then the first rule that fits.
 */
export class Faults {
	/** Real milliseconds every request takes, on top of faults. */
	latencyMs = 0;
	private rules: FaultRule[] = [];
	private scripted: Array<Fault | undefined> = [];
	private scriptMatch: FaultMatch = {};
	private rate: RateLimit | undefined;
	private readonly buckets = new Map<string, { tokens: number; at: number }>();

	constructor(private readonly clock: SimulatorClock) {}

	/** Lets a fault happen to requests that match, `times` times (default: until cleared). Returns a function that takes the rule away. */
	add(fault: Fault, match: FaultMatch = {}, times = Infinity): () => void {
		const rule: FaultRule = { fault, match, left: times };
		this.rules.push(rule);
		return () => {
			this.rules = this.rules.filter((candidate) => candidate !== rule);
		};
	}

	/** Lets a fault happen once, to the next request that matches. */
	once(fault: Fault, match: FaultMatch = {}): void {
		this.add(fault, match, 1);
	}

	/** Sets the faults of the coming requests, one entry each; undefined or null leaves a request alone. Replaces an older script. */
	script(faults: Array<Fault | null | undefined>, match: FaultMatch = {}): void {
		this.scripted = faults.map((fault) => fault ?? undefined);
		this.scriptMatch = match;
	}

	/** Entries of the script that no request has met yet. */
	get scriptLeft(): number {
		return this.scripted.length;
	}

	/** Sets or (with undefined) takes away the rate limit. Buckets start full. */
	limit(limit: RateLimit | undefined): void {
		if (limit && !(limit.requestsPerSecond > 0)) throw new RangeError('requestsPerSecond must be above 0');
		this.rate = limit;
		this.buckets.clear();
	}

	/** Takes away rules, script, rate limit and latency. */
	clear(): void {
		this.rules = [];
		this.scripted = [];
		this.latencyMs = 0;
		this.limit(undefined);
	}

	/** Applies settings, as the control interface receives them. */
	apply(settings: FaultSettings): void {
		if (settings.clear) this.clear();
		if (settings.limit !== undefined) this.limit(settings.limit ?? undefined);
		if (settings.latencyMs !== undefined) this.latencyMs = settings.latencyMs;
		if (settings.script) this.script(settings.script, settings.scriptMatch);
		for (const rule of settings.rules ?? []) this.add(rule.fault, rule.match, rule.times);
	}

	/** Takes one token of a tenant's bucket; called by the simulator. */
	take(tenant: string): RateVerdict {
		const { rate } = this;
		if (!rate) return { allowed: true, waitMs: 0, retryAfter: 'none' };
		const now = this.clock.now();
		const burst = rate.burst ?? Math.max(1, rate.requestsPerSecond);
		const bucket = this.buckets.get(tenant) ?? { tokens: burst, at: now };
		const refill = (Math.max(0, now - bucket.at) * rate.requestsPerSecond) / 1000;
		const tokens = Math.min(burst, bucket.tokens + refill);
		const allowed = tokens >= 1;
		this.buckets.set(tenant, { tokens: allowed ? tokens - 1 : tokens, at: now });
		const waitMs = allowed ? 0 : ((1 - tokens) * 1000) / rate.requestsPerSecond;
		return { allowed, waitMs, retryAfter: rate.retryAfter ?? 'seconds' };
	}

	/** Fault for a request, or undefined; called by the simulator. Uses up a script entry or one time of a rule. */
	next(request: FaultRequest): Fault | undefined {
		if (this.scripted.length > 0 && matches(this.scriptMatch, request)) {
			const fault = this.scripted.shift();
			if (fault) return fault;
		}
		const rule = this.rules.find((candidate) => candidate.left > 0 && matches(candidate.match, request));
		if (!rule) return undefined;
		rule.left -= 1;
		if (rule.left <= 0) this.rules = this.rules.filter((candidate) => candidate !== rule);
		return rule.fault;
	}
}
