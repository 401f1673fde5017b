import { OwnedProcess } from './ownedProcess';

/** Takes a line to show to the person waiting. */
export type Report = (line: string) => void;

/** A command that is run once and must succeed. */
export interface Step {
	/** What the person waiting is told, for example "Downloading n8n". */
	title: string;
	command: string;
	arguments: string[];
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Milliseconds after which the step is ended and counts as failed. */
	timeoutMs: number;
	report: Report;
	signal?: AbortSignal;
}

/** Milliseconds between two signs of life of a long step. */
const SIGN_OF_LIFE_MS = 10_000;
/** npm takes its time to end; what it leaves half done is made anew next time. */
const STOP_GRACE_MS = 2000;
const SHOWN_COLUMNS = 90;
const SHOWN_LINES_OF_FAILURE = 30;

/** Says which command failed, how, and the end of what it printed. */
export class StepFailedError extends Error {
	override name = 'StepFailedError';

	constructor(
		step: Step,
		reason: string,
		readonly output: string,
	) {
		super(`${step.title} failed (${step.command} ${step.arguments.join(' ')}): ${reason}\n${output}`);
	}
}

/**
 * Runs a command to its end, telling now and then how long it has taken and what it printed last. Gives what it printed.
 * Throws StepFailedError on any exit code but 0 and when the time is up, and the signal's reason when it is aborted.
 */
export async function runStep(step: Step): Promise<string> {
	step.signal?.throwIfAborted();
	step.report(`${step.title} ...`);
	const started = Date.now();
	const seconds = (): number => Math.round((Date.now() - started) / 1000);
	let lastLine = '';
	const owned = new OwnedProcess({ ...step, onLine: (line) => (lastLine = isNoise(line) ? lastLine : line.trim()) });
	const signOfLife = setInterval(
		() => step.report(`  ${step.title}: ${seconds()} s, ${lastLine.slice(0, SHOWN_COLUMNS)}`),
		SIGN_OF_LIFE_MS,
	);
	let timedOut = false;
	const deadline = setTimeout(() => {
		timedOut = true;
		void owned.stop(STOP_GRACE_MS);
	}, step.timeoutMs);
	const abort = (): void => void owned.stop(STOP_GRACE_MS);
	step.signal?.addEventListener('abort', abort);
	try {
		const code = await owned.ended;
		step.signal?.throwIfAborted();
		if (timedOut) throw new StepFailedError(step, `not done after ${step.timeoutMs / 1000} s`, failureOutput(owned));
		if (code !== 0) throw new StepFailedError(step, `exit code ${code}`, failureOutput(owned));
		step.report(`  ${step.title}: done in ${seconds()} s`);
		return owned.output();
	} finally {
		clearInterval(signOfLife);
		clearTimeout(deadline);
		step.signal?.removeEventListener('abort', abort);
	}
}

function failureOutput(owned: OwnedProcess): string {
	return owned
		.output()
		.split('\n')
		.filter((line) => !isNoise(line) && !line.startsWith('npm http'))
		.slice(-SHOWN_LINES_OF_FAILURE)
		.join('\n');
}

/** npm warns at length about packages that are meant for another Node.js. */
function isNoise(line: string): boolean {
	return line.trim() === '' || line.startsWith('npm warn');
}
