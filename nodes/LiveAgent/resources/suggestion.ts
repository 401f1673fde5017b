import type { Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { email, identifier } from '../../shared/input/values';
import { messageText, textField } from '../fields';
import { creationAnswer } from '../formats/recordFormat';

/** Suggestions left by customers. */
export const suggestion: Resource = {
	value: 'suggestion',
	name: 'Suggestion',
	description: 'Suggestions of customers',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create suggestion',
			description: 'File a suggestion on behalf of a user',
			method: 'POST',
			path: '/suggestions',
			retryClass: 'once',
			mapAutomatically: true,
			answer: creationAnswer,
			fields: [
				{
					displayName: 'User Email',
					name: 'userEmail',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. omar@example.org',
					description: 'Email of the user on whose behalf it is filed',
					send: { name: 'useridentifier', write: email },
				},
				locator({
					displayName: 'Category',
					name: 'category',
					list: 'suggestionCategory',
					placeholder: 'e.g. 15',
					description: 'By ID also accepts the URL code of the category',
					required: true,
					send: { name: 'category', write: identifier },
				}),
				textField('Subject', 'subject', 'subject', { required: true, placeholder: 'e.g. Dark theme' }),
				messageText,
			],
		},
	],
};
