import type { IDataObject } from 'n8n-workflow';

import type { FilePart } from '../../shared/definition/request';
import { InvalidValue, isEmpty } from '../../shared/definition/valueWriter';
import type { ValueWriter } from '../../shared/definition/valueWriter';

/** Columns of a user file in the vendor's order; errors name a column by its place from 0. */
const columns = [
	'email',
	'new_email',
	'agent_number',
	'first_name',
	'last_name',
	'status',
	'location',
	'max_chat_limit',
	'max_chat_limit_enabled',
	'roles',
	'teams',
];

/** Names under which roles and teams to be taken away stand in a row until the file is written. */
export const removalKeys = { roles: 'removed_roles', teams: 'removed_teams' };

/**
 * Writes names of roles or teams as the vendor's switches. Takes names in a list or with commas, and switches as the template has them.
 * @param value 1 assigns, 0 takes away
 */
export function writeSwitches(value: 0 | 1): ValueWriter {
	return (given) => {
		const entries = Array.isArray(given) ? (given as unknown[]) : String(given).split(',');
		const written = entries.map((entry) => toSwitch(entry, value)).filter((entry) => entry !== undefined);
		return written.length === 0 ? undefined : written;
	};
}

function toSwitch(entry: unknown, value: 0 | 1): { name: string; value: unknown } | undefined {
	if (typeof entry === 'object' && entry !== null) {
		const { name, value: given } = entry as { name?: unknown; value?: unknown };
		if (typeof name === 'string' && name !== '') return { name, value: given ?? value };
		throw new InvalidValue('names separated by commas, or a list of names');
	}
	const name = isEmpty(entry) ? '' : String(entry).trim();
	return name === '' ? undefined : { name, value };
}

/** The rows of users as the file that UJET takes. */
export function userFile(rows: IDataObject[]): FilePart {
	const content = Buffer.from(JSON.stringify(rows.map(withRemovals)), 'utf8');
	return { content, fileName: 'users.json', mimeType: 'application/json' };
}

/** An error of one row, readable: which column, what is wrong. */
export function describeRowError(error: IDataObject): string {
	const column = columnOf(error);
	return column === undefined ? String(error.message) : `${column}: ${String(error.message)}`;
}

/** An error of the vendor with the name of its column beside the number. */
export function withColumnName(error: IDataObject): IDataObject {
	const column = columnOf(error);
	return column === undefined ? error : { ...error, column_name: column };
}

function columnOf({ column }: IDataObject): string | undefined {
	return typeof column === 'number' ? columns[column] : undefined;
}

function withRemovals(row: IDataObject): IDataObject {
	const { [removalKeys.roles]: roles, [removalKeys.teams]: teams, ...rest } = row;
	return { ...rest, ...joined('roles', rest.roles, roles), ...joined('teams', rest.teams, teams) };
}

function joined(name: string, added: unknown, removed: unknown): IDataObject {
	const all = [...((added as IDataObject[]) ?? []), ...((removed as IDataObject[]) ?? [])];
	return all.length === 0 ? {} : { [name]: all };
}
