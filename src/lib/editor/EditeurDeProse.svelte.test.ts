import { afterEach, describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import EditeurDeProse from './EditeurDeProse.svelte';
import type { Prose } from './prose.ts';
import { corpsOf, texteOf } from './prose.ts';
import { SANS_REFERENCES } from './references.ts';
import { paragraphe } from './testing.ts';
import { TexteATester } from './testing.svelte.ts';

const said: string[] = [];
let unknown = 0;
afterEach(() => {
	said.length = 0;
	unknown = 0;
});

const IMAGE = { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', largeur: 1, hauteur: 1 };

async function show(prose: Prose = [], props: object = {}, texte = new TexteATester(prose)) {
	const screen = await render(EditeurDeProse, {
		document: texte,
		label: 'Texte du territoire',
		references: SANS_REFERENCES,
		figure: () => () => undefined,
		televerser: async () => ({ id: 'piece-1', ...IMAGE }),
		annonces: 'toutes',
		calme: false,
		suivi: null,
		announce: (sentence: string) => said.push(sentence),
		onEtat: () => undefined,
		onUnknown: () => unknown++,
		...props
	});
	return { texte, screen };
}

const box = () => page.getByRole('textbox', { name: 'Texte du territoire' });
const bar = () => page.getByRole('toolbar', { name: 'Mise en forme' });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
const active = () => document.activeElement as HTMLElement;

/** Puts the caret after some words. */
async function caretAfter(words: string): Promise<void> {
	const dom = box().element() as HTMLElement;
	dom.focus();
	const walker = document.createTreeWalker(dom, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const at = walker.currentNode.nodeValue?.indexOf(words) ?? -1;
		if (at < 0) continue;
		document.getSelection()?.collapse(walker.currentNode, at + words.length);
		// The editor hears of it by an event of its own.
		await new Promise((resolve) => requestAnimationFrame(resolve));
		return;
	}
	throw new Error(`« ${words} » is not shown.`);
}

describe('the text says what it is', () => {
	test('it is a French text box with a name, spell-checked, of several lines', async () => {
		await show([paragraphe('Deux vallées.')]);
		const dom = box().element();
		expect(dom.getAttribute('lang')).toBe('fr');
		expect(dom.getAttribute('spellcheck')).toBe('true');
		expect(dom.getAttribute('aria-multiline')).toBe('true');
	});

	test('the carets of the others are drawn, and hidden from who listens', async () => {
		const { texte } = await show([paragraphe('Deux vallées.')]);
		const place = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(corpsOf(texte.doc), 0));
		const encoded = btoa(String.fromCharCode(...place));
		texte.others = [
			{ clientId: 7, compteId: 'b', nom: 'Bruno', organisme: 'CAF', champ: `corps~${encoded}~${encoded}` } as never
		];
		await expect.poll(() => document.querySelector('.caret')?.ariaHidden).toBe('true');
		expect(document.querySelector('.caret')?.textContent).toBe('Bruno');
		expect(said).toEqual(['Bruno, CAF, écrit au début du texte.']);
	});
});

describe('the keyboard alone is enough', () => {
	test('Alt+F10 goes to the bar, arrows go along it and around, Escape comes back', async () => {
		await show([paragraphe('Deux vallées.')]);
		await caretAfter('Deux');
		await userEvent.keyboard('{Alt>}{F10}{/Alt}');
		expect(active().getAttribute('aria-label')).toBe('Style du paragraphe');
		await userEvent.keyboard('{ArrowLeft}');
		expect(active().textContent).toContain('Rétablir');
		await userEvent.keyboard('{Home}{ArrowRight}');
		expect(active().textContent).toContain('Gras');
		await userEvent.keyboard('{Escape}');
		await expect.poll(() => active()).toBe(box().element());
		expect(bar().element().querySelectorAll('button').length).toBeGreaterThan(8);
	});

	test('the letter that follows an act of the bar, of a menu or of a dialog goes into the text, however soon it comes', async () => {
		await show([paragraphe('Deux vallées.')]);
		await caretAfter('Deux');
		const choose = (control: { element(): Element }) => {
			(control.element() as HTMLElement).focus();
			(control.element() as HTMLElement).click();
			return active();
		};
		expect(choose(button('Liste à puces'))).toBe(box().element());
		expect(choose(button('Gras'))).toBe(box().element());
		await button('Insérer').click();
		expect(choose(item('Un tableau'))).toBe(box().element());
		await button('Tableau').click();
		await item('Légende du tableau').click();
		expect(choose(button('Enregistrer'))).toBe(box().element());
	});

	test('Tab belongs to a list; Escape then Tab leaves the text', async () => {
		const { texte } = await show([paragraphe('un', { liste: 'puce' })]);
		await caretAfter('un');
		await userEvent.keyboard('{Tab}');
		expect(texte.prose).toEqual([paragraphe('un', { liste: 'puce', retrait: 1 })]);
		expect(active()).toBe(box().element());
		await userEvent.keyboard('{Escape}{Tab}');
		expect(active()).not.toBe(box().element());
		expect(said).toContain('Tab quitte le texte.');
		expect(texte.prose).toEqual([paragraphe('un', { liste: 'puce', retrait: 1 })]);
	});
});

describe('footnotes', () => {
	test('Ctrl+Alt+F makes one where the caret is; in it, goes to its line, and from there back', async () => {
		const { texte } = await show([paragraphe('Deux vallées.')]);
		await caretAfter('vallées');
		await userEvent.keyboard('{Control>}{Alt>}f{/Alt}{/Control}Insee, 2025');
		expect(texte.prose).toMatchObject([
			{
				contenu: [{ texte: 'Deux vallées' }, { type: 'note', contenu: [{ texte: 'Insee, 2025' }] }, { texte: '.' }]
			}
		]);
		await expect.element(button('Note 1, dans le texte')).toHaveTextContent('Insee, 2025');
		await userEvent.keyboard('{Control>}{Alt>}f{/Alt}{/Control}');
		expect(active()).toBe(button('Note 1, dans le texte').element());
		await userEvent.keyboard('{Enter}');
		await expect.poll(() => active()).toBe(box().element());
		await userEvent.keyboard(' (p. 3)');
		expect(texteOf(texte.prose)).toContain('Insee, 2025 (p. 3)');
	});

	test('their numbers follow the order of the text as one writes', async () => {
		const note = (texte: string) => ({ type: 'note' as const, contenu: [{ type: 'texte' as const, texte }] });
		await show([
			{ type: 'paragraphe', contenu: [{ type: 'texte', texte: 'Un' }, note('première')] },
			{ type: 'paragraphe', contenu: [{ type: 'texte', texte: 'Deux' }, note('seconde')] }
		]);
		await caretAfter('Un');
		await userEvent.keyboard('{Control>}{Alt>}f{/Alt}{/Control}nouvelle');
		await expect.element(button('Note 1, dans le texte')).toHaveTextContent('nouvelle');
		await expect.element(button('Note 3, dans le texte')).toHaveTextContent('seconde');
	});
});

describe('images', () => {
	const dialog = () => page.getByRole('dialog', { name: 'Insérer une image' });

	test('one is added with words for who cannot see it, which can be changed later', async () => {
		const { texte } = await show([paragraphe('Deux vallées.')]);
		await caretAfter('vallées');
		await button('Insérer').click();
		await item('Une image').click();
		await button('Insérer l’image').click();
		await expect.element(dialog().getByText(/Choisissez un fichier d’image/)).toBeVisible();
		await expect.element(dialog().getByText(/Dites en une phrase ce que montre l’image/)).toBeVisible();
		await userEvent.upload(page.getByLabelText('Fichier'), new File(['x'], 'carte.png', { type: 'image/png' }));
		await page.getByLabelText('Texte alternatif').fill('La carte des deux vallées');
		await page.getByLabelText(/Légende/).fill('Carte 1');
		await button('Insérer l’image').click();
		const image = { type: 'image', piece: 'piece-1', alternative: 'La carte des deux vallées', legende: 'Carte 1' };
		await expect.poll(() => texte.prose[1]).toEqual(image);
		expect(said).toContain('Image ajoutée.');
		await expect.element(page.getByRole('img', { name: 'La carte des deux vallées' })).toBeInTheDocument();

		await button('Modifier l’image').click();
		await page.getByLabelText(/Image décorative/).click();
		await button('Enregistrer').click();
		await expect.poll(() => texte.prose[1]).toEqual({ ...image, alternative: '' });
	});

	test('what the server says against one is said, and nothing is lost of what was filled in', async () => {
		await show([paragraphe('x')], { televerser: () => Promise.reject(new Error('Cette image pèse plus de 5 Mo.')) });
		await caretAfter('x');
		await button('Insérer').click();
		await item('Une image').click();
		await userEvent.upload(page.getByLabelText('Fichier'), new File(['x'], 'carte.png', { type: 'image/png' }));
		await page.getByLabelText('Texte alternatif').fill('La carte');
		await button('Insérer l’image').click();
		await expect.element(dialog().getByText(/plus de 5 Mo/)).toBeVisible();
		await expect.element(page.getByLabelText('Texte alternatif')).toHaveValue('La carte');
	});

	test('where none may be added, the menu does not offer it', async () => {
		await show([paragraphe('x')], { televerser: undefined });
		await button('Insérer').click();
		await expect.element(item('Un tableau')).toBeVisible();
		expect(page.getByRole('menuitem', { name: 'Une image' }).elements()).toEqual([]);
	});
});

describe('tables', () => {
	const cellule = (texte: string, entete?: true) => ({ ...(entete && { entete }), contenu: [paragraphe(texte)] });
	const TABLE: Prose = [
		{
			type: 'tableau',
			legende: '',
			rangees: [
				[cellule('lieu', true), cellule('jour', true)],
				[cellule('a'), cellule('b')]
			]
		}
	];
	const rangees = (texte: TexteATester) => (texte.prose[0] as Extract<Prose[number], { type: 'tableau' }>).rangees;
	const mots = (texte: TexteATester) => rangees(texte).map((row) => row.map(({ contenu }) => texteOf(contenu)));

	test('Tab goes from cell to cell, makes a row after the last, and Ctrl+Enter leaves', async () => {
		const { texte } = await show(TABLE);
		await caretAfter('lieu');
		await userEvent.keyboard('{Tab}!{Shift>}{Tab}{/Shift}');
		await caretAfter('b');
		await userEvent.keyboard('{Tab}c{Tab}d{Control>}{Enter}{/Control}fin');
		expect(mots(texte).slice(1)).toEqual([
			['a', 'b'],
			['c', 'd']
		]);
		expect(texte.prose[1]).toEqual(paragraphe('fin'));
	});

	test('Shift and an arrow choose cells, which are merged and split; each act is said', async () => {
		const { texte } = await show(TABLE);
		await caretAfter('a');
		await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
		await expect.poll(() => document.querySelectorAll('.selectedCell').length).toBe(2);
		await button('Tableau').click();
		await item('Fusionner les cellules choisies').click();
		expect(rangees(texte)[1]).toMatchObject([{ colonnes: 2 }]);
		await button('Tableau').click();
		await item('Scinder la cellule').click();
		expect(rangees(texte)[1]).toHaveLength(2);
		expect(said).toEqual(['Cellules fusionnées.', 'Cellule scindée.']);
	});

	test('its legend is written from the menu, read by who listens, and kept by a copy', async () => {
		const { texte } = await show(TABLE);
		await caretAfter('a');
		await button('Tableau').click();
		await item('Légende du tableau').click();
		await page.getByLabelText(/Ce que montre le tableau/).fill('Les permanences');
		await button('Enregistrer').click();
		expect(texte.prose[0]).toMatchObject({ legende: 'Les permanences' });
		await expect.element(page.getByRole('table', { name: 'Les permanences' })).toBeVisible();
	});
});

describe('with others', () => {
	test('A-4: the caret stays on its character, and the focus where it is, while others write before it', async () => {
		const { texte } = await show([paragraphe('Deux vallées, un pont.')]);
		await caretAfter('vallée');
		await userEvent.keyboard('{ArrowRight}');
		texte.ecritAilleurs(0, 0, 'Il y a ici ');
		texte.ecritAilleurs(0, 4, 'toujours ');
		expect(active()).toBe(box().element());
		await userEvent.keyboard('!');
		expect(texteOf(texte.prose)).toContain('vallées!, un pont.');
	});

	test('mode calme: what the others change waits until it is asked for; what one writes goes at once; nothing is lost', async () => {
		const { texte } = await show([paragraphe('Un.'), paragraphe('Deux.')], { calme: true });
		await caretAfter('Un.');
		await userEvent.keyboard(' Ici.');
		expect(texteOf(corpsProse(texte.autre))).toBe('Un. Ici.\nDeux.');
		texte.ecritAilleurs(1, 5, ' Là.');
		texte.ecritAilleurs(1, 9, ' Encore.');
		await expect.element(page.getByText(/2 modifications des autres attendent/)).toBeVisible();
		expect(box().element().textContent).not.toContain('Là.');
		await userEvent.keyboard(' Toujours.');
		expect(texteOf(corpsProse(texte.autre))).toBe('Un. Ici. Toujours.\nDeux. Là. Encore.');
		await button('Les afficher').click();
		await expect.element(box()).toHaveTextContent('Un. Ici. Toujours.Deux. Là. Encore.');
		expect(texteOf(texte.prose)).toBe('Un. Ici. Toujours.\nDeux. Là. Encore.');
		expect(page.getByText(/attend/).elements()).toEqual([]);
	});

	test('one can still take back what one wrote once mode calme is over', async () => {
		const { texte, screen } = await show([paragraphe('Un.')], { calme: true });
		await screen.rerender({ calme: false });
		await caretAfter('Un.');
		await userEvent.keyboard(' Ici.');
		await button('Annuler').click();
		expect(texteOf(texte.prose)).toBe('Un.');
	});

	test('one who follows someone sees where they write come into view', async () => {
		const long = Array.from({ length: 80 }, (_, i) => paragraphe(`Paragraphe ${i}`));
		const { texte, screen } = await show(long);
		const at = Y.createRelativePositionFromTypeIndex(
			(corpsOf(texte.doc).get(78) as Y.XmlElement).get(0) as Y.XmlText,
			3
		);
		const encoded = btoa(String.fromCharCode(...Y.encodeRelativePosition(at)));
		const before = window.scrollY;
		await screen.rerender({ suivi: 'b' });
		texte.others = [
			{ clientId: 7, compteId: 'b', nom: 'Bruno', organisme: '', champ: `corps~${encoded}~${encoded}` } as never
		];
		await expect.poll(() => window.scrollY).toBeGreaterThan(before + 500);
	});
});

describe('case 83: a text of a newer Copacte is neither shown in an editor nor changed', () => {
	const NEWER: [string, (corps: Y.XmlFragment) => void][] = [
		['an unknown element', (corps) => corps.push([new Y.XmlElement('video')])],
		['an unknown attribute', (corps) => (corps.get(0) as Y.XmlElement).setAttribute('cadre', 'double')],
		[
			'an unknown format',
			(corps) => ((corps.get(0) as Y.XmlElement).get(0) as Y.XmlText).format(0, 2, { souligne: {} })
		]
	];

	test.each(NEWER)('%s, when it opens', async (_name, write) => {
		const texte = new TexteATester([paragraphe('Deux vallées.')]);
		write(corpsOf(texte.autre));
		const before = Y.encodeStateAsUpdate(texte.doc);
		await show([], {}, texte);
		expect(unknown).toBe(1);
		expect(page.getByRole('textbox').elements()).toEqual([]);
		expect(Y.encodeStateAsUpdate(texte.doc)).toEqual(before);
	});

	test.each(NEWER)('%s, when someone writes it while one writes', async (_name, write) => {
		const { texte } = await show([paragraphe('Deux vallées.')]);
		await caretAfter('Deux');
		await userEvent.keyboard('!');
		write(corpsOf(texte.autre));
		expect(unknown).toBe(1);
		expect(page.getByRole('textbox').elements()).toEqual([]);
		expect(Y.encodeStateAsUpdate(texte.doc)).toEqual(Y.encodeStateAsUpdate(texte.autre));
		expect(texteOf(texte.prose)).toBe('Deux! vallées.');
	});
});

function corpsProse(doc: Y.Doc): Prose {
	const texte = new TexteATester();
	Y.applyUpdate(texte.doc, Y.encodeStateAsUpdate(doc));
	return texte.prose;
}
