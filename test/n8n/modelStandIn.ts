// Stands in for the API of a language model: answers chat completions as a script says, and keeps what it was sent.
import { startRecorder } from '../support/recorder';
import type { Recorder } from '../support/recorder';

/** One turn of the model: calls of tools, or its last words. */
export type Turn = { calls: Array<{ tool: string; parameters: Record<string, unknown> }> } | { says: string };

/** A turn, or how it follows from what was said before. */
export type ScriptedTurn = Turn | ((messages: ChatMessage[]) => Turn);

/** A message of the conversation as the API writes it. */
export interface ChatMessage {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content?: unknown;
	tool_call_id?: string;
}

/** What n8n sends to a model. */
export interface ChatRequest {
	messages: ChatMessage[];
	tools?: Array<{ function: { name: string; description?: string; parameters?: Record<string, unknown> } }>;
	stream?: boolean;
}

/** A running stand-in. Whoever starts it closes it. */
export interface ModelStandIn {
	/** For the credential: `http://127.0.0.1:40123/v1`. */
	baseUrl: string;
	/** Requests in the order in which they came. */
	requests: ChatRequest[];
	/** All that came over the wire, headers left out. */
	sent(): string;
	close(): Promise<void>;
}

/**
 * Starts a stand-in on a free loopback port. The number of turns that the conversation already has says which one is next, so a
 * request that is sent again gets the same answer.
 */
export async function startModel(script: ScriptedTurn[]): Promise<ModelStandIn> {
	const requests: ChatRequest[] = [];
	const recorder: Recorder = await startRecorder(({ path, body }) => {
		if (path.endsWith('/models')) return { body: { object: 'list', data: [{ id: 'gpt-5-mini', object: 'model' }] } };
		const request = JSON.parse(body.toString('utf8')) as ChatRequest;
		requests.push(request);
		const done = request.messages.filter(({ role }) => role === 'assistant').length;
		const scripted = script[done] ?? { says: 'There is nothing left in the script' };
		const turn = typeof scripted === 'function' ? scripted(request.messages) : scripted;
		return request.stream ? streamed(turn, done) : { body: completion(turn, done) };
	});
	return {
		baseUrl: `${recorder.origin}/v1`,
		requests,
		sent: () => recorder.requests.map(({ body }) => body.toString('utf8')).join('\n'),
		close: async () => await recorder.close(),
	};
}

/** Names of tools in the API have no blanks. */
function toolName(tool: string): string {
	return tool.replace(/[^\w-]/g, '_');
}

function messageOf(turn: Turn, number: number) {
	if ('says' in turn) return { role: 'assistant', content: turn.says };
	const calls = turn.calls.map(({ tool, parameters }, index) => ({
		index,
		id: `call_${number}_${index}`,
		type: 'function',
		function: { name: toolName(tool), arguments: JSON.stringify(parameters) },
	}));
	return { role: 'assistant', content: null, tool_calls: calls };
}

const head = (number: number) => ({ id: `chatcmpl-${number}`, created: 1_700_000_000, model: 'gpt-5-mini' });
const reasonOf = (turn: Turn) => ('says' in turn ? 'stop' : 'tool_calls');

function completion(turn: Turn, number: number) {
	const choice = { index: 0, message: messageOf(turn, number), finish_reason: reasonOf(turn) };
	const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
	return { ...head(number), object: 'chat.completion', choices: [choice], usage };
}

function streamed(turn: Turn, number: number) {
	const chunks = [
		{ index: 0, delta: messageOf(turn, number), finish_reason: null },
		{ index: 0, delta: {}, finish_reason: reasonOf(turn) },
	].map((choice) => ({ ...head(number), object: 'chat.completion.chunk', choices: [choice] }));
	const body = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((text) => `data: ${text}\n\n`).join('');
	return { headers: { 'content-type': 'text/event-stream' }, body };
}
