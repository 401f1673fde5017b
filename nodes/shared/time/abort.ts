/** What waits for each signal. Node.js warns of a leak when a signal has more than ten listeners, and a run may wait for more turns than that. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when the signal is aborted, with one listener for each signal.
 * @returns call it when there is nothing to wait for any more
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
	const callbacks = waiting.get(signal) ?? listenTo(signal);
	callbacks.add(callback);
	return () => void callbacks.delete(callback);
}

function listenTo(signal: AbortSignal): Set<() => void> {
	const callbacks = new Set<() => void>();
	waiting.set(signal, callbacks);
	const callAll = () => {
		for (const callback of [...callbacks]) callback();
	};
	signal.addEventListener('abort', callAll, { once: true });
	return callbacks;
}
