import type { WorkflowFile } from '../n8n/client';
import type { SinglePackage } from './definitions';

/** Name of the package that a node is to come from, by the node's short name; undefined for nodes of other packages. */
export type PackageOf = (nodeName: string) => string | undefined;

/** Every node type is `package.node`; n8n offers an action node to AI agents as `package.nodeTool`. */
const NODE_TYPE = /^(.+)\.([^.]+)$/;

/** Takes each node from the package of its own service. */
export function toSingles(packages: SinglePackage[]): PackageOf {
	return (node) => packages.find((single) => ownsNode(single, node))?.name;
}

/** Takes all nodes from the package that holds every service. */
export function toWhole(packages: SinglePackage[], whole: string): PackageOf {
	return (node) => (packages.some((single) => ownsNode(single, node)) ? whole : undefined);
}

function ownsNode({ nodes }: SinglePackage, node: string): boolean {
	return nodes.some(({ name }) => node === name || node === `${name}Tool`);
}

/**
 * Gives a workflow whose nodes come from other packages of this project. Only the package in front of the node's name changes: names,
 * parameters, credentials, connections and the state of triggers stay.
 *
 * @param packageNames the packages to move away from; nodes of others are left alone
 */
export function moveWorkflow<Workflow extends Pick<WorkflowFile, 'nodes'>>(
	workflow: Workflow,
	packageOf: PackageOf,
	packageNames: string[],
): Workflow {
	const moved = (type: string): string => {
		const [, packageName = '', node = ''] = NODE_TYPE.exec(type) ?? [];
		const target = packageNames.includes(packageName) ? packageOf(node) : undefined;
		return target === undefined ? type : `${target}.${node}`;
	};
	return { ...workflow, nodes: workflow.nodes.map((node) => ({ ...node, type: moved(node.type) })) };
}
