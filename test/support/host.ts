// What the n8n under the tests can do: they run on the newest one and on the oldest that the package supports.
import { TriggersAndPollers } from 'n8n-core';

/** True where errors carry a `failure` that n8n steers its polls by; n8n 2.8 knows none. */
export const readsFailures = (TriggersAndPollers as unknown) !== undefined;
