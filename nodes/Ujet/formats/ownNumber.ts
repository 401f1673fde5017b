import type { Operation } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';

const digitsOf = (value: unknown) => String(value).replace(/\D/g, '').replace(/^00/, '');

/**
 * A check that refuses a customer who has the same number as the caller ID: the number of the centre itself, often taken from `support_number`.
 * @param customerField field with one number or several
 * @param ownField field with the number that the customer sees
 */
export function notOwnNumber(customerField: string, ownField: string): NonNullable<Operation['check']> {
	return (values: FieldValues) => {
		const own = digitsOf(values[ownField] ?? '');
		if (own === '') return undefined;
		const given = values[customerField];
		const customers = Array.isArray(given) ? (given as unknown[]) : String(given ?? '').split(',');
		if (!customers.some((customer) => digitsOf(customer) === own)) return undefined;
		return {
			field: customerField,
			expected: `the number of the customer; ${String(values[ownField])} is the number of your contact center, such as the support number of a call`,
		};
	};
}
