// Runs a program in this process group and ends the whole group when stdin closes, that is when the starter is gone for whatever reason.
// Arguments: a folder to remove in that case ('' for none), the program, its arguments.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import process from 'node:process';
import { setTimeout } from 'node:timers';

const SHUTDOWN_MS = 8000;
const [folder, program, ...programArguments] = process.argv.slice(2);
let abandoned = false;

const child = spawn(program, programArguments, { stdio: ['ignore', 'inherit', 'inherit'] });

function endGroup() {
	if (abandoned && folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	process.kill(-process.pid, 'SIGKILL');
}

function abandon() {
	if (abandoned) return;
	abandoned = true;
	process.kill(-process.pid, 'SIGTERM');
	setTimeout(endGroup, SHUTDOWN_MS);
}

process.stdin.once('end', abandon).once('error', abandon).resume();
// The program gets the same signal, because it is in the same group; the guard outlives it.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});

child.once('error', (error) => {
	process.stderr.write(`${program}: ${error.message}\n`);
	process.exit(127);
});
child.once('exit', (code, signal) => {
	if (abandoned) endGroup();
	process.exit(code ?? (signal ? 1 : 0));
});
