import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { parseJson } from '../data/json';
import type { Delivery, PushDefinition, PushSender } from '../definition/push';
import { systemClock } from '../time/clock';
import { AnsweredDeliveries } from './answeredDeliveries';
import { chosenSender, readInstantChoices } from './choices';
import { triggerOf } from './deduplication';
import { findRejection } from './authentication';
import type { Rejection } from './authentication';
import { eventsIn, keyOf } from './pushedEvent';
import type { PushedEvent } from './pushedEvent';
import { secretsOf } from './secretCache';

/** Nothing more to send, no execution. */
const answered: IWebhookResponseData = { noWebhookResponse: true };

/**
 * Takes one request of the vendor: checks its authentication, finds the wanted events, and hands them to an execution.
 * n8n answers 200 with an empty body as soon as the execution is stored; the work follows (`emitEvents.ts`).
 * A request that is not authenticated gets 401 (403 when the credential holds no secret) and starts nothing.
 */
export async function receivePush(
	context: IWebhookFunctions,
	definition: PushDefinition,
): Promise<IWebhookResponseData> {
	const read = (name: string) => context.getNodeParameter(name, null);
	const sender = chosenSender(definition, read);
	const delivery = await readDelivery(context);
	const doubt = await rejectionOf(context, definition, sender, delivery);
	if (doubt !== undefined) return refuse(context, sender, doubt);
	if (isHealthCheck(context, definition, delivery)) return answer(context, 200, definition.health);
	// Not before the request is authenticated: a choice that is no good makes n8n show a failed execution, which no stranger may cause.
	const { wanted } = readInstantChoices(context.getNode(), definition, read);
	// Proven, and still not readable: 400 tells the vendor that sending it again does not help.
	const events = sender.notices(delivery)?.flatMap((notice) => eventsIn(sender, notice, wanted));
	if (events === undefined) return answer(context, 400);
	const repeats = new AnsweredDeliveries(triggerOf(context));
	const isTest = context.getMode() === 'manual';
	const fresh = isTest ? events : events.filter((event) => !repeats.has(keyOf(event) ?? ''));
	if (fresh.length === 0) return answer(context, 200);
	if (!isTest) rememberWhenAnswered(context, repeats, fresh);
	return { workflowData: [fresh.map(toItem)] };
}

/** An execution's items carry the event in a form that only `emitEvents.ts` reads. */
function toItem(event: PushedEvent): INodeExecutionData {
	return { json: { ...event } as unknown as IDataObject };
}

async function readDelivery(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject() as unknown as { rawBody?: Buffer; readRawBody?: () => Promise<void> };
	// From version 2 of a node on, n8n leaves a body of another type than JSON, text or form unread.
	if (request.rawBody === undefined) await request.readRawBody?.().catch(() => undefined);
	const rawBody = Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
	return {
		headers: context.getHeaderData() as Delivery['headers'],
		query: (context.getQueryData() ?? {}) as IDataObject,
		rawBody,
		body: bodyOf(context.getBodyData(), rawBody),
	};
}

/** The body as n8n read it; where n8n read nothing, for want of a content type that it knows, as JSON. */
function bodyOf(parsed: unknown, rawBody: Buffer): IDataObject {
	if (typeof parsed === 'object' && parsed !== null && Object.keys(parsed).length > 0) return parsed as IDataObject;
	const read = parseJson(rawBody.toString('utf8'));
	return typeof read === 'object' && read !== null ? (read as IDataObject) : {};
}

/** A vendor that asks whether the address lives authenticates nothing and gets no more than that it does. */
function isHealthCheck(context: IWebhookFunctions, definition: PushDefinition, { rawBody }: Delivery): boolean {
	return definition.health !== undefined && context.getRequestObject().method === 'GET' && rawBody.length === 0;
}

async function rejectionOf(
	context: IWebhookFunctions,
	definition: PushDefinition,
	sender: PushSender,
	delivery: Delivery,
): Promise<Rejection | undefined> {
	if (isHealthCheck(context, definition, delivery)) return undefined;
	const secrets = await readSecrets(context, definition);
	const { senderField } = definition;
	if (secrets === undefined || (senderField !== undefined && secrets[senderField] !== sender.value)) {
		return 'no secret in the credential';
	}
	return findRejection(sender.authentication, delivery, secrets, systemClock.now());
}

/** In the editor's test a credential that was just changed counts at once. */
async function readSecrets(
	context: IWebhookFunctions,
	{ credentialType }: PushDefinition,
): Promise<IDataObject | undefined> {
	const read = async () => await context.getCredentials<IDataObject>(credentialType).catch(() => undefined);
	const id = context.getNode().credentials?.[credentialType]?.id;
	if (context.getMode() === 'manual' || id === undefined || id === null) return await read();
	return await secretsOf(`${triggerOf(context)} ${id}`, read, systemClock.now());
}

function refuse(context: IWebhookFunctions, sender: PushSender, doubt: Rejection): IWebhookResponseData {
	// Neither what was sent nor who sent it: both may be private.
	context.logger.warn('Instant trigger refused a request', { node: context.getNode().name, reason: doubt });
	if (doubt === 'no secret in the credential') return answer(context, 403);
	const challenge: Record<string, string> =
		sender.authentication.kind === 'basic' ? { 'www-authenticate': 'Basic realm="Webhook"' } : {};
	return answer(context, 401, undefined, challenge);
}

function answer(
	context: IWebhookFunctions,
	status: number,
	body?: IDataObject,
	headers: Record<string, string> = {},
): IWebhookResponseData {
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
	response.status(status);
	if (body === undefined) response.end();
	else response.json(body);
	return answered;
}

/** Not before: a vendor that gets no 2xx sends again, and then the event must not look like a repeat. */
function rememberWhenAnswered(context: IWebhookFunctions, repeats: AnsweredDeliveries, events: PushedEvent[]): void {
	const response = context.getResponseObject();
	const keys = events.flatMap((event) => keyOf(event) ?? []);
	response.once('finish', () => {
		if (response.statusCode >= 200 && response.statusCode < 300) repeats.add(keys);
	});
}
