import type { IDataObject } from 'n8n-workflow';

/** A call or a chat. */
export type SessionKind = 'call' | 'chat';

/**
 * A field of a notice of External Session Events. The vendor's page does not show whether a field stands in the entry or in its
 * `item`, so both places are read (docs.cloud.google.com, external-session-events).
 */
export function fieldOf(notice: IDataObject, name: string): IDataObject[string] {
	return (notice.item as IDataObject | undefined)?.[name] ?? notice[name];
}

/** What the notice is about; undefined when it is neither a call nor a chat. */
export function kindOf(notice: IDataObject): SessionKind | undefined {
	if (isFilled(fieldOf(notice, 'call_id'))) return 'call';
	return isFilled(fieldOf(notice, 'chat_id')) ? 'chat' : undefined;
}

/** Number of the call or chat as text. */
export function idOf(notice: IDataObject): string {
	return String(fieldOf(notice, 'call_id') ?? fieldOf(notice, 'chat_id') ?? '');
}

/** Creation of the notice in epoch milliseconds; 0 when it is not given. */
export function timeOf(notice: IDataObject): number {
	return Number(fieldOf(notice, 'timestamp')) || 0;
}

/** True while the session goes on. */
export function isConnected(notice: IDataObject): boolean {
	return sessionState(notice) === 'connected';
}

/** True once the session has ended. */
export function isDisconnected(notice: IDataObject): boolean {
	return sessionState(notice) === 'disconnected';
}

/** The agents of the session, virtual ones too. */
export function agentsOf(notice: IDataObject): IDataObject[] {
	return participantsOf(notice).filter((participant) =>
		/agent/i.test(String(participant.type ?? participant.kind ?? '')),
	);
}

/** The agents that are in a state, each by what tells it from the others. */
export function agentsIn(notice: IDataObject, state: string): string[] {
	return agentsOf(notice)
		.filter((participant) => stateOf(participant) === state.toLowerCase())
		.map((participant) => String(agentId(participant) ?? agentName(participant) ?? ''));
}

/**
 * A notice as a row under the names of the Manager API: `id`, `status`, `agent_info`, `menu_path`. The customer's phone number,
 * which calls of that API do not have, is in `customer_number`. All that was sent is kept.
 */
export function sessionRow(notice: IDataObject): IDataObject {
	const { item, events: _events, ...entry } = notice;
	const agent = agentsOf(notice).at(-1);
	const queue = fieldOf(notice, 'queue_path_names');
	const number = Number(idOf(notice));
	return {
		...entry,
		...(item as IDataObject | undefined),
		id: Number.isSafeInteger(number) ? number : idOf(notice),
		status: sessionState(notice),
		agent_info: agent === undefined ? null : { id: agentId(agent) ?? null, name: agentName(agent) ?? null },
		menu_path: isFilled(queue) ? { name: queue } : null,
		customer_number: customerNumber(notice) ?? null,
	};
}

function sessionState(notice: IDataObject): string {
	return stateOf({ state: fieldOf(notice, 'state'), status: fieldOf(notice, 'status') });
}

function participantsOf(notice: IDataObject): IDataObject[] {
	const participants = fieldOf(notice, 'participants');
	const all: unknown[] = Array.isArray(participants) ? participants : [];
	return all.filter((one): one is IDataObject => typeof one === 'object' && one !== null);
}

function customerNumber(notice: IDataObject): IDataObject[string] {
	return participantsOf(notice).find(
		(participant) => isFilled(participant.dn) && !agentsOf(notice).includes(participant),
	)?.dn;
}

/** In the Manager API a participant's `id` is its own number and `user_id` the agent's; the page of the notices does not say. */
function agentId({ id, agent_id, user_id }: IDataObject): IDataObject[string] {
	return agent_id ?? user_id ?? id;
}

function agentName({ name, agent_name }: IDataObject): IDataObject[string] {
	return name ?? agent_name;
}

function stateOf({ state, status }: IDataObject): string {
	return String(state ?? status ?? '').toLowerCase();
}

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}
