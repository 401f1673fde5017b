import type { TriggerEvent } from '../shared/polling/events';

/** What the UJET Trigger can start on. */
export const events: TriggerEvent[] = [];
