import type { Field, PickList, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier, text } from '../../shared/input/values';
import { colorField } from '../fields';
import { readModifyWrite } from '../jobs/readModifyWrite';
import { changeAnswer, creationAnswer, listAnswer } from '../formats/recordFormat';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';

/** Tags and customer groups: a name with colours, and the same five operations. */
export interface LabelResource {
	value: string;
	name: string;
	/** In sentences: `tag`, `tags`. */
	word: string;
	words: string;
	path: string;
	/** The same over API version 3. */
	path3: string;
	/** Internal name of the field that holds the ID. */
	idField: string;
	/** Key of the list in an answer. */
	listKey: string;
	example: { id: string; name: string };
	/** Pick lists beside the one of IDs. */
	otherPickLists?: PickList[];
}

const colors: Field[] = [
	colorField('Background Color', 'backgroundColor', 'bg_color'),
	colorField('Text Color', 'color', 'color'),
];

/** Version 3 takes whole labels only. */
const writable3 = ['name', 'color', 'background_color', 'is_public', 'is_archived'];

const colors3: Field[] = [
	colorField('Background Color', 'backgroundColor', 'background_color'),
	colorField('Text Color', 'color', 'color'),
];

/** Labels by name, with their ID as value. */
const byId: PickList = { label: (row) => String(row.name ?? ''), value: (row) => String(row.id) };

/** A field that chooses one label. */
export function labelField({ name, idField, value, example }: LabelResource): Field {
	return locator({
		displayName: name,
		name: idField,
		list: value,
		placeholder: `e.g. ${example.id}`,
		required: true,
		send: { place: 'path', write: identifier },
	});
}

/** Makes the resource. */
export function labelResource(label: LabelResource): Resource {
	const { value, name, word, words, path, path3, idField, listKey, example } = label;
	const one3 = `${path3}/{${idField}}`;
	const chosen = labelField(label);
	const nameField: Field = {
		displayName: `${name} Name`,
		name: 'name',
		type: 'string',
		default: '',
		placeholder: `e.g. ${example.name}`,
		send: { write: text() },
	};
	return {
		value,
		name,
		description: `The ${words} of the account`,
		operations: [
			{
				value: 'create',
				name: 'Create',
				action: `Create ${word}`,
				description: `Add a ${word} to the account`,
				method: 'POST',
				path,
				// The reference does not say that names are unique, so a repeat could make two.
				retryClass: 'once',
				mapAutomatically: true,
				answer: creationAnswer,
				fields: [{ ...nameField, required: true }],
				optional: { name: 'additionalFields', fields: colors },
				otherForm: {
					path: path3,
					retryClass: 'once',
					answer: recordAnswer3,
					optional: { name: 'additionalFields', fields: colors3 },
				},
			},
			{
				value: 'delete',
				name: 'Delete',
				action: `Delete ${word}`,
				description: `Remove a ${word} from the account`,
				method: 'DELETE',
				path: `${path}/{${idField}}`,
				retryClass: 'idempotent',
				answer: { kind: 'deleted' },
				fields: [chosen],
				otherForm: { path: one3 },
			},
			{
				value: 'get',
				name: 'Get',
				action: `Get ${word}`,
				description: `Retrieve one ${word} with its colors`,
				method: 'GET',
				path: `${path}/{${idField}}`,
				retryClass: 'read',
				fields: [chosen],
				otherForm: { path: one3, answer: recordAnswer3 },
			},
			{
				value: 'getMany',
				name: 'Get Many',
				action: `Get many ${words}`,
				description: `Retrieve the ${words} of the account`,
				method: 'GET',
				path,
				retryClass: 'read',
				answer: listAnswer(listKey),
				paging: 'none',
				pickList: [byId, ...(label.otherPickLists ?? [])],
				otherForm: { path: path3, answer: listAnswer3 },
			},
			{
				value: 'update',
				name: 'Update',
				action: `Update ${word}`,
				description: `Change name or colors of a ${word}`,
				method: 'PUT',
				path: `${path}/{${idField}}`,
				retryClass: 'idempotent',
				answer: changeAnswer,
				fields: [chosen],
				optional: { name: 'updateFields', fields: [...colors, nameField] },
				atLeastOne: 'optional',
				otherForm: {
					path: one3,
					answer: recordAnswer3,
					optional: { name: 'updateFields', fields: [...colors3, nameField] },
					run: async (run, items) => await readModifyWrite(run, items, writable3),
				},
			},
		],
	};
}
