import type { Field } from '../definition/operation';

/** Value of the option with which a poll's records count as handed over only at the next poll. */
export const mayRepeat = 'mayRepeat';

/** Longest Look Back, in hours: a year. */
const maximumLookBack = 8_760;

/** Longest Overlap, in minutes: 31 days. */
const maximumOverlap = 44_640;

/** What happens to the records of a poll whose n8n is killed. */
export const afterCrashOption: Field = {
	displayName: 'After a Crash',
	name: 'afterCrash',
	type: 'options',
	default: 'mayLose',
	options: [
		{ name: 'May Lose the Records of One Poll', value: 'mayLose' },
		{ name: 'May Repeat the Records of One Poll', value: mayRepeat },
	],
	description:
		'What happens to the records of a poll when n8n is killed before it has started the workflow with them. May Repeat also repeats them after an ordinary restart.',
};

/** How long before an event its call or conversation may have started, in hours. */
export const lookBackOption: Field = {
	displayName: 'Look Back (Hours)',
	name: 'lookBackHours',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: maximumLookBack },
	default: 24,
	description:
		'How long before the event its call or conversation may have started; if left out, the number in the description of the event. Each poll reads this much, so a longer time needs more requests.',
};

/** How late a record may appear after its own time, in minutes. */
export const overlapOption: Field = {
	displayName: 'Overlap (Minutes)',
	name: 'overlapMinutes',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: maximumOverlap },
	default: 0,
	description:
		'How late a record can appear after its own time and still start the workflow; if left out, a default that fits the event. A record never starts the workflow twice.',
};
