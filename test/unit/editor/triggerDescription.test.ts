import type { INodePropertyOptions } from 'n8n-workflow';

import { liveAgent } from '../../../nodes/LiveAgent/vendor';
import { ujet } from '../../../nodes/Ujet/vendor';
import { triggerProperties } from '../../../nodes/shared/editor/triggerDescription';

describe('the event of a trigger', () => {
	const [event] = triggerProperties(liveAgent);
	const options = event.options as INodePropertyOptions[];

	test('says in a sentence when it starts the workflow, with abbreviations as they are written', () => {
		const actions = options.map(({ action }) => action);
		expect(actions).toContain('On SLA missed: calls');
		expect(actions).toContain('On conversation tagged');
	});

	test('shows its notice before its filters', () => {
		const shown = triggerProperties(ujet).filter(({ displayOptions }) => displayOptions?.show?.event?.includes('callFailed'));
		expect(shown.map(({ type }) => type).indexOf('notice')).toBe(0);
		expect(shown.length).toBeGreaterThan(1);
	});
});
