import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Chat, Email } from './account';
import { addDoNotCall, checkDoNotCall, removeDoNotCall } from './doNotCall';
import type { ListAnswer } from './lists';
import { badRequest, found, notFound } from './problem';
import { operationStatus, queueStatus, setShutdown, waitTimes } from './queues';
import type { SettingsFile } from './queueSettings';
import { queryText, readBody, text, whole, type Query } from './read';
import { changeFlags, putCustomData, type SessionView } from './sessions';
import { photoRule, videoRule } from './storage';
import { showMedia } from './chats';
import type { Tenant } from './tenant';
import { listUsers } from './users';

/** Base path of the Apps API. */
export const appsPath = '/apps/api/v1';

type Parameters = Record<string, string>;

const parameter = (request: FastifyRequest, name: string): string => (request.params as Parameters)[name] ?? '';
const queryOf = (request: FastifyRequest): Query => request.query as Query;

/** Adds every operation of the Apps API. */
export function addAppsRoutes(app: FastifyInstance, tenant: Tenant): void {
	addCallRoutes(app, tenant);
	addChatRoutes(app, tenant);
	addChatMediaRoutes(app, tenant);
	addSessionRoutes(app, '/calls', (id) => tenant.calls.view(found(tenant.account.calls.get(id))), tenant);
	addSessionRoutes(app, '/chats', (id) => tenant.chats.view(tenant.chats.chat(id)), tenant);
	addCampaignRoutes(app, tenant);
	addAgentRoutes(app, tenant);
	addEndUserRoutes(app, tenant);
	addQueueRoutes(app, tenant);
	addQueueSettingsRoutes(app, tenant);
	addContactListRoutes(app, tenant);
	addBulkUserRoutes(app, tenant);
	addEmailRoutes(app, tenant);
}

/** Sends a list with its headers. */
export function sendList(reply: FastifyReply, { rows, headers }: ListAnswer): FastifyReply {
	return reply.headers(headers).send(rows);
}

function sendFile(reply: FastifyReply, { contentType, content }: SettingsFile): FastifyReply {
	return reply.header('content-type', contentType).send(content);
}

function addCallRoutes(app: FastifyInstance, { account, calls, chats, origin }: Tenant): void {
	app.post('/calls', async (request, reply) => {
		const { status, body } = calls.create(request.body);
		return body === undefined ? reply.code(status).send() : reply.code(status).send(body);
	});
	app.patch('/calls/scheduled/:id/cancel', async (request) => calls.cancelScheduled(parameter(request, 'id')));
	app.patch('/calls/scheduled/cancel', async (request, reply) => {
		const jobId = calls.cancelManyScheduled(request.body);
		return await reply.code(202).header('location', `${origin()}${appsPath}/calls/scheduled/jobs/${jobId}`).send();
	});
	app.put('/calls/add/:id/dial', async (request) => calls.dialThirdParty(parameter(request, 'id'), request.body));
	app.post('/sms', async (request) => chats.sendSms(request.body));
	app.post('/sessionless_sms', async (request) => chats.sendSessionless(request.body));
	app.post('/outbound_dialer/dnc', async (request) => addDoNotCall(account, request.body));
	const { doNotCallCheck } = account.settings;
	const checkPath = { dnc: '/outbound_dialer/dnc', check: '/outbound_dialer/dnc/check' };
	if (doNotCallCheck !== 'none') {
		app.get(checkPath[doNotCallCheck], async (request) => checkDoNotCall(account, queryOf(request)));
	}
	app.post('/outbound_dialer/dnc/remove', async (request) => removeDoNotCall(account, request.body));
	app.post('/crm/contact_data', async (request) => {
		const data = readBody(z.object({ call_id: z.string().optional() }).passthrough(), request.body);
		account.carryOut('contactData.create', data);
		return { message: 'accepted' };
	});
	app.post('/cobrowse_sessions/:id/end', async (request) => {
		const id = parameter(request, 'id');
		const running = found(account.cobrowseSessions.get(id));
		if (!running) throw badRequest('Session is already ended');
		account.cobrowseSessions.set(id, false);
		account.carryOut('cobrowseSession.end', { id });
		return { message: 'Session terminated' };
	});
}

function addSessionRoutes(
	app: FastifyInstance,
	path: '/calls' | '/chats',
	viewOf: (id: string) => SessionView,
	tenant: Tenant,
): void {
	const { account, endUserUpdates } = tenant;
	const view = (request: FastifyRequest): SessionView => viewOf(parameter(request, 'id'));
	app.get(`${path}/:id/customer_flag`, async (request) => ({ ...view(request).session.flags }));
	app.patch(`${path}/:id/customer_flag`, async (request) => {
		const session = view(request);
		return changeFlags(account, session, request.body, `${session.kind}.updateCustomerFlag`);
	});
	app.post(`${path}/:id/customer_flag`, async (request) => {
		const session = view(request);
		return changeFlags(account, session, request.body, `${session.kind}.setCustomerFlag`);
	});
	app.post(`${path}/:id/custom_data`, async (request) => putCustomData(account, view(request), request.body));
	app.post(`${path}/:id/end_user`, async (request, reply) =>
		reply.code(202).send(endUserUpdates.update(view(request), request.body)),
	);
}

function addChatRoutes(app: FastifyInstance, { chats }: Tenant): void {
	const chat = (request: FastifyRequest): Chat => chats.chat(parameter(request, 'id'));
	app.post('/chats', async (request) => chats.create(request.body));
	app.get('/chats/:id', async (request) => chats.show(chat(request)));
	app.patch('/chats/:id', async (request) => chats.update(chat(request), request.body));
	app.post('/chats/:id/resume', async (request) => chats.resume(chat(request)));
	app.post('/chats/:id/message', async (request) => chats.sendMessage(chat(request), request.body));
	app.post('/chats/:id/escalations', async (request) => chats.escalate(chat(request), request.body));
	app.patch('/chats/:id/escalations/:escalation', async (request) =>
		chats.updateEscalation(chat(request), parameter(request, 'escalation'), request.body),
	);
}

function addChatMediaRoutes(app: FastifyInstance, { chats }: Tenant): void {
	const chat = (request: FastifyRequest): Chat => chats.chat(parameter(request, 'id'));
	app.post('/chats/:id/photos/upload', async (request) => chats.uploadAddress(chat(request), photoRule));
	app.post('/chats/:id/videos/upload', async (request) => chats.uploadAddress(chat(request), videoRule));
	app.post('/chats/:id/photos', async (request) => chats.addPhotos(chat(request), request.body));
	app.post('/chats/:id/videos', async (request) => chats.addVideo(chat(request), request.body));
	app.get('/chats/:id/photos', async (request) => chat(request).photos.map(showMedia));
	app.get('/chats/:id/videos', async (request) => chat(request).videos.map(showMedia));
	app.get('/chats/:id/media/:media', async (request, reply) => {
		const { content } = chats.media(chat(request), parameter(request, 'media'));
		return reply.header('content-type', 'application/octet-stream').send(content);
	});
}

function addCampaignRoutes(app: FastifyInstance, { campaigns }: Tenant): void {
	const base = '/outbound_dialer/campaigns/:campaign';
	const campaign = (request: FastifyRequest): ReturnType<typeof campaigns.campaign> =>
		campaigns.campaign(parameter(request, 'campaign'));
	app.post(`${base}/contacts`, async (request) => campaigns.create(campaign(request), request.body));
	app.get(`${base}/contacts`, async (request) =>
		campaign(request)
			.contacts.list()
			.map(({ row }) => row),
	);
	app.post(`${base}/contacts/import`, async (request, reply) =>
		reply.code(202).send(campaigns.startImport(campaign(request), request.body)),
	);
	app.get(`${base}/contacts/jobs`, async (request) => campaigns.jobsOf(campaign(request)));
	app.get(`${base}/contacts/jobs/:job`, async (request) => campaigns.job(campaign(request), parameter(request, 'job')));
	app.patch(`${base}/contact`, async (request) => campaigns.update(campaign(request), request.body));
	app.delete(`${base}/contact`, async (request) => campaigns.remove(campaign(request), request.body));
}

function addAgentRoutes(app: FastifyInstance, { account, agents, lists, origin }: Tenant): void {
	app.post('/agent_statuses', async (request) => agents.update(request.body));
	app.post('/agent_statuses/force_logout', async (request, reply) => {
		const answer = agents.forceLogout(request.body);
		if (Array.isArray(answer)) return answer;
		return await reply.code(202).send(answer);
	});
	app.get('/agent_statuses/jobs/:id', async (request) => agents.logoutJob(Number(parameter(request, 'id'))));
	app.get('/users', async (request, reply) =>
		sendList(reply, listUsers(account, lists, queryOf(request), `${origin()}${appsPath}/users`, account.settings.formerUserPages)),
	);
}

function addEndUserRoutes(app: FastifyInstance, { account }: Tenant): void {
	const upsert = z.object({
		identifier: text,
		email: z.string().email().optional(),
		name: z.string().optional(),
		phone: z.string().optional(),
	});
	app.post('/end_users', async (request) => {
		const user = account.putEndUser(readBody(upsert, request.body));
		account.carryOut('endUser.upsert', request.body);
		return { id: user.id, identifier: user.identifier };
	});
	app.get('/end_users', async (request) => {
		const id = queryText(queryOf(request), 'id');
		const identifier = queryText(queryOf(request), 'identifier');
		if ((id === undefined) === (identifier === undefined)) throw badRequest('Either id or identifier is required');
		const user = found(id === undefined ? account.endUserByKey(identifier as string) : account.endUsers.get(id));
		return { id: user.id, identifier: user.identifier };
	});
}

function addQueueRoutes(app: FastifyInstance, { account }: Tenant): void {
	app.get('/wait_times', async (request) => waitTimes(account, queryOf(request)));
	app.get('/queue_operation_statuses', async (request) => operationStatus(account, queryOf(request)));
	app.get('/queues/status', async (request) => queueStatus(account, queryOf(request)));
	app.post('/menus/shutdown', async (request) => setShutdown(account, request.body));
}

function addQueueSettingsRoutes(app: FastifyInstance, { queueSettings }: Tenant): void {
	app.get('/queues/export', async (request, reply) => sendFile(reply, queueSettings.export(queryOf(request))));
	app.get('/queues/version_histories', async () => queueSettings.list());
	app.post('/queues/version_histories', async (request) => queueSettings.save(request.body));
	app.get('/queues/version_histories/:id', async (request) => queueSettings.get(parameter(request, 'id')));
	app.get('/queues/version_histories/:id/download', async (request, reply) =>
		sendFile(reply, queueSettings.download(parameter(request, 'id'))),
	);
	app.post('/queues/import', async (request, reply) => reply.code(202).send(queueSettings.import(request.body)));
	app.post('/queues/restore', async (request, reply) => reply.code(202).send(queueSettings.restore(request.body)));
}

function addContactListRoutes(app: FastifyInstance, { contactLists }: Tenant): void {
	app.post('/contact_lists', async (request, reply) => reply.code(201).send(contactLists.create(request.body)));
	app.patch('/contact_lists/:list', async (request) => contactLists.update(parameter(request, 'list'), request.body));
	app.delete('/contact_lists/:list', async (request, reply) => {
		contactLists.remove(parameter(request, 'list'));
		return await reply.code(204).send();
	});
	app.post('/contact_lists/:list/contacts', async (request, reply) =>
		reply.code(201).send(contactLists.createContact(parameter(request, 'list'), request.body)),
	);
	app.patch('/contact_lists/:list/contacts/:id', async (request) =>
		contactLists.updateContact(parameter(request, 'list'), parameter(request, 'id'), request.body),
	);
	app.delete('/contact_lists/:list/contacts/:id', async (request, reply) => {
		contactLists.removeContact(parameter(request, 'list'), parameter(request, 'id'));
		return await reply.code(204).send();
	});
}

function addBulkUserRoutes(app: FastifyInstance, { bulkUsers, origin }: Tenant): void {
	// The vendor's links do not lead to the documented job path.
	const linkOf = (id: number): string => `${origin()}${appsPath}/bulk/users_jobs/${id}`;
	const sendJob = (reply: FastifyReply, { id, status }: { id: number; status: string }): FastifyReply =>
		reply.header('link', linkOf(id)).send({ id, status, link: linkOf(id) });
	app.post('/bulk/users/upload', async (request, reply) => sendJob(reply, bulkUsers.upload(request.body)));
	app.put('/bulk/users/upload', async (request, reply) => sendJob(reply, bulkUsers.replaceFile(request.body)));
	app.post('/bulk/users/proceed', async (request, reply) => sendJob(reply, bulkUsers.proceed(request.body)));
	app.get('/bulk/users/template', async () => bulkUsers.template());
	app.get('/bulk/users/jobs', async (request, reply) =>
		sendList(reply, bulkUsers.list(queryOf(request), `${origin()}${appsPath}/bulk/users/jobs`)),
	);
	app.get('/bulk/users/jobs/:id', async (request) => bulkUsers.job(parameter(request, 'id')));
	app.get('/bulk/users/errors/scheme/:id', async (request) => bulkUsers.job(parameter(request, 'id')).scheme_errors);
	app.get('/bulk/users/errors/update/:id', async (request) => bulkUsers.job(parameter(request, 'id')).update_errors);
}

function addEmailRoutes(app: FastifyInstance, { account }: Tenant): void {
	app.get('/email/sessions/:id', async (request) =>
		showEmailSession(found(account.emails.get(parameter(request, 'id')))),
	);
	app.get('/email/messages/:id', async (request) => {
		const id = whole.safeParse(Number(parameter(request, 'id'))).data;
		const message = account.emails
			.list()
			.flatMap(({ messages }) => messages)
			.find((one) => one.id === id);
		if (!message) throw notFound();
		const { id: email_thread_id, attachments, ...fields } = message;
		return {
			email_thread_id,
			...fields,
			attachment_count: attachments.length,
			email_attachments: attachments.map((attachment) => ({ ...attachment, url: null })),
		};
	});
}

function showEmailSession({ row }: Email): unknown {
	return {
		email_support_id: row.id,
		status: row.email_status,
		email_account_id: 2,
		total_thread_numbers: row.total_thread_numbers,
		created_at: row.created_at,
		updated_at: row.updated_at,
		email_threads: row.email_threads
			.filter(({ is_draft }) => !is_draft)
			.map(({ id, direction, created_at }) => ({
				email_thread_id: id,
				message_id: `<${id}@example.com>`,
				received_at: created_at,
				direction,
			})),
	};
}
