import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partsOf, wordsIn } from '../../tests/support/bureau.ts';
import { openTestApp, type TestApp } from '../../tests/support/app.ts';
import { readPdf } from '../../tests/support/pdf.ts';
import { salleDEssai, type SalleDEssai } from '../../tests/support/salle.ts';
import { newId } from '../ids.ts';
import { exportCompteRendu, type FormatDeCompteRendu } from './export-compte-rendu.ts';
import { verser } from './verser.ts';

describe('the compte rendu of a séance', () => {
	let app: TestApp;
	let salle: SalleDEssai;
	let seat: string;
	beforeAll(async () => {
		app = await openTestApp();
		salle = await salleDEssai(app);
		await salle.etape('tour', 1);
		const siege = await salle.siege(1);
		seat = siege.siegeId;
		await app.db.updateTable('sieges').set({ nom: 'Jeanne Personne', organisme: 'CAF' }).execute();
		const doing = (acte: string, donnees: Record<string, unknown>) => salle.acte(salle.animateur, acte, donnees);
		const cartes: string[] = [];
		for (const texte of ['Un bus à 20 h', 'Un taxi partagé', '=1+1']) {
			app.advance(1);
			cartes.push(((await salle.acte(siege, 'ajouterCarte', { texte, nature: 'besoin' })) as { carte: string }).carte);
		}
		await app.db.updateTable('cartes').set({ pepite: 1 }).where('id', '=', cartes[0]!).execute();
		const { carte: cachee } = (await salle.acte(siege, 'ajouterCarte', { texte: 'Un secret' })) as { carte: string };
		await app.db.updateTable('cartes').set({ revelee: 0 }).where('id', '=', cachee).execute();
		const groupes: string[] = [];
		for (const [titre, ids] of [
			['Transports', cartes.slice(0, 2)],
			['Calculs', cartes.slice(2)]
		] as const)
			groupes.push(((await doing('creerGroupe', { titre, cartes: ids })) as { groupe: string }).groupe);
		const { scrutin } = (await doing('ouvrirScrutin', { titre: 'Priorités' })) as { scrutin: string };
		await app.db
			.insertInto('voix')
			.values({ scrutin_id: scrutin, siege_id: seat, objet: groupes[0]!, points: 1 })
			.execute();
		await doing('compterVoix', { scrutin, objet: groupes[0], mode: 'mains', nombre: 27 });
		await doing('fermerScrutin', { scrutin });
		await doing('evaluer', { objet: groupes[0], impact: 5, faisabilite: 3 });
		const [axe] = (await salle.pacte.axes('Se déplacer')) as [string];
		await verser(
			app,
			{ pacteId: salle.pacte.pacteId, by: salle.pacte.by, seanceId: salle.seanceId },
			{ cle: newId(), source: groupes[0]!, texte: 'Des bus le soir', cible: { genre: 'noeud', place: `action|${axe}` } }
		);
	});
	afterAll(() => app?.end());

	const make = (format: FormatDeCompteRendu, by = salle.pacte.by) =>
		exportCompteRendu(app, { pacteId: salle.pacte.pacteId, by, seanceId: salle.seanceId }, format);

	const SAID = [
		'World café de la mobilité',
		'CAF',
		'aide à reprendre un emploi',
		'Un bus à 20 h',
		'Transports',
		'Priorités',
		'27',
		'Des bus le soir'
	];

	it('tells in the four formats participants, questions, cards, groups, votes, matrix and what was poured; no one by name', async () => {
		const [odt, docx, pdf] = [await make('odt'), await make('docx'), await make('pdf')];
		const texts = [
			wordsIn(partsOf(odt.bytes)['content.xml']),
			wordsIn(partsOf(docx.bytes)['word/document.xml']),
			readPdf(pdf.bytes).replace(/\s+/g, ' ')
		];
		for (const text of texts) {
			for (const words of SAID) expect(text).toContain(words);
			for (const hidden of ['Un secret', 'Jeanne', seat]) expect(text).not.toContain(hidden);
		}
		expect(odt.nom).toBe('Compte rendu - World café de la mobilité.odt');
	});

	it('gives those who count a line for each card, with no formula', async () => {
		const { bytes } = await make('xlsx');
		const parts = Object.values(partsOf(bytes)).join('');
		for (const hidden of ['Un secret', 'Jeanne', seat]) expect(parts).not.toContain(hidden);
		const book = new ExcelJS.Workbook();
		await book.xlsx.load(bytes.buffer);
		expect(book.worksheets.map(({ name }) => name)).toEqual(['Séance', 'Participants', 'Cartes', 'Groupes', 'Votes']);
		const values = (sheet: string) =>
			book
				.getWorksheet(sheet)!
				.getSheetValues()
				.slice(2)
				.map((row) => (row as unknown[]).slice(1));
		expect(values('Cartes').map((row) => row[4])).toEqual(['Un bus à 20 h', 'Un taxi partagé', '=1+1']);
		expect(values('Votes')[0]).toEqual(['Priorités', 'Transports', 1, 27, 0]);
		expect(values('Groupes')[0]).toEqual(['Transports', 2, 5, 3, 'fiche\u00a01.1, Des bus le soir']);
	});

	it('is for those who lead the séance while it is open, then for those who read the pacte', async () => {
		const lecteur = await salle.pacte.membre('lecteur');
		await expect(make('odt', lecteur)).rejects.toMatchObject({ code: 'interdit' });
		await app.db.updateTable('salles').set({ etat: 'close' }).execute();
		await expect(make('odt', lecteur)).resolves.toBeTruthy();
	});
});
