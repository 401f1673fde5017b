// Events whose list is filtered by the beginning of a call or conversation: how long before the event that may lie.
import { iAdvize } from '../../../nodes/IAdvize/vendor';
import { ipScape } from '../../../nodes/IpScape/vendor';
import { EventAccount } from './eventAccount';
import { eventLists } from './eventLists';

const minute = 60_000;
const hour = 60 * minute;
const begin = Date.parse('2026-03-02T10:00:00Z');

const cases = [
	{ vendor: iAdvize, event: 'conversationClosed', usualHours: 24 },
	{ vendor: ipScape, event: 'callEnded', usualHours: 6 },
];

describe.each(cases)('$vendor.displayName $event', ({ event, usualHours }) => {
	const list = eventLists.find((candidate) => candidate.event === event)!;

	/** What comes of records that ended soon after the activation and began so many hours before. */
	async function emittedOf(hours: number[], options: object): Promise<string[]> {
		const clock = { now: begin };
		const time = begin + 30 * minute;
		const before = { id: 'before', time: begin - minute, shownAt: begin - minute, startedAt: begin - minute };
		const records = hours.map((length) => ({ id: `${length}`, time, shownAt: time, startedAt: time - length * hour }));
		const account = { zone: 'UTC', clockAhead: 0, pageSize: 100, pageTime: 0, readsBounds: 'asText', pages: 400 } as const;
		const trigger = new EventAccount(list, [before, ...records], account, clock, { options });
		await trigger.poll();
		clock.now = begin + hour;
		await trigger.poll();
		return trigger.emitted.sort();
	}

	it('comes within the hours that its description says, and not after', async () => {
		const tail = list.vendor.events.find(({ value }) => value === event);
		expect(tail).toMatchObject({ lookBackHours: usualHours });
		expect(await emittedOf([usualHours - 1, usualHours + 3], {})).toEqual([`${usualHours - 1}`]);
	});

	it('comes later with a longer Look Back, and not with a shorter one', async () => {
		const hours = [1, usualHours - 1, usualHours + 3, usualHours + 8];
		expect(await emittedOf(hours, { lookBackHours: usualHours + 4 })).toEqual(['1', `${usualHours - 1}`, `${usualHours + 3}`].sort());
		expect(await emittedOf(hours, { lookBackHours: 2 })).toEqual(['1']);
	});

	it.each(['', null, 'soon', -3, NaN, 1e9])('a Look Back of %j is refused, and the poll says what is expected', async (lookBackHours) => {
		await expect(emittedOf([1], { lookBackHours })).rejects.toThrow(/^Invalid value for 'Look Back \(Hours\)': expected a (value|number)/);
	});
});
