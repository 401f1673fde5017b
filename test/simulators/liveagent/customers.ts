import { FilteredLists, sliceOf } from '../kit';
import type { Account } from './account';
import { fieldRoutes } from './customFields';
import { labelingRoutes, labelRoutes } from './labels';
import { invalid, missing, notFound, refused } from './problem';
import type { Customer, Label } from './records';
import { allOf, filterKey, sendMail, type Call, type Context, type Route } from './routes';
import { customFields, dateTime, oneOf, required, text, wholeValue, yesNo, type Values } from './values';

/** Operations below `/customers` and `/customersgroups`. */
export function customerRoutes(context: Context): Route[] {
	const { account, rows } = context;
	const lists = new FilteredLists();
	const find = ({ params }: Call): Customer => customerOf(context, params.customeridentifier ?? '');
	return [
		{ method: 'GET', path: '/customers', handle: ({ values }) => listCustomers(context, lists, values) },
		{ method: 'POST', path: '/customers', handle: ({ values }) => createCustomer(context, values) },
		{ method: 'GET', path: '/customers/{customeridentifier}', handle: (call) => rows.customer(find(call)) },
		...fieldRoutes(context, 'customer', '/customers/{customeridentifier}/fields', find, () => undefined),
		...membershipRoutes(context, find),
		...labelRoutes(context, {
			resource: 'customerGroup',
			title: 'Customer group',
			listKey: 'groups',
			path: '/customersgroups',
			parameter: 'groupid',
			table: account.customerGroups,
			add: (input) => account.addCustomerGroup(input),
			remove: (id) => account.removeCustomerGroup(id),
		}),
	];
}

/** An address that old versions could not route: a plus sign, or cut at the last dot (vendor change log, 5.53.6.14). */
export function routedIdentifier(identifier: string, oldVersion = false): string {
	if (!oldVersion || !identifier.includes('@')) return identifier;
	return identifier.includes('+') ? '' : identifier.slice(0, identifier.lastIndexOf('.'));
}

function customerOf({ account, habits }: Context, identifier: string): Customer {
	const found = account.customer(routedIdentifier(identifier, habits.oldVersion));
	if (!found) throw notFound('Customer', identifier);
	return found;
}

function listCustomers(
	{ account, rows, habits }: Context,
	lists: FilteredLists,
	values: Values,
): Record<string, unknown> {
	const limit = wholeValue(values, 'limitcount', 100, 1, 1000);
	const offset = wholeValue(values, 'limitfrom', 0);
	const test = customerTest(account, values);
	if (offset > 0 && habits.changesOneIn)
		for (let count = 0; count < Math.max(1, Math.floor(limit / habits.changesOneIn)); count += 1) account.addCustomer();
	const found = lists.filter(account.customers.list(), filterKey(values), test);
	return { customers: sliceOf(found, offset, limit).rows.map((row) => rows.customerSummary(row)) };
}

function customerTest(account: Account, values: Values): (row: Customer) => boolean {
	const { local } = account;
	const from = dateTime(values, 'datecreatedfrom');
	const to = dateTime(values, 'datecreatedto');
	return allOf<Customer>(
		partTest(values, 'email', (row) => row.email),
		partTest(values, 'firstname', (row) => row.firstName),
		partTest(values, 'lastname', (row) => row.lastName),
		partTest(values, 'phone', (row) => row.phone),
		from !== undefined && ((row) => local.text(row.created) >= from),
		to !== undefined && ((row) => local.text(row.created) <= to),
	);
}

function partTest(
	values: Values,
	name: string,
	read: (row: Customer) => string,
): ((row: Customer) => boolean) | undefined {
	const part = text(values, name)?.toLowerCase();
	return part === undefined ? undefined : (row) => read(row).toLowerCase().includes(part);
}

function createCustomer(context: Context, values: Values): Record<string, unknown> {
	const { account, rows, carryOut } = context;
	const email = text(values, 'email') ?? '';
	const role = oneOf(values, 'role', ['V', 'R']) ?? 'V';
	if (email === '' && role === 'R') throw missing('email');
	if (email !== '' && !/^[^@\s]+@[^@\s]+$/.test(email)) throw invalid('email');
	if (email !== '' && account.customer(email)) throw refused(`Customer with email ${email} already exists`);
	const [firstName = '', ...rest] = (text(values, 'name') ?? '').split(' ');
	const wantsMail = yesNo(values, 'send_registration_mail') ?? true;
	const customer = account.addCustomer({
		email,
		role,
		firstName,
		lastName: rest.join(' '),
		gender: oneOf(values, 'gender', ['M', 'F']) ?? '',
		phone: text(values, 'phone') ?? '',
		note: text(values, 'note') ?? '',
		customFields: customFields(values),
	});
	carryOut('customer.create', { contactid: customer.id, email, role });
	// Registering without a password asks the customer by mail to set one (vendor reference).
	if (role === 'R' && text(values, 'password') === undefined && wantsMail) sendMail(context, 'customer.create', email);
	return rows.customer(customer);
}

function membershipRoutes(context: Context, find: (call: Call) => Customer): Route[] {
	const { account, carryOut } = context;
	return labelingRoutes(context, {
		path: '/customers/{customeridentifier}/groups',
		find,
		write: (ids) => ({ groups: ids.map((id) => ({ groupid: id, groupname: account.customerGroups.get(id)?.name ?? '' })) }),
		idsOf: ({ groups }) => groups,
		labelOf: (values, creates) => groupOf(context, values, creates),
		changed: (customer, id, isOn) => {
			carryOut(isOn ? 'customer.addToGroup' : 'customer.removeFromGroup', { contactid: customer.id, groupid: id });
		},
	});
}

function groupOf({ account, carryOut }: Context, values: Values, creates: boolean): Label {
	const name = required(values, 'name');
	const found = account.customerGroups.list().find((group) => group.name === name);
	if (found) return found;
	if (!creates) throw refused(`Customer group ${name} not found`);
	const group = account.addCustomerGroup({ name });
	carryOut('customerGroup.create', { id: group.id, name });
	return group;
}
