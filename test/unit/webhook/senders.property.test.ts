// How each vendor authenticates its requests, and its notices, with whatever anyone may send.
import * as crypto from 'crypto';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { iAdvizePush } from '../../../nodes/IAdvize/push';
import { liveAgentPush } from '../../../nodes/LiveAgent/push';
import type { Delivery, PushSender } from '../../../nodes/shared/definition/push';
import { findRejection } from '../../../nodes/shared/webhook/authentication';
import { eventsIn, keysOf } from '../../../nodes/shared/webhook/pushedEvent';
import { ujetPush } from '../../../nodes/Ujet/push';
import { runs } from '../../support/runs';

const [sessionEvents, chatWebhooks] = ujetPush.senders;
const [webhooks] = iAdvizePush.senders;
const [rules] = liveAgentPush.senders;
const now = Date.UTC(2026, 4, 15, 10);
const numRuns = runs(500, 20_000);

const secret = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== '');
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const hmac = (key: string, ...parts: Array<string | Buffer>) => {
	const digest = crypto.createHmac('sha256', key);
	for (const part of parts) digest.update(part);
	return digest;
};
const delivery = (headers: Delivery['headers'], rawBody = Buffer.alloc(0)): Delivery => ({
	headers,
	query: {},
	rawBody,
	body: undefined,
});

/** A request that is authenticated, and the credential that knows it. */
interface Proven {
	sent: Delivery;
	secrets: IDataObject;
}

const provenChat = fc.record({ key: secret, body: bytes }).map(({ key, body }): Proven => {
	const time = new Date(now).toISOString();
	const signature = hmac(key, time, body).digest('base64');
	const headers = { 'x-signature': `primary=${signature}`, 'x-signature-timestamp': time };
	return { sent: delivery(headers, body), secrets: { primarySecret: key, secondarySecret: '', maximumAge: 60 } };
});
const provenWebhook = fc.record({ key: secret, body: bytes }).map(({ key, body }): Proven => {
	const headers = { 'x-iadvize-signature': `sha256=${hmac(key, body).digest('hex')}` };
	return { sent: delivery(headers, body), secrets: { secret: key } };
});
const provenSession = fc.record({ username: secret, password: secret }).map((secrets): Proven => {
	const encoded = Buffer.from(`${secrets.username}:${secrets.password}`).toString('base64');
	return { sent: delivery({ authorization: `Basic ${encoded}` }), secrets };
});
const provenRule = secret.map((token): Proven => ({ sent: { ...delivery({}), query: { token } }, secrets: { token } }));

/** Another text that differs in one character, and not only in its case. */
const changed = (text: string, place: number, character: string): string => {
	const index = place % text.length;
	const other = text[index].toLowerCase() === character.toLowerCase() ? (character === 'x' ? 'y' : 'x') : character;
	return text.slice(0, index) + other + text.slice(index + 1);
};

const change = fc.record({ place: fc.nat(1_000), character: fc.constantFrom(...'abcxyzABC0123456789+/=!') });

function checkRefused<T extends Proven>(
	sender: PushSender,
	proven: fc.Arbitrary<T>,
	alter: (proven: T, place: number, character: string) => Proven,
): void {
	fc.assert(
		fc.property(proven, change, (request, { place, character }) => {
			expect(findRejection(sender.authentication, request.sent, request.secrets, now)).toBeUndefined();
			const { sent, secrets } = alter(request, place, character);
			expect(findRejection(sender.authentication, sent, secrets, now)).toBeDefined();
		}),
		{ numRuns },
	);
}

const withBody = ({ sent, secrets }: Proven, place: number): Proven => {
	const rawBody = sent.rawBody.length === 0 ? Buffer.from([1]) : Buffer.from(sent.rawBody);
	if (sent.rawBody.length > 0) rawBody[place % rawBody.length] ^= 1 + (place % 255);
	return { sent: { ...sent, rawBody }, secrets };
};
const withHeader =
	(name: string, start = 0) =>
	({ sent, secrets }: Proven, place: number, character: string): Proven => {
		const value = String(sent.headers[name]);
		const altered = value.slice(0, start) + changed(value.slice(start), place, character);
		return { sent: { ...sent, headers: { ...sent.headers, [name]: altered } }, secrets };
	};
const withSecret =
	(name: string) =>
	({ sent, secrets }: Proven, place: number, character: string): Proven => ({
		sent,
		secrets: { ...secrets, [name]: changed(String(secrets[name]), place, character) },
	});

describe('a change of one byte is refused', () => {
	test.each<[string, PushSender, fc.Arbitrary<Proven>, (proven: Proven, place: number, character: string) => Proven]>([
		['the body of a UJET chat notice', chatWebhooks, provenChat, withBody],
		['its signature', chatWebhooks, provenChat, withHeader('x-signature', 'primary='.length)],
		['its time', chatWebhooks, provenChat, withHeader('x-signature-timestamp')],
		['its secret', chatWebhooks, provenChat, withSecret('primarySecret')],
		['the body of an iAdvize notice', webhooks, provenWebhook, withBody],
		['its signature', webhooks, provenWebhook, withHeader('x-iadvize-signature', 'sha256='.length)],
		['its token', webhooks, provenWebhook, withSecret('secret')],
		['the user name of UJET session events', sessionEvents, provenSession, withSecret('username')],
		['their password', sessionEvents, provenSession, withSecret('password')],
		['the token of a LiveAgent rule', rules, provenRule, withSecret('token')],
	])('%s', (_name, sender, proven, alter) => {
		checkRefused(sender, proven, alter);
	});
});

describe('while secrets are exchanged', () => {
	test('either of two secrets is enough on either side, and no third one is', () => {
		const four = fc.uniqueArray(secret, { minLength: 4, maxLength: 4 });
		fc.assert(
			fc.property(four, bytes, ([first, second, third, fourth], body) => {
				const sign = (key: string) => hmac(key, 'now', body).digest('base64');
				const doubt = (sent: string[]) => {
					const signatures = sent.map((key, index) => `${index === 0 ? 'primary' : 'secondary'}=${sign(key)}`).join(' ');
					const headers = { 'x-signature': signatures, 'x-signature-timestamp': 'now' };
					const secrets = { primarySecret: first, secondarySecret: second };
					return findRejection(chatWebhooks.authentication, delivery(headers, body), secrets, now);
				};
				const accepted = [[first], [second], [first, second], [second, first], [third, first], [second, third]];
				for (const sent of accepted) expect(doubt(sent)).toBeUndefined();
				for (const sent of [[third], [third, fourth]]) expect(doubt(sent)).toBe('wrong authentication');
			}),
			{ numRuns },
		);
	});
});

describe('every pair is compared, in constant time', () => {
	const compare = jest.spyOn(jest.requireActual<typeof crypto>('crypto'), 'timingSafeEqual');
	beforeEach(() => compare.mockClear());
	afterAll(() => compare.mockRestore());

	test.each([
		['the right password', 'right'],
		['a wrong one', 'wrong'],
		['an empty one', ''],
		['a long one', 'right'.repeat(1_000)],
	])('%s', (_name, password) => {
		const headers = { authorization: `Basic ${Buffer.from(`n8n:${password}`).toString('base64')}` };
		findRejection(sessionEvents.authentication, delivery(headers), { username: 'n8n', password: 'right' }, now);
		expect(compare.mock.calls.map(([one, other]) => [one.byteLength, other.byteLength])).toEqual([[32, 32]]);
	});

	test('two signatures against two secrets, also when the first pair is right', () => {
		const signature = hmac('first', 'now').digest('base64');
		const headers = { 'x-signature': `primary=${signature} secondary=${signature}`, 'x-signature-timestamp': 'now' };
		const secrets = { primarySecret: 'first', secondarySecret: 'second' };
		expect(findRejection(chatWebhooks.authentication, delivery(headers), secrets, now)).toBeUndefined();
		expect(compare).toHaveBeenCalledTimes(4);
	});
});

/** JSON that looks like a notice here and there. */
const known = [
	...['event_id', 'timestamp', 'item', 'events', 'call_id', 'chat_id', 'state', 'participants', 'type', 'id', 'name'],
	...['event_type', 'body', 'sender', 'message', 'content', 'eventType', 'eventId', 'conversationId', 'operatorIds'],
	...['channel', 'event', 'conversationid', 'token', '__proto__', 'queue_path_names'],
];
const words = ['connected', 'disconnected', 'agent', 'message_received', 'chat_created', 'v2.conversation.pushed', 'messageAdded'];
const { value: anyJson } = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: 'medium' },
		fc.constantFrom(null, true, 0, -1, 88412, '', ...words),
		fc.string(),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.array(fc.tuple(fc.constantFrom(...known), tie('value')), { maxLength: 6 }).map((entries) =>
			Object.fromEntries(entries),
		),
	),
}));

/** The shape of each sender's notices with anything in its places. */
const anySession = fc.record({
	event_id: anyJson,
	timestamp: anyJson,
	item: fc.record({
		call_id: fc.constantFrom(88412, '88412'),
		state: fc.constantFrom('connected', 'disconnected'),
		participants: fc.oneof(anyJson, fc.array(fc.oneof(anyJson, fc.record({ type: fc.constant('agent'), state: anyJson })))),
		queue_path_names: anyJson,
	}),
});
const anyChat = fc.record({
	event_type: fc.constantFrom('message_received', 'chat_created'),
	chat_id: anyJson,
	timestamp: anyJson,
	body: fc.oneof(anyJson, fc.record({ sender: anyJson, message: fc.oneof(anyJson, fc.record({ content: anyJson })) })),
});
const anyConversation = fc.record({
	eventType: fc.constantFrom('v2.conversation.pushed', 'v2.conversation.closed', 'transaction.attributed'),
	eventId: anyJson,
	conversationId: anyJson,
	operatorIds: anyJson,
	channel: anyJson,
});
const anyNotice = fc.oneof(anyJson, anySession, anyChat, anyConversation, fc.record({ events: fc.array(anySession) }));

describe('a proven request may hold anything', () => {
	test.each([
		['UJET session events', sessionEvents],
		['UJET chat webhooks', chatWebhooks],
		['iAdvize webhooks', webhooks],
		['LiveAgent rules', rules],
	])('%s: it is read or refused, and no notice makes the reading fail', (_name, sender) => {
		const wanted = { values: sender.events.map(({ value }) => value), unknown: true };
		fc.assert(
			fc.property(anyNotice, (body) => {
				const notices = sender.notices({ ...delivery({}), body });
				for (const notice of notices ?? []) {
					for (const found of eventsIn(sender, notice, wanted)) {
						for (const key of keysOf(found)) expect(typeof key).toBe('string');
						const event = sender.events.find(({ value }) => value === found.event);
						if (event !== undefined) expect(typeof event.row(notice)).toBe('object');
					}
				}
			}),
			{ numRuns: 4 * numRuns },
		);
	});
});
