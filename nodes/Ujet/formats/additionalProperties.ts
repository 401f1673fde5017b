import { z } from 'zod/v3';

import type { Field } from '../../shared/definition/operation';
import { json } from '../../shared/input/values';

/** Fields that the vendor does not publish, sent under the names that the user gives. */
export const additionalProperties: Field = {
	displayName: 'Further Fields',
	name: 'furtherFields',
	type: 'json',
	default: '{}',
	description: 'A JSON object with fields that UJET knows and this node does not name',
	send: { place: 'body', spread: true, write: json(z.record(z.unknown())) },
	sample: '{"description": "Offices in Portugal"}',
};
