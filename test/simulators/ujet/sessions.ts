import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

import type { Account, CustomerFlags, LateInput, Session } from './account';
import { phoneDigits } from './phone';
import { badRequest } from './problem';
import { readBody, text } from './read';
import type { CallRow, ChatRow } from './rows';

/** What the operations shared by calls and chats need to know about one. */
export interface SessionView {
	kind: 'call' | 'chat';
	session: Session;
	ended: boolean;
	setEndUser: (endUserId: number) => void;
}

const flagChanges = z
	.object({ verified_customer: z.boolean(), bad_actor: z.boolean(), repeat_customers: z.boolean() })
	.partial();
const endUserChange = z.object({
	identifier: text,
	name: z.string().optional(),
	email: z.string().email().optional(),
	phone: z.string().optional(),
});
const customField = z.object({ value: z.union([z.string(), z.number(), z.boolean(), z.null()]) }).passthrough();
const customData = z.record(customField);
const customDataRequest = z.object({ signed: z.boolean(), data: customData.optional(), signed_data: text.optional() });

/** Fields of a call or chat for tests and demo data; what is left out gets a plausible value. */
export type SessionInput<Row> = Partial<Row> &
	LateInput & { agentId?: number | null; menuId?: number | null; endUserId?: number | null; number?: string | null };

/** Flags of a new session. */
const noFlags = (): CustomerFlags => ({ verified_customer: null, bad_actor: null, repeat_customer: null });

/** A call or chat as it is stored, before anything happens to it; `newRow` holds the plausible values. */
export function newSession<Row extends CallRow | ChatRow>(
	account: Account,
	input: SessionInput<Row>,
	id: number,
	newRow: (id: number, createdAt: string) => Row,
): Session & { row: Row } {
	const { agentId = null, menuId = null, endUserId = null, number = null, visibleAt: _visibleAt, ...fields } = input;
	const agent = agentId === null ? undefined : account.agents.get(agentId);
	const row = {
		...newRow(id, input.created_at ?? account.time()),
		...account.sessionParties(menuId, agent, endUserId),
		...(input.created_at ? { updated_at: input.ends_at ?? input.created_at } : {}),
		...fields,
	};
	return { id, row, flags: noFlags(), customData: {}, agentId, menuId, number };
}

/** What the rows of calls and chats have in common, for a session that nothing has happened to. */
export const newSessionRow = (id: number, createdAt: string) => ({
	id,
	lang: 'en',
	sub_status: null,
	created_at: createdAt,
	assigned_at: null,
	ends_at: null,
	updated_at: createdAt,
	wait_duration: 0,
	queue_duration: 0,
	verified: false,
	rating: null,
	has_feedback: false,
	out_ticket_id: null,
	out_ticket_url: null,
	selected_menu: null,
	menu_path: null,
	agent_info: null,
	end_user: null,
	photos: [],
	videos: [],
	transfers: [],
	handle_durations: [],
	queue_durations: [],
	participants: [],
	offer_type: null,
	offer_events: [],
});

/** PATCH and POST customer_flag: stores the flags sent; the plural in the request becomes the singular of the answer. */
export function changeFlags(account: Account, view: SessionView, body: unknown, operation: string): CustomerFlags {
	refuseEnded(view);
	const { repeat_customers, ...changes } = readBody(flagChanges, body);
	const given = { ...changes, ...(repeat_customers === undefined ? {} : { repeat_customer: repeat_customers }) };
	if (Object.keys(given).length === 0) throw badRequest('param is missing or the value is empty');
	Object.assign(view.session.flags, given);
	account.carryOut(operation, { id: view.session.id, ...given });
	return { ...view.session.flags };
}

/** POST custom_data, plain or as a signed token; reserved fields become flags. */
export function putCustomData(account: Account, view: SessionView, body: unknown): { message: string } {
	refuseEnded(view);
	const { signed, data, signed_data } = readBody(customDataRequest, body);
	if (!signed && !data) throw badRequest('data is required');
	if (signed && !signed_data) throw badRequest('signed_data is required');
	const fields = signed ? readToken(account, signed_data as string) : (data as z.infer<typeof customData>);
	Object.assign(view.session.customData, fields);
	for (const flag of ['verified_customer', 'bad_actor', 'repeat_customer'] as const) {
		const value = fields[`reserved_${flag}`]?.value;
		if (typeof value === 'boolean') view.session.flags[flag] = value;
	}
	account.carryOut(`${view.kind}.sendCustomData`, { id: view.session.id, data: fields });
	return { message: 'accepted' };
}

function readToken(account: Account, token: string): z.infer<typeof customData> {
	const [head, claims, signature] = token.split('.');
	const expected = createHmac('sha256', account.settings.companySecret).update(`${head}.${claims}`).digest();
	const sent = Buffer.from(signature ?? '', 'base64url');
	if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) throw badRequest('signed_data is invalid');
	const payload = JSON.parse(Buffer.from(claims as string, 'base64url').toString()) as {
		custom_data?: unknown;
		exp?: number;
	};
	if (!(Number(payload.exp) * 1000 > account.now())) throw badRequest('signed_data is expired');
	return readBody(customData, payload.custom_data);
}

/** Links running sessions to end users; the same update twice in a short time is refused. */
export class EndUserUpdates {
	private readonly latest = new Map<string, { body: string; at: number }>();

	constructor(private readonly account: Account) {}

	/** POST end_user. */
	update(view: SessionView, body: unknown): { message: string } {
		const { account } = this;
		const { identifier, name, email, phone } = readEndUserChange(body);
		refuseEnded(view);
		this.refuseDuplicate(view, JSON.stringify(body));
		const { session } = view;
		const number = session.number ?? (phone === undefined ? null : phone);
		if (phone !== undefined && phoneDigits(phone) === undefined) throw badRequest('phone is invalid');
		session.number = number;
		const known = account.endUserByKey(identifier);
		const user = account.putEndUser({
			identifier,
			...(name === undefined ? {} : { name }),
			...(email === undefined ? {} : { email }),
			...(known?.phone ? {} : { phone: number }),
		});
		view.setEndUser(user.id);
		account.carryOut(`${view.kind}.updateEndUser`, { id: session.id, identifier });
		return { message: 'accepted' };
	}

	private refuseDuplicate(view: SessionView, body: string): void {
		const { account, latest } = this;
		const now = account.now();
		for (const [key, { at }] of latest) if (now - at >= account.settings.pace.duplicateMs) latest.delete(key);
		const key = `${view.kind} ${view.session.id}`;
		if (latest.get(key)?.body === body) throw badRequest('Duplicate request: Please wait for the interval to expire');
		latest.set(key, { body, at: now });
	}
}

function readEndUserChange(body: unknown): z.infer<typeof endUserChange> {
	if (!(body as { identifier?: unknown } | undefined)?.identifier)
		throw badRequest('param is missing or the value is empty: identifier');
	return readBody(endUserChange, body);
}

function refuseEnded(view: SessionView): void {
	if (view.ended) throw badRequest(`${view.kind === 'call' ? 'Call' : 'Chat'} is already ended`);
}
