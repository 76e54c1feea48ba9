// What the tableau de synthèse of the Sarthe's pacte asks (domain.md §11): its columns, rows and merged cells, on words of our own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentName } from '#lib/documents/document.ts';
import { tableDeNiveaux } from '#lib/fiches/synthese-table.ts';
import { moveNoeud } from '#lib/orientations/arbre.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { readSynthese } from '#server/fiches/synthese.ts';
import { exportSynthese } from '#server/export/export.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { assemble, type BlocSyntheseEnNiveaux } from '#server/export/assemble.ts';
import { engines, openTestApp, type TestApp } from '../support/app.ts';
import { readPdf } from '../support/pdf.ts';
import { CODES_SARTHE, COPILOTES, sartheEntiere } from '../support/sarthe-entiere.ts';

const awaited = await engines();
const ASIS = { texte: (source: string) => source.trim(), paragraphes: (source: string) => [source] };

describe('Sarthe 3: the tableau de synthèse, six columns, 27 rows, merged cells, from the tree and the fiches', () => {
	const [table] = assemble(sartheEntiere(), { type: 'synthese' }, ASIS).blocs as [BlocSyntheseEnNiveaux];

	test('Sarthe 3: six columns, down to the level that carries the fiche, then who leads and with whom', () => {
		expect(table.colonnes).toEqual([
			'Objectifs stratégiques',
			'Objectifs opérationnels',
			'Actions',
			'Sous-actions',
			'Pilote de l’action',
			'Partenaire(s) mobilisé(s)'
		]);
	});

	test('Sarthe 3: 27 rows whose codes run from I1a to III8b, each with its pilote', () => {
		const codes = table.rangees.map((cells) => cells.filter(({ entete }) => entete).at(-1)?.code);
		// An action alone below its own is the first: 1.
		expect(codes).toEqual(CODES_SARTHE);
		const pilotes = table.rangees.map((cells) => cells.at(-2)?.texte ?? '');
		expect(pilotes.every((pilote) => pilote !== '' && pilote !== 'Non renseigné')).toBe(true);
		const shared = CODES_SARTHE.filter((_, i) => pilotes[i]?.includes(','));
		expect(shared).toEqual(COPILOTES);
	});

	test('Sarthe 3: what holds several fiches is one cell: 3, 8 and 17 of them, as high as what they hold', () => {
		const cells = table.rangees.flat();
		const at = (x: number) => cells.filter((cell) => cell.x === x && cell.entete);
		expect(at(0).map(({ code, lignes }) => [code, lignes])).toEqual([
			['I', 22],
			['II', 3],
			['III', 2]
		]);
		expect(at(1).map(({ code }) => code)).toEqual(['I1', 'I2', 'I3', 'I4', 'I5', 'II6', 'II7', 'III8']);
		expect(at(2)).toHaveLength(17);
		expect(at(2).filter(({ colonnes }) => colonnes === 2)).toHaveLength(7);
		expect(at(3)).toHaveLength(20);
		for (const x of [0, 1]) expect(at(x).reduce((sum, { lignes }) => sum + lignes, 0)).toBe(27);
	});

	for (const { engine, missing } of awaited)
		describe.skipIf(missing)(`on ${engine}`, () => {
			let app: TestApp;
			let pacteId: string;
			beforeAll(async () => {
				app = await openTestApp(engine);
				pacteId = await createPacteFromArchive(app, sartheEntiere(), { compteId: null, acte: 'pacte_importe' });
			});
			afterAll(() => app?.end());

			const read = async () =>
				(await readSynthese(app.db, { id: pacteId, modele: MODELE_SARTHE, debut: 2027, fin: 2031 })).lignes;

			test('Sarthe 3: the screen shows the same cells; an action that is moved takes its code and its place in it', async () => {
				const before = await read();
				expect(before.map(({ code }) => code)).toEqual(CODES_SARTHE);
				const { rangees } = tableDeNiveaux(
					before.map(({ chemin }) => chemin),
					MODELE_SARTHE
				);
				const shape = (cells: { x: number; colonnes: number; lignes: number }[][]) =>
					cells.map((row) => row.filter(({ x }) => x < 4).map(({ x, colonnes, lignes }) => [x, colonnes, lignes]));
				expect(shape(rangees)).toEqual(shape(table.rangees));

				const moved = before.find(({ code }) => code === 'II6b');
				const under = before.find(({ code }) => code === 'I1a')?.chemin[1]?.id as string;
				await app.collaboration.edit(
					documentName('orientations', pacteId),
					(doc) => moveNoeud(doc, moved?.id as string, under),
					'personne'
				);
				await app.collaboration.settle(pacteId);
				const after = await read();
				expect(after.find(({ id }) => id === moved?.id)).toMatchObject({ code: 'I1c', axe: { code: 'I' } });
				expect(after).toHaveLength(27);
			});

			test('Sarthe 3: it is printed alone, each code and each title on its pages', async () => {
				const { bytes, nom, pages } = await exportSynthese(app, pacteId, 'pdf');
				const text = readPdf(bytes).replace(/\s+/g, ' ');
				for (const words of ['Sous-actions', 'I3a1 Former les équipes I3a1', 'Rapprocher les services III8'])
					expect(text).toContain(words);
				expect(nom).toBe('Tableau de synthèse - Pacte de la Haute-Rivière.pdf');
				expect(pages).toBeLessThanOrEqual(3);
			});
		});
});
