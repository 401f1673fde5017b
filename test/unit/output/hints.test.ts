import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../../../nodes/shared/http/connection';
import { addPaceHint } from '../../../nodes/shared/output/hints';

function hintsAfter(waitedMilliseconds: number, summary?: string): unknown[] {
	const hints: unknown[] = [];
	const context = { addExecutionHints: (hint: unknown) => hints.push(hint) } as unknown as IExecuteFunctions;
	const connection = { pacer: { waitedMilliseconds, requestsPerSecond: 1 } } as unknown as Connection;
	addPaceHint(context, connection, 0, summary);
	return hints;
}

describe('what a slow run says', () => {
	it('is how long it took and at what rate', () => {
		const message =
			"40 items took 82 seconds. The rate limit set the pace: at most 1 request a second, as 'Requests per Second' in the credential allows.";
		expect(hintsAfter(202_000, '40 items took 82 seconds.')).toEqual([{ message, location: 'outputPane' }]);
	});

	it('is nothing when it was not slow', () => {
		expect(hintsAfter(100)).toEqual([]);
	});
});
