// Credentials as n8n keeps and applies them: defaults filled in, expressions resolved, `authenticate` run for each request.
import { Credentials, getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	UnexpectedError,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { createNodeTypes, type LoadedPackage } from './package';

/** Credential data by credential type, such as `{ iAdvizeApi: { apiKey: '...' } }`. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** What a node stores about its credentials: for each type an id and a name. */
export function credentialReferences(credentials: CredentialData): Record<string, INodeCredentialsDetails> {
	return Object.fromEntries(Object.keys(credentials).map((type) => [type, { id: type, name: `Test ${type}` }]));
}

const credentialNode: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'credential',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/**
 * Does what n8n's own helper does between the database and a request, with the data of one test as the database.
 * Left out: OAuth, external secrets, credential overwrites and the allowed-domains fields of the n8n server.
 */
export class TestCredentialsHelper extends ICredentialsHelper {
	/** @param stored what the database would hold; a token got by `preAuthentication` is written back into it. */
	constructor(
		private readonly pack: LoadedPackage,
		readonly stored: CredentialData,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		const parents = this.credentialType(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		const type = this.pack.credentials[credentialType];
		return !type?.restrictToSupportedNodes || (this.pack.supportedNodes[credentialType] ?? []).includes(nodeType);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const properties: INodeProperties[] = [];
		const { extends: parents = [], properties: own } = this.credentialType(type);
		for (const parent of parents) NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
		NodeHelpers.mergeNodeProperties(properties, own);
		return properties;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.credentialType(typeName);
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (!workflow || !node) throw new UnexpectedError('Generic authentication needs a workflow and a node');

		const resolve = (value: unknown) =>
			isExpression(value)
				? String(
						workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: credentials }) || '',
					)
				: value;
		const options = requestOptions as unknown as Record<string, Record<string, unknown>>;
		options.headers ??= {};
		for (const [place, values] of Object.entries(authenticate.properties)) {
			options[place] ??= {};
			for (const [key, value] of Object.entries(values as object)) {
				options[place][resolve(key) as string] = resolve(value);
			}
		}
		return requestOptions;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { properties, preAuthentication } = this.credentialType(typeName);
		const token = properties.find(({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true);
		if (!token || typeof preAuthentication !== 'function') return undefined;
		if (credentials[token.name] !== '' && !credentialsExpired) return undefined;

		const output = await preAuthentication.call(helpers, credentials);
		if (output[token.name] === undefined || !node.credentials) return undefined;
		Object.assign(this.stored[typeName], output);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const output = await this.credentialType(typeName).preAuthentication?.call(helpers, credentials);
		return output as ICredentialDataDecryptedObject | undefined;
	}

	async getCredentials(reference: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		const credentials = new Credentials({ id: reference.id ?? null, name: reference.name }, type);
		await credentials.setData(this.storedData(type));
		return credentials;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_reference: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		return raw ? { ...this.storedData(type) } : this.applyDefaults(additionalData, type, mode);
	}

	async updateCredentials(
		_reference: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored[type] = data;
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new UnexpectedError('No credential of this package uses OAuth');
	}

	/** Stored data with each field's default where it is unset, and expressions among the fields resolved. */
	private applyDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		type: string,
		mode: WorkflowExecuteMode,
	): ICredentialDataDecryptedObject {
		const properties = this.getCredentialsProperties(type);
		const withDefaults = NodeHelpers.getNodeParameters(
			properties,
			this.storedData(type) as never,
			true,
			false,
			null,
			null,
		);
		const workflow = new Workflow({
			nodes: [],
			connections: {},
			active: false,
			nodeTypes: createNodeTypes(this.pack),
		});
		return workflow.expression.getComplexParameterValue(
			credentialNode,
			withDefaults ?? {},
			mode,
			getAdditionalKeys(additionalData, mode, null, { isCredential: true } as never),
			undefined,
			undefined,
			withDefaults as never,
		) as ICredentialDataDecryptedObject;
	}

	private storedData(type: string): ICredentialDataDecryptedObject {
		const data = this.stored[type];
		if (!data) throw new UnexpectedError(`The test gave no credential of type ${type}`);
		return data;
	}

	private credentialType(name: string): ICredentialType {
		const type = this.pack.credentials[name];
		if (!type) throw new UnexpectedError(`Unknown credential type ${name}`);
		return type;
	}
}
