// An operation as a tool of an AI agent: its fields are left to the model, as n8n's editor does it, and what a model then sees.
import { nodeNameToToolName } from 'n8n-workflow';
import type { IDataObject, INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import type { Field, Operation, Resource } from '../../nodes/shared/definition/operation';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import { hasChoices } from '../../nodes/shared/input/choices';
import { sampleParameters } from './samples';
import type { Amount } from './samples';

/** A value that the model fills in. */
export interface ToolArgument {
	/** Its name in the schema that the model gets. */
	key: string;
	type: 'string' | 'number' | 'boolean' | 'json';
	field: Field;
	/** What a model would give: labels of dropdowns, lists with commas. */
	valid: unknown;
	/** True where the field is in a row of a fixed collection. */
	isInRow: boolean;
}

/** An operation whose fields are all left to the model. */
export interface AgentTool {
	vendor: Vendor;
	resource: Resource;
	operation: Operation;
	/** Name that n8n gives the node when it is added as a tool, before it is made unique. */
	nodeName: string;
	parameters: INodeParameters;
	arguments: ToolArgument[];
}

const limitField: Field = { displayName: 'Limit', name: 'limit', type: 'number', typeOptions: { minValue: 1 } };

/** The operation as a tool. @param amount of its fields; those of the others stay as they are */
export function agentTool(vendor: Vendor, resource: Resource, operation: Operation, amount: Amount): AgentTool {
	const base: IDataObject = { ...sampleParameters(resource, operation, amount) };
	const filled = [] as ToolArgument[];
	for (const field of operation.fields ?? []) {
		const isOpen = base[field.name] !== undefined && !decidesWhatIsShown(operation, field);
		if (isOpen) base[field.name] = leftToModel(field, base[field.name], `parameters.${field.name}`, filled);
	}
	if (operation.answer?.kind === 'many') base.limit = leftToModel(limitField, base.limit, 'parameters.limit', filled);
	const { optional } = operation;
	if (optional !== undefined) {
		const added = { ...(base[optional.name] as IDataObject) };
		for (const field of optional.fields) {
			if (added[field.name] === undefined) continue;
			added[field.name] = leftToModel(field, added[field.name], `parameters.${optional.name}.${field.name}`, filled);
		}
		base[optional.name] = added;
	}
	const nodeName = `${operation.action} in ${vendor.displayName}`;
	return { vendor, resource, operation, nodeName, parameters: base as INodeParameters, arguments: filled };
}

/**
 * True for a dropdown on which it depends what other fields the editor shows. A person chooses it: n8n publishes no workflow in which
 * an expression chooses and a required field of one of the choices is empty.
 */
function decidesWhatIsShown({ fields = [] }: Operation, { name }: Field): boolean {
	return fields.some(({ displayOptions }) => Object.keys(displayOptions?.show ?? {}).includes(name));
}

/** Puts `$fromAI` in the place of a value. Rows keep their form; each field in them is left to the model. */
function leftToModel(field: Field, value: unknown, path: string, filled: ToolArgument[]): IDataObject[string] {
	if (field.type === 'fixedCollection') return rowsLeftToModel(field, value as IDataObject, path, filled);
	const type = typeOf(field);
	const key = keyOf(field.displayName, path);
	const valid = givenByModel(field, value);
	filled.push({ key, type, field, valid, isInRow: path.includes('[') });
	const expression = `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${type}') }}`;
	// The editor leaves the mode of a record as it is, and that is the list.
	return field.type === 'resourceLocator' ? { __rl: true, mode: 'list', value: expression } : expression;
}

function rowsLeftToModel({ options = [] }: Field, value: IDataObject, path: string, filled: ToolArgument[]): IDataObject {
	const groups = options as Array<{ name: string; values: Field[] }>;
	const row = (given: IDataObject, fields: Field[], rowPath: string): IDataObject =>
		Object.fromEntries(
			Object.entries(given).map(([name, inside]) => {
				const field = fields.find((candidate) => candidate.name === name);
				return [name, field === undefined ? inside : leftToModel(field, inside, `${rowPath}.${name}`, filled)];
			}),
		);
	return Object.fromEntries(
		Object.entries(value).map(([name, rows]) => {
			const fields = groups.find((group) => group.name === name)?.values ?? [];
			const groupPath = `${path}.${name}`;
			return Array.isArray(rows)
				? [name, rows.map((each, index) => row(each as IDataObject, fields, `${groupPath}[${index}]`))]
				: [name, row(rows as IDataObject, fields, groupPath)];
		}),
	);
}

/** The key that n8n's editor writes: `field0_Value` in a row, `Phone_Number` elsewhere. */
export function keyOf(displayName: string, path: string): string {
	const rows = path.split('.').filter((part) => /\[\d+\]/.test(part)).map((part) => part.replaceAll(/[[\]]/g, ''));
	const name = [...rows, displayName].join('_');
	const cut = rows.length > 1 ? name.slice(-63) : name.slice(0, 63);
	return cut.replace(/[^a-zA-Z0-9-]/g, '_');
}

/** The type that n8n's editor writes. */
function typeOf({ type }: Field): ToolArgument['type'] {
	return type === 'boolean' || type === 'number' || type === 'json' ? type : 'string';
}

function givenByModel(field: Field, value: unknown): unknown {
	const label = (one: unknown) => (field.options as INodePropertyOptions[] | undefined)?.find((option) => option.value === one)?.name ?? one;
	if (field.type === 'options') return hasChoices(field) ? label(value) : value;
	if (field.type === 'multiOptions') return (value as unknown[]).map((one) => (hasChoices(field) ? label(one) : one)).join(', ');
	if (field.type === 'resourceLocator') return (value as { value: unknown }).value;
	if (field.type === 'json') return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
	if (field.type === 'boolean' || field.type === 'number') return value;
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Name of a tool in the API of a model. */
export function toolNameOf({ nodeName }: Pick<AgentTool, 'nodeName'>): string {
	return nodeNameToToolName(nodeName);
}

