// Lets a client's request time out at once, so that no test waits for the time to pass.
import { ClientRequest } from 'node:http';

const waiting = new Map<ClientRequest, () => void>();

/** From now on time-outs of requests of this process can be brought forward. Call what it returns to end that. */
export function watchTimeOuts(): () => void {
	const original = ClientRequest.prototype.setTimeout;
	const watched = jest.spyOn(ClientRequest.prototype, 'setTimeout').mockImplementation(function (this: ClientRequest, ...given) {
		const [, onTimeOut] = given;
		if (onTimeOut !== undefined) {
			waiting.set(this, onTimeOut);
			this.once('close', () => waiting.delete(this));
		}
		return original.apply(this, given);
	});
	return () => watched.mockRestore();
}

/** Lets the request time out that came over a connection. @param port of the client's end */
export function timeOut(port: number | undefined): void {
	for (const [request, onTimeOut] of waiting) if (request.socket?.localPort === port) return onTimeOut();
	throw new Error('No request waits on this connection; call watchTimeOuts first');
}
