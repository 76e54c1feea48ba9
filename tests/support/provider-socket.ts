// The socket of the browser's provider, in Node: a browser adds the cookie and the Origin by itself.
import { WebSocket } from 'ws';

export function socketOf(cookie: string, origin: string): typeof WebSocket {
	return class extends WebSocket {
		constructor(address: string) {
			super(address, { headers: { cookie, origin } });
			// The provider drops one that is still connecting after it stopped listening: in a browser that is no error.
			this.on('error', () => undefined);
		}
	} as typeof WebSocket;
}
