// What a model sees of each operation as a tool: the name and description that n8n makes of the action, and the names of the fields.
import { nodeNameToToolName } from 'n8n-workflow';

import { contractVendors } from '../contract/vendors';
import { type AgentTool, agentTool } from '../support/agentTool';

/** Longest name and description of a tool, and longest name of an argument, that the APIs of the models take. */
const longestName = 64;
const longestDescription = 1_024;
const longestKey = 63;

/** Words that name nothing by themselves: whose name, which type, from when or from whom? */
const bareWords = new Set(
	(
		'Body Code Content Data Date Day End Field Fields Force Format From ID IDs Key Kind Label Method Minutes Mode Name Names Number Numbers ' +
		'Option Options Parameters Position Positions Search Service Start Text Time Title To Type Types Until Value Values Verified'
	).split(' '),
);

/** Abbreviations that a model knows without the vendor's manual; any other is written out beside it in brackets, or not used. */
const knownAbbreviations = new Set(['API', 'BCC', 'CC', 'CRM', 'HTML', 'HTTP', 'ID', 'IDs', 'IP', 'JSON', 'SIP', 'SLA', 'SMS', 'SSO', 'URL']);

describe.each(contractVendors)('the operations of $vendor.displayName as tools', ({ vendor }) => {
	const tools = vendor.resources.flatMap((resource) => resource.operations.map((operation) => agentTool(vendor, resource, operation, 'most')));
	/** For failures: where something is. */
	const placeOf = ({ resource, operation }: AgentTool) => `${resource.value}.${operation.value}`;
	const found = <T>(problems: (tool: AgentTool) => T[]) => tools.flatMap((tool) => problems(tool).map((problem) => `${placeOf(tool)}: ${String(problem)}`));

	test('have names of their own that n8n does not cut', () => {
		const names = tools.map(({ nodeName }) => nodeNameToToolName(nodeName));
		expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
		expect(found(({ nodeName }) => (nodeName.length > longestName ? [nodeName] : []))).toEqual([]);
	});

	test('have descriptions that the models take', () => {
		expect(found(({ nodeName }) => (nodeName.length > longestDescription ? [nodeName.length] : []))).toEqual([]);
		expect(found(({ operation }) => (/^[A-Z][a-z]+ \S/.test(operation.action) ? [] : [operation.action]))).toEqual([]);
	});

	test('have arguments with names of their own that n8n takes as they are', () => {
		expect(found(({ arguments: all }) => all.map(({ key }) => key).filter((key) => key.length >= longestKey))).toEqual([]);
		const twice = found(({ arguments: all }) => all.filter(({ key, field }) => all.some((other) => other.key === key && other.field.name !== field.name)).map(({ key }) => key));
		expect(twice).toEqual([]);
	});

	test('have no argument whose name says nothing without the editor', () => {
		// In rows, n8n puts the name of the group before the field's: condition0_Value.
		const outside = ({ arguments: all }: AgentTool) => all.filter(({ isInRow }) => !isInRow).map(({ field }) => field.displayName);
		expect(found((tool) => outside(tool).filter((name) => bareWords.has(name)))).toEqual([]);
	});

	test('use no abbreviation that only the vendor explains', () => {
		const textsOf = ({ operation, arguments: all }: AgentTool) => [operation.action, ...all.map(({ field }) => field.displayName)];
		const abbreviationsIn = (text: string) => text.replace(/\([A-Z]+\)/g, '').match(/\b[A-Z]{2,}s?\b/g) ?? [];
		const names = new Set([vendor.displayName, 'UJET']);
		expect(found((tool) => textsOf(tool).flatMap(abbreviationsIn).filter((word) => !knownAbbreviations.has(word) && !names.has(word)))).toEqual([]);
	});

	test('take from a model what their schema says', () => {
		const fits = { string: 'string', number: 'number', boolean: 'boolean', json: 'object' };
		expect(found((tool) => tool.arguments.filter(({ type, valid }) => typeof valid !== fits[type]).map(({ key, valid }) => `${key} ${JSON.stringify(valid)}`))).toEqual([]);
	});
});
