// States that earlier versions wrote into workflows go on: nothing lost, nothing repeated. Their fixtures are never changed.
import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';

import { iAdvize } from '../../../nodes/IAdvize/vendor';
import { ipScape } from '../../../nodes/IpScape/vendor';
import { liveAgent } from '../../../nodes/LiveAgent/vendor';
import type { SourceAccess, SourcePage } from '../../../nodes/shared/definition/events';
import type { Vendor } from '../../../nodes/shared/definition/vendor';
import { triggerProperties } from '../../../nodes/shared/editor/triggerDescription';
import { pollEvent } from '../../../nodes/shared/polling/poll';
import { listAccess } from '../../../nodes/shared/polling/sourceAccess';
import { ujet } from '../../../nodes/Ujet/vendor';
import fixture from './fixtures/states-0.1.0.json';
import { pollContext } from './pollContext';

const vendors: Record<string, Vendor> = { ujet, iAdvize, ipScape, liveAgent };
const minute = 60_000;

/** A trigger in a workflow of an earlier version. */
class Upgrade {
	rows: IDataObject[] = [];

	readonly notices: unknown[] = [];

	tenant = 'https://tenant.example';

	/** Times that the node's static data were written. */
	writes = 0;

	readonly staticData: IDataObject;

	private readonly node: INode;

	constructor(
		private readonly vendorName: string,
		parameters: INodeParameters,
		state: unknown,
		public now: number,
		public zone = 'UTC',
	) {
		const description = { properties: triggerProperties(vendors[vendorName]) } as unknown as INodeTypeDescription;
		const node = { id: `n-${Math.random()}`, name: 'Trigger', typeVersion: 1, parameters } as unknown as INode;
		const stored = NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description);
		this.node = { ...node, parameters: stored! };
		this.staticData = new Proxy({ cursor: state } as IDataObject, {
			set: (target, name, value) => {
				this.writes++;
				return Reflect.set(target, name, value);
			},
		});
	}

	async poll(): Promise<IDataObject[]> {
		const { node, staticData, notices } = this;
		const context = pollContext({ node, staticData, logger: { info: (text) => notices.push(String(text)) } });
		const result = await pollEvent(context, vendors[this.vendorName], this.access(), { now: () => this.now });
		return (result?.[0] ?? []).map(({ json }) => json);
	}

	private access(): SourceAccess {
		const rows = () => structuredClone(this.rows);
		const pages = async function* ({ query = {} }: { query?: IDataObject }): AsyncGenerator<SourcePage> {
			const { 'updated_at[from]': from, 'filters[connected]': connected } = query as Record<string, string | undefined>;
			const isInside = (row: IDataObject) =>
				(from === undefined || String(row.updated_at) >= from) &&
				(connected === undefined || row.connected === (String(connected) === '1'));
			yield { rows: rows().filter(isInside), position: 1 };
		};
		const { tenant, zone } = this;
		return { tenant, nodeVersion: 1, vendorZone: zone, inputZone: 'Europe/Berlin', now: () => this.now, ...listAccess(pages) };
	}
}

function upgradeOf(title: string): Upgrade {
	const { vendor, parameters, state, now, zone, rows } = fixture.states.find((entry) => entry.title === title)!;
	const upgrade = new Upgrade(vendor, parameters as unknown as INodeParameters, state, Date.parse(now), zone);
	upgrade.rows = (rows ?? []) as unknown as IDataObject[];
	return upgrade;
}

const events = Object.entries(fixture.fingerprints).flatMap(([vendor, table]) =>
	Object.entries(table).map(([event, { parameters, filters }]) => ({ vendor, event, parameters, filters })),
);

describe('a state of version 0.1.0', () => {
	it.each(events)('$vendor $event: is known again', async ({ vendor, event, parameters, filters }) => {
		const now = Date.parse('2026-03-02T10:00:00Z');
		const kind = vendors[vendor].events.find(({ value }) => value === event)?.kind;
		const memory = kind === 'tail' ? { watermark: now - minute, floor: now - 20 * minute, seen: [] } : { states: [] };
		const upgrade = new Upgrade(vendor, parameters as unknown as INodeParameters, { event, filters, kind, ...memory }, now);
		await upgrade.poll();
		// Where the source of an event was changed on purpose, the earlier one belongs into `earlierSources`.
		expect(upgrade.notices).toEqual([]);
	});

	it.each(fixture.states.filter(({ rows }) => rows !== undefined && rows.length < 9).map(({ title }) => title))(
		'%s: nothing is repeated, and an idle poll after it writes nothing',
		async (title) => {
			const upgrade = upgradeOf(title);
			expect(await upgrade.poll()).toEqual([]);
			expect(upgrade.notices).toEqual([]);
			const { writes } = upgrade;
			expect(writes).toBe(1);
			upgrade.now += minute;
			expect(await upgrade.poll()).toEqual([]);
			expect(upgrade.writes).toBe(writes);
		},
	);

	it('of a tail: what came since is emitted', async () => {
		const upgrade = upgradeOf('UJET calls, a filter that is set');
		const created = new Date(upgrade.now).toISOString();
		upgrade.rows.push({ id: 4, created_at: created, updated_at: created });
		expect(await upgrade.poll()).toMatchObject([{ id: 4 }]);
		expect(await upgrade.poll()).toEqual([]);
	});

	it('of a tail whose times have no offset: what came since is emitted', async () => {
		const upgrade = upgradeOf('iAdvize conversations, times without offset');
		upgrade.rows.unshift({ id: 4, created_at: '2026-03-02 11:01:40', channel: 'chat' });
		upgrade.now += minute;
		expect(await upgrade.poll()).toMatchObject([{ id: 4 }]);
		expect(await upgrade.poll()).toEqual([]);
	});

	it('of a backlog: goes on where it was', async () => {
		const upgrade = upgradeOf('UJET calls, in the middle of a backlog');
		const { emittedIds } = fixture.states.find(({ title }) => title === 'UJET calls, in the middle of a backlog')!;
		const found = (await upgrade.poll()).map(({ id }) => id);
		expect([...emittedIds!, ...found]).toEqual(upgrade.rows.slice(1).map(({ id }) => id));
		expect(await upgrade.poll()).toEqual([]);
	});

	it('of a snapshot: what changed since is emitted with what it was', async () => {
		const upgrade = upgradeOf('LiveAgent agents');
		upgrade.rows[1].onlineStatus = 'T';
		expect(await upgrade.poll()).toMatchObject([{ id: 'a2', before: [], after: ['Chat'] }]);
		expect(await upgrade.poll()).toEqual([]);
	});

	it('of a long list: a change among the records that were not remembered is emitted', async () => {
		const upgrade = upgradeOf('ipSCAPE leads of a long list');
		const time = (minutes: number) => new Date(Date.parse('2026-03-02T10:00:00Z') + minutes * minute).toISOString();
		const lead = (index: number) => ({ leadId: index + 1, lastStatusCode: 3, timestamps: { modified: time(index - 1_200) } });
		upgrade.rows = Array.from({ length: 1_200 }, (_, index) => lead(index));
		Object.assign(upgrade.rows[5], { lastStatusCode: 4, timestamps: { modified: time(1) } });
		expect(await upgrade.poll()).toMatchObject([{ leadId: 6, statusCodeAfter: 4 }]);
		expect(await upgrade.poll()).toEqual([]);
	});

	it('of other filters: a new beginning', async () => {
		const { state, now } = fixture.states.find(({ title }) => title === 'UJET calls, a filter that is set')!;
		const upgrade = new Upgrade('ujet', { event: 'callCreated' }, state, Date.parse(now));
		upgrade.rows = [{ id: 9, created_at: new Date(upgrade.now - minute).toISOString() }];
		expect(await upgrade.poll()).toEqual([]);
		expect(upgrade.notices).toEqual([expect.stringContaining('filters were changed')]);
	});
});

describe('a state belongs to account, zone and filters', () => {
	const started = async () => {
		const now = Date.parse('2026-03-02T10:00:00Z');
		const upgrade = new Upgrade('iAdvize', { event: 'conversationStarted' }, undefined, now);
		upgrade.rows = [{ id: 1, created_at: '2026-03-02 09:59:00' }];
		expect(await upgrade.poll()).toEqual([]);
		upgrade.notices.length = 0;
		upgrade.now += minute;
		return upgrade;
	};

	it('goes on with the same ones', async () => {
		const upgrade = await started();
		upgrade.rows.unshift({ id: 2, created_at: '2026-03-02 10:00:30' });
		expect(await upgrade.poll()).toMatchObject([{ id: 2 }]);
		expect(upgrade.notices).toEqual([]);
	});

	it.each([
		['account', (upgrade: Upgrade) => (upgrade.tenant = 'https://other.example')],
		['zone', (upgrade: Upgrade) => (upgrade.zone = 'Etc/GMT+1')],
	])('starts anew with another %s, emits nothing old and says so', async (word, change) => {
		const upgrade = await started();
		change(upgrade);
		upgrade.rows = [
			{ id: 8, created_at: '2026-03-02 09:58:00' },
			{ id: 7, created_at: '2026-03-02 09:50:00' },
		];
		expect(await upgrade.poll()).toEqual([]);
		expect(upgrade.notices).toEqual([expect.stringContaining(word)]);
		expect(await upgrade.poll()).toEqual([]);
	});

	it('goes on in another zone of the workflow where the times of the vendor say their offset', async () => {
		const upgrade = upgradeOf('UJET calls, a filter that is set');
		await upgrade.poll();
		upgrade.zone = 'Asia/Tokyo';
		await upgrade.poll();
		expect(upgrade.notices).toEqual([]);
	});

	it('goes on when a release adds a filter that is not set', async () => {
		const upgrade = await started();
		const event = iAdvize.events.find(({ value }) => value === 'conversationStarted')!;
		const before = event.fields;
		event.fields = [{ displayName: 'New', name: 'brandNew', type: 'string', default: '' }, ...before!];
		try {
			upgrade.rows.unshift({ id: 2, created_at: '2026-03-02 10:00:30' });
			expect(await upgrade.poll()).toMatchObject([{ id: 2 }]);
		} finally {
			event.fields = before;
		}
	});

	it('keeps no address of the account and no id of a record', async () => {
		const upgrade = await started();
		expect(JSON.stringify(upgrade.staticData)).not.toContain('tenant.example');
	});
});
