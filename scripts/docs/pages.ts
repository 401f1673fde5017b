import { assumptionsPage } from './assumptionsPage';
import { ratioChart } from './chart';
import { readDefinitions } from './definitions';
import { operationPage } from './operationPage';
import { readmePage } from './readme';
import { uncertainPage } from './uncertainPage';
import { workflowsPage } from './workflowsPage';

/** Folder of the pages of single vendors. */
export const operationsFolder = 'docs/operations';

/** The pages that are derived, wholly or in part, from definitions and workflows: text by path. */
export function docsPages(): Record<string, string> {
	const definitions = readDefinitions();
	const operations = definitions.map((definition): [string, string] => [
		`${operationsFolder}/${definition.vendor.name.toLowerCase()}.md`,
		operationPage(definition),
	]);
	return {
		...Object.fromEntries(operations),
		'docs/assumptions.md': assumptionsPage(definitions),
		'docs/uncertain-paths.md': uncertainPage(definitions),
		'docs/images/performance.svg': ratioChart(),
		'README.md': readmePage(definitions),
		'workflows/README.md': workflowsPage(),
	};
}
