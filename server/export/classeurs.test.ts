import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { partsOf, wordsIn } from '../../tests/support/bureau.ts';
import { sartheEntiere } from '../../tests/support/sarthe-entiere.ts';
import type { Cellule as CelluleDeProse } from '#lib/editor/prose.ts';
import { tablesProposees } from '#lib/exports/tables.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { MODELE_MEUSE } from '#lib/pactes/modeles/structures.ts';
import { hauteRiviere } from '../demo/haute-riviere.ts';
import { classeurDe, tablesOf } from './classeurs.ts';
import { writtenTables } from './export-tables.ts';

const DATE = Date.UTC(2026, 10, 21, 11);

const table = (archive: ArchivePacte, nom: string) => {
	const found = tablesOf(archive).find((each) => each.nom === nom);
	if (!found) throw new Error(`No table is called ${nom}`);
	return found;
};
const written = (archive: ArchivePacte, format: 'xlsx' | 'ods' | 'csv', id: string | null) =>
	writtenTables(archive, { format, table: id, date: DATE });

describe('the tables of a pacte', () => {
	test('a day is a date that sheets can sort, said the French way', async () => {
		const archive = sartheEntiere();
		archive.signataires = [{ organisme: 'o1', personne: 'Nour Lambry', statut: 'signe', date: '2026-10-20' }];
		const book = new ExcelJS.Workbook();
		await book.xlsx.load((await written(archive, 'xlsx', 'signataires')).bytes.buffer);
		const cell = book.worksheets[0]?.getCell('E2');
		expect([cell?.value, cell?.numFmt]).toEqual([new Date('2026-10-20'), 'dd/mm/yyyy']);
		const ods = partsOf((await written(archive, 'ods', 'signataires')).bytes)['content.xml'] ?? '';
		expect(ods).toContain('office:value-type="date" office:date-value="2026-10-20"><text:p>20/10/2026</text:p>');
		expect(strFromU8((await written(archive, 'csv', 'signataires')).bytes)).toContain(';20/10/2026;');
	});

	test('one row a fiche, one column a field, below the names of its levels', () => {
		const { colonnes, lignes } = table(sartheEntiere(), 'Fiches');
		expect(colonnes.map(({ titre }) => titre).slice(0, 7)).toEqual([
			'Objectif stratégique',
			'Objectif opérationnel',
			'Action',
			'Code',
			'Titre',
			'Forme',
			'Contexte et enjeux'
		]);
		expect(lignes).toHaveLength(27);
		expect(lignes[5]?.slice(0, 6)).toEqual([
			'I Ouvrir des chemins I',
			'I3 Rapprocher les services I3',
			'I3a Tenir une permanence I3a',
			'I3a1',
			'Former les équipes I3a1',
			''
		]);
		expect(lignes.at(-1)?.[5]).toBe('Livrables en trois colonnes');
	});

	test('the rows of a table of fiches keep their cells that go on from the one above; indicators are one a row', () => {
		const livrables = table(sartheEntiere(), 'Livrables');
		expect(livrables.lignes).toHaveLength(62);
		const [first] = livrables.fusions ?? [];
		expect(livrables.fusions).toHaveLength(4);
		const at = first?.ligne ?? 0;
		expect(first).toMatchObject({ colonne: 2, lignes: 2, colonnes: 1 });
		expect([livrables.lignes[at]?.[0], livrables.lignes[at + 1]?.[6]]).toEqual(['I3a1', 'Le Département']);
		const indicateurs = table(sartheEntiere(), 'Indicateurs de suivi').lignes;
		expect(indicateurs).toHaveLength(63);
		expect(indicateurs.filter((row) => row[3] === 'à définir')).toHaveLength(1);
	});

	test('amounts are added up by axe and by who pays, in euros; what is no amount is left as words', () => {
		const archive = sartheEntiere();
		archive.modele = structuredClone(archive.modele);
		archive.modele.champs.push({
			id: 'couts',
			type: 'montants',
			etiquette: 'Coûts',
			requis: false,
			annees: [2027, 2028]
		});
		for (const fiche of archive.fiches) fiche.champs.couts = { lignes: [] };
		const pays = (financeur: string, a2027: string, a2028: string) => ({ financeur, a2027, a2028 });
		archive.fiches[0]!.champs.couts = { lignes: [pays('CAF', '1 000,50 €', 'à voir'), pays('Région', '', '2000')] };
		archive.fiches[1]!.champs.couts = { lignes: [pays('CAF', '100', '')] };
		archive.fiches[26]!.champs.couts = { lignes: [pays('CAF', '5', '5')] };
		const read = parseArchive(archive);
		expect(table(read, 'Coûts').lignes[0]).toEqual(['I1a', 'Tenir une permanence I1a', 'CAF', 1000.5, 'à voir']);
		expect(table(read, 'Montants par axe').lignes).toEqual([
			['I\u00a0· Ouvrir des chemins I', 'CAF', 1100.5, null, 1100.5],
			['I\u00a0· Ouvrir des chemins I', 'Région', null, 2000, 2000],
			['I\u00a0· Ouvrir des chemins I', 'Total', 1100.5, 2000, 3100.5],
			['III\u00a0· Ouvrir des chemins III', 'CAF', 5, 5, 10],
			['III\u00a0· Ouvrir des chemins III', 'Total', 5, 5, 10],
			['Ensemble', 'CAF', 1105.5, 5, 1110.5],
			['Ensemble', 'Région', null, 2000, 2000],
			['Ensemble', 'Total', 1105.5, 2005, 3110.5]
		]);
	});

	test('what was put aside and what is to be placed are there: nothing that was written is missing', () => {
		const archive = sartheEntiere();
		archive.modele = structuredClone(archive.modele);
		const [observations] = archive.modele.champs.splice(7, 1);
		archive.modele.retires = [observations!];
		archive.fiches[0]!.champs.observations = { texte: 'Des mots gardés' };
		archive.noeuds.push({ id: 'loin', parent: 'a_classer', niveau: 'action', titre: 'De côté', anciens: ['I9z'] });
		archive.fiches.push({ ...structuredClone(archive.fiches[1]!), noeud: 'loin' });
		const { colonnes, lignes } = table(archive, 'Fiches');
		const names = colonnes.map(({ titre }) => titre);
		expect(lignes[0]?.[names.indexOf('Observations (mis de côté)')]).toBe('Des mots gardés');
		expect(lignes.at(-1)?.slice(0, 6)).toEqual(['À classer', '', '', '', 'I9z', 'De côté']);
		expect(table(archive, 'Synthèse').lignes).toHaveLength(27);
	});

	test('which fiche leads to which schema, schema by schema', () => {
		const { lignes } = table(sartheEntiere(), 'Liens par schéma');
		expect(lignes).toHaveLength(10);
		expect(lignes.map(([schema]) => schema)).toEqual([
			...Array<string>(4).fill('Schéma des mobilités'),
			...Array<string>(3).fill('Plan logement'),
			...Array<string>(3).fill('Plan des aînés')
		]);
	});

	test('the tables of the texts, with their merged cells; numbers are numbers', () => {
		const cell = (texte: string, more: Partial<CelluleDeProse> = {}): CelluleDeProse => ({
			...more,
			contenu: texte === '' ? [] : [{ type: 'paragraphe', contenu: [{ type: 'texte', texte }] }]
		});
		const archive = hauteRiviere();
		const section = archive.sections.find(({ genre }) => genre === 'texte');
		section?.prose.push({
			type: 'tableau',
			legende: 'Habitants',
			rangees: [
				[cell('Commune', { entete: true }), cell('2015', { entete: true }), cell('2020', { entete: true })],
				[cell('Valmorin', { lignes: 2 }), cell('1 250'), cell('1 190,5')],
				[cell('non connu', { colonnes: 2 })]
			]
		});
		expect(table(archive, 'Habitants')).toMatchObject({
			colonnes: [{ titre: 'Commune' }, { titre: '2015' }, { titre: '2020' }],
			lignes: [
				['Valmorin', 1250, 1190.5],
				[null, 'non connu', null]
			],
			fusions: [
				{ ligne: 0, colonne: 0, lignes: 2, colonnes: 1 },
				{ ligne: 1, colonne: 1, lignes: 1, colonnes: 2 }
			]
		});
	});

	test('Orne 3, Allier 9: the table of the méthode and the matrix of engagements are tables like the others', () => {
		const archive = hauteRiviere();
		const seance = (theme: string, date: string): ArchivePacte['seances'][number] => ({
			instance: 0,
			phase: null,
			titre: theme,
			format: 'groupe_de_travail',
			theme,
			tour: 1,
			date,
			heure_debut: '',
			heure_fin: '',
			lieu: '',
			objet: 'Le diagnostic',
			compte_rendu: '',
			participants: null,
			suite_de: null,
			points: [],
			presences: [],
			textes: [],
			salle: null
		});
		archive.parties = {
			...archive.parties,
			instances: [
				{
					nom: 'Groupes de travail',
					type: '',
					portee: 'elaboration',
					niveau: 'departemental',
					objet: '',
					presidence: '',
					frequence: null,
					frequence_texte: '',
					composition: '',
					roles: [],
					membres: [],
					invites: [],
					territoires: []
				}
			],
			cadres: [
				{
					section: 's1',
					portee: 'tous',
					organismes: [],
					libelle: '',
					champs: { engagements: { puces: ['Se réunir', 'Se former'] } },
					approbation: { approuve: false, instance: '', date: '', note: '' },
					liens: [{ puce: 0, noeuds: [archive.noeuds.find(({ niveau }) => niveau === 'action')?.id ?? ''] }]
				}
			]
		};
		archive.seances = [seance('Logement', '2027-03-02'), seance('Santé', '2027-04-06')];
		const methode = table(archive, 'Instances, périodes, objets');
		expect(methode.lignes.map(([instance, , , theme, quand]) => [instance, theme, quand])).toEqual([
			['Groupes de travail – 1re\u00a0réunion', 'Logement', '2 mars 2027'],
			['Groupes de travail – 1re\u00a0réunion', 'Santé', '6 avril 2027']
		]);
		expect(methode.fusions).toHaveLength(3);
		const matrice = table(archive, 'Engagements par axe');
		expect(matrice.lignes[0]?.slice(0, 3)).toEqual(['Tous les signataires', 1, 0]);
		expect(matrice.colonnes[1]?.titre).toMatch(/^Axe 1 : /);
		expect(table(archive, 'Engagements').lignes[0]?.slice(2)).toEqual([
			'Se réunir',
			'',
			'Fiche-action 1.1 : Un premier rendez-vous sous dix jours'
		]);
	});

	test('what is proposed is what there is, table for table', () => {
		for (const archive of [sartheEntiere(), hauteRiviere()]) {
			const proposed = new Set(tablesProposees(archive.modele).map(({ id }) => id));
			for (const { id } of tablesOf(archive)) expect(proposed).toContain(id);
			for (const id of proposed) {
				const some = tablesOf(archive).some((each) => each.id === id && each.lignes.length > 0);
				if (some) expect(classeurDe(archive, id).feuilles.length, id).toBeGreaterThan(0);
				else expect(() => classeurDe(archive, id), id).toThrow(/encore rien dans/);
			}
		}
	});

	test('Meuse 1: a pacte without fiches has its tables all the same: its préconisations, with their numbers', () => {
		const archive: ArchivePacte = {
			...hauteRiviere(),
			modele: MODELE_MEUSE,
			fiches: [],
			noeuds: [
				{ id: 'n1', parent: null, niveau: 'axe', titre: 'Se loger' },
				{ id: 'n2', parent: 'n1', niveau: 'intertitre', titre: 'Chercher' },
				{ id: 'n3', parent: 'n2', niveau: 'preconisation', titre: 'Un guichet' },
				{ id: 'n4', parent: 'n1', niveau: 'preconisation', titre: 'Un fonds' }
			]
		};
		const rows = table(archive, 'Orientations').lignes.map((row) => row.slice(0, 3));
		expect(rows).toEqual([
			['Axe', '1', 'Se loger'],
			['Intertitre', '', 'Chercher'],
			['Préconisation', '1', 'Un guichet'],
			['Préconisation', '2', 'Un fonds']
		]);
		expect(classeurDe(archive).feuilles.map(({ nom }) => nom)).not.toContain('Fiches');
		expect(() => classeurDe(archive, 'synthese')).toThrow(/encore rien dans/);
		expect(() => classeurDe(archive, 'inconnu')).toThrow(/n’existe pas/);
	});
});

describe('written as files', () => {
	test('Sarthe 3: the tableau de synthèse keeps its merged cells in .xlsx and .ods; in .csv each row is read alone', async () => {
		const xlsx = await written(sartheEntiere(), 'xlsx', 'synthese');
		expect(xlsx.nom).toBe('Tableau de synthèse - Pacte de la Haute-Rivière.xlsx');
		const book = new ExcelJS.Workbook();
		await book.xlsx.load(xlsx.bytes.buffer);
		const sheet = book.getWorksheet('Synthèse');
		expect(sheet?.rowCount).toBe(28);
		expect(sheet?.getCell('A23').master.address).toBe('A2');
		expect(sheet?.getCell('D2').master.address).toBe('C2');
		expect(sheet?.getCell('A24').value).toBe('II Ouvrir des chemins II');

		const ods = partsOf((await written(sartheEntiere(), 'ods', 'synthese')).bytes)['content.xml'] ?? '';
		expect(ods).toContain('table:number-columns-spanned="1" table:number-rows-spanned="22"');
		expect(wordsIn(ods)).toContain('III8b Tenir une permanence III8b');

		const csv = await written(sartheEntiere(), 'csv', 'synthese');
		const rows = strFromU8(csv.bytes).trim().split('\r\n');
		expect(csv.nom).toMatch(/\.csv$/);
		expect(rows).toHaveLength(28);
		expect(rows.slice(1, 23).every((row) => row.startsWith('I Ouvrir des chemins I;'))).toBe(true);
	});

	test('all the tables: one sheet each, one .csv each in a .zip', async () => {
		const names = classeurDe(sartheEntiere()).feuilles.map(({ nom }) => nom);
		const book = new ExcelJS.Workbook();
		await book.xlsx.load((await written(sartheEntiere(), 'xlsx', null)).bytes.buffer);
		expect(book.worksheets.map(({ name }) => name)).toEqual(names);
		const zip = await written(sartheEntiere(), 'csv', null);
		expect([zip.type, zip.nom]).toEqual(['application/zip', 'Tableaux - Pacte de la Haute-Rivière.zip']);
		expect(Object.keys(unzipSync(zip.bytes))).toEqual(names.map((nom) => `${nom}.csv`));
	});

	test('nothing that people wrote is computed: what begins like a formula stays words in each format', async () => {
		const hostile = ['=HYPERLINK("http://exemple.fr")', '+33*2', '-2+3', '@SOMME(A1)', '\t=1+1', '\uff1d1+1'];
		const archive = sartheEntiere();
		archive.modele = structuredClone(archive.modele);
		archive.noeuds.forEach((noeud, i) => (noeud.titre = hostile[i % hostile.length] as string));
		archive.organismes.forEach((organisme, i) => (organisme.nom = hostile[i] as string));
		archive.modele.champs.forEach((champ, i) => (champ.etiquette = hostile[i % hostile.length] as string));
		for (const { champs } of archive.fiches)
			champs.livrables = { lignes: hostile.map((livrable) => ({ livrable, calendrier: livrable })) };

		const book = new ExcelJS.Workbook();
		await book.xlsx.load((await written(archive, 'xlsx', null)).bytes.buffer);
		let cells = 0;
		for (const sheet of book.worksheets)
			sheet.eachRow((row) =>
				row.eachCell((cell) => {
					cells++;
					expect([ExcelJS.ValueType.Formula, ExcelJS.ValueType.Hyperlink]).not.toContain(cell.type);
				})
			);
		expect(cells).toBeGreaterThan(1_000);
		const ods = partsOf((await written(archive, 'ods', null)).bytes)['content.xml'] ?? '';
		expect(ods).not.toMatch(/table:formula|xlink:href/);
		const files = Object.values(unzipSync((await written(archive, 'csv', null)).bytes));
		for (const cell of files.flatMap((bytes) => strFromU8(bytes).split(/[;\r\n]+/)))
			expect(cell.replace(/^\ufeff?"?/, '')).not.toMatch(/^\s*[=@\uff1d]|^[+-]/);
	});
});
