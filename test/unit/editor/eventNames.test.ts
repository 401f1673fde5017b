// docs/vocabulary.md: one set of words for the events of all vendors, polled or pushed.
import { iAdvize } from '../../../nodes/IAdvize/vendor';
import { iAdvizePush } from '../../../nodes/IAdvize/push';
import { ipScape } from '../../../nodes/IpScape/vendor';
import { groupBy } from '../../../nodes/shared/data/groupBy';
import { liveAgentPush } from '../../../nodes/LiveAgent/push';
import { liveAgent } from '../../../nodes/LiveAgent/vendor';
import { ujetPush } from '../../../nodes/Ujet/push';
import { ujet } from '../../../nodes/Ujet/vendor';

type Named = { value: string; name: string };

const pushed = (push: { senders: Array<{ events: Named[] }> }): Named[] => push.senders.flatMap(({ events }) => events);

const events: Array<[string, Named[]]> = [
	['iAdvize', [...iAdvize.events, ...pushed(iAdvizePush)]],
	['ipSCAPE', ipScape.events],
	['LiveAgent', [...liveAgent.events, ...pushed(liveAgentPush)]],
	['UJET', [...ujet.events, ...pushed(ujetPush)]],
];

/** Words that the vocabulary has another one for. */
const otherWords = /(?<!Status) Changed$| (Opened|Recorded|Modified|Availability)\b|^(Call|Chat|Conversation) Started$/;

describe.each(events)('the events of %s', (_, ofVendor) => {
	test('have the words of the vocabulary', () => {
		expect(ofVendor.filter(({ name }) => otherWords.test(name)).map(({ name }) => name)).toEqual([]);
	});

	test('have one name each, polled or pushed', () => {
		const names = groupBy(ofVendor, ({ value }) => value);
		expect([...names.values()].map((same) => new Set(same.map(({ name }) => name)).size).filter((count) => count > 1)).toEqual([]);
	});
});
