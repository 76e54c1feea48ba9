import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { extractImages } from 'unpdf';
import type { PieceArchive } from '#lib/pieces/piece.ts';
import { pngOfPoints } from './png.ts';

/*
 * Word shows no WebP. The compiler of the PDF reads it, and writes its points in the file, where they are read back: no other decoder is
 * needed.
 */

/** The same images, those in WebP as PNG. One that cannot be read stays as it is: its words stand for it. */
export async function withoutWebp(pieces: readonly PieceArchive[]): Promise<PieceArchive[]> {
	const readable: PieceArchive[] = [];
	// One after another: each takes as much memory as it has points.
	for (const piece of pieces) readable.push(piece.type === 'image/webp' ? await asPng(piece) : piece);
	return readable;
}

async function asPng(piece: PieceArchive): Promise<PieceArchive> {
	const png = await pngOfWebp(Buffer.from(piece.base64, 'base64'));
	return png ? { ...piece, type: 'image/png', base64: Buffer.from(png).toString('base64') } : piece;
}

/** null: it is no WebP that can be read. */
export async function pngOfWebp(bytes: Buffer): Promise<Uint8Array | null> {
	const compiler = NodeCompiler.create({ workspace: '/' });
	compiler.mapShadow('/image', bytes);
	const source = '#set page(width: 10pt, height: 10pt, margin: 0pt)\n#image("/image", format: "webp", width: 10pt)';
	const { result } = compiler.compile({ mainFileContent: source });
	if (!result) return null;
	const pdf = new Uint8Array(compiler.pdf(result, {}));
	compiler.evictCache(0);
	const [image] = await extractImages(pdf, 1);
	return image ? pngOfPoints(image.data, image.width, image.height, image.channels) : null;
}
