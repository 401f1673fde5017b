import type { INode, INodeParameters } from 'n8n-workflow';

import { Ujet } from '../../nodes/Ujet/Ujet.node';
import { readManifest } from '../../scripts/n8n/paths';
import type { RunningVendor } from '../../scripts/n8n/vendors';

/** Version that a node gets when a person adds it; all nodes of the package count alike. */
export const NEWEST_VERSION = new Ujet().description.defaultVersion as number;

/** What a node of this package needs. */
export interface OwnNode {
	/** Name on the canvas. */
	name: string;
	/** Name of the node type, without the package's. */
	type: string;
	parameters: INodeParameters;
	/** Of the vendor's API. */
	credential: Pick<RunningVendor['credential'], 'id' | 'name' | 'type'>;
	/** Distance from the left; 0 when left out. */
	left?: number;
	/** The version of a workflow that was made earlier; the newest when left out. */
	version?: number;
}

/** A node of this package as a workflow stores it. */
export function ownNode({ name, type, parameters, credential, left = 0, version = NEWEST_VERSION }: OwnNode): INode {
	return {
		id: name,
		name,
		type: `${readManifest().name}.${type}`,
		typeVersion: version,
		position: [left, 0],
		parameters,
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
	};
}
