// What a model may give by mistake, and the field that has to be named when it is refused.
import type { Field } from '../../nodes/shared/definition/operation';
import { hasChoices } from '../../nodes/shared/input/choices';
import type { AgentTool, ToolArgument } from './agentTool';

/** Arguments of which one cannot be used. */
export interface WrongArguments {
	/** What is wrong, for the name of a failure. */
	title: string;
	/** The argument. */
	key: string;
	/** False where it is missing or of another type than the schema says; some of n8n's ways to a tool refuse that themselves. */
	fitsSchema: boolean;
	/** The field that the refusal has to name. */
	displayName: string;
	given: Record<string, unknown>;
	/** The value that the refusal has to repeat; undefined where there is none. */
	shown?: string;
}

/** Every wrong call of a tool that its definition lets one derive: one wrong argument each, the others as they should be. */
export function wrongArguments(tool: AgentTool): WrongArguments[] {
	const valid = validArguments(tool);
	return tool.arguments.flatMap((argument) =>
		wrongValues(tool, argument).map(({ title, value, shown }) => ({
			title: `${argument.key}: ${title}`,
			key: argument.key,
			fitsSchema: argument.type === 'json' ? typeof value === 'object' : typeof value === argument.type,
			displayName: collectionName(tool, argument) ?? argument.field.displayName,
			given: { ...valid, [argument.key]: value },
			shown,
		})),
	);
}

/** What a model gives that does everything right. */
export function validArguments(tool: AgentTool): Record<string, unknown> {
	return Object.fromEntries(tool.arguments.map(({ key, valid }) => [key, valid]));
}

interface WrongValue {
	title: string;
	value: unknown;
	shown?: string;
}

function wrongValues({ operation }: AgentTool, { field, isInRow, type }: ToolArgument): WrongValue[] {
	const found: WrongValue[] = [];
	const isFilter = operation.optional?.name === 'filters' && operation.optional.fields.includes(field);
	const isChoice = field.type === 'options' || field.type === 'multiOptions';
	if (isChoice && hasChoices(field)) found.push({ title: 'no such choice', value: 'The usual one', shown: 'The usual one' });
	if (field.type === 'dateTime') found.push({ title: 'no time', value: 'next Tuesday', shown: 'next Tuesday' });
	if (field.type === 'number') {
		const { minValue = 0 } = field.typeOptions ?? {};
		found.push({ title: 'number out of range', value: minValue - 1, shown: String(minValue - 1) });
		found.push({ title: 'number in words', value: 'five', shown: 'five' });
	}
	if (type === 'boolean') found.push({ title: 'neither yes nor no', value: 'perhaps', shown: 'perhaps' });
	if (type === 'json') found.push({ title: 'no JSON', value: 'not JSON', shown: 'not JSON' });
	if (isPhoneNumber(field)) found.push({ title: 'too few digits', value: '+1415555', shown: '+1415555' });
	const isNeeded = (field.required === true && !isInRow) || isFilter;
	// n8n says in the schema that a key is required, and lets a call without it pass.
	if (isNeeded && type === 'string') found.push({ title: 'empty', value: '' }, { title: 'left out', value: undefined });
	return found;
}

/** True for a field of telephone numbers: takes one as people type it, and only with its country code. */
function isPhoneNumber(field: Field): boolean {
	const typed = '(415) 555-0123';
	return [written(field, typed, { defaultCountryCode: '1' })].flat().includes('+14155550123') && written(field, typed, {}) === undefined;
}

/** What a field's writer makes of a value; undefined where it is refused. */
function written({ send }: Field, value: unknown, values: Record<string, unknown>): unknown {
	try {
		return send?.write?.(value, { inputZone: 'UTC', vendorZone: 'UTC', now: 0, values });
	} catch {
		return undefined;
	}
}

/** The name of the fixed collection that an argument is in: its refusal names the whole. */
function collectionName({ operation }: AgentTool, { field, isInRow }: ToolArgument): string | undefined {
	const all = [...(operation.fields ?? []), ...(operation.optional?.fields ?? [])];
	if (all.includes(field) || (!isInRow && field.name === 'limit')) return undefined;
	return all.find(({ options }) => (options as Array<{ values?: unknown[] }> | undefined)?.some(({ values }) => values?.includes(field)))?.displayName;
}
