import type { RecordTable } from '../kit';
import { missing, notFound, refused } from './problem';
import type { Label } from './records';
import type { Call, Context, Route } from './routes';
import { color, required, text, type Values } from './values';

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

/** Records that labels are put on. */
export interface LabeledRecords<Row> {
	path: string;
	find: (call: Call) => Row;
	/** Writes the answer to a read of a record's labels. */
	write: (ids: string[]) => Record<string, unknown>;
	/** Ids of the labels of a record, to be changed in place. */
	idsOf: (row: Row) => string[];
	/** The label that a request names; made where it is unknown and `creates` is set. */
	labelOf: (values: Values, creates: boolean) => Label;
	/** Called when a label was put on or taken off. */
	changed: (row: Row, id: string, isOn: boolean) => void;
}

/** Reads the labels of records, puts them on and takes them off; doing it again changes nothing. */
export function labelingRoutes<Row>({ rows, habits }: Context, records: LabeledRecords<Row>): Route[] {
	const { path, find, write, idsOf, labelOf, changed } = records;
	const route = (method: 'POST' | 'DELETE', isOn: boolean): Route => ({
		method,
		path,
		handle: (call) => {
			const row = find(call);
			const { id } = labelOf(call.values, isOn && habits.createsUnknownNames === true);
			const ids = idsOf(row);
			if (ids.includes(id) === isOn) return rows.ok();
			if (isOn) ids.push(id);
			else ids.splice(ids.indexOf(id), 1);
			changed(row, id, isOn);
			return rows.ok();
		},
	});
	const read: Route = { method: 'GET', path, handle: (call) => write(idsOf(find(call))) };
	return [read, route('POST', true), route('DELETE', false)];
}
