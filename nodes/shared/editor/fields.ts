import type { Field, FieldTarget } from '../definition/operation';
import { defaultBinaryField } from '../definition/parameterNames';
import { loadMethodName, searchMethodName } from '../definition/pickListNames';
import { countryCode, countryCodeName, identifier, integer, numericIdentifier } from '../input/values';

/** What a locator needs to know. */
export interface LocatorOptions {
	name: string;
	displayName: string;
	/** Resource whose Get Many feeds the list, or the name of its pick list. */
	list: string;
	/** `e.g. 456`. */
	placeholder: string;
	description?: string;
	required?: boolean;
	send?: FieldTarget;
}

/** A field that chooses one record: From List with search, By ID, or By Name. */
export function locator(options: LocatorOptions): Field {
	const { list, placeholder, send, ...rest } = options;
	return {
		...rest,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose from the list...',
				typeOptions: { searchListMethod: searchMethodName(list), searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
			{ displayName: 'By Name', name: 'name', type: 'string', hint: 'The whole name as in the list, in upper or lower case' },
		],
		send: { write: identifier, ...send },
	};
}

/** A record's number in the path, typed or from an earlier node; for records without a pick list. */
export function pathId(name: string, displayName: string, example: number): Field {
	return {
		displayName: `${displayName} ID`,
		name,
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${example}`,
		send: { place: 'path', write: numericIdentifier },
	};
}

/** A field that chooses several records from a list. */
export function multiPicker(options: Omit<LocatorOptions, 'placeholder'>): Field {
	const { list, send, ...rest } = options;
	return {
		...rest,
		type: 'multiOptions',
		default: [],
		typeOptions: { loadOptionsMethod: loadMethodName(list) },
		description:
			options.description ??
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		...(send === undefined ? {} : { send }),
	};
}

/**
 * Stands beside every phone number that is typed: how the numbers of the item without country code are read.
 * Writers of phone numbers find it by its name, so an operation has it once.
 */
export const defaultCountryCodeField: Field = {
	displayName: 'Default Country Code',
	name: countryCodeName,
	type: 'string',
	default: '',
	placeholder: 'e.g. 61',
	description: 'Country code for phone numbers without one: with 61, 0491 570 156 becomes +61491570156',
	send: { place: 'none', write: countryCode },
};

/**
 * The field that names the file of the input item.
 * @param content what the file holds, to follow the word "with"
 * @param sample name that the contract test types
 */
export function inputFile(content: string, sample: string = defaultBinaryField): Field {
	return {
		displayName: 'Input Data Field Name',
		name: 'binaryField',
		type: 'string',
		required: true,
		default: defaultBinaryField,
		hint: `The name of the input binary field with ${content}`,
		send: { place: 'none' },
		sample,
	};
}

/** How many may wait before an event says that there are more. */
export const waitingThreshold: Field = {
	displayName: 'Threshold',
	name: 'threshold',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 5,
	required: true,
	description: 'The workflow starts when more than this many wait, and again only after the number has come down',
	send: { place: 'none', write: integer({ minimum: 0 }) },
};
