import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { DocumentEcrit } from '../../export/blocs.ts';
import { liste, paragraphe, tableau, titre } from '../../export/blocs.ts';
import { exportEcriture, exportFeuille } from '../../export/pdf.ts';
import { importFichier, importText } from '../import.ts';
import { FICHIER_MAXIMAL } from '../limites.ts';
import { texteDuFichier } from './lire-fichier.ts';

const DATE = Date.UTC(2026, 10, 22);

const PACTE: DocumentEcrit = {
	type: 'ecrit',
	titre: 'Pacte territorial de la Haute-Rivière',
	sousTitre: '',
	pied: 'Un pied de page',
	blocs: [
		titre(1, 'Axe 1 : Lever les freins'),
		titre(2, 'Fiche action n° 1 : Garder les enfants'),
		paragraphe('Pilote : Le Département'),
		titre(3, 'Objectifs'),
		...liste(['Ouvrir des places', 'Former des gardes']),
		{
			t: 'p',
			runs: [{ texte: 'Un mot' }, { note: [{ texte: 'Expliqué plus bas.' }] }, { texte: ' à savoir.' }]
		},
		tableau(
			'',
			['Livrable', 'Opérateur', 'Échéance'],
			[
				['Une carte | des lieux', 'CAF', '2027'],
				['', 'MSA', '2028']
			]
		)
	]
};

const LU = `# Axe 1 : Lever les freins

## Fiche action n° 1 : Garder les enfants

Pilote : Le Département

### Objectifs

- Ouvrir des places
- Former des gardes

Un mot (Expliqué plus bas.) à savoir.

| Livrable | Opérateur | Échéance |
| --- | --- | --- |
| Une carte \\| des lieux | CAF | 2027 |
|  | MSA | 2028 |`;

const plain = (texte: string) => texte.replace(/[\u00a0\u202f]/g, ' ');

describe('a document of an office suite keeps its headings, lists, tables and notes', () => {
	test.each(['docx', 'odt'] as const)('.%s', async (type) => {
		const octets = await exportEcriture({ type, document: PACTE, date: DATE });
		const texte = plain(await texteDuFichier(octets, `pacte.${type}`));
		expect(texte).toBe(`Pacte territorial de la Haute-Rivière\n\n${LU}`);
	});

	test('.pdf: what its author tagged is known; the foot of the pages is left out', async () => {
		const { pdf } = await exportFeuille(
			{ ...PACTE, blocs: PACTE.blocs.filter((bloc) => bloc.t !== 'p') },
			{ date: DATE }
		);
		const texte = plain(await texteDuFichier(pdf, 'pacte.pdf'));
		expect(texte).toContain('## Axe 1 : Lever les freins\n\n### Fiche action n° 1 : Garder les enfants');
		expect(texte).toContain('- Ouvrir des places\n- Former des gardes');
		expect(texte).toContain(
			'| Livrable | Opérateur | Échéance |\n| --- | --- | --- |\n| Une carte \\| des lieux | CAF | 2027 |'
		);
		expect(texte).toContain('|  | MSA | 2028 |');
		expect(texte).not.toContain('Un pied de page');
	});

	test('.docx, .odt and .pdf give the same fiche, through the worker', async () => {
		const { pdf } = await exportFeuille(PACTE, { date: DATE });
		const files = [
			[await exportEcriture({ type: 'docx', document: PACTE, date: DATE }), 'docx'],
			[await exportEcriture({ type: 'odt', document: PACTE, date: DATE }), 'odt'],
			[pdf, 'pdf']
		] as const;
		for (const [octets, type] of files) {
			const { proposition } = await importFichier(octets, { nom: `pacte.${type}` });
			expect(
				proposition.fiches.map(({ titre }) => titre),
				type
			).toEqual(['Garder les enfants']);
			const champs = new Map(proposition.fiches[0]?.champs.map((champ) => [champ.cle as string, champ]));
			expect(champs.get('objectifs'), type).toMatchObject({ puces: ['Ouvrir des places', 'Former des gardes'] });
			expect(champs.get('livrables'), type).toMatchObject({ colonnes: ['Livrable', 'Opérateur', 'Échéance'] });
		}
	}, 60_000);
});

/* Files as Word and LibreOffice make them, reduced to what is read. */

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const docx = (corps: string, more: Record<string, string> = {}) =>
	zip({
		'[Content_Types].xml': '<Types/>',
		'word/document.xml': `<w:document ${W}><w:body>${corps}</w:body></w:document>`,
		...more
	});
const p = (texte: string, proprietes = '') => `<w:p><w:pPr>${proprietes}</w:pPr><w:r><w:t>${texte}</w:t></w:r></w:p>`;
const O =
	'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"';
const odt = (corps: string, more: Record<string, string> = {}, avant = '') =>
	zip({
		mimetype: 'application/vnd.oasis.opendocument.text',
		'content.xml': `<office:document-content ${O}>${avant}<office:body><office:text>${corps}</office:text></office:body></office:document-content>`,
		...more
	});
const zip = (parties: Record<string, string | Uint8Array>) =>
	zipSync(
		Object.fromEntries(
			Object.entries(parties).map(([nom, partie]) => [nom, typeof partie === 'string' ? strToU8(partie) : partie])
		) as Zippable
	);

describe('what only the office suite computes is read', () => {
	test('.docx: the codes of numbered headings and the marks of lists', async () => {
		const niveau = (n: number, format: string, modele: string) =>
			`<w:lvl w:ilvl="${n}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${modele}"/></w:lvl>`;
		const num = (n: number, id = 1) => `<w:numPr><w:ilvl w:val="${n}"/><w:numId w:val="${id}"/></w:numPr>`;
		const octets = docx(
			[
				p('Lever les freins', '<w:pStyle w:val="Titre1"/>'),
				p('Garder', '<w:pStyle w:val="Titre2"/>'),
				p('Rouler', '<w:pStyle w:val="Titre2"/>'),
				p('Se former', '<w:pStyle w:val="Titre1"/>'),
				p('Apprendre', '<w:pStyle w:val="Titre2"/>'),
				p('Une étape', num(0, 2)),
				p('Une autre', num(0, 2)),
				p('Un point', num(1, 2)),
				p('Table des matières', '<w:pStyle w:val="TM1"/>'),
				p('Action', num(0, 3))
			].join(''),
			{
				'word/styles.xml': `<w:styles ${W}><w:style w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr>${num(0)}</w:pPr></w:style><w:style w:styleId="Titre2"><w:name w:val="heading 2"/><w:basedOn w:val="Titre1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="TM1"><w:name w:val="toc 1"/></w:style></w:styles>`,
				'word/numbering.xml': `<w:numbering ${W}><w:abstractNum w:abstractNumId="1">${niveau(0, 'upperRoman', '%1.')}${niveau(1, 'decimal', '%1.%2')}</w:abstractNum><w:abstractNum w:abstractNumId="2">${niveau(0, 'lowerLetter', '%1)')}${niveau(1, 'bullet', '\uf0b7')}</w:abstractNum><w:abstractNum w:abstractNumId="3">${niveau(0, 'decimal', 'Fiche n° %1 :')}</w:abstractNum>${[1, 2, 3].map((id) => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`).join('')}</w:numbering>`
			}
		);
		expect(await texteDuFichier(octets)).toBe(
			[
				'# I. Lever les freins\n',
				'## I.1 Garder\n',
				'## I.2 Rouler\n',
				'# II. Se former\n',
				'## II.1 Apprendre\n',
				'a) Une étape',
				'b) Une autre',
				'  - Un point\n',
				'Fiche n° 1 : Action'
			].join('\n')
		);
	});

	test('.docx: what revision deleted is left out, what it added is read; boxes and merged cells are', async () => {
		const tc = (texte: string, proprietes = '') => `<w:tc><w:tcPr>${proprietes}</w:tcPr>${p(texte)}</w:tc>`;
		const octets = docx(
			`<w:p><w:del><w:r><w:delText>Ancien</w:delText><w:t>Ancien</w:t></w:r></w:del><w:ins><w:r><w:t>Nouveau</w:t></w:r></w:ins></w:p>` +
				`<w:p><w:r><w:txbxContent>${p('Dans une boîte')}</w:txbxContent></w:r></w:p>` +
				`<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${tc('Objectif')}${tc('Action')}${tc('Pilote')}</w:tr><w:tr>${tc('A', '<w:vMerge w:val="restart"/>')}${tc('b')}${tc('CAF')}</w:tr><w:tr>${tc('', '<w:vMerge/>')}${tc('c')}${tc('MSA')}</w:tr></w:tbl>`
		);
		expect(await texteDuFichier(octets)).toBe(
			'Nouveau\n\nDans une boîte\n\n| Objectif | Action | Pilote |\n| --- | --- | --- |\n| A | b | CAF |\n|  | c | MSA |'
		);
	});

	test('.docx: a page cut in boxes is read label by label', async () => {
		const tc = (...textes: string[]) => `<w:tc>${textes.map((texte) => p(texte)).join('')}</w:tc>`;
		const octets = docx(
			`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${p('Fiche action 1 : Rouler')}</w:tc></w:tr><w:tr>${tc('Pilote')}${tc('La Région')}</w:tr><w:tr>${tc('Objectifs')}${tc('Un premier', 'Un deuxième')}</w:tr></w:tbl>`
		);
		expect(await texteDuFichier(octets)).toBe(
			'Fiche action 1 : Rouler\n\nPilote\nLa Région\n\nObjectifs\nUn premier\nUn deuxième'
		);
	});

	test('.odt: numbered headings, lists in lists, covered cells, deleted words, repeated cells', async () => {
		const cell = (texte: string, more = '') => `<table:table-cell${more}><text:p>${texte}</text:p></table:table-cell>`;
		const octets = odt(
			`<text:tracked-changes><text:changed-region><text:deletion><text:p>Supprimé</text:p></text:deletion></text:changed-region></text:tracked-changes>` +
				`<text:h text:outline-level="1">Lever</text:h><text:h text:outline-level="2">Garder</text:h><text:h text:outline-level="2">Rouler</text:h>` +
				`<text:list text:style-name="L1"><text:list-item><text:p>Un<text:s text:c="2"/>mot</text:p><text:list><text:list-item><text:p>Dedans</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>Deux</text:p></text:list-item></text:list>` +
				`<table:table><table:table-header-rows><table:table-row>${cell('A')}${cell('B')}${cell('C')}</table:table-row></table:table-header-rows><table:table-row>${cell('1', ' table:number-rows-spanned="2"')}${cell('2')}<table:table-cell table:number-columns-repeated="1"/></table:table-row><table:table-row><table:covered-table-cell/>${cell('3')}${cell('4')}</table:table-row></table:table>`,
			{
				'styles.xml': `<office:document-styles ${O}><text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style></office:document-styles>`
			}
		);
		expect(await texteDuFichier(octets)).toBe(
			'# I. Lever\n\n## I.1 Garder\n\n## I.2 Rouler\n\n1. Un mot\n  - Dedans\n2. Deux\n\n| A | B | C |\n| --- | --- | --- |\n| 1 | 2 |  |\n|  | 3 | 4 |'
		);
	});

	test('.html: words only, whatever the page runs', async () => {
		const page = `<!doctype html><html><head><title>x</title><style>p{}</style></head><body onload="mal()"><script>document.write("<p>mal</p>")</script>
			<h1>Axe&nbsp;1&#8239;: <b>Lever</b></h1><p>L&rsquo;&eacute;t&eacute; &amp; l'hiver<br>5 < 6<p>Sans fermeture<ul><li>un<li>deux<ol><li>dedans</ol></ul>
			<!-- <p>commentaire</p> --><p style="display:none">caché</p>
			<table><tr><th>A<th>B<th>C<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td><ul><li>x</li><li>y</li></ul></table></body></html>`;
		expect(await texteDuFichier(strToU8(page), 'pacte.html')).toBe(
			"# Axe\u00a01\u202f: Lever\n\nL’été & l'hiver\n5 < 6\n\nSans fermeture\n\n- un\n- deux\n  1. dedans\n\n| A | B | C |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n|  | 4 | - x<br>- y |"
		);
	});

	test('.html in an old French encoding keeps its accents', async () => {
		const page = Buffer.from('<html><meta charset="iso-8859-1"><p>été</p></html>', 'latin1');
		expect(await texteDuFichier(page, 'pacte.htm')).toBe('été');
	});

	test('.md is read as it is', async () => {
		expect(await texteDuFichier(strToU8('# Axe 1\n\n- un'), 'pacte.md')).toBe('# Axe 1\n\n- un');
	});
});

describe('what would harm, or cannot be read, is refused in words that say what to do', () => {
	const DTD = `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>`;
	const encryptedOle = () => {
		const octets = new Uint8Array(2_000);
		octets.set([0xd0, 0xcf, 0x11, 0xe0]);
		octets.set(Buffer.from('EncryptedPackage', 'utf16le'), 1_000);
		return octets;
	};
	const flagged = (octets: Uint8Array) => {
		const copy = octets.slice();
		const vue = new DataView(copy.buffer);
		for (let i = 0; i < copy.length - 30; i++) {
			if (vue.getUint32(i, true) === 0x04034b50) vue.setUint16(i + 6, 1, true);
			if (vue.getUint32(i, true) === 0x02014b50) vue.setUint16(i + 8, 1, true);
		}
		return copy;
	};
	const lying = (octets: Uint8Array) => {
		const copy = octets.slice();
		const vue = new DataView(copy.buffer);
		for (let i = 0; i < copy.length - 30; i++) {
			if (vue.getUint32(i, true) === 0x04034b50 && vue.getUint32(i + 22, true) > 1_000)
				vue.setUint32(i + 22, 100, true);
			if (vue.getUint32(i, true) === 0x02014b50 && vue.getUint32(i + 24, true) > 1_000)
				vue.setUint32(i + 24, 100, true);
		}
		return copy;
	};
	const bomb = () => docx(`<w:p><w:r><w:t>${' '.repeat(61 * 1024 * 1024)}</w:t></w:r></w:p>`);
	const deep = () => docx('<w:sdt><w:sdtContent>'.repeat(400) + p('x') + '</w:sdtContent></w:sdt>'.repeat(400));
	const crowd = () => zip(Object.fromEntries(Array.from({ length: 5_001 }, (_, i) => [`a${i}`, ''])));

	test.each<[string, () => Uint8Array, string, RegExp]>([
		['a zip bomb', bomb, 'a.docx', /trop volumineux une fois ouvert/],
		['a zip bomb that lies on its weight', () => lying(bomb()), 'a.docx', /abîmé/],
		['a zip of thousands of parts', crowd, 'a.docx', /trop volumineux une fois ouvert/],
		['a part nested without end', deep, 'a.docx', /trop imbriqué/],
		[
			'an external entity in .docx',
			() => docx('', { 'word/document.xml': `${DTD}<w:document ${W}><w:body>&x;</w:body></w:document>` }),
			'a.docx',
			/déclarations externes/
		],
		[
			'an entity in the styles of .odt',
			() => odt('<text:p>x</text:p>', { 'styles.xml': `${DTD}<office:document-styles ${O}/>` }),
			'a.odt',
			/déclarations externes/
		],
		[
			'a name that climbs folders',
			() => docx(p('x'), { '../../etc/passwd': 'x' }),
			'a.docx',
			/noms de parties inhabituels/
		],
		['an absolute name', () => docx(p('x'), { 'C:\\x': 'x' }), 'a.docx', /noms de parties inhabituels/],
		['an encrypted .docx', encryptedOle, 'a.docx', /mot de passe/],
		['an old .doc', () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'a.doc', /ancien document Word.*\.docx/],
		['an encrypted zip', () => flagged(docx(p('x'))), 'a.docx', /mot de passe/],
		[
			'an encrypted .odt',
			() =>
				odt('', {
					'META-INF/manifest.xml':
						'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
				}),
			'a.odt',
			/mot de passe/
		],
		['a PDF named .docx', () => strToU8('%PDF-1.7\n'), 'a.docx', /finit par.*\.docx.*contenu est un PDF/],
		['a .docx named .pdf', () => docx(p('x')), 'a.pdf', /contenu est un document Word/],
		['a text named .odt', () => strToU8('bonjour'), 'a.odt', /contenu est un texte simple/],
		['a workbook', () => zip({ 'xl/workbook.xml': '<x/>' }), 'a.xlsx', /classeur.*Importer une liste/],
		['an archive', () => zip({ 'pacte.docx': docx(p('x')) }), 'a.zip', /Décompressez-la/],
		['a slide show', () => zip({ 'ppt/presentation.xml': '<x/>' }), 'a.pptx', /diaporama/],
		['RTF', () => strToU8('{\\rtf1 x}'), 'a.rtf', /RTF/],
		['an image', () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1]), 'a.png', /image \(PNG\)/],
		['a damaged .docx', () => docx(p('x')).slice(0, 200), 'a.docx', /abîmé/],
		['a .docx whose XML is cut', () => docx('<w:p>'), 'a.docx', /abîmé/],
		['a damaged PDF', () => strToU8('%PDF-1.7\nrien'), 'a.pdf', /abîmé/],
		['an empty .docx', () => docx(''), 'a.docx', /aucun texte/],
		['an empty file', () => new Uint8Array(), 'a.txt', /vide/]
	])(
		'%s',
		async (_quoi, make, nom, message) => {
			await expect(texteDuFichier(make(), nom)).rejects.toMatchObject({
				name: 'DomainError',
				code: 'invalide',
				message: expect.stringMatching(message)
			});
		},
		30_000
	);

	test('a scanned PDF is refused', async () => {
		const { pdf } = await exportFeuille(
			{
				type: 'ecrit',
				titre: '3',
				sousTitre: '',
				pied: '',
				blocs: []
			},
			{ date: DATE }
		);
		await expect(importText(pdf, { nom: 'scan.pdf' })).rejects.toMatchObject({
			message: expect.stringMatching(/numérisé.*reconnaissance de texte/)
		});
	});

	test('more than 20 MB is refused, and nothing is sent to the worker', async () => {
		await expect(importText(new Uint8Array(FICHIER_MAXIMAL + 1))).rejects.toMatchObject({
			message: expect.stringContaining('20\u00a0Mo')
		});
	});

	test('a PDF that takes too long ends with a sentence; the next one is read', async () => {
		const { pdf } = await exportFeuille(PACTE, { date: DATE });
		await expect(importText(pdf, { delai: 1 })).rejects.toMatchObject({
			message: expect.stringContaining('trop de temps')
		});
		expect((await importText(pdf)).fiches).toHaveLength(1);
	});
});
