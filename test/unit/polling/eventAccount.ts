// An account in memory that lists the records of one of the vendors' events as the vendor documents it, in its own zone and by its own clock.
import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

import type { SourceAccess, SourcePage, SourceRequest } from '../../../nodes/shared/definition/events';
import type { Vendor } from '../../../nodes/shared/definition/vendor';
import { pollEvent } from '../../../nodes/shared/polling/poll';
import { listAccess } from '../../../nodes/shared/polling/sourceAccess';
import type { TailState } from '../../../nodes/shared/polling/state/pollState';
import { pollContext } from './pollContext';

const hour = 3_600_000;

/** A record of an account; times are epoch milliseconds of the true clock. */
export interface AccountRecord {
	id: string;
	/** The time of the event. */
	time: number;
	/** When the list shows it as an event. */
	shownAt: number;
	/** When what the event belongs to began, such as a call that ends. */
	startedAt: number;
}

/** How a vendor lists the records of one event. */
export interface EventList {
	vendor: Vendor;
	event: string;
	/** Names of the bounds; none where the list takes none. */
	bounds?: { from: string; to: string };
	/** The time that the bounds work on. */
	filterTime(record: AccountRecord): number;
	order: 'ascending' | 'descending' | 'none';
	/** How the vendor writes times, in its answers and as bounds. */
	form: 'iso' | 'local' | 'localDay';
	/** A row before it is an event too, such as a call that has not ended. */
	showsBefore: boolean;
	row(record: AccountRecord, write: (time: number) => string, isShown: boolean): IDataObject;
	idOf(item: IDataObject): unknown;
	/** Longest time, in minutes, between the beginning and the time of the event. */
	longestMinutes: number;
	/** How late a record may show up, in minutes: the event's own overlap. */
	overlapMinutes: number;
}

/** What differs between two accounts of the same vendor. */
export interface AccountOptions {
	zone: string;
	/** How much the clock of n8n's machine is ahead of the true one, in milliseconds. */
	clockAhead: number;
	pageSize: number;
	pageTime: number;
	/** How a bound without offset is understood in the hour that comes twice. */
	readsBounds: 'asText' | 'asFirst' | 'asSecond';
	/** Most pages of a poll. */
	pages: number;
}

let nodes = 0;

/** A trigger on an account. */
export class EventAccount {
	readonly emitted: string[] = [];

	/** Pages until the next failure; endless when undefined. */
	pagesToOutage: number | undefined;

	private staticData: IDataObject = {};

	private readonly node: INode;

	private readonly texts = new Map<number, string>();

	private readonly format: Intl.DateTimeFormat;

	constructor(
		private readonly list: EventList,
		readonly records: AccountRecord[],
		readonly options: AccountOptions,
		/** The true clock, which accounts share. */
		private readonly clock: { now: number },
		/** Of the trigger, besides its event. */
		parameters: IDataObject = {},
	) {
		const given = { event: list.event, ...parameters };
		this.node = { id: `account-${nodes++}`, name: 'Trigger', typeVersion: 2, parameters: given } as unknown as INode;
		this.format = new Intl.DateTimeFormat('sv-SE', { timeZone: options.zone, dateStyle: 'short', timeStyle: 'medium' });
	}

	/** What the trigger keeps in its workflow. */
	get state(): TailState | undefined {
		return this.staticData.cursor as TailState | undefined;
	}

	/** n8n is stopped and started again. */
	restart(): void {
		this.staticData = JSON.parse(JSON.stringify(this.staticData)) as IDataObject;
	}

	/** @returns false when the vendor failed */
	async poll(): Promise<boolean> {
		const context = pollContext({ node: this.node, staticData: this.staticData });
		const limits = { pages: this.options.pages };
		const polling = pollEvent(context, this.list.vendor, this.access(), { now: () => this.machineNow() }, limits);
		const result = await polling.catch((error: unknown) => {
			if (error instanceof NodeApiError && error.httpCode === '503') return undefined;
			throw error;
		});
		if (result === undefined) return false;
		this.emitted.push(...(result?.[0] ?? []).map(({ json }) => String(this.list.idOf(json))));
		return true;
	}

	private machineNow(): number {
		return this.clock.now + this.options.clockAhead;
	}

	private access(): SourceAccess {
		// Answers tell the vendor's time; before the first one there is only the machine's.
		let difference = 0;
		const onAnswer = () => {
			difference = -this.options.clockAhead;
		};
		const { zone } = this.options;
		return {
			tenant: 'https://acme.example',
			nodeVersion: 2,
			vendorZone: this.list.form === 'iso' ? 'UTC' : zone,
			inputZone: 'UTC',
			now: () => this.machineNow() + difference,
			...listAccess((request, start) => this.pages(request, start, onAnswer)),
		};
	}

	private async *pages({ query = {} }: SourceRequest, start: SourcePage['position'] | undefined, onAnswer: () => void): AsyncGenerator<SourcePage> {
		const { pageSize, pageTime } = this.options;
		for (let position = Number(start ?? 0); ; position++) {
			if (this.pagesToOutage === 0) throw new NodeApiError(this.node, { message: 'Down' }, { httpCode: '503' });
			if (this.pagesToOutage !== undefined) this.pagesToOutage--;
			const found = this.found(query);
			onAnswer();
			const begin = position * pageSize;
			const hasNext = begin + pageSize < found.length;
			const rows = found.slice(begin, begin + pageSize).map((record) => this.rowOf(record));
			this.clock.now += pageTime;
			yield { rows, position, ...(hasNext ? { next: position + 1 } : {}) };
			if (!hasNext) return;
		}
	}

	private found(query: IDataObject): AccountRecord[] {
		const { bounds, filterTime, order, showsBefore } = this.list;
		const { now } = this.clock;
		const isListed = (record: AccountRecord) => (showsBefore ? record.startedAt : record.shownAt) <= now;
		const [from, to] = [bounds?.from ?? '', bounds?.to ?? ''].map((name) => query[name] as string | undefined);
		const isWithin = this.period(from, to);
		const rows = this.records.filter((record) => isListed(record) && isWithin(filterTime(record)));
		if (order === 'none') return rows.sort((one, other) => (scrambled(one.id) < scrambled(other.id) ? -1 : 1));
		const sign = order === 'ascending' ? 1 : -1;
		return rows.sort((one, other) => sign * (filterTime(one) - filterTime(other) || (one.id < other.id ? -1 : 1)));
	}

	/** Whether a time belongs to a period; both bounds do. */
	private period(from: string | undefined, to: string | undefined): (time: number) => boolean {
		if (this.list.form === 'localDay' || (this.list.form === 'local' && this.options.readsBounds === 'asText')) {
			const length = this.list.form === 'localDay' ? 10 : undefined;
			return (time) => {
				const text = this.local(time).slice(0, length);
				return (from === undefined || text >= from) && (to === undefined || text <= to);
			};
		}
		const isIso = this.list.form === 'iso';
		const [first, last] = [from, to].map((text) => (text === undefined ? undefined : isIso ? Date.parse(text) : this.momentOf(text)));
		return (time) => {
			// A vendor that lists local times counts whole seconds.
			const moment = isIso ? time : Math.floor(time / 1_000) * 1_000;
			return (first === undefined || moment >= first) && (last === undefined || moment <= last);
		};
	}

	/** The moment of a text of the account's wall clock, by looking for it. */
	private momentOf(text: string): number {
		const middle = Date.parse(`${text.replace(' ', 'T')}Z`);
		const moments: number[] = [];
		for (let moment = middle - 15 * hour; moment <= middle + 15 * hour; moment += hour / 4) {
			if (this.local(moment) === text) moments.push(moment);
		}
		return moments.at(this.options.readsBounds === 'asFirst' ? 0 : -1) ?? middle;
	}

	private rowOf(record: AccountRecord): IDataObject {
		const write = (time: number) => (this.list.form === 'iso' ? new Date(time).toISOString() : this.local(time));
		return this.list.row(record, write, record.shownAt <= this.clock.now);
	}

	private local(time: number): string {
		const known = this.texts.get(time) ?? this.format.format(time);
		this.texts.set(time, known);
		return known;
	}
}

/** A place that has nothing to do with time. */
function scrambled(id: string): number {
	return [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * 7) % 997, 7);
}
