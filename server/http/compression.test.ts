import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compress, preferredEncoding } from './compression.ts';

const PAGE = '<p>Accueillir, orienter, accompagner.</p>'.repeat(200);
const asked = (accept: string) => new Request('http://localhost/', { headers: { 'accept-encoding': accept } });

function page(text: string, headers: Record<string, string> = {}): Response {
	const length = String(Buffer.byteLength(text));
	return new Response(text, {
		status: 422,
		headers: { 'content-type': 'text/html; charset=utf-8', 'content-length': length, ...headers }
	});
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('compression', () => {
	test('a page is compressed with what the browser prefers to take, and keeps the rest', async () => {
		const response = await compress(asked('gzip, deflate, br, zstd'), page(PAGE, { 'set-cookie': 'a=1', etag: '"x"' }));
		expect(response.status).toBe(422);
		expect(response.headers.get('content-encoding')).toBe('br');
		expect(response.headers.get('vary')).toBe('Accept-Encoding');
		expect(response.headers.getSetCookie()).toEqual(['a=1']);
		const bytes = await bytesOf(response);
		expect(response.headers.get('content-length')).toBe(String(bytes.length));
		expect(bytes.length).toBeLessThan(PAGE.length / 10);
		expect(brotliDecompressSync(bytes).toString()).toBe(PAGE);
	});

	test('gzip is used where brotli is not taken', async () => {
		const response = await compress(asked('gzip'), page(PAGE));
		expect(response.headers.get('content-encoding')).toBe('gzip');
		expect(gunzipSync(await bytesOf(response)).toString()).toBe(PAGE);
	});

	test('a browser that takes neither gets the page as it is, told apart by caches', async () => {
		const response = await compress(asked('identity'), page(PAGE));
		expect(response.headers.has('content-encoding')).toBe(false);
		expect(response.headers.get('vary')).toBe('Accept-Encoding');
		expect(await response.text()).toBe(PAGE);
	});

	test.each([
		['', null],
		['br', 'br'],
		['GZIP;q=0.8, BR;q=0.2', 'br'],
		['br;q=0, gzip', 'gzip'],
		['br;q=0.0, gzip;q=0', null],
		['deflate, zstd', null]
	])('Accept-Encoding %j gives %s', (accept, encoding) => expect(preferredEncoding(accept)).toBe(encoding));

	test('what is small, not text, already compressed or not to be transformed passes untouched', async () => {
		for (const response of [
			page('court'),
			page(PAGE, { 'content-type': 'application/pdf' }),
			page(PAGE, { 'content-encoding': 'gzip' }),
			page(PAGE, { 'cache-control': 'no-transform' }),
			new Response(null, { status: 204 })
		])
			expect(await compress(asked('br'), response)).toBe(response);
	});

	test('an event stream is never held back', async () => {
		const stream = new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } });
		expect(await compress(asked('br'), stream)).toBe(stream);
	});

	test('of an answer whose length is not known, each piece leaves when it is there', async () => {
		let controller!: ReadableStreamDefaultController<Uint8Array>;
		const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
		const headers = { 'content-type': 'application/json' };
		const response = await compress(asked('gzip'), new Response(body, { headers }));
		expect(response.headers.get('content-encoding')).toBe('gzip');
		const read = response
			.body!.pipeThrough(new DecompressionStream('gzip'))
			.pipeThrough(new TextDecoderStream())
			.getReader();
		controller.enqueue(new TextEncoder().encode('{"premier":1}'));
		expect((await read.read()).value).toBe('{"premier":1}');
		controller.enqueue(new TextEncoder().encode('{"second":2}'));
		controller.close();
		let rest = '';
		for (let part = await read.read(); !part.done; part = await read.read()) rest += part.value;
		expect(rest).toBe('{"second":2}');
	});
});
