// Wrong values in the parameters of triggers are refused before anything is read: every event and option of every vendor.
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { Field } from '../../../nodes/shared/definition/operation';
import type { TriggerEvent } from '../../../nodes/shared/definition/events';
import type { Vendor } from '../../../nodes/shared/definition/vendor';
import { hasChoices } from '../../../nodes/shared/input/choices';
import { pollEvent } from '../../../nodes/shared/polling/poll';
import { afterCrashOption, lookBackOption, overlapOption } from '../../../nodes/shared/polling/pollOptions';
import { listAccess } from '../../../nodes/shared/polling/sourceAccess';
import { sampleOf } from '../../support/samples';
import { vendors } from '../../support/vendors';
import { pollContext } from './pollContext';

const blanks = ['', '   ', null, undefined];
const noNumbers = ['soon', NaN, Infinity, {}, [], true, '1,5', '0x10'];

const expression = '={{ $vars.given }}';

/** Polls once; the first request ends it. */
async function poll(vendor: Vendor, parameters: IDataObject, given?: unknown): Promise<{ requests: number; error: Error | undefined }> {
	let requests = 0;
	const access = {
		tenant: 'https://acme.example',
		nodeVersion: 2,
		vendorZone: 'UTC',
		inputZone: 'UTC',
		now: () => Date.parse('2026-03-02T10:00:00Z'),
		...listAccess(async function* () {
			requests += 1;
			yield* [];
			throw new Error('a request');
		}),
	};
	const node = { id: 'trigger', name: 'Trigger', typeVersion: 2, parameters };
	const context = pollContext({ node, staticData: {}, evaluate: () => given });
	const error = await pollEvent(context, vendor, access, access).then(
		() => undefined,
		(failure: unknown) => failure as Error,
	);
	return { requests, error };
}

/** What a user has to set for an event. */
function parametersOf({ value, fields = [] }: TriggerEvent): IDataObject {
	const required = fields.filter((field) => field.required === true);
	return { event: value, ...Object.fromEntries(required.map((field) => [field.name, sampleOf(field)])) } as IDataObject;
}

async function expectRefused(vendor: Vendor, field: Field, parameters: IDataObject, given: unknown): Promise<void> {
	const { requests, error } = await poll(vendor, parameters, given);
	const { event } = parameters;
	expect({ event, field: field.name, given, requests, error: error?.message }).toEqual({
		event,
		field: field.name,
		given,
		requests: 0,
		error: expect.stringMatching(new RegExp(`^(Invalid value for )?'${field.displayName.replace(/[()]/g, '\\$&')}'(: expected .+| is empty, but it is required)\\. Nothing was sent\\.$`)) as unknown,
	});
	expect(error).toBeInstanceOf(NodeOperationError);
}

function optionsOf(event: TriggerEvent): Array<{ field: Field; wrong: unknown[] }> {
	return [
		{ field: afterCrashOption, wrong: ['no such choice', 7, {}] },
		...(event.kind === 'tail' ? [{ field: overlapOption, wrong: [...noNumbers, -3, 1e9, '-1'] }] : []),
		...(event.kind === 'tail' && (event.lookBackHours ?? 0) > 0 ? [{ field: lookBackOption, wrong: [...noNumbers, -3, 1e9, '-1'] }] : []),
	];
}

describe.each(vendors)('$displayName', (vendor) => {
	const events = vendor.events.map((event) => ({ title: event.value, event }));

	test.each(events)('$title polls with what it needs alone', async ({ event }) => {
		expect(await poll(vendor, parametersOf(event))).toMatchObject({ requests: 1, error: { message: 'a request' } });
	});

	test.each(events)('$title refuses wrong options, typed or by expression', async ({ event }) => {
		for (const { field, wrong } of optionsOf(event)) {
			for (const given of [...blanks, ...wrong]) {
				await expectRefused(vendor, field, { ...parametersOf(event), options: { [field.name]: given } as IDataObject }, given);
				await expectRefused(vendor, field, { ...parametersOf(event), options: { [field.name]: expression } }, given);
			}
		}
	});

	test('options within their bounds are taken', async () => {
		for (const { event } of events) {
			for (const { field } of optionsOf(event)) {
				const good = field.type === 'number' ? [0, 1.5, '2', field.typeOptions?.maxValue] : ['mayLose', 'MAY REPEAT THE RECORDS OF ONE POLL'];
				for (const given of good) {
					const parameters = { ...parametersOf(event), options: { [field.name]: given } as IDataObject };
					expect({ given, ...(await poll(vendor, parameters)) }).toMatchObject({ given, requests: 1, error: { message: 'a request' } });
				}
			}
		}
	});

	const choosing = events.filter(({ event }) => (event.fields ?? []).some((field) => hasChoices(field) || field.type === 'number'));
	test.each(choosing)('$title refuses what its dropdowns and numbers do not take', async ({ event }) => {
		for (const field of (event.fields ?? []).filter((candidate) => hasChoices(candidate) || candidate.type === 'number')) {
			const offered = ((field.options ?? []) as INodePropertyOptions[]).map(({ value }) => value);
			const wrong = field.type === 'number' ? [...noNumbers, -3] : ['no such choice', 987_654_321].filter((value) => !offered.includes(value));
			for (const given of wrong) {
				await expectRefused(vendor, field, { ...parametersOf(event), [field.name]: given } as IDataObject, given);
				await expectRefused(vendor, field, { ...parametersOf(event), [field.name]: expression }, given);
			}
		}
	});

	const filtering = events.filter(({ event }) => (event.fields ?? []).some(({ type }) => type !== 'notice' && type !== 'hidden'));
	test.each(filtering)('$title refuses a filter whose expression gives nothing', async ({ event }) => {
		for (const field of (event.fields ?? []).filter(({ type }) => type !== 'notice' && type !== 'hidden')) {
			const stored = field.type === 'resourceLocator' ? { __rl: true, mode: 'id', value: expression } : expression;
			const words = field.type === 'string' ? [' , ,'] : [];
			for (const given of [...blanks, [], [''], ...words]) await expectRefused(vendor, field, { ...parametersOf(event), [field.name]: stored } as IDataObject, given);
		}
	});
});
