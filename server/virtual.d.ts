declare module 'virtual:adapter-node-handler' {
	import type { IncomingMessage, ServerResponse } from 'node:http';

	/** The routes of the build, as a function of Node's own server. */
	export function handler(request: IncomingMessage, response: ServerResponse, next: () => void): void;
}
