// Stands in for the REST API of Salesforce as far as n8n's Salesforce node uses it for leads: query, pages of a query, update.
// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm
import { type Recorder, type RecorderAnswer, startRecorder } from '../support/recorder';

const BASE = '/services/data/v59.0';
const ROWS_OF_A_PAGE = 2;

/** A lead as Salesforce keeps it. */
export interface SalesforceLead {
	Id: string;
	Status: string;
	[field: string]: string | null;
}

/** A running stand-in. Whoever starts it closes it. */
export interface SalesforceStandIn {
	/** Fields of n8n's Salesforce OAuth2 credential after a person has signed in. */
	credentialData: Record<string, unknown>;
	leads: SalesforceLead[];
	/** Updates in the order in which they were carried out. */
	updates: Array<{ id: string } & Record<string, unknown>>;
	/** True: every request is answered with 503. */
	isDown: boolean;
	close(): Promise<void>;
}

/** Starts a stand-in with these leads on a free loopback port. */
export async function startSalesforce(leads: SalesforceLead[]): Promise<SalesforceStandIn> {
	const token = 'access-token-of-salesforce';
	const pages = new Map<string, SalesforceLead[]>();
	const page = (rows: SalesforceLead[], total: number): RecorderAnswer => {
		const rest = rows.slice(ROWS_OF_A_PAGE);
		const next = `01g000000000${pages.size + 1}`;
		if (rest.length > 0) pages.set(next, rest);
		const records = rows.slice(0, ROWS_OF_A_PAGE).map((row) => ({
			attributes: { type: 'Lead', url: `${BASE}/sobjects/Lead/${row.Id}` },
			...row,
		}));
		const more = rest.length > 0 ? { nextRecordsUrl: `${BASE}/query/${next}` } : {};
		return { body: { totalSize: total, done: rest.length === 0, ...more, records } };
	};
	const query = (soql: string): RecorderAnswer => {
		const [, fields = '', status] = /^SELECT (.+?) FROM Lead WHERE Status = '([^']*)'\s*$/i.exec(soql) ?? [];
		if (status === undefined) return refusal(400, 'MALFORMED_QUERY', `unexpected token: ${soql}`);
		const names = fields.split(',').map((name) => name.trim());
		const found = standIn.leads.filter((lead) => lead.Status === status);
		const selected = found.map((lead) => Object.fromEntries(names.map((name) => [name, lead[name] ?? null])));
		return page(selected as unknown as SalesforceLead[], found.length);
	};
	const update = (id: string, fields: Record<string, string>): RecorderAnswer => {
		const lead = standIn.leads.find((candidate) => candidate.Id === id);
		if (lead === undefined) return refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
		Object.assign(lead, fields);
		standIn.updates.push({ id, ...fields });
		return { status: 204, body: '' };
	};
	const recorder: Recorder = await startRecorder(({ method, path, query: text, headers, body }) => {
		if (standIn.isDown) return refusal(503, 'SERVER_UNAVAILABLE', 'Salesforce is down for maintenance');
		if (headers.authorization !== `Bearer ${token}`) return refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
		const [, next] = new RegExp(`^${BASE}/query/(.+)$`).exec(path) ?? [];
		if (next !== undefined) return page(pages.get(next) ?? [], standIn.leads.length);
		if (method === 'GET' && path === `${BASE}/query`) return query(new URLSearchParams(text).get('q') ?? '');
		const [, id] = new RegExp(`^${BASE}/sobjects/lead/(\\w+)$`, 'i').exec(path) ?? [];
		if (method === 'PATCH' && id !== undefined) {
			return update(id, JSON.parse(body.toString('utf8')) as Record<string, string>);
		}
		return refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
	});
	const standIn: SalesforceStandIn = {
		credentialData: {
			environment: 'production',
			clientId: 'client',
			clientSecret: 'client-secret',
			oauthTokenData: { access_token: token, token_type: 'Bearer', instance_url: recorder.origin },
		},
		leads,
		updates: [],
		isDown: false,
		close: async () => await recorder.close(),
	};
	return standIn;
}

function refusal(status: number, errorCode: string, message: string): RecorderAnswer {
	return { status, body: [{ message, errorCode }] };
}
