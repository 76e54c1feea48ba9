import { getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import type { PieceArchive } from '#lib/pieces/piece.ts';
import { readImage } from '../../pieces/image-reader.ts';
import { GIF_ANIME, jpegWith, png, WEBP, WEBP_SANS_PERTE } from '../../pieces/images-de-test.ts';
import { isImageRefusal } from '../print.ts';
import { renderPdf } from '../render.ts';
import { fichiersOf, imageBloc } from './image.ts';

const asIs = { texte: (source: string) => source.trim(), paragraphes: (source: string) => [source] };
const PIECES: PieceArchive[] = [png(300, 200), jpegWith(6, 'x'), GIF_ANIME, WEBP, WEBP_SANS_PERTE].map((bytes, i) => {
	const image = readImage(bytes);
	const { type, largeur, hauteur } = image;
	const base64 = Buffer.from(image.bytes).toString('base64');
	return { id: `p${i + 1}`, nom: 'vue', type, largeur, hauteur, sha256: '', base64 };
});

interface Node {
	role?: string;
	alt?: string;
	children?: Node[];
}

async function read(pdf: Uint8Array): Promise<{ text: string; alts: string[] }> {
	const proxy = await getDocumentProxy(pdf);
	const alts: string[] = [];
	let text = '';
	const visit = (node: Node) => {
		if (node.alt) alts.push(node.alt);
		node.children?.forEach(visit);
	};
	for (let n = 1; n <= proxy.numPages; n++) {
		const page = await proxy.getPage(n);
		text += (await page.getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(' ');
		const tree = (await page.getStructTree()) as Node | null;
		if (tree) visit(tree);
	}
	return { text: text.replace(/\s+/gu, ' '), alts };
}

const renderImages = (images: { piece: string; alternative: string; legende: string }[]) =>
	renderPdf(
		{
			titre: 'Images',
			pied: '',
			blocs: images.map((image) => imageBloc({ type: 'image', ...image }, PIECES, asIs, 'Ici')),
			fichiers: fichiersOf(PIECES)
		},
		{ date: 0 }
	);

describe('images on paper', () => {
	test('each type is drawn, with its words for who cannot see it and its legend', async () => {
		const images = PIECES.map(({ id }, i) => ({ piece: id, alternative: `Vue ${i}`, legende: `Légende ${i}` }));
		const { pdf } = renderImages(images);
		const { text, alts } = await read(pdf);
		expect(alts).toEqual(images.map(({ alternative }) => alternative));
		for (const { legende } of images) expect(text).toContain(legende);
	});

	test('one whose points cannot be read is told from any other fault, so that the rest can be printed', () => {
		const broken = readImage(png(30, 20, [], Buffer.from('no pixels')));
		const fichiers = [{ chemin: '/pieces/p1', base64: Buffer.from(broken.bytes).toString('base64') }];
		const bloc = imageBloc({ type: 'image', piece: 'p1', alternative: 'Vue', legende: '' }, PIECES, asIs, 'Ici');
		let fault: unknown;
		try {
			renderPdf({ titre: 'Images', pied: '', blocs: [bloc], fichiers }, { date: 0 });
		} catch (error) {
			fault = error;
		}
		expect(isImageRefusal(fault), String(fault)).toBe(true);
	});

	test('a decorative one is drawn for the eye alone, and one that is no longer kept leaves its words', async () => {
		const { pdf } = renderImages([
			{ piece: 'p1', alternative: '', legende: '' },
			{ piece: 'absente', alternative: 'La carte', legende: '' }
		]);
		const { text, alts } = await read(pdf);
		expect(alts).toEqual([]);
		expect(text.replaceAll('\u00a0', ' ')).toContain('Image retirée : La carte');
	});
});
