// A client of n8n's MCP Server Trigger over streamable HTTP, as programs outside n8n use it: https://modelcontextprotocol.io/specification
const PROTOCOL = '2025-03-26';

/** A tool as the server lists it. */
export interface McpTool {
	name: string;
	description?: string;
	inputSchema: { properties?: Record<string, { description?: string }>; required?: string[] };
}

/** A connected client. */
export interface McpClient {
	tools(): Promise<McpTool[]>;
	/** Calls a tool; gives what it says as text. */
	call(name: string, parameters: Record<string, unknown>): Promise<string>;
}

/** Connects to a server. Throws when it refuses. */
export async function connectMcp(url: string, token: string): Promise<McpClient> {
	let session: string | undefined;
	let requests = 0;
	const send = async (message: object): Promise<Response> => {
		const headers = {
			'content-type': 'application/json',
			accept: 'application/json, text/event-stream',
			authorization: `Bearer ${token}`,
			...(session === undefined ? {} : { 'mcp-session-id': session, 'mcp-protocol-version': PROTOCOL }),
		};
		const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
		if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
		return answer;
	};
	const request = async (method: string, params: object): Promise<Record<string, unknown>> => {
		const answer = await send({ id: ++requests, method, params });
		session ??= answer.headers.get('mcp-session-id') ?? undefined;
		const { result, error } = messageIn(await answer.text());
		if (result === undefined) throw new Error(JSON.stringify(error));
		return result;
	};
	await request('initialize', { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: { name: 'test', version: '1' } });
	await send({ method: 'notifications/initialized' });
	return {
		tools: async () => (await request('tools/list', {})).tools as McpTool[],
		call: async (name, parameters) => JSON.stringify((await request('tools/call', { name, arguments: parameters })).content),
	};
}

/** An answer is JSON, or a stream of events of which the last one with data counts. */
function messageIn(text: string): { result?: Record<string, unknown>; error?: unknown } {
	const events = text.split('\n').filter((line) => line.startsWith('data:'));
	return JSON.parse(events.at(-1)?.slice('data:'.length) ?? text) as { result?: Record<string, unknown> };
}
