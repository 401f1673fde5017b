// Lint beside type check and build: each uses one core. Fails when one of them fails, after all have said what they found.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';

/** True when an npm script ends well. The shell finds npm on every system. */
async function succeeds(script) {
	const [code] = await once(spawn(`npm run --silent ${script}`, { shell: true, stdio: 'inherit' }), 'exit');
	return code === 0;
}

const lint = succeeds('lint');
const build = succeeds('typecheck').then((isTyped) => isTyped && succeeds('build'));
const results = await Promise.all([lint, build]);
process.exitCode = results.every(Boolean) ? 0 : 1;
