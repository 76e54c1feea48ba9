import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { archiveFromProposition } from '#lib/import/archive-from-proposition.ts';
import type { Proposition } from '#lib/import/proposition.ts';
import { exportDocument, exportPdf } from '#server/export/pdf.ts';
import { importFichier } from '#server/import/import.ts';
import { readPacte } from '#server/import/read-pacte.ts';
import { missingSeeds, SARTHE } from '../support/seeds.ts';

const missing = missingSeeds();

/** How many rows a field has, over all fiches. */
function rowsOf({ fiches }: Proposition, cle: string): number {
	return fiches
		.flatMap(({ champs }) => champs)
		.filter((champ) => champ.cle === cle)
		.reduce(
			(somme, champ) => somme + ('lignes' in champ ? champ.lignes : 'puces' in champ ? champ.puces : []).length,
			0
		);
}

/** Line ends and the typography of the house aside. */
function titresOf({ fiches }: Proposition): string[] {
	return fiches.map(({ titre }) => titre.replace(/\s+/g, '').replaceAll("'", '’'));
}

describe.skipIf(missing)(`The Sarthe's pacte${missing ? ` (skipped: ${missing})` : ''}`, () => {
	const source = missing ? null : readPacte(readFileSync(SARTHE, 'utf8'));
	const portee = { type: 'pacte' } as const;
	const options = { date: Date.UTC(2026, 10, 22) };
	const archive = () =>
		archiveFromProposition(source!, {
			intitule: 'Pacte territorial',
			territoire: 'Sarthe',
			debut: 2017,
			fin: 2021
		});

	test.each(['docx', 'odt', 'html'] as const)(
		'exported in .%s and imported again has its tree, its 27 fiches, 62 livrables and 63 indicators',
		async (format) => {
			const octets = await exportDocument(archive(), portee, format, options);
			const { proposition } = await importFichier(octets, { nom: `pacte.${format}` });
			expect(proposition.noeuds).toHaveLength(source!.noeuds.length);
			expect(titresOf(proposition)).toEqual(titresOf(source!));
			expect(rowsOf(proposition, 'livrables')).toBe(62);
			expect(rowsOf(proposition, 'indicateurs')).toBe(63);
		},
		60_000
	);

	test('exported in .pdf and imported again has its tree and its 27 fiches', async () => {
		const { pdf } = await exportPdf(archive(), portee, options);
		const { proposition } = await importFichier(pdf, { nom: 'pacte.pdf' });
		expect(proposition.noeuds).toHaveLength(source!.noeuds.length);
		expect(titresOf(proposition)).toEqual(titresOf(source!));
	}, 60_000);
});
