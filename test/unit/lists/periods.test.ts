import fc from 'fast-check';

import { instantOf, periodWindows } from '../../../nodes/shared/lists/periods';
import { addMonths } from '../../../nodes/shared/time/timeZone';

const second = 1_000;
const epoch = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }).map((value) => value - (value % second));

describe('periods', () => {
	test('windows cover the whole period, newest first, without overlap, none longer than allowed', () => {
		fc.assert(
			fc.property(epoch, fc.integer({ min: 1, max: 800 }), fc.integer({ min: 1, max: 6 }), (from, days, months) => {
				const to = from + days * 86_400_000;
				const windows = periodWindows(from, to, months, 'Europe/Paris');
				expect(windows[0].to).toBe(to);
				expect(windows[windows.length - 1].from).toBe(from);
				windows.forEach((window, index) => {
					expect(window.to).toBeLessThanOrEqual(addMonths(window.from, months, 'Europe/Paris') + 5 * 86_400_000);
					if (index > 0) expect(windows[index - 1].from - window.to).toBe(second);
				});
			}),
		);
	});

	test('a period within the limit stays whole', () => {
		const from = Date.UTC(2026, 0, 1);
		expect(periodWindows(from, Date.UTC(2026, 1, 1), 3, 'UTC')).toEqual([{ from, to: Date.UTC(2026, 1, 1) }]);
	});

	test('a period of exactly the limit does not lose its first second', () => {
		const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 1, 1)];
		expect(periodWindows(from, to, 1, 'UTC')).toEqual([
			{ from: from + second, to },
			{ from, to: from },
		]);
	});

	test('what is no date has no instant', () => {
		const context = { inputZone: 'UTC', vendorZone: 'UTC', now: 0 };
		expect(instantOf('soon', context)).toBeUndefined();
		expect(instantOf('2026-03-01T00:00:00+01:00', context)).toBe(Date.UTC(2026, 1, 28, 23));
	});
});
