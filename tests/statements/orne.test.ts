// What the pacte of the Orne holds, as its parts: labels and figures only, none of its sentences (domain.md §11).
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getDocumentProxy } from 'unpdf';
import type { Inline, Prose } from '#lib/editor/prose.ts';
import { figureToArchive } from '#lib/figures/figure-archive.ts';
import { ORNE, orneFigure } from '#lib/figures/testing.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { ArchivePacte, NoeudArchive, SectionArchive } from '#lib/pactes/archive.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { hauteRiviere } from '#server/demo/haute-riviere.ts';
import { exportPacte } from '#server/export/export.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { engines, MIDI, openTestApp, type TestApp } from '../support/app.ts';
import { readPdf } from '../support/pdf.ts';
import { exportPdf } from '#server/export/pdf.ts';

/** The ten rubriques, each with its figures: their places in ORNE. */
const RUBRIQUES: { numero: string; titre: string; figures: number[] }[] = [
	{ numero: '4.1', titre: 'Habitants', figures: [0, 1, 2] },
	{ numero: '4.2', titre: 'Ménages', figures: [3, 4] },
	{ numero: '4.3', titre: 'Revenus', figures: [5, 6] },
	{ numero: '4.4', titre: 'Emploi', figures: [7, 8, 9, 10, 11] },
	{ numero: '5.1', titre: 'Nombre d’allocataires', figures: [12, 13] },
	{ numero: '5.2', titre: 'Âge', figures: [14, 15] },
	{ numero: '5.3', titre: 'Situation familiale et sexe', figures: [16, 17] },
	{ numero: '5.4', titre: 'Ancienneté', figures: [18, 19] },
	{ numero: '5.5', titre: 'Formation', figures: [20] },
	{ numero: '5.6', titre: 'Accompagnement', figures: [21, 22] }
];
const COMMISSIONS = ['Alençon', 'Argentan', 'Flers', 'Mortagne-au-Perche'];
const PERSPECTIVES = [3, 3, 3, 3, 2, 3, 2];
const FICHES = 2;

const FIGURES = ORNE.map((_, i) => figureToArchive({ ...orneFigure(i), id: `f${i}` }, `g${i + 1}`).archive);

const texte = (words: string): Inline => ({ type: 'texte', texte: words });
const line = (words: string): Prose[number] => ({ type: 'paragraphe', contenu: [texte(words)] });

function section(id: string, titre: string, more: Partial<SectionArchive> = {}): SectionArchive {
	return {
		id,
		parent: null,
		genre: 'texte',
		titre,
		organisme: null,
		noeud: null,
		etat: 'brouillon',
		longueur: '',
		prose: [],
		...more
	};
}

/** A pacte of the Haute-Rivière in which only this is written. */
function pacte(more: Partial<ArchivePacte>): ArchivePacte {
	return {
		...hauteRiviere(),
		modele: MODELE_ORNE,
		noeuds: [],
		fiches: [],
		signataires: [],
		engagements: [],
		figures: [],
		sections: [],
		reponses: [],
		...more
	};
}

/** As one reads it: zero-width signs and the places where lines end aside. */
const solid = (text: string) => text.replace(/[-\u2010\u00ad]\n/g, '').replace(/[\s\u200b\u2060]+/g, '');

const printed = async (archive: ArchivePacte) => (await exportPdf(archive, { type: 'pacte' }, { date: MIDI })).pdf;

interface Tag {
	role?: string;
	alt?: string;
	children?: Tag[];
}

async function tagsOf(pdf: Uint8Array): Promise<Tag[]> {
	const document = await getDocumentProxy(pdf.slice());
	const tags: Tag[] = [];
	const visit = (tag: Tag) => {
		tags.push(tag);
		tag.children?.forEach(visit);
	};
	for (let n = 1; n <= document.numPages; n++) {
		const tree = (await (await document.getPage(n)).getStructTree()) as Tag | null;
		if (tree) visit(tree);
	}
	return tags;
}

const awaited = await engines();

describe('Orne 4: the ten rubriques of the diagnostic, with their tables and charts', () => {
	/** A part of three before it, so that the diagnostic is 4 and those who are accompanied 5. */
	const archive = pacte({
		figures: FIGURES,
		sections: [
			...['Éditorial', 'Cadre', 'Méthode'].map((titre, i) =>
				section(`s${i + 1}`, titre, { prose: [line(`Partie ${i + 1}.`)] })
			),
			section('s4', 'Le territoire'),
			...rubriques('4', 's4', 5),
			section('s9', 'Les allocataires'),
			...rubriques('5', 's9', 10)
		]
	});

	function rubriques(chapitre: string, parent: string, first: number): SectionArchive[] {
		return RUBRIQUES.filter(({ numero }) => numero.startsWith(chapitre)).map(({ numero, titre, figures }, i) =>
			section(`s${first + i}`, titre, {
				parent,
				prose: [
					line(`Rubrique ${numero}`),
					...figures.map((figure): Prose[number] => ({ type: 'figure', figure: `g${figure + 1}` })),
					{ type: 'tableau', legende: `Relevé ${numero}`, rangees: releve(numero) }
				]
			})
		);
	}

	/** The same by commission RSA. */
	function releve(numero: string) {
		const cell = (words: string, entete = false) => ({
			...(entete && { entete: true as const }),
			contenu: [{ type: 'paragraphe' as const, contenu: [texte(words)] }]
		});
		return [
			[cell('Commission RSA', true), cell('Personnes', true)],
			...COMMISSIONS.map((nom, i) => [cell(nom, true), cell(`${numero.replace('.', '')}${i}07`)])
		];
	}

	let text: string;
	let tags: Tag[];
	beforeAll(async () => {
		const pdf = await printed(archive);
		text = solid(readPdf(pdf));
		tags = await tagsOf(pdf);
	});

	test('twenty-three figures stand in ten rubriques, six of these rubriques among the allocataires', () => {
		expect(new Set(RUBRIQUES.flatMap(({ figures }) => figures)).size).toBe(23);
		expect(RUBRIQUES.filter(({ numero }) => numero.startsWith('5'))).toHaveLength(6);
		const byCommission = FIGURES.filter(({ series, lignes }) =>
			[...series.map(({ nom }) => nom), ...lignes.map(({ libelle }) => libelle)].includes('Flers')
		);
		expect(byCommission.length).toBeGreaterThanOrEqual(6);
	});

	test.each(RUBRIQUES)(
		'$numero $titre is printed under its number, with its table by commission',
		({ numero, titre }) => {
			expect(text).toContain(solid(`${numero} ${titre}`));
			expect(text).toContain(solid(`Rubrique ${numero}`));
			expect(text).toContain(solid(`Relevé ${numero}`));
			COMMISSIONS.forEach((nom, i) => expect(text).toContain(solid(`${nom}${numero.replace('.', '')}${i}07`)));
		}
	);

	test.each(FIGURES)('« $titre » is printed with its source, its date and each value of its table', (figure) => {
		const at = text.indexOf(solid(figure.titre));
		expect(at).toBeGreaterThan(0);
		expect(text).toContain(solid(`Source : ${figure.source} · ${figure.date}`));
		for (const { libelle, valeurs } of figure.lignes)
			for (const valeur of [libelle, ...valeurs]) expect(text.slice(at), valeur).toContain(solid(valeur));
	});

	test('each chart is an image with words for those who do not see it', () => {
		const alternatives = tags.filter(({ role, alt }) => role === 'Figure' && alt).map(({ alt }) => alt as string);
		expect(alternatives).toHaveLength(23);
		for (const { titre } of FIGURES)
			expect(
				alternatives.some((words) => words.includes(titre)),
				titre
			).toBe(true);
		expect(tags.filter(({ role }) => role === 'Table').length).toBeGreaterThanOrEqual(33);
	});

	for (const { engine, missing } of awaited)
		describe.skipIf(missing)(`on ${engine}`, () => {
			let app: TestApp;
			beforeAll(async () => {
				app = await openTestApp(engine);
			});
			afterAll(() => app?.end());

			test('its JSON export, imported and exported again, gives the same bytes, figures and rubriques included', async () => {
				const create = (source: ArchivePacte) =>
					createPacteFromArchive(app, source, { compteId: null, acte: 'pacte_importe' });
				const bytesOf = async (id: string) => Buffer.from((await exportPacte(app, id, 'json')).bytes);
				const first = await bytesOf(await create(parseArchive(archive)));
				const read = parseArchive(JSON.parse(first.toString('utf8')));
				expect(read.figures).toEqual(FIGURES);
				expect(read.sections).toEqual(archive.sections);
				expect((await bytesOf(await create(read))).equals(first)).toBe(true);
			});
		});
});

describe('Orne 5: seven axes with an intention, a diagnostic et constats, nineteen perspectives and the list of their fiches', () => {
	const axes = PERSPECTIVES.map((count, i) => ({ id: `n${i + 1}`, titre: `Axe de travail ${'ABCDEFG'[i]}`, count }));
	const noeuds: NoeudArchive[] = axes.flatMap(({ id, titre, count }) => [
		{ id, parent: null, niveau: 'axe', titre },
		...Array.from({ length: count }, (_, i) => ({
			id: `${id}p${i}`,
			parent: id,
			niveau: 'perspective',
			titre: `Perspective ${titre.at(-1)}${i + 1}`
		})),
		...Array.from({ length: FICHES }, (_, i) => ({
			id: `${id}f${i}`,
			parent: id,
			niveau: 'action',
			titre: `Fiche ${titre.at(-1)}${i + 1}`
		}))
	]);
	const constat = (cle: string, noeud: string): Prose[number] => ({
		type: 'paragraphe',
		constat: { cle, nature: 'constat', theme: '', noeud, origine: '' },
		contenu: [texte(`Constat relevé ${cle}`)]
	});
	const archive = pacte({
		noeuds,
		fiches: noeuds.filter(({ niveau }) => niveau === 'action').map(({ id }) => ({ noeud: id, champs: {} })),
		sections: axes.flatMap(({ id, titre }, i) => [
			section(`s${2 * i + 1}`, 'Intention', { noeud: id, prose: [line(`Intention de l’${titre.toLowerCase()}`)] }),
			section(`s${2 * i + 2}`, 'Diagnostic et constats', { noeud: id, prose: [constat(`c${i + 1}`, id)] })
		])
	});
	archive.sections.push(section('s15', 'Orientations', { genre: 'orientations' }));

	test('are printed axe by axe: the intention, the constats, the perspectives, then the fiches with their numbers', async () => {
		expect(noeuds.filter(({ niveau }) => niveau === 'perspective')).toHaveLength(19);
		const text = solid(readPdf(await printed(parseArchive(archive))));
		let from = text.lastIndexOf(solid('Intention de l’axe de travail a'));
		axes.forEach(({ titre, count }, i) => {
			const letter = titre.at(-1);
			const order = [
				`Intention de l’${titre.toLowerCase()}`,
				'Diagnostic et constats',
				`Constat relevé c${i + 1}`,
				...Array.from({ length: count }, (_, p) => `Perspective ${letter}${p + 1}`),
				...Array.from({ length: FICHES }, (_, f) => `${i + 1}.${f + 1} Fiche ${letter}${f + 1}`)
			];
			for (const words of order) {
				const at = text.indexOf(solid(words), from);
				expect(at, words).toBeGreaterThanOrEqual(0);
				from = at;
			}
		});
	});
});
