// LiveAgent lists conversations of one department only, so an event over all of them takes a request for each.
import assert from 'node:assert/strict';

import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { liveAgent } from '../../../nodes/LiveAgent/vendor';
import type { SourceAccess, SourcePage, SourceRequest } from '../../../nodes/shared/definition/events';
import { pollEvent } from '../../../nodes/shared/polling/poll';
import { listAccess } from '../../../nodes/shared/polling/sourceAccess';
import { seeded } from '../../support/runs';
import { clockChanges } from './clockChanges';
import { pollContext } from './pollContext';

const second = 1_000;
const minute = 60 * second;

/** An account in memory whose requests take a third of a second, as at three a second. */
class Account {
	readonly conversations: IDataObject[] = [];

	readonly messages = new Map<string, IDataObject[]>();

	requests = 0;

	private readonly staticData: IDataObject = {};

	private readonly format: Intl.DateTimeFormat;

	constructor(
		private readonly event: string,
		private readonly departments: number,
		public now: number,
		private readonly zone = 'UTC',
		/** How much the clock of n8n's machine is ahead. */
		private readonly clockAhead = 0,
	) {
		this.format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
	}

	/** Text of a time as the account writes it. */
	local(time: number): string {
		return this.format.format(time);
	}

	add(id: string, department: number): void {
		const time = this.local(this.now);
		this.conversations.push({ conversationid: id, departmentid: `d${department}`, datecreated: time, datechanged: time });
	}

	say(conversationId: string, id: string): void {
		const time = this.local(this.now);
		this.conversations.find(({ conversationid }) => conversationid === conversationId)!.datechanged = time;
		const messages = this.messages.get(conversationId) ?? [];
		this.messages.set(conversationId, [...messages, { messageid: id, rtype: 'M', datecreated: time }]);
	}

	/** The first reading is finished. */
	get isBaselineTaken(): boolean {
		return (this.staticData.cursor as IDataObject | undefined)?.watermark !== undefined;
	}

	async poll(): Promise<unknown[]> {
		const node = { id: this.event, name: 'Trigger', parameters: { event: this.event, messageTypes: ['M'] } };
		const context = pollContext({ node, staticData: this.staticData });
		const access: SourceAccess = {
			tenant: 'https://acme.example',
			nodeVersion: 1,
			vendorZone: this.zone,
			inputZone: this.zone,
			now: () => this.now,
			...listAccess((request) => this.pages(request)),
		};
		const result = await pollEvent(context, liveAgent, access, { now: () => this.now + this.clockAhead });
		return (result?.[0] ?? []).map(({ json }) => json.messageid ?? json.conversationid);
	}

	private async *pages({ operation, resource, query = {}, path = {} }: SourceRequest): AsyncGenerator<SourcePage> {
		this.now += second / 3;
		this.requests++;
		const rows = resource === 'department' ? this.departmentRows() : this.rowsOf(operation, query, path);
		yield { rows: structuredClone(rows), position: 0 };
	}

	private departmentRows(): IDataObject[] {
		return Array.from({ length: this.departments }, (_, index) => ({ departmentid: `d${index}` }));
	}

	private rowsOf(operation: string, query: IDataObject, path: Record<string, string>): IDataObject[] {
		const from = String(query.datefrom ?? query.datechanged ?? '').replace(/^(gte|btw):/, '');
		if (operation === 'getMessages') {
			return (this.messages.get(path.conversationId) ?? []).filter(({ datecreated }) => String(datecreated) >= from);
		}
		const column = query.datechanged === undefined ? 'datecreated' : 'datechanged';
		const inDepartment = this.conversations.filter(({ departmentid }) => departmentid === query.department);
		return inDepartment.filter((row) => String(row[column]) >= from);
	}
}

describe('events over many departments', () => {
	it.each([1, 11, 60, 200, 300])('%i of them: each conversation comes once', async (departments) => {
		const account = new Account('conversationCreated', departments, Date.parse('2026-03-02T10:00:00Z'));
		account.add('old', departments - 1);
		const found: unknown[] = [];
		const added: string[] = [];
		for (let polls = 0; polls < 60; polls++) {
			account.now += minute;
			found.push(...(await account.poll()));
			if (polls % 3 !== 0 || polls < 9 || polls > 45) continue;
			added.push(`c${polls}`);
			account.add(`c${polls}`, (polls * 37) % departments);
		}
		expect(found).toEqual(expect.arrayContaining(added));
		expect(found).toHaveLength(added.length);
	});

	it.each([
		[3, 'UTC', '2026-03-02T10:00:00Z'],
		[120, 'UTC', '2026-03-02T10:00:00Z'],
		// Clocks are set back at 01:00 UTC.
		[3, 'Europe/Berlin', '2026-10-25T00:20:00Z'],
		[90, 'Europe/Berlin', '2026-10-25T00:20:00Z'],
	])('%i of them in %s from %s: each message comes once, also while conversations go on', async (departments, zone, start) => {
		const account = new Account('messageAdded', departments, Date.parse(start), zone);
		for (let id = 0; id < 30; id++) account.add(`c${id}`, id % departments);
		const found: unknown[] = [];
		const added: string[] = [];
		for (let polls = 0; polls < 90; polls++) {
			account.now += minute;
			found.push(...(await account.poll()));
			if (polls < 10 || polls > 60) continue;
			for (let count = 0; count < 5; count++) {
				added.push(`m${polls}-${count}`);
				account.say(`c${(polls * 7 + count * 11) % 30}`, `m${polls}-${count}`);
			}
		}
		expect(new Set(found).size).toBe(found.length);
		expect(added.filter((id) => !found.includes(id))).toEqual([]);
	});

	it('each message comes once in any zone, while clocks change and differ', async () => {
		const schedule = fc.record({
			change: fc.constantFrom(...clockChanges),
			lead: fc.integer({ min: 0, max: 180 }),
			departments: fc.integer({ min: 1, max: 30 }),
			conversations: fc.integer({ min: 1, max: 40 }),
			clockAhead: fc.integer({ min: -600, max: 600 }),
			messages: fc.array(fc.record({ minute: fc.integer({ min: 0, max: 200 }), conversation: fc.nat() }), { maxLength: 150 }),
			gap: fc.integer({ min: 1, max: 10 }),
		});
		await fc.assert(
			fc.asyncProperty(schedule, async ({ change: [zone, moment], lead, departments, conversations, clockAhead, messages, gap }) => {
				const account = new Account('messageAdded', departments, Date.parse(moment) - lead * minute, zone, clockAhead * second);
				for (let id = 0; id < conversations; id++) account.add(`c${id}`, id % departments);
				// In the hour that comes twice, a first reading of several polls cannot tell old from new.
				while (!account.isBaselineTaken) await account.poll();
				const begin = account.now;
				const due = [...messages].sort((first, other) => first.minute - other.minute);
				const found: unknown[] = [];
				let said = 0;
				for (let quiet = 0; quiet < 30; quiet += said === due.length ? 1 : 0) {
					account.now += gap * minute;
					for (; said < due.length && begin + due[said].minute * minute <= account.now; said++) {
						account.say(`c${due[said].conversation % conversations}`, `m${said}`);
					}
					found.push(...(await account.poll()));
				}
				assert.equal(JSON.stringify([...found].sort()), JSON.stringify(due.map((_, index) => `m${index}`).sort()));
			}),
			seeded(15, 500),
		);
	}, 1_200_000);
});
