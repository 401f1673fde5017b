import type { Field } from '../../shared/definition/operation';
import { defaultBinaryField } from '../../shared/definition/parameterNames';

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
