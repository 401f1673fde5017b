import type { INode, INodeExecutionData } from 'n8n-workflow';

/** True where a model runs the node: n8n adds `Tool` to the type of a node that is used as a tool. */
export function isTool({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('Tool');
}

/**
 * The output of a run as a model can read it.
 * @returns the items; for a tool without any, one that says so: n8n would hand the model an empty text, as older versions do for a failure
 */
export function forModel(node: Pick<INode, 'type'>, items: INodeExecutionData[]): INodeExecutionData[] {
	if (items.length > 0 || !isTool(node)) return items;
	return [{ json: { found: 0, message: 'Nothing was found' }, pairedItem: { item: 0 } }];
}
