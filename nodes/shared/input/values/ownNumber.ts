import type { Operation } from '../../definition/operation';
import type { FieldValues } from '../../definition/request';
import { phone } from './phone';

/** A number as it will be sent; one that is none is refused by its own field. */
function written(value: unknown, values: FieldValues): unknown {
	try {
		return phone()(value, { inputZone: 'UTC', vendorZone: 'UTC', now: 0, values });
	} catch {
		return undefined;
	}
}

/**
 * A check that refuses a customer who has the same number as the caller ID: the number of the centre itself, often taken from `support_number`.
 * @param customerField field with one number or several
 * @param ownField field with the number that the customer sees
 */
export function notOwnNumber(customerField: string, ownField: string): NonNullable<Operation['check']> {
	return (values: FieldValues) => {
		const own = written(values[ownField], values);
		if (own === undefined) return undefined;
		const given = values[customerField];
		const customers = Array.isArray(given) ? (given as unknown[]) : String(given ?? '').split(',');
		if (!customers.some((customer) => written(customer, values) === own)) return undefined;
		return {
			field: customerField,
			expected: `the number of the customer; ${String(own)} is the number of your contact center, such as the support number of a call`,
		};
	};
}
