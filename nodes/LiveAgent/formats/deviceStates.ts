import type { Field } from '../../shared/definition/operation';
import { InvalidValue } from '../../shared/definition/valueWriter';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { codeOptions } from './codeLabels';
import { requiredRows } from './requiredRows';
import { availabilities } from './version3Records';

const expected = 'rows with device ID, department ID and availability (N for online, F for offline)';

const writeStates: ValueWriter = (given) =>
	requiredRows(given, 'state', expected).map(({ deviceId, departmentId, availability }) => {
		const isKnown = typeof availability === 'string' && availability in availabilities;
		if (!/^\d+$/.test(String(deviceId)) || String(departmentId ?? '').trim() === '' || !isKnown) {
			throw new InvalidValue(expected);
		}
		return { device_id: Number(deviceId), department_id: String(departmentId).trim(), preset_status: availability };
	});

/** Availability of devices in departments, one row for each pair. */
export const deviceStates: Field = {
	displayName: 'Devices',
	name: 'devices',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Device',
	required: true,
	default: {},
	options: [
		{
			displayName: 'Device',
			name: 'state',
			values: [
				{ displayName: 'Device ID', name: 'deviceId', type: 'string', default: '', placeholder: 'e.g. 17' },
				{ displayName: 'Department ID', name: 'departmentId', type: 'string', default: '', placeholder: 'e.g. dp20fj81' },
				{
					displayName: 'Availability',
					name: 'availability',
					type: 'options',
					default: 'N',
					options: codeOptions(availabilities),
				},
			],
		},
	],
	send: { name: 'DeviceDepartments', write: writeStates },
	sample: { state: [{ deviceId: '17', departmentId: 'dp20fj81', availability: 'N' }] },
};
