import type { INodeProperties } from 'n8n-workflow';

import type { Field } from '../definition/operation';

/** The n8n parameter of a field, without what only the engine reads. */
export function toProperty(field: Field): INodeProperties {
	const { send: _send, sample: _sample, neverMapped: _neverMapped, otherValues: _otherValues, displayOptions: _displayOptions, ...property } = field;
	return { default: '', ...property } as INodeProperties;
}

/** A field as a trigger shows it. Triggers find no records by name: once a record is renamed, they would watch another or none. */
export function toTriggerProperty(field: Field): INodeProperties {
	const property = toProperty(field);
	const { modes } = property;
	return modes === undefined ? property : { ...property, modes: modes.filter(({ name }) => name !== 'name') };
}
