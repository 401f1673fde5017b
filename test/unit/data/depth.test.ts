import { isDeeperThan } from '../../../nodes/shared/data/depth';

const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown =>
	Array.from({ length: levels }).reduce((inner) => wrap(inner), 1);

describe.each([
	['objects', (inner: unknown) => ({ first: 'a', inner })],
	['lists', (inner: unknown) => [null, inner]],
])('the depth of %s', (_kind, wrap) => {
	it.each([
		[0, false],
		[3, false],
		[4, true],
		[50_000, true],
	])('of %i levels is more than three: %s', (levels, isDeeper) => {
		expect(isDeeperThan(nested(levels, wrap), 3)).toBe(isDeeper);
	});
});
