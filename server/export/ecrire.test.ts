import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { partsOf, readByLibreOffice, sansCalc, sansLibreOffice, wordsIn } from '../../tests/support/bureau.ts';
import { readPdf } from '../../tests/support/pdf.ts';
import { liste, paragraphe, tableau, titre, type Classeur, type DocumentEcrit } from './blocs.ts';
import { exportEcriture, exportFeuille } from './pdf.ts';

const DATE = Date.UTC(2026, 10, 21, 11);
/** One pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const cellule = (x: number, y: number, texte: string, more: object = {}) => ({
	x,
	y,
	colonnes: 1,
	lignes: 1,
	entete: false,
	lignesDeTexte: [[{ texte }]],
	...more
});

const DOCUMENT: DocumentEcrit = {
	type: 'ecrit',
	titre: 'Compte rendu <& essai>',
	sousTitre: 'World café, 12 mars 2027',
	pied: 'Pacte de la Haute-Rivière',
	blocs: [
		titre(1, 'Participants'),
		{
			t: 'p',
			runs: [
				{ texte: 'Des mots ' },
				{ texte: 'gras', gras: true },
				{ texte: ' et ' },
				{ texte: 'penchés', italique: true },
				{ note: [{ texte: 'Une note de bas de page.' }] },
				{ texte: ', avec un ' },
				{ texte: 'lien', lien: 'https://exemple.fr/?a=1&b=2' }
			]
		},
		tableau(
			'Présences',
			['Organisme', 'Présents'],
			[
				['CAF', '2'],
				['', '3']
			]
		),
		{ ...titre(2, 'Un groupe'), cle: 'groupe-1' },
		{
			t: 'liste',
			liste: {
				numerotee: false,
				items: [
					{
						runs: [{ texte: 'Premier' }],
						sous: [{ numerotee: true, items: [{ runs: [{ texte: 'Dedans' }], sous: [] }] }]
					},
					{ runs: [{ texte: 'Deuxième' }, { saut: true }, { texte: 'à la ligne' }], sous: [] }
				]
			}
		},
		...liste(['Un', 'Deux'], true),
		{ t: 'citation', runs: [{ texte: 'On ne nous demande jamais' }] },
		{ t: 'constat', nature: 'Constat', runs: [{ texte: 'Le dernier car part à 18 h' }] },
		{
			t: 'tableau',
			legende: '',
			colonnes: 3,
			entetes: [[cellule(0, 0, 'Large', { colonnes: 3, entete: true })]],
			rangees: [
				[cellule(0, 1, 'Haute', { lignes: 2 }), cellule(1, 1, 'b'), cellule(2, 1, 'c')],
				[cellule(1, 2, 'd'), cellule(2, 2, 'e')]
			]
		},
		{
			t: 'image',
			type: 'image/png',
			base64: PIXEL,
			largeur: 300,
			hauteur: 200,
			alternative: 'Un point',
			legende: 'Un dessin'
		},
		{ t: 'p', runs: [{ texte: 'Voir ' }, { texte: 'le groupe', fiche: 'groupe-1' }] },
		paragraphe('Un signe interdit\u0007, une moitié \ud800 et deux  espaces. Fin !')
	]
};

const SAID = [
	'Compte rendu <& essai>',
	'World café, 12 mars 2027',
	'Participants',
	'gras',
	'Une note de bas de page.',
	'Présences',
	'CAF',
	'Dedans',
	'On ne nous demande jamais',
	'Le dernier car part à 18 h',
	'Haute',
	'Un dessin'
];

describe('a document of blocks', () => {
	test('is an OpenDocument file: its type first and plain, well formed, with headings, header rows, spans, French', async () => {
		const bytes = await exportEcriture({ type: 'odt', document: DOCUMENT, date: DATE });
		expect(strFromU8(bytes.slice(30, 30 + 8))).toBe('mimetype');
		expect(strFromU8(bytes.slice(38, 38 + 39))).toBe('application/vnd.oasis.opendocument.text');
		const parts = partsOf(bytes);
		const content = parts['content.xml'] ?? '';
		for (const words of SAID) expect(wordsIn(content)).toContain(words);
		expect(content).toContain('text:outline-level="1"');
		expect(content).toContain('text:outline-level="2"');
		expect(content.match(/<table:table-header-rows>/g)).toHaveLength(2);
		expect(content).toContain('table:number-columns-spanned="3"');
		expect(content).toContain('table:number-rows-spanned="2"');
		expect(content.match(/<table:covered-table-cell\/>/g)).toHaveLength(3);
		expect(content).toContain('<svg:desc>Un point</svg:desc>');
		expect(content).toContain('https://exemple.fr/?a=1&amp;b=2');
		expect(parts['styles.xml']).toContain('fo:language="fr" fo:country="FR"');
		expect(parts['meta.xml']).toContain('<dc:language>fr-FR</dc:language>');
		expect(parts['META-INF/manifest.xml']).toContain('Pictures/image1.png');
	});

	test('is a Word file: its own heading styles, header rows that repeat, notes, links, French', async () => {
		const parts = partsOf(await exportEcriture({ type: 'docx', document: DOCUMENT, date: DATE }));
		const document = parts['word/document.xml'] ?? '';
		for (const words of SAID.filter((said) => !said.includes('note'))) expect(wordsIn(document)).toContain(words);
		expect(wordsIn(parts['word/footnotes.xml'])).toContain('Une note de bas de page.');
		expect(document).toContain('w:val="Heading1"');
		expect(document).toContain('w:val="Heading2"');
		expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(2);
		expect(document).toContain('w:gridSpan w:val="3"');
		expect(document).toContain('descr="Un point"');
		expect(parts['word/styles.xml']).toContain('w:lang w:val="fr-FR"');
		expect(document).toContain('w:anchor="f_groupe_1"');
	});

	test('is an accessible PDF, laid out as the pacte is', async () => {
		const { pdf } = await exportFeuille(DOCUMENT, { date: DATE });
		expect(Buffer.from(pdf).toString('latin1')).toContain('pdfuaid:part');
		const text = readPdf(pdf).replace(/\s+/g, ' ');
		for (const words of SAID) expect(text).toContain(words);
	});

	const missing = sansLibreOffice();
	test.skipIf(missing)(
		`is read by LibreOffice${missing ? ` (skipped: ${missing})` : ''}`,
		{ timeout: 120_000 },
		async () => {
			for (const type of ['odt', 'docx'] as const) {
				const text = readByLibreOffice(await exportEcriture({ type, document: DOCUMENT, date: DATE }), type);
				for (const words of SAID) expect(text.replace(/\s+/g, ' ')).toContain(words);
			}
		}
	);
});

describe('a workbook', () => {
	const CLASSEUR: Classeur = {
		titre: 'Compte rendu',
		feuilles: [
			{
				nom: 'Cartes: tour 1/2',
				colonnes: [
					{ titre: 'Texte', largeur: 40 },
					{ titre: 'Tour', largeur: 8 }
				],
				lignes: [
					['=HYPERLINK("http://mechant.example";"cliquez")', 1],
					['+33 6, -1, @SUM(A1)', null],
					['\u0007bip', 2]
				]
			},
			{ nom: 'Cartes: tour 1/2', colonnes: [{ titre: 'a', largeur: 5 }], lignes: [] }
		]
	};

	test('holds what people wrote as text: nothing of it is a formula', async () => {
		const bytes = await exportEcriture({ type: 'xlsx', classeur: CLASSEUR, date: DATE });
		const parts = partsOf(bytes);
		expect(Object.values(parts).join('')).not.toMatch(/<f>|<f |<hyperlink/);
		const book = new ExcelJS.Workbook();
		await book.xlsx.load(bytes.buffer);
		expect(book.worksheets.map(({ name }) => name)).toEqual(['Cartes  tour 1 2', 'Cartes  tour 1 2 2']);
		const [sheet] = book.worksheets;
		expect(sheet?.getCell('A1').value).toBe('Texte');
		expect(sheet?.getCell('A2').value).toBe('=HYPERLINK("http://mechant.example";"cliquez")');
		expect(sheet?.getCell('B2').value).toBe(1);
		expect(sheet?.getCell('A3').value).toBe('+33 6, -1, @SUM(A1)');
		expect(sheet?.getCell('A4').value).toBe('bip');
	});

	const TABLEAU: Classeur = {
		titre: 'Synthèse',
		feuilles: [
			{
				nom: 'Synthèse',
				colonnes: ['Objectif', 'Action', 'Montant'].map((titre) => ({ titre, largeur: 20 })),
				lignes: [
					['I. Lever <les> freins', '=1+1', 1234.5],
					['', 'Deux\nlignes : « oui »', null],
					['', '@SUM(A1)', -3],
					['II. Autre', '', 0]
				],
				fusions: [
					{ ligne: 0, colonne: 0, lignes: 3, colonnes: 1 },
					{ ligne: 3, colonne: 0, lignes: 9, colonnes: 2 }
				]
			}
		]
	};

	test('cells that span rows or columns span them in .xlsx, as far as the sheet goes', async () => {
		const bytes = await exportEcriture({ type: 'xlsx', classeur: TABLEAU, date: DATE });
		const book = new ExcelJS.Workbook();
		await book.xlsx.load(bytes.buffer);
		const [sheet] = book.worksheets;
		expect(sheet?.model.merges).toEqual(['A2:A4', 'A5:B5']);
		expect(sheet?.getCell('A4').value).toBe('I. Lever <les> freins');
		expect(sheet?.getCell('C2').value).toBe(1234.5);
	});

	test('is an OpenDocument workbook: rows of names, numbers that are numbers, spans, words as they are, no formula', async () => {
		const feuilles = [...TABLEAU.feuilles, ...CLASSEUR.feuilles];
		const bytes = await exportEcriture({ type: 'ods', classeur: { titre: 'Synthèse', feuilles }, date: DATE });
		expect(strFromU8(bytes.slice(38, 38 + 46))).toBe('application/vnd.oasis.opendocument.spreadsheet');
		const parts = partsOf(bytes);
		const content = parts['content.xml'] ?? '';
		expect(content).not.toContain('table:formula');
		expect(content.match(/<table:table-header-rows>/g)).toHaveLength(3);
		expect(content).toContain('table:number-columns-spanned="1" table:number-rows-spanned="3"');
		expect(content).toContain('table:number-columns-spanned="2" table:number-rows-spanned="1"');
		expect(content.match(/<table:covered-table-cell\/>/g)).toHaveLength(3);
		expect(content).toContain('office:value="1234.5"');
		expect(content).toContain('<text:p>Deux</text:p><text:p>lignes : « oui »</text:p>');
		expect(content).toContain('I. Lever &lt;les&gt; freins');
		expect(content).toContain('<text:p>=HYPERLINK(&quot;http://mechant.example&quot;;&quot;cliquez&quot;)</text:p>');
		expect([...content.matchAll(/table:name="([^"]*)"/g)].map(([, nom]) => nom).slice(0, 3)).toEqual([
			'Synthèse',
			'Cartes  tour 1 2',
			'Cartes  tour 1 2 2'
		]);
	});

	const sans = sansCalc();
	test.skipIf(sans)(`in .ods is read by LibreOffice${sans ? ` (skipped: ${sans})` : ''}`, async () => {
		const text = readByLibreOffice(await exportEcriture({ type: 'ods', classeur: TABLEAU, date: DATE }), 'ods');
		for (const words of ['Objectif', 'I. Lever <les> freins', '=1+1', 'lignes', '@SUM(A1)', 'II. Autre'])
			expect(text.replace(/\s+/g, ' ')).toContain(words);
	});

	test('of one sheet is a .csv that says all on each row; nothing of it runs', async () => {
		const bytes = await exportEcriture({ type: 'csv', classeur: TABLEAU, date: DATE });
		expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		expect(strFromU8(bytes.subarray(3))).toBe(
			[
				'Objectif;Action;Montant',
				"I. Lever <les> freins;'=1+1;1234,5",
				'I. Lever <les> freins;"Deux\nlignes : « oui »";',
				"I. Lever <les> freins;'@SUM(A1);-3",
				'II. Autre;II. Autre;0',
				''
			].join('\r\n')
		);
	});

	test('of several sheets is a .zip of .csv, under names that no system confuses', async () => {
		const bytes = await exportEcriture({ type: 'csv', classeur: CLASSEUR, date: DATE });
		const files = unzipSync(bytes);
		expect(Object.keys(files)).toEqual(['Cartes tour 1 2.csv', '2 - Cartes tour 1 2.csv']);
		const rows = strFromU8(Object.values(files)[0]!).split('\r\n');
		expect(rows[1]).toBe('"\'=HYPERLINK(""http://mechant.example"";""cliquez"")";1');
	});
});
