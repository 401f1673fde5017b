import type { IDataObject } from 'n8n-workflow';

import { stableStringify } from '../../shared/data/hash';

/** One happens only once in a chat, the others again and again. */
const onceInAChat = ['chat_created', 'chat_ended'];

/**
 * What a notice of the chat webhooks is known by. UJET sends no id of the event (docs.cloud.google.com, webhooks), so repeats are
 * known by all that they say.
 */
export function chatNoticeKey(notice: IDataObject): string {
	return onceInAChat.includes(String(notice.event_type)) ? String(notice.chat_id) : stableStringify(notice);
}

/** A notice as a row: `id` of the chat, `sender` and `message` beside it, and the text whichever way it was written. */
export function chatNoticeRow({ body, ...notice }: IDataObject): IDataObject {
	const details = (body ?? {}) as IDataObject;
	const { content } = (details.message ?? {}) as IDataObject;
	const parts = typeof content === 'object' && content !== null ? (content as IDataObject) : undefined;
	const text = parts === undefined ? content : parts.text;
	return {
		...notice,
		...details,
		id: notice.chat_id,
		...(text === undefined ? {} : { text }),
		...(parts?.media_id === undefined ? {} : { media_id: parts.media_id }),
	};
}
