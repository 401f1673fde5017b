import { createHash } from 'crypto';
import { NodeOperationError } from 'n8n-workflow';
import type { ICredentialsDecrypted, IDataObject, INode } from 'n8n-workflow';
import { z } from 'zod/v3';

import { parseJson } from '../data/json';
import { systemClock } from '../time/clock';
import type { Clock } from '../time/clock';
import type { HttpMethod } from '../definition/request';
import type { Operation, Resource } from '../definition/operation';
import type { Vendor } from '../definition/vendor';
import { onceLedgerFor } from './onceLedger';
import type { OnceLedger } from './onceLedger';
import { pacerFor } from './pacer';
import type { Pacer } from './pacer';
import type { RequestContext } from './requestContext';
import { collectSecrets } from './secrets';
import { InvalidValue } from '../definition/valueWriter';

/** Method and path that a credential puts in place of an operation's own. */
export interface PathOverride {
	method?: HttpMethod;
	path: string;
}

/** What one node run, poll or pick list needs to talk to one tenant of a vendor. */
export interface Connection {
	context: RequestContext;
	vendor: Vendor;
	node: INode;
	/** The credential as it was read when the run began: n8n would else read and decrypt it for every request. */
	credential: ICredentialsDecrypted;
	/** Names of the credential's fields that hold something. */
	filledFields: ReadonlySet<string>;
	/** Without a final slash. */
	baseUrl: string;
	/** Texts that never leave the credential. */
	secrets: string[];
	pacer: Pacer;
	clock: Clock;
	/** Zone of naive times that the user types. */
	inputZone: string;
	/** Zone of naive times of the vendor. */
	vendorZone: string;
	overrides: Record<string, PathOverride>;
	/** Ends waiting when the execution is cancelled. */
	signal?: AbortSignal;
	/** Epoch milliseconds after which no request is started; polls have a budget. */
	deadline?: number;
	/** Called with the first request of an item that gets its turn, by the item's index. */
	starts?: Map<number, () => void>;
	/** Remembers what was carried out, for n8n's Retry On Fail. */
	ledger: OnceLedger;
}

const defaultRequestsPerSecond = 1;

const overridesSchema = z.record(z.string().regex(/^((GET|POST|PUT|PATCH|DELETE) )?\/\S*$/));

/**
 * Reads the credential and gives the connection of this run.
 * @throws NodeOperationError when the base address, the time zone or the path overrides of the credential are not usable
 */
export async function connect(
	context: RequestContext,
	vendor: Vendor,
	options: { deadline?: number; clock?: Clock } = {},
): Promise<Connection> {
	const credentials = (await context.getCredentials(vendor.credentialType)) as IDataObject;
	const node = context.getNode();
	const baseUrl = readCredential(node, addressLabelOf(vendor), () => vendor.baseUrl(credentials));
	const secrets = collectSecrets(credentials);
	const clock = options.clock ?? systemClock;
	const inputZone = context.getTimezone();
	return {
		context,
		vendor,
		node,
		credential: credentialOf(node, vendor.credentialType, credentials),
		filledFields: filledFieldsOf(credentials),
		baseUrl,
		secrets,
		pacer: configuredPacer(vendor, credentials, pacerKey(vendor, baseUrl, secrets), clock),
		clock,
		inputZone,
		vendorZone: readCredential(node, 'Time Zone', () => vendor.timeZone?.(credentials)) || inputZone,
		overrides: readCredential(node, 'Path Overrides', () => parseOverrides(credentials.pathOverrides)),
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		deadline: options.deadline,
		starts: new Map(),
		ledger: onceLedgerFor(context),
	};
}

/** Method and path of an operation, after the overrides of the credential. */
export function resolvePath(
	connection: Connection,
	resource: Resource,
	operation: Operation,
): { method: HttpMethod; path: string } {
	const override = connection.overrides[`${resource.value}.${operation.value}`];
	return { method: override?.method ?? operation.method, path: override?.path ?? operation.path };
}

function credentialOf(node: INode, type: string, data: IDataObject): ICredentialsDecrypted {
	const { id, name = '' } = node.credentials?.[type] ?? {};
	return { id: id ?? '', name, type, data: data as ICredentialsDecrypted['data'] };
}

/** What the credential's address is called in the editor. */
export function addressLabelOf({ addressLabel = 'Base Address' }: Pick<Vendor, 'addressLabel'>): string {
	return addressLabel;
}

/** Names of the credential's fields that hold something. */
export function filledFieldsOf(credentials: IDataObject): ReadonlySet<string> {
	return new Set(Object.keys(credentials).filter((name) => String(credentials[name] ?? '').trim() !== ''));
}

function parseOverrides(value: unknown): Record<string, PathOverride> {
	if (value === undefined || value === null || value === '') return {};
	const expected = 'JSON such as {"call.get": "GET /manager/api/v1/calls/{callId}"}';
	const parsed = overridesSchema.safeParse(typeof value === 'string' ? parseJson(value) : value);
	if (!parsed.success) throw new InvalidValue(expected);
	return Object.fromEntries(Object.entries(parsed.data).map(([operation, text]) => [operation, parseOverride(text)]));
}

function parseOverride(text: string): PathOverride {
	const [first, second] = text.split(' ');
	return second === undefined ? { path: first } : { method: first as HttpMethod, path: second };
}

function readCredential<T>(node: INode, fieldName: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		const expected = error instanceof InvalidValue ? error.expected : String(error);
		throw new NodeOperationError(node, `Invalid '${fieldName}' in the credential: expected ${expected}. Nothing was sent.`);
	}
}

/** The pacer of the tenant, at the rate of the credential, else at the documented one. */
function configuredPacer(vendor: Vendor, credentials: IDataObject, key: string, clock: Clock): Pacer {
	const documentedRate = vendor.documentedRate?.(credentials) ?? defaultRequestsPerSecond;
	const pacer = pacerFor(key, clock);
	pacer.configure({ requestsPerSecond: Number(credentials.requestsPerSecond) || documentedRate });
	return pacer;
}

function pacerKey(vendor: Vendor, baseUrl: string, secrets: string[]): string {
	const origin = new URL(baseUrl).origin;
	if (vendor.rateScope === 'tenant') return `${vendor.name} ${origin}`;
	return `${vendor.name} ${origin} ${createHash('sha256').update(secrets.join('\n')).digest('hex')}`;
}
