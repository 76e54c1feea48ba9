// Someone who uses the pages without script: cookies kept, forms posted, redirects shown and not followed.
import { request } from 'node:http';

export interface Reponse {
	status: number;
	headers: Record<string, string>;
	cookies: string[];
	text: string;
}

export interface Demande {
	headers?: Record<string, string>;
	/** The fields of a form: makes it a POST. */
	form?: Record<string, string>;
}

export class Visiteur {
	readonly #cookies = new Map<string, string>();
	readonly #server: string;
	/** The site as its people see it: what the browser puts in Host and Origin. */
	readonly #site: URL;

	constructor(server: string, site: string = server) {
		this.#server = server;
		this.#site = new URL(site);
	}

	get cookie(): string {
		return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	get(path: string, headers: Record<string, string> = {}): Promise<Reponse> {
		return this.#ask(path, { headers });
	}

	post(path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Reponse> {
		return this.#ask(path, { form, headers: { origin: this.#site.origin, ...headers } });
	}

	#ask(path: string, { headers = {}, form }: Demande): Promise<Reponse> {
		const body = form && new URLSearchParams(form).toString();
		const sent: Record<string, string> = {
			accept: 'text/html',
			host: this.#site.host,
			cookie: this.cookie,
			...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
			...headers
		};
		return new Promise((resolve, reject) => {
			const asked = request(
				new URL(path, this.#server),
				{ method: form ? 'POST' : 'GET', headers: sent },
				(response) => {
					const parts: Buffer[] = [];
					response.on('data', (part: Buffer) => parts.push(part));
					response.on('error', reject);
					response.on('end', () => {
						const cookies = response.headers['set-cookie'] ?? [];
						cookies.forEach((cookie) => this.#keep(cookie));
						const text = Buffer.concat(parts).toString();
						const all = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
						resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(all), cookies, text });
					});
				}
			);
			asked.on('error', reject);
			asked.end(body);
		});
	}

	#keep(cookie: string): void {
		const [pair = '', ...attributes] = cookie.split('; ');
		const equal = pair.indexOf('=');
		if (attributes.includes('Max-Age=0')) this.#cookies.delete(pair.slice(0, equal));
		else this.#cookies.set(pair.slice(0, equal), pair.slice(equal + 1));
	}
}

/** What a page says, without its markup; spaces that do not break become plain ones. */
export function wordsOf({ text }: Reponse): string {
	return text
		.replace(/<(script|style|head)\b.*?<\/\1>/gs, ' ')
		.replace(/<!--.*?-->/gs, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}
