// Wrong values in the parameters of instant triggers are refused: every sender, event and filter of every vendor.
import type { IDataObject, INode } from 'n8n-workflow';

import { iAdvizePush } from '../../../nodes/IAdvize/push';
import { liveAgentPush } from '../../../nodes/LiveAgent/push';
import type { PushDefinition, PushSender } from '../../../nodes/shared/definition/push';
import { readInstantChoices } from '../../../nodes/shared/webhook/choices';
import { hasChoices } from '../../../nodes/shared/input/choices';
import { ujetPush } from '../../../nodes/Ujet/push';

const expression = '={{ $vars.given }}';

const senders = [iAdvizePush, liveAgentPush, ujetPush].flatMap((definition) =>
	definition.senders.map((sender) => ({ title: `${definition.vendor.displayName} ${sender.value}`, definition, sender })),
);

/** The choices of a trigger for all events of a sender; `given` is what expressions give. */
function choicesOf(definition: PushDefinition, { value, events }: PushSender, more: IDataObject, given?: unknown) {
	const parameters: IDataObject = { sender: value, events: events.map((event) => event.value), ...more };
	const read = (name: string) => (parameters[name] === expression ? given : (parameters[name] ?? null));
	return readInstantChoices({ name: 'Trigger', parameters } as unknown as INode, definition, read);
}

describe.each(senders)('$title', ({ definition, sender }) => {
	const fields = new Map(sender.events.flatMap(({ fields: own = [] }) => own.map((field) => [field.name, field] as const)));

	test('takes no filters and refuses those that say nothing or are none', () => {
		expect(choicesOf(definition, sender, {}).values).toEqual({});
		for (const [name, field] of fields) {
			expect(Object.values(choicesOf(definition, sender, { [name]: '' }).values).flat()).toEqual([]);
			const message = `Invalid value for '${field.displayName}': expected`;
			for (const given of ['', '   ', null, undefined, []]) {
				expect(() => choicesOf(definition, sender, { [name]: expression }, given)).toThrow(message);
			}
			if (!hasChoices(field)) continue;
			for (const given of ['no such choice', 987_654_321]) {
				expect(() => choicesOf(definition, sender, { [name]: given })).toThrow(message);
				expect(() => choicesOf(definition, sender, { [name]: expression }, given)).toThrow(message);
			}
		}
	});

	test('refuses an output that there is not', () => {
		const read = () => choicesOf(definition, sender, { output: 'everything' });
		if (sender.alwaysReads === true) expect(read().reads).toBe(true);
		else expect(read).toThrow("Invalid value for 'Output': expected one of: As Sent (sent), Whole Record (record); got 'everything'");
	});
});
