// What the editor downloads of each node stays small, however many operations it has.
import { iAdvize } from '../../nodes/IAdvize/vendor';
import { ipScape } from '../../nodes/IpScape/vendor';
import { liveAgent } from '../../nodes/LiveAgent/vendor';
import { nodeProperties } from '../../nodes/shared/editor/nodeDescription';
import { triggerProperties } from '../../nodes/shared/editor/triggerDescription';
import { ujet } from '../../nodes/Ujet/vendor';

const mostBytes = 300_000;

test.each([iAdvize, ipScape, liveAgent, ujet])('the descriptions of $displayName are at most 300 kB each', (vendor) => {
	for (const properties of [nodeProperties(vendor), triggerProperties(vendor)]) {
		expect(Buffer.byteLength(JSON.stringify(properties))).toBeLessThan(mostBytes);
	}
});
