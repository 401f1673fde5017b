import type { RecordTable } from '../kit';
import { missing, notFound, refused } from './problem';
import type { Label } from './records';
import type { Call, Context, Route } from './routes';
import { color, required, text } from './values';

/** Tags and customer groups have the same five operations. */
export interface LabelResource {
	/** First part of the operation ids. */
	resource: 'tag' | 'customerGroup';
	/** Name in messages. */
	title: string;
	/** Plural key of the list. */
	listKey: string;
	path: string;
	/** Name of the id in addresses. */
	parameter: string;
	table: RecordTable<Label>;
	add: (input: Partial<Label>) => Label;
	remove: (id: string) => void;
}

/** List, get, create, update and delete of tags or customer groups. */
export function labelRoutes({ rows, carryOut }: Context, labels: LabelResource): Route[] {
	const { resource, title, listKey, path, parameter, table } = labels;
	const single = `${path}/{${parameter}}`;
	const find = ({ params }: Call): Label => {
		const id = params[parameter] ?? '';
		const found = table.get(id);
		if (!found) throw notFound(title, id);
		return found;
	};
	const refuseDouble = (name: string, own?: string): void => {
		if (table.list().some((label) => label.name === name && label.id !== own))
			throw refused(`${title} ${name} already exists`);
	};
	const colorsOf = ({ values }: Call): Partial<Label> => {
		const [front, back] = [color(values, 'color'), color(values, 'bg_color')];
		return { ...(front && { color: front }), ...(back && { bgColor: back }) };
	};
	return [
		{ method: 'GET', path, handle: () => ({ [listKey]: table.list().map(({ id, name }) => ({ id, name })) }) },
		{ method: 'GET', path: single, handle: (call) => rows.label(find(call)) },
		{
			method: 'POST',
			path,
			handle: (call) => {
				const name = required(call.values, 'name');
				refuseDouble(name);
				const label = labels.add({ name, ...colorsOf(call) });
				carryOut(`${resource}.create`, { id: label.id, name });
				return { ...rows.ok(), ...rows.label(label) };
			},
		},
		{
			method: 'PUT',
			path: single,
			handle: (call) => {
				const label = find(call);
				if (call.values.name === '') throw missing('name');
				const name = text(call.values, 'name') ?? label.name;
				refuseDouble(name, label.id);
				const changes = { name, ...colorsOf(call) };
				table.update(label.id, changes);
				carryOut(`${resource}.update`, { id: label.id, ...changes });
				return rows.ok();
			},
		},
		{
			method: 'DELETE',
			path: single,
			handle: (call) => {
				const { id } = find(call);
				labels.remove(id);
				carryOut(`${resource}.delete`, { id });
				return rows.ok();
			},
		},
	];
}
