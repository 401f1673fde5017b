import { describeRowError, writeSwitches, userFile, withColumnName } from '../../../nodes/Ujet/formats/userFile';

const context = { inputZone: 'UTC', vendorZone: 'UTC', now: 0 };

const rowsIn = (rows: Parameters<typeof userFile>[0]) => JSON.parse(userFile(rows).content.toString()) as unknown;

describe('a file of UJET users', () => {
	test.each([
		[
			'Agent, Manager ',
			[
				{ name: 'Agent', value: 1 },
				{ name: 'Manager', value: 1 },
			],
		],
		[
			['Agent', '', 'Manager'],
			[
				{ name: 'Agent', value: 1 },
				{ name: 'Manager', value: 1 },
			],
		],
		[
			[
				{ name: 'Agent', value: 0 },
				{ name: 'Manager', value: '' },
			],
			[
				{ name: 'Agent', value: 0 },
				{ name: 'Manager', value: '' },
			],
		],
		[' , ', undefined],
		[[], undefined],
	])('roles %j become switches', (given, expected) => {
		expect(writeSwitches(1)(given, context)).toEqual(expected);
	});

	test('a role without name is refused', () => {
		expect(() => writeSwitches(1)([{ value: 1 }], context)).toThrow('names separated by commas');
	});

	test('roles given and taken stand in one list; nothing is added where nothing was said', () => {
		const given = {
			email: 'a@example.org',
			roles: writeSwitches(1)('Agent', context),
			removed_roles: writeSwitches(0)('Manager', context),
		};
		expect(
			rowsIn([given as never, { email: 'b@example.org', removed_teams: writeSwitches(0)('Billing', context) } as never]),
		).toEqual([
			{
				email: 'a@example.org',
				roles: [
					{ name: 'Agent', value: 1 },
					{ name: 'Manager', value: 0 },
				],
			},
			{ email: 'b@example.org', teams: [{ name: 'Billing', value: 0 }] },
		]);
	});

	test('an error names its column where the vendor numbers it', () => {
		expect(withColumnName({ column: 3, row: 10, message: 'Non-empty string' })).toMatchObject({
			column_name: 'first_name',
		});
		expect(withColumnName({ column: null, message: 'Broken' })).toEqual({ column: null, message: 'Broken' });
		expect(describeRowError({ column: 3, message: 'Non-empty string' })).toBe('first_name: Non-empty string');
		expect(describeRowError({ column: 99, message: 'Broken' })).toBe('Broken');
	});
});
