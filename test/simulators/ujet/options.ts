import type { RateLimit, SimulatorOptions } from '../kit';
import type { JobProgress } from './jobs';

/** How long things take, in milliseconds of the simulator's clock. */
export interface Pace {
	/** Waiting in a queue before an agent is looked for; also the pause between two looks. */
	queueMs: number;
	/** From assigned to connected (or failed). */
	connectMs: number;
	talkMs: number;
	/** Wrap-up of the agent after a call. */
	wrapUpMs: number;
	/** A queued session that found nobody fails after this time. */
	expireMs: number;
	/** A chat without messages is dismissed after this time. */
	chatIdleMs: number;
	/** Between two contacts a campaign dials. */
	dialMs: number;
	/** Each step of a background job. */
	jobMs: number;
	/** Within this time the same end user update of a session is refused. */
	duplicateMs: number;
}

export interface UjetOptions extends SimulatorOptions {
	/** User name of Basic authentication: the sub domain (default `acme`). */
	username?: string;
	/** Password: the API token (default `demo-token`). */
	password?: string;
	/** Rate limit of the tenant; default one request per second as documented, without Retry-After. null: none. */
	rateLimit?: RateLimit | null;
	/** Default `clock`. */
	jobs?: JobProgress;
	pace?: Partial<Pace>;
	/** Are the bounds of `[from]` and `[to]` part of the range? The vendor does not say; default `inclusive`. */
	rangeBounds?: 'inclusive' | 'exclusive';
	/** Most rows a Manager page holds, also when `per` asks for more (default 100, as the newer vendor pages say). */
	managerPageLimit?: number;
	/** Default true: an agent in a call refuses another one. False lets one agent take any number, for bulk tests. */
	busyAgentsRefuse?: boolean;
	/** Answer when the agent must choose a caller id: 202 without body, or 200 with an echo. Default 202. */
	callerIdAnswer?: 200 | 202;
	/** `sample`: a booked callback is answered as the vendor's samples show it, as queued inbound call. Default `sample`. */
	scheduledAnswer?: 'sample' | 'record';
	/** A forced logout of more agents than this becomes a job (default 20; the vendor's number is not published). */
	logoutJobAbove?: number;
	/** Users come 100 a page whatever is asked, as before the release of 2026-05-04 (default false). */
	formerUserPages?: boolean;
	/** Campaigns of the Manager API at the shorter path that older sources suggest (default false). */
	formerCampaignPaths?: boolean;
	/** Where the unpublished check of the do-not-call list answers (default `dnc`): there, below `/check`, or nowhere. */
	doNotCallCheck?: 'dnc' | 'check' | 'none';
	/** Secret that signs custom data (default `demo-secret`). */
	companySecret?: string;
	/** Seed of random values. */
	seed?: number;
}

/** Options with their defaults, without those of the kit. */
export type UjetSettings = Required<Omit<UjetOptions, 'clock' | 'journal' | 'pace'>> & { pace: Pace };

const defaultPace: Pace = {
	queueMs: 5_000,
	connectMs: 4_000,
	talkMs: 90_000,
	wrapUpMs: 10_000,
	expireMs: 600_000,
	chatIdleMs: 600_000,
	dialMs: 30_000,
	jobMs: 2_000,
	duplicateMs: 5_000,
};

/** Fills in the defaults. */
export function settingsOf(options: UjetOptions): UjetSettings {
	return {
		username: options.username ?? 'acme',
		password: options.password ?? 'demo-token',
		rateLimit: options.rateLimit === undefined ? { requestsPerSecond: 1, retryAfter: 'none' } : options.rateLimit,
		jobs: options.jobs ?? 'clock',
		pace: { ...defaultPace, ...options.pace },
		rangeBounds: options.rangeBounds ?? 'inclusive',
		managerPageLimit: options.managerPageLimit ?? 100,
		busyAgentsRefuse: options.busyAgentsRefuse ?? true,
		callerIdAnswer: options.callerIdAnswer ?? 202,
		scheduledAnswer: options.scheduledAnswer ?? 'sample',
		logoutJobAbove: options.logoutJobAbove ?? 20,
		formerUserPages: options.formerUserPages ?? false,
		formerCampaignPaths: options.formerCampaignPaths ?? false,
		doNotCallCheck: options.doNotCallCheck ?? 'dnc',
		companySecret: options.companySecret ?? 'demo-secret',
		seed: options.seed ?? 1,
	};
}
