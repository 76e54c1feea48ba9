import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { archiveEntiere } from '../../tests/support/archive-entiere.ts';
import { readImage } from '../pieces/image-reader.ts';
import { WEBP, WEBP_SANS_PERTE } from '../pieces/images-de-test.ts';
import { ecrirePacte } from './ecrire.ts';
import { pngOfWebp } from './webp-png.ts';

test('an image in WebP, with or without loss, is given as PNG, of the same size', async () => {
	for (const bytes of [WEBP, WEBP_SANS_PERTE]) {
		const png = await pngOfWebp(Buffer.from(bytes));
		expect(readImage(png ?? new Uint8Array())).toMatchObject({ type: 'image/png', largeur: 24, hauteur: 16 });
	}
});

test('what is no image is none', async () => {
	expect(await pngOfWebp(Buffer.from('RIFF, but no image'))).toBeNull();
});

test('Word and LibreOffice show the images that are in WebP', async () => {
	const { archive } = archiveEntiere();
	const base64 = Buffer.from(WEBP).toString('base64');
	const inWebp = {
		...archive,
		pieces: archive.pieces.map((each) => ({ ...each, type: 'image/webp' as const, base64 }))
	};
	const imagesOf = async (format: 'docx' | 'odt') => {
		const job = { archive: inWebp, portee: { type: 'axe', noeud: 'n1' }, date: Date.UTC(2026, 10, 21, 11) } as const;
		const parts = unzipSync(await ecrirePacte(job, format));
		return Object.entries(parts).flatMap(([name, bytes]) => (/media|Pictures/.test(name) ? [readImage(bytes)] : []));
	};
	const shown = expect.objectContaining({ type: 'image/png', largeur: 24, hauteur: 16 });
	expect(await imagesOf('docx')).toContainEqual(shown);
	expect(await imagesOf('odt')).toContainEqual(shown);
});
