// Pick lists of the editor (resource locators), driven as the n8n server drives them.
import { LoadOptionsContext } from 'n8n-core';
import { UnexpectedError, Workflow, type INodeListSearchResult } from 'n8n-workflow';

import { createAdditionalData, createNode, type NodeUnderTest } from './engine';
import { createNodeTypes, loadPackage } from './package';

/** What `runListSearch` is given. */
export interface ListSearchOptions extends NodeUnderTest {
	/** Name under `methods.listSearch` of the node. */
	method: string;
	/** What the user typed into the list. */
	filter?: string;
	/** Token of the next page, as the page before gave it. */
	paginationToken?: string;
	/** Path of the parameter that shows the list. */
	path?: string;
}

/** Runs one search of a pick list and gives back its page. */
export async function runListSearch(options: ListSearchOptions): Promise<INodeListSearchResult> {
	const pack = await loadPackage(options.packageFolder);
	const node = createNode(pack, 'Temp-Node', options);
	const nodeTypes = createNodeTypes(pack);
	const nodeType = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const search = nodeType.methods?.listSearch?.[options.method];
	if (!search) throw new UnexpectedError(`${node.type} has no list search named ${options.method}`);

	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = createAdditionalData(pack, options.credentials ?? {}, options.parameters ?? {});
	const context = new LoadOptionsContext(workflow, node, additionalData, options.path ?? 'parameters');
	const result = await search.call(context, options.filter, options.paginationToken);
	// The server hands tokens to the browser as text.
	const { paginationToken } = result;
	return typeof paginationToken === 'number' ? { ...result, paginationToken: String(paginationToken) } : result;
}
