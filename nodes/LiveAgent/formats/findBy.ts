import type { Field } from '../../shared/definition/operation';

/** What is found or created. */
export type FindableKind = 'contact' | 'company';

const findBy: Record<FindableKind, Field> = {
	contact: {
		displayName: 'Find By',
		name: 'findBy',
		type: 'options',
		required: true,
		default: 'email',
		description: 'Which of the values below identifies a contact; with several emails or phones, any of them',
		options: [
			{ name: 'Custom Field', value: 'customField' },
			{ name: 'Email', value: 'email' },
			{ name: 'Phone', value: 'phone' },
		],
		neverMapped: true,
		send: { place: 'none' },
		sample: 'email',
	},
	company: {
		displayName: 'Find By',
		name: 'findBy',
		type: 'options',
		required: true,
		default: 'name',
		description: 'Which of the values below identifies a company; with several emails, any of them',
		options: [
			{ name: 'Custom Field', value: 'customField' },
			{ name: 'Email', value: 'email' },
			{ name: 'Name', value: 'name' },
		],
		neverMapped: true,
		send: { place: 'none' },
		sample: 'name',
	},
};

/** The fields that say by what a contact or company is known. */
export function identifyingFields(kind: FindableKind): Field[] {
	return [
		findBy[kind],
		{
			displayName: 'Custom Field Code',
			name: 'findByCode',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. crm_id',
			description: `Code of a custom field among 'Custom Fields'. How LiveAgent filters by custom fields is not documented, so test it with a known ${kind} first.`,
			displayOptions: { show: { findBy: ['customField'] } },
			neverMapped: true,
			send: { place: 'none' },
		},
	];
}
