// What the pacte of the Mayenne holds, as its parts: labels and figures only, none of its sentences (domain.md §11).
import { expect, test } from 'vitest';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import { PARTIES_VIDES, type ArchivePacte, type NoeudArchive } from '#lib/pactes/archive.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { exportPacte } from '#server/export/export.ts';
import { exportPdf } from '#server/export/pdf.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { MIDI, openTestApp } from '../support/app.ts';
import { readPdf } from '../support/pdf.ts';

const MOTS = ['Emploi', 'Logement', 'Santé', 'Mobilité', ''];

/** Five axes with a keyword, the last without even that; no fiche. */
function cinqAxes(): ArchivePacte {
	return {
		...PARTIES_VIDES,
		format: 'copacte/pacte',
		version: 1,
		intitule: 'Pacte de la Haute-Rivière',
		territoire: 'Haute-Rivière',
		debut: 2015,
		fin: 2017,
		modele: MODELE_ORNE,
		organismes: [],
		noeuds: MOTS.map((titre, i): NoeudArchive => ({ id: `n${i + 1}`, parent: null, niveau: 'axe', titre })),
		fiches: [],
		signataires: [],
		engagements: [],
		textes: []
	};
}

test('Mayenne 7: five axes are held with only a keyword, or none yet, and no fiche; no export fails on a missing title', async () => {
	const { pdf, pages } = await exportPdf(parseArchive(cinqAxes()), { type: 'pacte' }, { date: MIDI });
	expect(pages).toBeGreaterThan(1);
	const text = readPdf(pdf).replace(/\s+/g, ' ');
	MOTS.filter(Boolean).forEach((mot, i) => expect(text).toMatch(new RegExp(`Axe ${i + 1}[ .:]*${mot}`)));
	expect(text).toMatch(/Axe 5/);

	const app = await openTestApp();
	try {
		const id = await createPacteFromArchive(app, parseArchive(cinqAxes()), { compteId: null, acte: 'pacte_importe' });
		const formats = ['json', 'pdf'] as const;
		for (const format of formats) expect((await exportPacte(app, id, format)).bytes.length, format).toBeGreaterThan(0);
		const json = JSON.parse(new TextDecoder().decode((await exportPacte(app, id, 'json')).bytes)) as ArchivePacte;
		expect(json.noeuds.map(({ titre }) => titre)).toEqual(MOTS);
		expect(json.fiches).toEqual([]);
	} finally {
		await app.end();
	}
});
