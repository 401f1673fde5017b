// One reading to the end in a process of its own, so that its memory is not hidden in what earlier cases left.
import '../test/support/setup';

import { loadPackage } from '../test/support/package';
import { returnAll } from './cases';

const [origin, rows, simplify] = process.argv.slice(2);

async function main(): Promise<void> {
	// Loading n8n-core and the package is not what is measured.
	await loadPackage();
	const measurement = await returnAll(origin, Number(rows), simplify === 'true');
	process.send?.(measurement, () => process.exit(0));
}

void main();
