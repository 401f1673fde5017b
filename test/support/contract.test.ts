import { join } from 'node:path';

import { findOperation, listOperations, loadContract, validateRequest } from './contract';
import type { RecordedRequest } from './recorder';

const contractFile = (name: string) => join(__dirname, `../contracts/${name}.openapi.yaml`);
const iadvize = loadContract(contractFile('iadvize'));
const ujet = loadContract(contractFile('ujet-apps'));

/** A request of the iAdvize API with a key; `target` is path and query. */
function createRequest(
	method: string,
	target: string,
	{ body = '', ...headers }: Record<string, string | Buffer> = {},
): RecordedRequest {
	const [path, query = ''] = target.split('?');
	const credentials = path.startsWith('/apps') ? { authorization: 'Basic eDp5' } : { 'x-api-key': 'key' };
	return { method, path, query, headers: { ...credentials, ...(headers as object) }, body: Buffer.from(body) };
}

const formType = { 'content-type': 'application/x-www-form-urlencoded' };
const jsonType = { 'content-type': 'application/json' };

describe('reading a contract', () => {
	it('lists operations and takes base paths from the servers', () => {
		expect(iadvize.basePaths).toEqual(['/api/2']);
		expect(loadContract(contractFile('liveagent')).basePaths).toEqual(['/api']);
		expect(listOperations(iadvize)).toContainEqual({
			method: 'GET',
			path: '/operator/{operatorId}',
			operationId: 'operator.get',
		});
	});

	it('prefers a written-out path to a template', () => {
		const operations = listOperations(ujet).filter(({ path }) => !path.includes('{'));
		for (const { method, path, operationId } of operations) {
			expect(findOperation(ujet, { method, path: `/apps/api/v1${path}` })?.operationId).toBe(operationId);
		}
	});
});

describe('good requests', () => {
	it.each<[string, RecordedRequest]>([
		['filters in brackets', createRequest('GET', '/api/2/operator?filters[group_id]=1984&filters[name]=*park*&page=2')],
		['percent-encoded brackets', createRequest('GET', '/api/2/operator?filters%5Bgroup_id%5D=1984')],
		['a comma list', createRequest('GET', '/api/2/operator?filters[website_list]=5511,5512')],
		['a percent-encoded comma list', createRequest('GET', '/api/2/operator?filters[website_list]=5511%2C5512')],
		[
			'a form with repeated names',
			createRequest('POST', '/api/2/operator', {
				...formType,
				body: 'name=Park&roles%5B%5D=operator&language_list[]=fr&language_list[]=en&website_list[]=5511&chat_enabled=1',
			}),
		],
		[
			'a form with one bracket name',
			createRequest('PUT', '/api/2/operator/456/live', { ...formType, body: 'chat[available]=1' }),
		],
	])('pass: %s', async (_name, request) => {
		expect(await validateRequest(iadvize, request)).toEqual([]);
	});

	it.each<[string, RecordedRequest]>([
		[
			'a repeated query name',
			createRequest('GET', '/apps/api/v1/queues/status?menu_id[]=31&menu_id[]=32&menu_type=ivr_menu&lang=en'),
		],
		[
			'a file in a multipart form',
			createRequest('POST', '/apps/api/v1/bulk/users/upload', multipart('[{"email":"é@example.com"}]')),
		],
	])('pass: %s', async (_name, request) => {
		expect(await validateRequest(ujet, request)).toEqual([]);
	});
});

/** A multipart body with one file field, as an HTTP client writes it. */
function multipart(content: string, field = 'file') {
	const head = `--xYz\r\ncontent-disposition: form-data; name="${field}"; filename="users.json"\r\n\r\n`;
	const body = Buffer.from(`${head}${content}\r\n--xYz--\r\n`);
	return { 'content-type': 'multipart/form-data; boundary=xYz', body };
}

describe('bad requests', () => {
	it.each<[string, RecordedRequest, object]>([
		['an unknown path', createRequest('GET', '/api/2/operators'), { place: 'path', name: '/api/2/operators' }],
		['a path without the base path', createRequest('GET', '/operator'), { place: 'path' }],
		['an unknown method', createRequest('PATCH', '/api/2/operator'), { place: 'method', name: 'PATCH' }],
		['a bad path value', createRequest('GET', '/api/2/operator/x'), { place: 'path', name: 'operatorId/value' }],
		[
			'an unknown query name',
			createRequest('GET', '/api/2/operator?filter[name]=x'),
			{ place: 'query', name: 'filter[name]' },
		],
		['a bad query value', createRequest('GET', '/api/2/operator?page=0'), { place: 'query', name: 'page/value' }],
		[
			'a query name sent twice',
			createRequest('GET', '/api/2/operator?page=1&page=2'),
			{ place: 'query', name: 'page' },
		],
		[
			'a list sent by repeating instead of commas',
			createRequest('GET', '/api/2/operator?filters[website_list]=1&filters[website_list]=2'),
			{ place: 'query', name: 'filters[website_list]' },
		],
		[
			'a bad value inside a list',
			createRequest('GET', '/api/2/operator?filters[website_list]=1,x'),
			{ place: 'query', name: 'filters[website_list]/value/1' },
		],
		['no key', { ...createRequest('GET', '/api/2/operator'), headers: {} }, { place: 'security' }],
		['no body', createRequest('POST', '/api/2/operator', formType), { place: 'body', message: 'missing' }],
		['another media type', createRequest('POST', '/api/2/operator', { ...jsonType, body: '{}' }), { place: 'body' }],
		[
			'an unknown form name',
			createRequest('POST', '/api/2/operator', { ...formType, body: 'name=Park&roles[0]=operator' }),
			{ place: 'body', message: expect.stringContaining('roles[0]') as string },
		],
		[
			'a bad form value',
			createRequest('POST', '/api/2/operator', { ...formType, body: 'website_list[]=5511&website_list[]=many' }),
			{ place: 'body', name: '/website_list[]/1' },
		],
		[
			'an empty form',
			createRequest('PUT', '/api/2/operator/456/live', { ...formType, body: 'video=1' }),
			{ place: 'body' },
		],
		[
			'a body where none belongs',
			createRequest('GET', '/api/2/operator', { ...jsonType, body: '{}' }),
			{ place: 'body' },
		],
	])('are refused: %s', async (_name, request, violation) => {
		expect(await validateRequest(iadvize, request)).toContainEqual(expect.objectContaining(violation));
	});

	it.each<[string, RecordedRequest, object]>([
		[
			'a required query name left out',
			createRequest('GET', '/apps/api/v1/queues/status?lang=en'),
			{ name: 'menu_id[]', message: 'missing' },
		],
		[
			'a file that is not JSON',
			createRequest('POST', '/apps/api/v1/bulk/users/upload', multipart('email,name')),
			{ name: 'file', message: 'not JSON' },
		],
		[
			'a wrong file field',
			createRequest('POST', '/apps/api/v1/bulk/users/upload', multipart('[]', 'upload')),
			{ place: 'body' },
		],
		[
			'an unknown name deep in a JSON body',
			createRequest('POST', '/apps/api/v1/outbound_dialer/dnc', {
				...jsonType,
				body: '{"contacts":[{"phone_number":"+1-4155550142","phone":"x"}]}',
			}),
			{ place: 'body', name: '/contacts/0', message: expect.stringContaining('phone') as string },
		],
		[
			'text where a JSON body has a number',
			createRequest('POST', '/apps/api/v1/chats', {
				...jsonType,
				body: '{"chat":{"menu_id":"31","end_user_id":90312}}',
			}),
			{ place: 'body', name: '/chat/menu_id', message: 'must be integer' },
		],
		[
			'a broken JSON body',
			createRequest('POST', '/apps/api/v1/calls', { ...jsonType, body: '{' }),
			{ message: 'not JSON' },
		],
	])('are refused: %s', async (_name, request, violation) => {
		expect(await validateRequest(ujet, request)).toContainEqual(expect.objectContaining(violation));
	});
});
