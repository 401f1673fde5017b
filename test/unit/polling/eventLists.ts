import { iAdvize } from '../../../nodes/IAdvize/vendor';
import { ipScape } from '../../../nodes/IpScape/vendor';
import { liveAgent } from '../../../nodes/LiveAgent/vendor';
import { ujet } from '../../../nodes/Ujet/vendor';
import type { EventList } from './eventAccount';

/** What most lists have in common: records that end as they begin, in no order, with their creation in their rows. */
const usual = {
	filterTime: ({ time }) => time,
	order: 'none',
	showsBefore: false,
	row: ({ id, time }, write) => ({ id, created_at: write(time) }),
	idOf: ({ id }) => id,
	longestMinutes: 0,
	overlapMinutes: 15,
} satisfies Partial<EventList>;

/** Events of all vendors and how their lists behave, after what the vendors document. */
export const eventLists: EventList[] = [
	{
		...usual,
		vendor: ujet,
		event: 'callCreated',
		bounds: { from: 'created_at[from]', to: 'created_at[to]' },
		order: 'ascending',
		form: 'iso',
	},
	{
		...usual,
		vendor: ujet,
		event: 'callFinished',
		bounds: { from: 'updated_at[from]', to: 'updated_at[to]' },
		// A call shows up with its end, and its last change is then.
		filterTime: ({ shownAt }) => shownAt,
		order: 'ascending',
		form: 'iso',
		row: ({ id, time, shownAt }, write) => ({ id, ends_at: write(time), updated_at: write(shownAt), status: 'finished' }),
	},
	{
		...usual,
		vendor: ipScape,
		event: 'dialAttemptRecorded',
		bounds: { from: 'dialledTimestampFrom', to: 'dialledTimestampTo' },
		form: 'iso',
		row: ({ id, time }, write) => ({ attemptId: id, timestamps: { dialled: write(time) } }),
		idOf: ({ attemptId }) => attemptId,
	},
	{
		...usual,
		vendor: ipScape,
		event: 'callEnded',
		bounds: { from: 'createdTimestampFrom', to: 'createdTimestampTo' },
		filterTime: ({ startedAt }) => startedAt,
		form: 'iso',
		showsBefore: true,
		row: ({ id, time, startedAt }, write, isShown) => ({
			type: 'call.inbound',
			data: { activityId: id, timestamps: { created: write(startedAt), ...(isShown ? { hangUp: write(time) } : {}) } },
		}),
		idOf: ({ activityId }) => activityId,
		longestMinutes: 6 * 60,
	},
	{
		...usual,
		vendor: iAdvize,
		event: 'conversationStarted',
		bounds: { from: 'filters[from]', to: 'filters[to]' },
		order: 'descending',
		form: 'local',
	},
	{
		...usual,
		vendor: iAdvize,
		event: 'conversationClosed',
		bounds: { from: 'filters[from]', to: 'filters[to]' },
		filterTime: ({ startedAt }) => startedAt,
		form: 'local',
		showsBefore: true,
		row: ({ id, time, startedAt }, write, isShown) => ({ id, created_at: write(startedAt), closed_at: isShown ? write(time) : null }),
		longestMinutes: 24 * 60,
	},
	{
		...usual,
		vendor: iAdvize,
		event: 'satisfactionReceived',
		bounds: { from: 'filters[from]', to: 'filters[to]' },
		form: 'local',
		overlapMinutes: 60,
	},
	{
		...usual,
		vendor: iAdvize,
		event: 'transactionRecorded',
		bounds: { from: 'filters[from]', to: 'filters[to]' },
		form: 'localDay',
		overlapMinutes: 3 * 24 * 60,
	},
	{
		...usual,
		vendor: iAdvize,
		event: 'visitorCreated',
		order: 'descending',
		form: 'local',
	},
	{
		...usual,
		vendor: liveAgent,
		event: 'customerCreated',
		bounds: { from: 'datecreatedfrom', to: 'datecreatedto' },
		form: 'local',
		row: ({ id, time }, write) => ({ contactid: id, datecreated: write(time) }),
		idOf: ({ contactid }) => contactid,
	},
];
