// The "Test" button of a credential, run as the n8n server runs it: as a request of the declarative engine, or as a method of a node.
import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	UnexpectedError,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialTestFunction,
	type ICredentialTestRequest,
	type INode,
	type INodeCredentialTestResult,
	type INodeType,
} from 'n8n-workflow';

import { credentialReferences, TestCredentialsHelper } from './credentials';
import { createAdditionalData, createNodeType } from './engine';
import { createNodeTypes, loadPackage, type LoadedPackage } from './package';

const NODE_TYPE = 'test.credentialTest';

/** A node whose only parameter makes the request of the credential's test. */
function createTestNodeType(credentialType: string, request: ICredentialTestRequest['request']): INodeType {
	const nodeType = createNodeType(NODE_TYPE, async () => []);
	nodeType.description.credentials = [{ name: credentialType, required: true }];
	nodeType.description.properties = [
		{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
	];
	return nodeType;
}

/** The part of an engine error the server reads the result from. */
interface RequestFailure {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

function describeFailure(
	{ message, cause }: RequestFailure,
	rules: ICredentialTestRequest['rules'] = [],
): INodeCredentialTestResult {
	if (!cause?.response) return { status: 'Error', message: cause?.code ?? message };
	const { status, statusText } = cause.response;
	const rule = rules.find(({ type, properties }) => type === 'responseCode' && properties.value === status);
	return {
		status: 'Error',
		message: rule?.properties.message ?? (statusText || `Received HTTP status code: ${status}`),
	};
}

/** The method of a node that tests a credential type, found as n8n finds it. */
function testMethod(pack: LoadedPackage, type: string): ICredentialTestFunction | undefined {
	for (const name of pack.supportedNodes[type] ?? []) {
		const node = pack.nodes[name.slice(name.lastIndexOf('.') + 1)] as INodeType;
		const { testedBy } = (node.description.credentials ?? []).find((credential) => credential.name === type) ?? {};
		if (typeof testedBy === 'string') return node.methods?.credentialTest?.[testedBy];
	}
	return undefined;
}

async function testByMethod(
	pack: LoadedPackage,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const method = testMethod(pack, type);
	if (!method) throw new UnexpectedError(`The credential type ${type} has no test`);
	const additionalData = createAdditionalData(pack, { [type]: { ...data } }, {});
	const reference = { id: type, name: type };
	const decrypted = await additionalData.credentialsHelper.getDecrypted(additionalData, reference, type, 'internal');
	const context = new CredentialTestContext(additionalData);
	return await method.call(context, { ...reference, type, data: decrypted });
}

/** Tests a credential as its type or its node says, with defaults, expressions and `authenticate` applied. */
export async function testCredential(options: {
	type: string;
	data: ICredentialDataDecryptedObject;
	packageFolder?: string;
}): Promise<INodeCredentialTestResult> {
	const { type, data } = options;
	const pack = await loadPackage(options.packageFolder);
	const test = pack.credentials[type]?.test;
	if (!test) return await testByMethod(pack, type, data);

	const nodeType = createTestNodeType(type, test.request);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: NODE_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: credentialReferences({ [type]: data }),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: createNodeTypes(pack, { [NODE_TYPE]: nodeType }),
	});
	const additionalData = createAdditionalData(pack, { [type]: { ...data } }, node.parameters);
	const helper = additionalData.credentialsHelper as TestCredentialsHelper;
	const reference = { id: type, name: type };
	const decrypted = await helper.getDecrypted(additionalData, reference, type, 'internal');
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		const response = await new RoutingNode(context, nodeType, { ...reference, type, data: decrypted }).runNode();
		const body = response?.[0]?.[0]?.json ?? {};
		const broken = test.rules?.find(
			(rule) => rule.type === 'responseSuccessBody' && body[rule.properties.key] === rule.properties.value,
		);
		return broken
			? { status: 'Error', message: broken.properties.message }
			: { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return describeFailure(error as RequestFailure, test.rules);
	}
}
