/** How a dialled call ends. */
export type Outcome =
	| 'sale'
	| 'contact'
	| 'callBack'
	| 'notInterested'
	| 'abandoned'
	| 'noAnswer'
	| 'busy'
	| 'answeringMachine'
	| 'invalidNumber';

/** A number with its text, as the vendor sends both. */
export interface Code {
	id: number;
	name: string;
}

/** Codes 1, 3 and 26, 28 appear in the vendor's samples; the others are the simulator's own. */
export const dialStatuses = {
	dialling: { id: 0, name: 'Dialling' },
	answered: { id: 1, name: 'Answered' },
	noAnswer: { id: 2, name: 'No Answer' },
	busy: { id: 3, name: 'Busy' },
	answeringMachine: { id: 4, name: 'Answering Machine' },
	invalidNumber: { id: 5, name: 'Invalid Number' },
} satisfies Record<string, Code>;

export const activityStatuses = {
	active: { id: 1, name: 'Active' },
	queued: { id: 2, name: 'Queued' },
	answered: { id: 3, name: 'Answered' },
	abandoned: { id: 4, name: 'Abandoned' },
	notAnswered: { id: 5, name: 'Not Answered' },
} satisfies Record<string, Code>;

/** What an outcome does to attempt, activity and lead. */
export interface OutcomeRule {
	dial: Code;
	activity: Code;
	/** Status code of the lead; also the wrap code when an agent had the call. */
	status: Code;
	/** True when somebody picks up. */
	answered: boolean;
	lead: 'complete' | 'retry' | 'nextDay' | 'completePhone';
}

const { answered, noAnswer, busy, answeringMachine, invalidNumber } = dialStatuses;
const talked = { dial: answered, activity: activityStatuses.answered, answered: true };
const missed = { activity: activityStatuses.notAnswered, answered: false };

export const outcomeRules: Record<Outcome, OutcomeRule> = {
	sale: { ...talked, status: { id: 26, name: 'Sale' }, lead: 'complete' },
	callBack: { ...talked, status: { id: 27, name: 'Call Back' }, lead: 'nextDay' },
	contact: { ...talked, status: { id: 28, name: 'Contact' }, lead: 'complete' },
	notInterested: { ...talked, status: { id: 29, name: 'Not Interested' }, lead: 'complete' },
	abandoned: {
		dial: answered,
		activity: activityStatuses.abandoned,
		answered: true,
		status: { id: 3, name: 'Abandoned' },
		lead: 'retry',
	},
	noAnswer: { ...missed, dial: noAnswer, status: { id: 2, name: 'No Answer' }, lead: 'retry' },
	busy: { ...missed, dial: busy, status: { id: 4, name: 'Busy' }, lead: 'retry' },
	answeringMachine: { ...missed, dial: answeringMachine, status: { id: 6, name: 'Answering Machine' }, lead: 'retry' },
	invalidNumber: { ...missed, dial: invalidNumber, status: { id: 7, name: 'Invalid Number' }, lead: 'completePhone' },
};

const statusNames = new Map<number, string>([
	[1, 'New'],
	[5, 'Scheduled'],
	...Object.values(outcomeRules).map(({ status }): [number, string] => [status.id, status.name]),
]);

/** Text of a lead status code; null for a code this account does not name. */
export function statusName(code: number | null): string | null {
	return code === null ? null : (statusNames.get(code) ?? null);
}
