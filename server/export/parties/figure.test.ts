import { getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, test } from 'vitest';
import { figureToArchive, type FigureArchive } from '#lib/figures/figure-archive.ts';
import { MAYENNE, ORNE, orneFigure } from '#lib/figures/testing.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { hauteRiviere } from '../../demo/haute-riviere.ts';
import { print } from '../print.ts';
import { printFigure, printListeDesFigures } from './figure.ts';

const asIs = { texte: (source: string) => source.trim(), paragraphes: (source: string) => [source] };
const ARCHIVED: FigureArchive[] = [...MAYENNE, ...ORNE.map((_, i) => orneFigure(i))].map(
	(figure, i) => figureToArchive({ ...figure, id: `f${i}` }, `g${i + 1}`).archive
);

function withFigures(figures: FigureArchive[]): ArchivePacte {
	return { ...hauteRiviere(), noeuds: [], fiches: [], signataires: [], figures };
}

interface Node {
	role?: string;
	alt?: string;
	children?: Node[];
}

describe('figures on paper', () => {
	let text: string;
	let nodes: Node[];
	beforeAll(async () => {
		const { pdf } = print({ archive: withFigures(ARCHIVED), portee: { type: 'pacte' }, date: Date.UTC(2026, 10, 21) });
		const proxy = await getDocumentProxy(pdf);
		const pages: string[] = [];
		nodes = [];
		const visit = (node: Node) => {
			nodes.push(node);
			node.children?.forEach(visit);
		};
		for (let n = 1; n <= proxy.numPages; n++) {
			const page = await proxy.getPage(n);
			const { items } = await page.getTextContent();
			pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
			const tree = (await page.getStructTree()) as Node | null;
			if (tree) visit(tree);
		}
		text = pages.join(' ').replace(/\s+/g, ' ');
	});

	test('Mayenne 9: the values are printed in the drawing and in the table, with their source and year', () => {
		for (const said of ['Taux de chômage', '7 %', '9,1 %', '10,5 %', 'Source : Insee · 2014', '307 453', '59'])
			expect(text.replaceAll('\u00a0', ' '), said).toContain(said);
		expect(text.replaceAll('\u00a0', ' ').split('10,5 %').length - 1).toBeGreaterThanOrEqual(3);
	});

	test('Orne 4: each of the 23 charts is an image with words for those who do not see it, and a table with headers', () => {
		const images = nodes.filter(({ role, alt }) => role === 'Figure' && alt);
		expect(images).toHaveLength(ARCHIVED.length);
		for (const { titre } of ARCHIVED)
			expect(
				images.some(({ alt }) => alt?.includes(titre)),
				titre
			).toBe(true);
		expect(nodes.filter(({ role }) => role === 'Table').length).toBeGreaterThanOrEqual(ARCHIVED.length);
		expect(nodes.filter(({ role }) => role === 'Caption').length).toBeGreaterThanOrEqual(ARCHIVED.length);
	});

	test('a list of the figures says where each comes from and where it is', () => {
		const list = text.slice(text.lastIndexOf('Liste des figures et de leurs sources'));
		for (const { titre } of ARCHIVED) expect(list, titre).toContain(titre);
		expect(list).toMatch(/Source.: Caf · 30 novembre 2019[ .]+\d+/);
	});

	test('a figure that is long, hostile or empty does not cost the document', () => {
		const long = figureToArchive(
			{
				...orneFigure(0),
				id: 'x',
				lignes: Array.from({ length: 200 }, (_, i) => ({
					id: `l${i}`,
					libelle: `Commune ${i} 😀 \uf0b7 <b>`,
					valeurs: { s1: String(i) }
				}))
			},
			'g1'
		);
		const empty = figureToArchive(
			{ ...orneFigure(0), id: 'y', titre: '', lignes: [], series: [], source: '', date: '' },
			'g2'
		);
		const { pdf, remplacements } = print({
			archive: withFigures([long.archive, empty.archive]),
			portee: { type: 'pacte' },
			date: 0
		});
		expect(pdf.length).toBeGreaterThan(10_000);
		expect(remplacements[0]).toMatchObject({ lieu: 'Figure 1' });
	});
});

const TETE = { rang: 2, repere: '', titre: 'Figures' };

test('one figure can be printed anywhere, by its id in the archive; an unknown one is nothing', () => {
	const archive = withFigures(ARCHIVED);
	expect(printFigure(archive, 'g3', asIs)).toMatchObject({
		numero: 3,
		titre: 'Taux de chômage',
		colonnes: ['Département', 'Région', 'France']
	});
	expect(printFigure(archive, 'g99', asIs)).toBeNull();
	expect(printListeDesFigures(archive, asIs, TETE, new Set(['g2']))[0]?.entrees).toHaveLength(1);
	expect(printListeDesFigures(archive, asIs, TETE, new Set())).toEqual([]);
});
