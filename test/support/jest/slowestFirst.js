const { sep } = require('node:path');

const Sequencer = require('@jest/test-sequencer').default;

/** The files that take longest, slowest first. */
const slowest = [
	'packages/built.test.ts',
	'engine/oddAnswers.test.ts',
	'engine/wrongValues.test.ts',
	'contract/operations.test.ts',
	'engine/ipscape/triggers.test.ts',
	'contract/schemas.test.ts',
].map((path) => path.replaceAll('/', sep));

function rankOf({ path }) {
	const rank = slowest.findIndex((end) => path.endsWith(`${sep}test${sep}${end}`));
	return rank < 0 ? slowest.length : rank;
}

/** Begins with the slowest files, so that none of them runs on alone at the end: Jest itself knows how long a file takes only after a first run. */
module.exports = class extends Sequencer {
	sort(tests) {
		return super.sort(tests).sort((first, second) => rankOf(first) - rankOf(second));
	}
};
