// The five printed pactes, imported, written in each format, read again. The texts are read in place.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { archiveFromProposition } from '#lib/import/archive-from-proposition.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { readPacte } from '#server/import/read-pacte.ts';
import { arbreOf, comeBack, fichesOf, FORMATS, sectionsOf } from '../support/aller-retour.ts';
import { ALLIER, MAYENNE, MEUSE, missingSeeds, ORNE, SARTHE } from '../support/seeds.ts';

const missing = missingSeeds();
const skipped = missing ? ` (skipped: ${missing})` : '';
const ECRITS = FORMATS.filter((format) => format !== 'pdf');

function printed(path: string): ArchivePacte {
	const proposition = readPacte(readFileSync(path, 'utf8'));
	const { debut, fin } = proposition.periode;
	return archiveFromProposition(proposition, { intitule: 'Pacte territorial', territoire: 'Essai', debut, fin });
}

/** The rows of a field, over all fiches. */
function rowsOf({ fiches }: ArchivePacte, champ: string): number {
	return fiches
		.map(({ champs }) => champs[champ])
		.reduce((somme, valeur) => somme + (valeur && 'lignes' in valeur ? valeur.lignes.length : 0), 0);
}

describe.skipIf(missing)(`A printed pacte comes back${skipped}`, { timeout: 120_000 }, () => {
	test.each(ECRITS)('Sarthe, from .%s: its tree, its 27 fiches, 62 livrables, 63 indicators', async (format) => {
		const archive = printed(SARTHE);
		const back = await comeBack(archive, format);
		expect(arbreOf(back)).toEqual(arbreOf(archive));
		expect(fichesOf(back)).toEqual(fichesOf(archive));
		expect([back.fiches.length, rowsOf(back, 'livrables'), rowsOf(back, 'indicateurs')]).toEqual([27, 62, 63]);
	});

	test('Sarthe, from .pdf: its tree, its 27 fiches, 62 livrables, 63 indicators', async () => {
		const archive = printed(SARTHE);
		const back = await comeBack(archive, 'pdf');
		expect(arbreOf(back)).toEqual(arbreOf(archive));
		expect(Object.keys(fichesOf(back))).toEqual(Object.keys(fichesOf(archive)));
		expect([back.fiches.length, rowsOf(back, 'livrables'), rowsOf(back, 'indicateurs')]).toEqual([27, 62, 63]);
	});

	test.each(['docx', 'md'] as const)('Orne, from .%s: its tree, its 37 fiches, its signatories', async (format) => {
		const archive = printed(ORNE);
		const back = await comeBack(archive, format);
		expect(arbreOf(back)).toEqual(arbreOf(archive));
		expect(fichesOf(back)).toEqual(fichesOf(archive));
		expect(back.fiches).toHaveLength(37);
		expect(back.signataires).toHaveLength(archive.signataires.length);
	});

	test.each([
		['Meuse', MEUSE],
		['Allier', ALLIER],
		['Mayenne', MAYENNE]
	])('%s: its tree, its sections, and no fiche', async (_, path) => {
		const archive = printed(path);
		for (const format of ['docx', 'md'] as const) {
			const back = await comeBack(archive, format);
			expect(arbreOf(back), format).toEqual(arbreOf(archive));
			expect(sectionsOf(back), format).toEqual(sectionsOf(archive));
			expect(back.fiches, format).toEqual([]);
		}
	});
});
