import type { INodeProperties } from 'n8n-workflow';

/**
 * The rate of a tenant, the same field in every credential.
 * @param documented the vendor's documented rate, the default; 0 where it depends on the account (`documentedRate` of the vendor)
 * @param description where the number comes from and when another one is right
 */
export function requestsPerSecondProperty(documented: number, description: string): INodeProperties {
	return {
		displayName: 'Requests per Second',
		name: 'requestsPerSecond',
		type: 'number',
		typeOptions: { minValue: documented === 0 ? 0 : 0.02, maxValue: 100 },
		default: documented,
		description,
	};
}

/** Replaces paths that the vendor does not confirm or that differ in one tenant; the one place for it. */
export function pathOverridesProperty(): INodeProperties {
	return {
		displayName: 'Path Overrides',
		name: 'pathOverrides',
		type: 'json',
		default: '{}',
		description:
			'Only if the vendor\'s support gives you another path: an object such as {"call.get": "GET /other/calls/{callId}"}, keyed by resource and operation',
	};
}
