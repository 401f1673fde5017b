import { readDefinitions } from './definitions';
import { operationPage } from './operationPage';
import { uncertainPage } from './uncertainPage';

/** The pages that are derived from the definitions: text by path below docs/. */
export function docsPages(): Record<string, string> {
	const definitions = readDefinitions();
	const operations = definitions.map((definition): [string, string] => [
		`operations/${definition.vendor.name.toLowerCase()}.md`,
		operationPage(definition),
	]);
	return { ...Object.fromEntries(operations), 'uncertain-paths.md': uncertainPage(definitions) };
}
