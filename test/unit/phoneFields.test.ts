// Every field of every operation that holds a phone number, found in the tables, refuses a number that cannot be dialled.
import { contractVendors } from '../contract/vendors';
import type { Field, Operation } from '../../nodes/shared/definition/operation';
import { defaultCountryCodeField } from '../../nodes/shared/editor/fields';

/** Fields whose name speaks of numbers and that hold none to dial, by field or by operation and field, each with the reason. */
const others: Record<string, string> = {
	accountNumber: 'of a customer account',
	agentNumber: 'of an agent in the portal',
	agentNumbers: 'of agents in the portal',
	'call.blindTransfer.toNumber': 'a device or an extension',
	'contact.getByPhone.phone': 'looked up only, and LiveAgent stores extensions too; checked once a country code is given',
	dnis: 'shown to the agent as it was dialed',
	fromNumber: 'tells the ongoing call, as LiveAgent reported it',
	'phoneNumber.create.number': 'a line of the account, in the form that its carrier uses',
	'phoneNumber.update.number': 'a line of the account, in the form that its carrier uses',
	'phoneNumber.updateExtension.number': 'a phone extension, such as 101',
	supportNumbers: 'a filter by the numbers of the center, as UJET stores them',
	viaNumber: 'a line of the account, as LiveAgent stores it',
};

interface PhoneField {
	name: string;
	operation: Operation;
	field: Field;
}

function fieldsOf({ fields = [], optional }: Operation): Field[] {
	return [...fields, ...(optional?.fields ?? [])];
}

function isOther(place: string, { name }: Field): boolean {
	return name in others || `${place}.${name}` in others;
}

function phoneFields(): PhoneField[] {
	return contractVendors.flatMap(({ vendor }) =>
		vendor.resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => {
				const place = `${resource.value}.${operation.value}`;
				return fieldsOf(operation)
					.filter(({ type, name, send }) => type === 'string' && /phone|dnis|number/i.test(`${name} ${send?.name ?? ''}`))
					.filter((field) => !isOther(place, field))
					.map((field) => ({ name: `${vendor.displayName} ${place} ${field.name}`, operation, field }));
			}),
		),
	);
}

const context = (values: Record<string, unknown> = {}) => ({ inputZone: 'UTC', vendorZone: 'UTC', now: Date.now(), values });

describe('every phone number', () => {
	const found = phoneFields();

	test('of all four vendors is looked at', () => {
		expect(new Set(found.map(({ name }) => name.split(' ')[0]))).toEqual(new Set(['iAdvize', 'ipSCAPE', 'LiveAgent', 'UJET']));
		expect(found.length).toBeGreaterThan(35);
	});

	test.each(found.map((entry) => [entry.name, entry] as const))('%s is refused when it cannot be dialled', (_name, { field }) => {
		const write = field.send?.write;
		for (const wrong of ['+1 415 555-014', '+999 1234567', '0491 570 156', 'unknown']) {
			expect(() => write?.(wrong, context())).toThrow();
		}
		const [national] = [write?.('0491 570 156', context({ defaultCountryCode: '61' }))].flat();
		expect(national).toBe('+61491570156');
		expect([write?.('61 491 570 156', context({ defaultCountryCode: '61' }))].flat()).toEqual(['+61491570156']);
	});

	test.each(found.map((entry) => [entry.name, entry] as const))('%s has a default country code beside it', (_name, { operation, field }) => {
		const code = fieldsOf(operation).filter(({ name }) => name === defaultCountryCodeField.name);
		expect(code).toHaveLength(1);
		// Shown whenever the number is.
		if (code[0].displayOptions !== undefined) expect(code[0].displayOptions).toEqual(field.displayOptions);
	});

	const ownNames = ['outboundNumber', 'fromPhone', 'viaNumber'];
	const dialling = [...new Set(found.map(({ operation }) => operation))].flatMap((operation) => {
		const own = fieldsOf(operation).find(({ name }) => ownNames.includes(name));
		const customer = found.find((entry) => entry.operation === operation && !ownNames.includes(entry.field.name));
		return own === undefined || customer === undefined ? [] : [{ name: customer.name, operation, own, customer: customer.field }];
	});

	test.each(dialling)('$name is refused when it is the own number', ({ operation, own, customer }) => {
		const same = { [own.name]: '+14155550142', [customer.name]: '+1 (415) 555-0142' };
		expect(operation.check?.(same)).toMatchObject({ field: customer.name });
		expect(operation.check?.({ ...same, [customer.name]: '+14155550143' })).toBeUndefined();
	});

	test('and the own number are compared in every operation that takes both', () => {
		expect(dialling.map(({ name }) => name.split(' ').slice(0, 2).join(' ')).sort()).toEqual([
			'LiveAgent call.start',
			'UJET call.createInbound',
			'UJET call.createOutbound',
			'UJET call.dialThirdParty',
			'UJET campaignContact.create',
			'UJET campaignContact.createMany',
			'UJET sms.send',
			'UJET sms.sendSessionless',
		]);
	});
});
