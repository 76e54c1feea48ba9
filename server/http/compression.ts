import { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';

/** Below this, compressing costs more than it saves. */
const SMALLEST = 1024;

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT, BROTLI_OPERATION_FLUSH, Z_SYNC_FLUSH } = constants;
/** Pages are made for one person at one moment: quick rather than smallest. */
const BROTLI = { params: { [BROTLI_PARAM_QUALITY]: 5, [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT } };
const GZIP = { level: 6 };

type Encoding = 'br' | 'gzip';

const WHOLE = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** The same answer, compressed when the browser takes it and it is text worth the work; event streams never. */
export async function compress(request: Request, response: Response): Promise<Response> {
	if (!response.body || !isCompressible(response)) return response;
	const headers = new Headers(response.headers);
	headers.append('Vary', 'Accept-Encoding');
	const encoding = preferredEncoding(request.headers.get('accept-encoding') ?? '');
	const { status, statusText } = response;
	if (!encoding) return new Response(response.body, { status, statusText, headers });

	headers.set('Content-Encoding', encoding);
	if (!headers.has('content-length'))
		return new Response(streamed(response.body, encoding), { status, statusText, headers });
	const bytes = await whole(await response.arrayBuffer(), encoding);
	headers.set('Content-Length', String(bytes.byteLength));
	return new Response(bytes, { status, statusText, headers });
}

const TEXT = /^(text\/(?!event-stream)|application\/(json|javascript|xml|manifest\+json)|image\/svg\+xml)/;

function isCompressible({ headers }: Response): boolean {
	if (headers.has('content-encoding') || headers.get('cache-control')?.includes('no-transform')) return false;
	const length = headers.get('content-length');
	return TEXT.test(headers.get('content-type') ?? '') && (length === null || Number(length) > SMALLEST);
}

/** Brotli, else gzip, of those that are not refused (`;q=0`). */
export function preferredEncoding(accept: string): Encoding | null {
	const accepted = new Set(
		accept
			.toLowerCase()
			.split(',')
			.map((part) => part.trim().split(/\s*;\s*/))
			.filter(([, quality]) => !/^q=0(\.0*)?$/.test(quality ?? ''))
			.map(([name]) => name)
	);
	if (accepted.has('br')) return 'br';
	return accepted.has('gzip') ? 'gzip' : null;
}

function whole(body: ArrayBuffer, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
	return (encoding === 'br' ? WHOLE.br(body, BROTLI) : WHOLE.gzip(body, GZIP)) as Promise<Uint8Array<ArrayBuffer>>;
}

/** Of a length not known yet: each piece leaves when it is there. */
function streamed(body: ReadableStream<Uint8Array>, encoding: Encoding): ReadableStream<Uint8Array> {
	const compressor =
		encoding === 'br'
			? createBrotliCompress({ ...BROTLI, flush: BROTLI_OPERATION_FLUSH })
			: createGzip({ ...GZIP, flush: Z_SYNC_FLUSH });
	return body.pipeThrough(Duplex.toWeb(compressor) as ReadableWritablePair<Uint8Array, Uint8Array>);
}
