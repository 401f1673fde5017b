import type { IDataObject } from 'n8n-workflow';

import type { Resource } from '../../shared/definition/operation';
import { pathId } from '../../shared/editor/fields';
import { numericIdentifier } from '../../shared/input/values';
import { fromFilter, idsOnly, operatorFilter, replacedBy, toFilter, websiteFilter, wholeRows } from '../fields';

/** The reference spells the delay score `node_delay`, probably a misprint; both are read, `note_delay` is given. */
function mendDelayScore(row: IDataObject): IDataObject {
	if (!('node_delay' in row) || 'note_delay' in row) return row;
	return { ...row, note_delay: row.node_delay };
}

const replacement = replacedBy('the satisfactionSurveyResponses query');

/** Answers to the former satisfaction survey. */
export const satisfaction: Resource = {
	value: 'satisfaction',
	name: 'Satisfaction',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get satisfaction answer',
			description: 'Retrieve one survey answer',
			deprecated: replacement,
			method: 'GET',
			path: '/satisfaction/{satisfactionId}',
			retryClass: 'read',
			transform: mendDelayScore,
			fields: [pathId('satisfactionId', 'Satisfaction', 8123)],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many satisfaction answers',
			description: 'Retrieve answers to the legacy survey; accounts with the newer survey have none here',
			deprecated: replacement,
			method: 'GET',
			path: '/satisfaction',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			transform: mendDelayScore,
			fields: [idsOnly],
			optional: {
				name: 'filters',
				fields: [
					{
						displayName: 'Conversation ID',
						name: 'conversationId',
						type: 'string',
						default: '',
						placeholder: 'e.g. 901234',
						send: { name: 'filters[conversation_id]', write: numericIdentifier },
					},
					fromFilter,
					operatorFilter,
					toFilter,
					websiteFilter,
				],
			},
		},
	],
};
