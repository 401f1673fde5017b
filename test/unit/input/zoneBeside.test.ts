import { instant } from '../../../nodes/shared/input/values';

describe('a time with its zone in another field', () => {
	const write = instant({ format: 'iso', zoneRequired: true, zoneFrom: 'timeZone' });
	const context = (timeZone?: string) => ({
		inputZone: 'Asia/Tokyo',
		vendorZone: 'UTC',
		now: 0,
		values: { timeZone },
	});

	test('a time without offset is read in that zone', () => {
		expect(write('2030-01-15T09:30:00', context('Europe/Berlin'))).toBe('2030-01-15T08:30:00Z');
	});

	test('the offset of the time itself comes first', () => {
		expect(write('2030-01-15T09:30:00-05:00', context('Europe/Berlin'))).toBe('2030-01-15T14:30:00Z');
	});

	test('without offset and zone the time is refused', () => {
		expect(() => write('2030-01-15T09:30:00', context())).toThrow('or with a time zone beside it');
	});

	test('a zone that is none is refused', () => {
		expect(() => write('2030-01-15T09:30:00', context('Mars/Base'))).toThrow('a time zone such as Europe/Berlin');
	});
});
