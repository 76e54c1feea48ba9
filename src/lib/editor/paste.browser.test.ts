import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { LIMITES_DE_COLLAGE } from './paste-html.ts';
import type { Constat, Prose } from './prose.ts';
import { texteOf } from './prose.ts';
import { connect, docOf, openEcran, paragraphe, placeOf, type Ecran } from './testing.ts';

const open: Ecran[] = [];
afterEach(() => {
	for (const ecran of open.splice(0)) ecran.close();
});

function ecranOf(prose: Prose = []): Ecran {
	const ecran = openEcran(docOf(prose));
	open.push(ecran);
	ecran.editor.view.focus();
	return ecran;
}

function pasteHTML(ecran: Ecran, html: string): void {
	ecran.editor.view.pasteHTML(html);
}

const CONSTAT: Constat = { cle: 'premier', nature: 'constat', theme: '', noeud: '', origine: '' };

describe('a paste goes in where the caret is', () => {
	test('words of one paragraph join the sentence', () => {
		const ecran = ecranOf([paragraphe('Deux vallées.')]);
		ecran.editor.commands.setTextSelection(placeOf(ecran.editor, 'Deux '));
		pasteHTML(ecran, '<p>grandes </p>');
		expect(texteOf(ecran.prose())).toBe('Deux grandesvallées.');
	});

	test('a chapter takes the place of an empty line, its headings and lists kept', () => {
		const ecran = ecranOf();
		pasteHTML(ecran, '<h1>Se loger</h1><p>Cher.</p><ul><li>studio<ul><li>petit</li></ul></li></ul>');
		expect(ecran.prose()).toEqual([
			paragraphe('Se loger', { titre: 2 }),
			paragraphe('Cher.'),
			paragraphe('studio', { liste: 'puce' }),
			paragraphe('petit', { liste: 'puce', retrait: 1 })
		]);
	});

	test('blocks split the paragraph of the caret, and nothing of it is lost', () => {
		const ecran = ecranOf([paragraphe('Avant, après.')]);
		ecran.editor.commands.setTextSelection(placeOf(ecran.editor, 'Avant,'));
		pasteHTML(ecran, '<ul><li>un</li><li>deux</li></ul>');
		expect(texteOf(ecran.prose())).toBe('Avant,\nun\ndeux\n après.');
	});

	test('what is selected makes room, even all of it', () => {
		const ecran = ecranOf([paragraphe('Ancien'), paragraphe('texte')]);
		ecran.editor.commands.selectAll();
		pasteHTML(ecran, '<p>Nouveau</p><p>texte</p>');
		expect(ecran.prose()).toEqual([paragraphe('Nouveau'), paragraphe('texte')]);
	});

	test('a footnote takes the words only, and a cell the lines', () => {
		const cellule = { contenu: [paragraphe('case')] };
		const ecran = ecranOf([
			{ type: 'paragraphe', contenu: [{ type: 'note', contenu: [{ type: 'texte', texte: 'Source' }] }] },
			{ type: 'tableau', legende: '', rangees: [[cellule, cellule]] }
		]);
		ecran.editor.commands.setTextSelection(placeOf(ecran.editor, 'Source'));
		pasteHTML(ecran, '<h2> du</h2><p>Département</p>');
		expect(ecran.prose()[0]).toEqual({
			type: 'paragraphe',
			contenu: [{ type: 'note', contenu: [{ type: 'texte', texte: 'Sourcedu Département' }] }]
		});
		ecran.editor.commands.setTextSelection(placeOf(ecran.editor, 'case'));
		pasteHTML(ecran, '<h2> un</h2><p>deux</p>');
		const [, tableau] = ecran.prose();
		expect(tableau).toMatchObject({ rangees: [[{ contenu: [paragraphe('caseun'), paragraphe('deux')] }, cellule]] });
	});

	test('Ctrl+Z takes a whole paste back, and only that', () => {
		const ecran = ecranOf([paragraphe('Ici.')]);
		ecran.editor.commands.setTextSelection(placeOf(ecran.editor, 'Ici.'));
		ecran.editor.commands.insertContent(' Tapé.');
		pasteHTML(ecran, '<p>un</p><p>deux</p>');
		ecran.undo.undo();
		expect(texteOf(ecran.prose())).toBe('Ici. Tapé.');
	});

	test('plain text: a line is a paragraph, a line with a bullet an item', () => {
		const ecran = ecranOf();
		ecran.editor.view.pasteText('Constats\r\n\r\n• un\n   - deux\nfin');
		expect(ecran.prose()).toEqual([
			paragraphe('Constats'),
			paragraphe('un', { liste: 'puce' }),
			paragraphe('deux', { liste: 'puce', retrait: 1 }),
			paragraphe('fin')
		]);
	});
});

describe('a constat keeps its id as long as it is one paragraph', () => {
	test('copied, it gets an id of its own; cut and put back, it keeps its own', async () => {
		const ecran = ecranOf([paragraphe('Le bus est rare', { constat: CONSTAT }), paragraphe('Fin')]);
		const { editor } = ecran;
		const cles = () => ecran.prose().flatMap((bloc) => (bloc.type === 'paragraphe' ? (bloc.constat?.cle ?? []) : []));
		const html =
			'<p class="constat" data-constat="constat" data-cle="premier" data-pm-slice="0 0 []">Le bus est rare</p>';
		editor.commands.setTextSelection(placeOf(editor, 'Fin'));
		pasteHTML(ecran, html);
		expect(cles()).toHaveLength(2);
		expect(new Set(cles()).size).toBe(2);
		ecran.undo.undo();

		editor.commands.setTextSelection({ from: 1, to: placeOf(editor, 'Fin', 'before') });
		await userEvent.keyboard('{Control>}x{/Control}');
		expect(cles()).toEqual([]);
		editor.commands.setTextSelection(placeOf(editor, 'Fin'));
		pasteHTML(ecran, html);
		pasteHTML(ecran, html);
		expect(cles()[0]).toBe('premier');
		expect(new Set(cles()).size).toBe(2);
	});

	test('HTML from elsewhere makes no constat, figure nor image of the pacte', () => {
		const ecran = ecranOf();
		pasteHTML(ecran, '<p data-constat="constat" data-cle="vol">x</p><figure data-piece="p"></figure><p>y</p>');
		expect(ecran.prose()).toEqual([paragraphe('x'), paragraphe('y')]);
	});
});

/** A chapter of about 60 pages: 25,000 words, 40 tables. */
function chapitre(): string {
	const sentence = 'Dans la vallée haute les familles attendent une réponse plus simple et plus proche. ';
	const table = `<table>${'<tr><td>Valmorin</td><td>12</td><td>34</td><td>56</td></tr>'.repeat(12)}</table>`;
	const page = `<h2>Partie</h2>${`<p>${sentence.repeat(6)}</p>`.repeat(7)}<ul>${`<li>${sentence}</li>`.repeat(3)}</ul>`;
	return Array.from({ length: 40 }, () => page + table).join('');
}

describe('a long paste', () => {
	test('of 60 pages is many small updates, each far below what the guard lets in, and undone in a few steps', () => {
		const ecran = ecranOf([paragraphe('Avant.')]);
		const since = performance.now();
		pasteHTML(ecran, chapitre());
		expect(performance.now() - since).toBeLessThan(8_000);
		expect(Math.max(...ecran.updates.map(({ length }) => length))).toBeLessThan(200_000);
		expect(ecran.updates.length).toBeGreaterThan(5);
		expect(ecran.prose().filter(({ type }) => type === 'tableau')).toHaveLength(40);
		let steps = 0;
		while (ecran.undo.undo()) steps++;
		expect(steps).toBeLessThan(12);
		expect(texteOf(ecran.prose())).toBe('Avant.');
	});

	test('of 6 MB keeps its beginning, says so, and does not freeze', () => {
		const ecran = ecranOf();
		const since = performance.now();
		pasteHTML(ecran, `<p>${'mot '.repeat(1_000)}</p>`.repeat(1_500));
		expect(performance.now() - since).toBeLessThan(8_000);
		const { length } = texteOf(ecran.prose());
		expect(length).toBeLessThanOrEqual(LIMITES_DE_COLLAGE.caracteres * 1.01);
		expect(length).toBeGreaterThan(LIMITES_DE_COLLAGE.caracteres * 0.95);
		expect(ecran.said.join()).toContain('seul son début est là');
	});

	test('as deep as a program can nest, or as one line, ends well', () => {
		const ecran = ecranOf();
		pasteHTML(ecran, `${'<div>'.repeat(20_000)}fond${'</div>'.repeat(20_000)}`);
		expect(texteOf(ecran.prose())).toBe('fond');
		pasteHTML(ecran, `<p>${'x'.repeat(300_000)}</p>`);
		expect(texteOf(ecran.prose()).length).toBeGreaterThan(300_000);
		expect(Math.max(...ecran.updates.map(({ length }) => length))).toBeLessThan(200_000);
	});
});

test('two people paste at the same place at once: both pastes are there whole, and both screens say the same', () => {
	const [a, b] = [ecranOf([paragraphe('Ici.')]), ecranOf()];
	connect(a.doc, b.doc);
	for (const { editor } of [a, b]) editor.commands.setTextSelection(placeOf(editor, 'Ici.'));
	pasteHTML(a, '<ul><li>un</li><li>deux</li></ul>');
	pasteHTML(b, '<table><tr><td>a</td><td>b</td></tr></table><p>trois</p>');
	expect(a.prose()).toEqual(b.prose());
	expect(texteOf(a.prose()).split('\n').sort()).toEqual(['Ici.', 'a', 'b', 'deux', 'trois', 'un']);
});

const ATTAQUES = Object.values(
	import.meta.glob<string>('./collages/attaques.html', { query: '?raw', import: 'default', eager: true })
)[0] as string;

describe('nothing that runs survives a paste', () => {
	const reached = () => (window as { __atteint?: number }).__atteint;

	test.each([
		['from elsewhere', ATTAQUES],
		['dressed as one of ours', `<div data-pm-slice="0 0 []">${ATTAQUES}</div>`]
	])('%s', async (_name, html) => {
		const ecran = ecranOf();
		pasteHTML(ecran, html);
		const { dom } = ecran.editor.view;
		expect(dom.textContent).toContain('Texte');
		expect(
			dom.querySelectorAll(
				'script, style, iframe, object, embed, form, input, button, svg, math, video, link, meta, base'
			)
		).toHaveLength(0);
		const attributes = [...dom.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
		expect(attributes.filter(({ name }) => /^on|^srcdoc$|^src$|formaction|xlink|background/u.test(name))).toEqual([]);
		for (const link of dom.querySelectorAll('a')) expect(link.getAttribute('href')).toMatch(/^(https?:|mailto:|tel:)/u);
		// What would have run does so in the tasks that follow.
		await new Promise((resolve) => requestIdleCallback(resolve));
		expect(reached()).toBeUndefined();
	});
});
