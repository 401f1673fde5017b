// What does not fit a dropdown, a confirmation or a required field is refused before anything is sent: every operation of every vendor.
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Field, Operation, Resource } from '../../nodes/shared/definition/operation';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import { propertiesOf } from '../../nodes/shared/editor/operationProperties';
import { variantsOf } from '../../nodes/shared/http/api';
import { switchLabels } from '../../nodes/shared/definition/parameterNames';
import { allFields, alternativesOf, autoMap, dataModeName, isMapped } from '../../nodes/shared/input/fieldValues';
import { optionalSwitches } from '../../nodes/shared/run/switches';
import { sampleFiles, startStandIn } from '../contract/standIn';
import { contractVendors } from '../contract/vendors';
import { jsonOf, runNode } from '../support/engine';
import type { RecordedRequest, Recorder } from '../support/recorder';
import { runs } from '../support/runs';
import { sampleOf, sampleParameters } from '../support/samples';
import type { Amount } from '../support/samples';

/** Given by expression, because the editor offers none of them. */
const given = '={{ $json.given }}';

const noChoices = ['no such choice', { choice: 'none' }, 987_654_321];

const noNumbers = ['soon', '1,5', '0x10', { number: 1 }, true, NaN, Infinity];

/** What an expression gives whose key is missing, empty or blank. */
const nothings = ['', undefined, null, '   '];

/** So many of a list, from its first to its last. */
function spread<T>(list: T[], count: number): T[] {
	if (list.length <= count) return list;
	return Array.from({ length: count }, (_, index) => list[Math.round((index * (list.length - 1)) / (count - 1))]);
}

describe.each(contractVendors)('$vendor.displayName', (row) => {
	let recorder: Recorder;
	/** What differs in the credential of the operation under test. */
	let keys: ICredentialDataDecryptedObject = {};

	beforeAll(async () => {
		recorder = await startStandIn(row);
	});
	afterEach(() => {
		keys = {};
	});
	afterAll(async () => await recorder.close());

	/** Runs an operation for an item of each value; a failing item does not stop the others. */
	async function run(parameters: INodeParameters, values: unknown[], itemOf = (value: unknown): IDataObject => ({ given: value as string })) {
		recorder.requests.length = 0;
		const result = await runNode({
			nodeType: row.vendor.name,
			parameters,
			credentials: { [row.vendor.credentialType]: { ...row.credentials(recorder.origin), ...keys } },
			items: values.map((value) => ({ json: itemOf(value), binary: sampleFiles })),
			node: { onError: 'continueRegularOutput' },
		});
		expect(result.error?.message).toBeUndefined();
		return { outputs: result.outputs[0] ?? [], requests: recorder.requests.map(sentOf).sort() };
	}

	/** Every value is refused, with an error that names one of the fields and the item, and nothing is sent. */
	async function expectRefused(fields: Field[], parameters: INodeParameters, values: unknown[], itemOf?: (value: unknown) => IDataObject) {
		const { outputs, requests } = await run(parameters, values, itemOf);
		const names = fields.map(({ displayName }) => displayName);
		expect({ names, requests }).toEqual({ names, requests: [] });
		const errors = jsonOf(outputs).map(({ error }) => String(error));
		expect(errors).toEqual(values.map((_, index) => expect.stringContaining(`[item ${index}]`)));
		expect(errors.filter((error) => !names.some((name) => error.includes(`'${name}'`)))).toEqual([]);
	}

	/** What is sent for an item of each choice; with the most fields where the fewest do not do. */
	async function runChosen(resource: Resource, operation: Operation, field: Field, choices: unknown[]): Promise<string[]> {
		const values = choices.map((choice) => (field.type === 'multiOptions' ? [choice] : choice));
		// Not a key of the item: some operations send those along.
		const expression = `={{ ${JSON.stringify(values)}[$itemIndex] }}`;
		for (const amount of ['fewest', 'most'] as const) {
			const parameters = parametersWith(resource, operation, field, expression, amount);
			const { requests } = await run(parameters, values, () => ({}));
			if (requests.length > 0) return requests;
		}
		return [];
	}

	const operations = row.vendor.resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			variantsOf(operation).map((form) => ({
				title: `${resource.value}.${operation.value}${form === operation ? '' : ' in its other form'}`,
				resource,
				operation: form,
				otherKeys: form === operation ? {} : (row.otherKeys ?? {}),
			})),
		),
	);

	const choosing = operations.filter(({ operation }) => allFields(operation).some(isDropdown));
	test.each(choosing)('$title refuses what its dropdowns do not offer', async ({ resource, operation, otherKeys }) => {
		keys = otherKeys;
		for (const field of allFields(operation).filter(isDropdown)) {
			await expectRefused([field], parametersWith(resource, operation, field, given), noChoices);
			if (!isMapped(operation, field)) continue;
			const parameters = { ...sampleParameters(resource, operation, 'fewest'), [dataModeName]: autoMap };
			const shownBy = Object.fromEntries(conditionsOf(operation, field)) as IDataObject;
			await expectRefused([field], parameters, noChoices, (value) => ({ ...shownBy, [field.name]: value as string }));
		}
	});

	const inRows = operations.filter(({ operation }) => allFields(operation).some((field) => rowDropdowns(field).length > 0));
	if (inRows.length > 0) {
		test.each(inRows)('$title refuses what the dropdowns in its rows do not offer', async ({ resource, operation, otherKeys }) => {
			keys = otherKeys;
			for (const field of allFields(operation)) {
				for (const { group, dropdown } of rowDropdowns(field)) {
					const row = { ...firstRow(field, group), [dropdown.name]: given };
					const value = { [group]: field.typeOptions?.multipleValues === true ? [row] : row };
					await expectRefused([field], parametersWith(resource, operation, field, value), noChoices);
				}
			}
		});
	}

	test.each(choosing)('$title takes labels in any case', async ({ resource, operation, otherKeys }) => {
		keys = otherKeys;
		for (const field of allFields(operation).filter(isDropdown)) {
			const options = spread(field.options as INodePropertyOptions[], runs(2, Infinity));
			const values = options.map(({ value }) => value);
			const labels = options.map(({ name }) => name.toUpperCase());
			const byValue = await runChosen(resource, operation, field, values);
			const byLabel = await runChosen(resource, operation, field, labels);
			expect({ field: field.name, sent: byLabel }).toEqual({ field: field.name, sent: byValue });
			expect({ field: field.name, isSent: byValue.length > 0 }).toEqual({ field: field.name, isSent: true });
		}
	});

	const lists = operations.filter(({ operation: { answer, retryClass, run: job } }) => answer?.kind === 'many' && job === undefined && retryClass === 'read');
	test.each(lists)('$title refuses a limit that is none', async ({ resource, operation, otherKeys }) => {
		keys = otherKeys;
		const values = ['all', 0, -1, 2.5];
		const { outputs, requests } = await run({ ...sampleParameters(resource, operation, 'fewest'), limit: given }, values);
		expect(requests).toEqual([]);
		expect(jsonOf(outputs).map(({ error }) => String(error))).toEqual(values.map(() => expect.stringContaining("'Limit'")));
	});

	const counting = operations.filter(({ operation }) => allFields(operation).some(({ type }) => type === 'number'));
	if (counting.length > 0) {
		test.each(counting)('$title refuses what is no number of its fields', async ({ resource, operation, otherKeys }) => {
			keys = otherKeys;
			for (const field of allFields(operation).filter(({ type }) => type === 'number')) {
				const { minValue = 0, maxValue } = field.typeOptions ?? {};
				const outside = [minValue - 1, ...(maxValue === undefined ? [] : [maxValue + 1])];
				await expectRefused([field], parametersWith(resource, operation, field, given), [...noNumbers, ...outside]);
			}
		});
	}

	// One switch of each operation in turn, all of them in the long run.
	const switchable = operations
		.map((each) => ({ ...each, switches: switchesOf(row.vendor, each.resource, each.operation) }))
		.filter(({ switches }) => switches.length > 0)
		.map(({ switches, ...each }, index) => ({ ...each, switches: runs(switches.slice(index % switches.length).slice(0, 1), switches) }));
	test.each(switchable)('$title sends nothing while a switch of its results is neither on nor off', async ({ resource, operation, otherKeys, switches }) => {
		keys = otherKeys;
		for (const name of switches) {
			const fewest = sampleParameters(resource, operation, 'fewest');
			const isOption = (optionalSwitches as string[]).includes(name);
			const switched = isOption ? { options: { ...(fewest.options as IDataObject), [name]: given } } : { [name]: given };
			const { outputs, requests } = await run({ ...fewest, ...switched } as INodeParameters, ['perhaps', 7, {}]);
			expect({ name, requests }).toEqual({ name, requests: [] });
			const refused = expect.stringContaining(`Invalid value for '${switchLabels[name]}'`) as unknown;
			expect({ name, errors: jsonOf(outputs).map(({ error }) => String(error)) }).toEqual({ name, errors: [refused, refused, refused] });
		}
	});

	const confirmed = operations.filter(({ operation }) => operation.confirmedBy !== undefined);
	if (confirmed.length > 0) {
		test.each(confirmed)('$title sends nothing without its confirmation', async ({ resource, operation, otherKeys }) => {
		keys = otherKeys;
			const field = allFields(operation).find(({ name }) => name === operation.confirmedBy) as Field;
			await expectRefused([field], parametersWith(resource, operation, field, given), [false, 'no', 0, ...nothings, 'perhaps', {}]);
		});
	}

	const requiring = operations.filter(({ operation }) => requiredFields(operation).length > 0);
	test.each(requiring)('$title sends nothing without a required value', async ({ resource, operation, otherKeys }) => {
		keys = otherKeys;
		for (const field of requiredFields(operation)) {
			await expectRefused([field], parametersWith(resource, operation, field, given), nothings);
		}
	});

	const alternative = operations.filter(({ operation }) => alternativesOf(operation).length > 0);
	if (alternative.length > 0) {
		test.each(alternative)('$title sends nothing where all of several fields are empty', async ({ resource, operation, otherKeys }) => {
		keys = otherKeys;
			const fields = alternativesOf(operation);
			const parameters = fields.reduce(
				(before, field) => put(before, operation, field, given),
				sampleParameters(resource, operation, 'fewest'),
			);
			// In an update an empty text clears a field.
			const clears = operation.method !== 'POST';
			await expectRefused(fields, parameters, clears ? nothings.filter((value) => value !== '') : nothings);
		});
	}

	test('everything that deletes or erases asks what', () => {
		const deleting = operations.filter(
			({ operation: { method, answer, confirmedBy } }) => method === 'DELETE' || answer?.kind === 'deleted' || confirmedBy !== undefined,
		);
		const careless = deleting.filter(
			({ operation }) => requiredFields(operation).length === 0 && alternativesOf(operation).length === 0,
		);
		expect(careless.map(({ title }) => title)).toEqual([]);
	});
});

/** The switches that the editor offers for the results of an operation. */
function switchesOf(vendor: Vendor, resource: Resource, operation: Operation): Array<keyof typeof switchLabels> {
	// Simplify is offered by some versions of a node only in some operations.
	const inAllVersions = propertiesOf(vendor, resource, operation).filter(({ conditions }) => !('@version' in conditions));
	const properties = inAllVersions.map(({ property }) => property);
	const options = properties.filter(({ name }) => name === 'options').flatMap((property) => (property.options ?? []) as INodeProperties[]);
	const offered = [...properties, ...options].map(({ name }) => name);
	return (Object.keys(switchLabels) as Array<keyof typeof switchLabels>).filter((name) => offered.includes(name));
}

/** A dropdown whose choices are all in the table. */
function isDropdown({ type, options = [], typeOptions, otherValues }: Field): boolean {
	const isOfChoices = type === 'options' || type === 'multiOptions';
	return isOfChoices && options.length > 0 && typeOptions?.loadOptionsMethod === undefined && otherValues === undefined;
}

/** The dropdowns in the rows of a fixed collection. */
function rowDropdowns({ type, options = [] }: Field): Array<{ group: string; dropdown: Field }> {
	if (type !== 'fixedCollection') return [];
	const groups = options as Array<{ name: string; values: Field[] }>;
	return groups.flatMap(({ name, values }) => values.filter(isDropdown).map((dropdown) => ({ group: name, dropdown })));
}

/** A row of the field's sample; empty where it has none. */
function firstRow({ sample }: Field, group: string): IDataObject {
	const rows = [(sample as Record<string, IDataObject | IDataObject[]> | undefined)?.[group] ?? {}].flat();
	return rows[0];
}

/** Fields that must have a value; a switch and a dropdown always have one. */
function requiredFields(operation: Operation): Field[] {
	return allFields(operation).filter(({ required }) => required === true);
}

/** The fewest fields, with one of them set, and those that make it shown. */
function parametersWith(resource: Resource, operation: Operation, field: Field, value: unknown, amount: Amount = 'fewest'): INodeParameters {
	const base = sampleParameters(resource, operation, amount);
	// What is required by one of the choices alone is there for all of them: n8n keeps it where an expression chooses.
	for (const other of operation.fields ?? []) if (other.required === true) base[other.name] ??= sampleOf(other) as string;
	for (const [name, shown] of conditionsOf(operation, field)) base[name] = shown as string;
	return put(base, operation, field, value);
}

/** Values of other fields with which a field is shown. */
function conditionsOf(operation: Operation, field: Field): Array<[string, unknown]> {
	return Object.entries(field.displayOptions?.show ?? {}).flatMap(([name, values]): Array<[string, unknown]> => {
		const other = allFields(operation).find((candidate) => candidate.name === name);
		return [...(other === undefined ? [] : conditionsOf(operation, other)), [name, (values as unknown[])[0]]];
	});
}

function put(parameters: INodeParameters, { fields = [], optional }: Operation, field: Field, value: unknown): INodeParameters {
	const stored = field.type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value;
	if (fields.includes(field)) return { ...parameters, [field.name]: stored } as INodeParameters;
	const name = optional?.name as string;
	return { ...parameters, [name]: { ...(parameters[name] as IDataObject), [field.name]: stored } } as INodeParameters;
}

/** What of a request has to be the same; the boundary of a form and the current time are new each time. */
function sentOf({ method, path, query, headers, body }: RecordedRequest): string {
	const [, boundary = ''] = /boundary=(\S+)/.exec(headers['content-type'] ?? '') ?? [];
	const text = decodeURIComponent(query) + (boundary === '' ? body.toString() : body.toString().replaceAll(boundary, ''));
	return `${method} ${path}?${text.replace(/T\d\d:\d\d:\d\d[.\d]*Z/g, 'T')}`;
}
