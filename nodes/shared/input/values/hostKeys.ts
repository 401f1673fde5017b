import { normaliseKey } from '../../data/names';

/** Keys that n8n itself puts into the items of chats, agents and tools, without case and punctuation. */
const hostKeys = new Set(['chatinput', 'sessionid', 'toolcallid']);

/** True for a key of an input item that comes from n8n and is no data of the user. */
export function isHostKey(key: string): boolean {
	return hostKeys.has(normaliseKey(key));
}
