import type { INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { FieldValues, PlacedValues } from './request';

/** An n8n error that carries the item it belongs to. */
export type NodeFailure = NodeApiError | NodeOperationError;

/** What one input item came to. */
export type ItemOutcome = { items: INodeExecutionData[] } | { failure: NodeFailure };

/** One input item, checked and written, before anything is sent. */
export interface RunItem {
	index: number;
	input: INodeExecutionData;
	/** As the user gave them. */
	values: FieldValues;
	/** As the vendor wants them. */
	placed: PlacedValues;
}
