// Workflows in which an AI agent, or a model outside n8n, has operations of all vendors as tools.
import { randomUUID } from 'node:crypto';

import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from '../../scripts/n8n/client';
import type { AgentTool } from '../support/agentTool';

/** A credential as workflows name it. */
export interface NamedCredential {
	id: string;
	name: string;
	type: string;
}

/** The node that starts the agent. */
export const START = 'Start';

const PACKAGE = 'n8n-nodes-contact-center';

/** An agent that has the tools, on a model behind an OpenAI credential. Tools have names of their own already. */
export function agentWorkflow(tools: INode[], model: NamedCredential, task: string): WorkflowFile {
	const start: INode = { ...node(START, 'n8n-nodes-base.manualTrigger', 1), parameters: {} };
	const agent: INode = {
		...node('AI Agent', '@n8n/n8n-nodes-langchain.agent', 3.1),
		parameters: { promptType: 'define', text: task, options: { maxIterations: 1_000 } },
	};
	const chatModel: INode = {
		...node('Chat Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.3),
		parameters: { model: { __rl: true, mode: 'id', value: 'gpt-5-mini' }, responsesApiEnabled: false, options: {} },
		credentials: credentialsOf(model),
	};
	return {
		name: 'Agent with operations as tools',
		nodes: [start, agent, chatModel, ...tools],
		connections: {
			[START]: { main: [[{ node: agent.name, type: 'main', index: 0 }]] },
			[chatModel.name]: { ai_languageModel: [[{ node: agent.name, type: 'ai_languageModel', index: 0 }]] },
			...toolLinks(tools, agent.name),
		},
		settings: { executionOrder: 'v1' },
	};
}

/** The tools behind a trigger that models outside n8n connect to. */
export function mcpWorkflow(tools: INode[], token: NamedCredential, path: string): WorkflowFile {
	const trigger: INode = {
		...node('MCP Server Trigger', '@n8n/n8n-nodes-langchain.mcpTrigger', 2),
		webhookId: randomUUID(),
		parameters: { authentication: 'bearerAuth', path },
		credentials: credentialsOf(token),
	};
	return {
		name: 'MCP server with operations as tools',
		nodes: [trigger, ...tools],
		connections: toolLinks(tools, trigger.name),
		settings: { executionOrder: 'v1' },
	};
}

/** The node that n8n adds for an operation as a tool. */
export function toolNode({ vendor, nodeName, parameters }: AgentTool, credential: NamedCredential, nodeVersion: number): INode {
	return { ...node(nodeName, `${PACKAGE}.${vendor.name}Tool`, nodeVersion), parameters, credentials: credentialsOf(credential) };
}

function credentialsOf({ id, name, type }: NamedCredential): INode['credentials'] {
	return { [type]: { id, name } };
}

function toolLinks(tools: INode[], to: string): WorkflowFile['connections'] {
	return Object.fromEntries(tools.map(({ name }) => [name, { ai_tool: [[{ node: to, type: 'ai_tool' as const, index: 0 }]] }]));
}

function node(name: string, type: string, typeVersion: number): INode {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters: {} };
}
