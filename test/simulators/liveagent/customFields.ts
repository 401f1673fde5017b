import type { CustomField } from './records';
import { missing } from './problem';
import type { Call, Context, Route } from './routes';
import { customFields, required, text } from './values';

/** The two custom field operations of conversations and customers; `touch` notes the change of the record. */
export function fieldRoutes<T extends { id: string; customFields: CustomField[] }>(
	{ account, rows, carryOut }: Context,
	resource: 'conversation' | 'customer',
	path: string,
	find: (call: Call) => T,
	touch: (record: T) => void,
): Route[] {
	return [
		{
			method: 'POST',
			path,
			handle: (call) => {
				const record = find(call);
				required(call.values, 'customfields');
				const fields = customFields(call.values);
				if (fields.length === 0) throw missing('customfields');
				// Appended: older values of the same code stay (vendor reference).
				record.customFields.push(...fields);
				touch(record);
				carryOut(`${resource}.addCustomFields`, { id: record.id, fields });
				return rows.ok();
			},
		},
		{
			method: 'DELETE',
			path,
			handle: (call) => {
				const record = find(call);
				const code = text(call.values, 'code');
				// The vendor's trap: without a code all values go.
				const removed = account.removeCustomFields(record, code);
				if (removed === 0) return rows.ok();
				touch(record);
				const name = code === undefined ? 'deleteAllCustomFields' : 'deleteCustomField';
				carryOut(`${resource}.${name}`, { id: record.id, code, removed });
				return rows.ok();
			},
		},
	];
}
