// What the editor downloads of each node stays small, however many operations it has.
import { nodeProperties } from '../../nodes/shared/editor/nodeDescription';
import { triggerProperties } from '../../nodes/shared/editor/triggerDescription';
import { vendors } from '../support/vendors';

const mostBytes = 300_000;

test.each(vendors)('the descriptions of $displayName are at most 300 kB each', (vendor) => {
	for (const properties of [nodeProperties(vendor), triggerProperties(vendor)]) {
		expect(Buffer.byteLength(JSON.stringify(properties))).toBeLessThan(mostBytes);
	}
});
