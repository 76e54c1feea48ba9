import { beforeEach, describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { MODELE_VIERGE } from '#lib/pactes/modeles/structures.ts';
import { addNoeud, moveNoeud, removeNoeud, titreOf } from './arbre.ts';
import Orientations from './Orientations.svelte';
import { DeuxPersonnes } from './testing.svelte.ts';

const NBSP = '\u00a0';
const DEPART = 'axe1(p1 f11 f12 f13) axe2(f21) axe3';

beforeEach(() => sessionStorage.clear());

async function show(
	options: ConstructorParameters<typeof DeuxPersonnes>[0] = {},
	redige = true
): Promise<DeuxPersonnes> {
	const deux = new DeuxPersonnes(options);
	await render(Orientations, { vue: deux.vue, redige });
	return deux;
}

const menu = (name: string) => page.getByRole('button', { name: `Actions sur ${name}`, exact: true });
const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const titles = () =>
	[...document.querySelectorAll('[data-noeud]')].map((line) =>
		line.querySelector('.intitule')?.textContent?.replace(/\s+/g, ' ').trim()
	);

describe('the tree on the screen', () => {
	it('is a nested list: axes are headings with their number, fiches are links to their page', async () => {
		await show();
		await expect.element(page.getByRole('heading', { level: 2, name: /^Axe.1.*Répondre vite/ })).toBeVisible();
		const link = page.getByRole('link', { name: 'Un dossier raconté une seule fois' });
		await expect.element(link).toHaveAttribute('href', '#fiche-f12');
		const list = link.element().closest('ul')?.parentElement;
		expect(list?.tagName).toBe('LI');
		expect(list?.closest('ul')).toBe(document.querySelector('ul.arbre'));
		expect(titles().slice(0, 3)).toEqual([
			'Axe 1 Répondre vite, répondre une fois',
			'Perspective – Des droits lisibles dès le premier contact',
			'Fiche-action 1.1 Un premier rendez-vous sous dix jours'
		]);
	});

	it('counts the fiches of an axe, and says how far each fiche is', async () => {
		const deux = await show();
		deux.remplis = { f11: 7, f12: 3 };
		await expect.element(page.getByText(`3${NBSP}fiches-actions`, { exact: true })).toBeVisible();
		await expect.element(page.getByText('Complète', { exact: false })).toBeVisible();
		await expect.element(page.getByText(`3${NBSP}champs sur 7`, { exact: false })).toBeVisible();
		await expect.element(page.getByText('À écrire', { exact: false }).first()).toBeVisible();
	});

	it('without the right to write is read, folded and unfolded, and has no other control', async () => {
		await show({ canWrite: false }, false);
		await expect.element(page.getByText('Seule l’équipe projet modifie l’arbre.')).toBeVisible();
		const names = page
			.getByRole('button')
			.elements()
			.map((element) => element.getAttribute('aria-label') ?? element.textContent?.trim());
		expect(names).toEqual(['Tout replier', 'Tout déplier', `Contenu de l’axe${NBSP}1`, `Contenu de l’axe${NBSP}2`]);
		expect(page.getByRole('textbox').elements()).toEqual([]);
		expect(page.getByRole('heading', { name: 'À classer' }).elements()).toEqual([]);
		expect(document.querySelector('[draggable=true]')).toBeNull();
	});

	it('loses its controls, not its text, when the right to write is withdrawn', async () => {
		const deux = await show();
		deux.vue.renommer('axe1');
		await expect.element(page.getByRole('textbox')).toBeVisible();
		deux.document.canWrite = false;
		await expect.element(page.getByRole('textbox')).not.toBeInTheDocument();
		expect(page.getByRole('button', { name: /Actions sur/ }).elements()).toEqual([]);
		await expect.element(page.getByText('Répondre vite, répondre une fois')).toBeVisible();
	});

	it('when it is empty explains itself and offers the first axe', async () => {
		const deux = await show({ vide: true, modele: MODELE_VIERGE });
		await expect.element(page.getByText('L’arbre est vide')).toBeVisible();
		await button('Ajouter un axe').click();
		await userEvent.keyboard('Répondre vite{Enter}Lever les freins{Escape}');
		expect(titles()).toEqual(['Axe 1 Répondre vite', 'Axe 2 Lever les freins']);
		expect(deux.live.arbre.racines.map(({ titre }) => titre)).toEqual(['Répondre vite', 'Lever les freins']);
	});

	it('says who writes where', async () => {
		const deux = await show();
		deux.document.others = [{ nom: 'Ana', organisme: 'CCAS de Bourg-le-Pont', champ: 'noeud:f12' }];
		await expect.element(page.getByText('CCAS de Bourg-le-Pont écrit ici')).toBeVisible();
	});
});

describe('with the keyboard alone', () => {
	it('the menu of a line moves it, and the focus stays on that menu', async () => {
		const deux = await show();
		menu(`la fiche-action${NBSP}1.1`).element().focus();
		await userEvent.keyboard('{Enter}');
		await expect.element(item('Ouvrir la fiche')).toHaveFocus();
		await userEvent.keyboard('d');
		await expect.element(item('Descendre')).toHaveFocus();
		await userEvent.keyboard('{Enter}');
		expect(deux.forme).toBe('axe1(p1 f12 f11 f13) axe2(f21) axe3');
		await expect.element(menu(`la fiche-action${NBSP}1.2`)).toHaveFocus();
		expect(deux.dit).toEqual([`Fiche-action${NBSP}1.1 déplacée, elle devient 1.2.`]);
	});

	it('Alt and arrows move a line, Ctrl+Z takes it back, Ctrl+Shift+Z does it again', async () => {
		const deux = await show();
		page.getByRole('link', { name: 'Un dossier raconté une seule fois' }).element().focus();
		await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
		expect(deux.forme).toBe('axe1(p1 f11 f13 f12) axe2(f21) axe3');
		await expect.element(page.getByRole('link', { name: 'Un dossier raconté une seule fois' })).toHaveFocus();
		await userEvent.keyboard('{Control>}z{/Control}');
		expect(deux.forme).toBe(DEPART);
		await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
		expect(deux.forme).toBe('axe1(p1 f11 f13 f12) axe2(f21) axe3');
	});

	it('arrows go from line to line, fold and unfold, Suppr removes and leaves the focus in the tree', async () => {
		const deux = await show();
		button('Lever les freins du quotidien').element().focus();
		await userEvent.keyboard('{ArrowUp}');
		await expect.element(page.getByRole('link', { name: 'Une même adresse pour toutes les demandes' })).toHaveFocus();
		await userEvent.keyboard('{ArrowLeft}');
		await expect.element(button('Répondre vite, répondre une fois')).toHaveFocus();
		await userEvent.keyboard('{ArrowLeft}');
		await expect.element(button(`Contenu de l’axe${NBSP}1`)).toHaveAttribute('aria-expanded', 'false');
		expect(page.getByText('Un dossier raconté une seule fois').elements()).toEqual([]);
		await userEvent.keyboard('{ArrowDown}{ArrowDown}{Delete}');
		expect(deux.forme).toBe('axe1(p1 f11 f12 f13) axe2 axe3 | f21');
		await expect.element(button('Rapprocher les employeurs')).toHaveFocus();
	});

	it('F2 renames in place; what is written is shared at once and kept by Escape, and the focus comes back', async () => {
		const deux = await show();
		page.getByRole('link', { name: 'Se déplacer avant l’aube' }).element().focus();
		await userEvent.keyboard('{F2}');
		const input = page.getByRole('textbox', { name: `Titre de la fiche-action${NBSP}2.1` });
		await expect.element(input).toHaveFocus();
		expect(deux.document.champ).toBe('noeud:f21');
		await userEvent.keyboard(' et le soir');
		expect(titreOf(deux.doc, 'f21')?.toString()).toBe('Se déplacer avant l’aube et le soir');
		await userEvent.keyboard('{Escape}');
		await expect.element(page.getByRole('link', { name: 'Se déplacer avant l’aube et le soir' })).toHaveFocus();
		expect(deux.document.champ).toBeNull();
	});

	it('« Déplacer vers… » offers only what may hold the line, foretells its number, and moves it', async () => {
		const deux = await show();
		menu(`la fiche-action${NBSP}1.2`).element().focus();
		await userEvent.keyboard('{Enter}');
		await item('Déplacer vers…').click();
		await expect.element(page.getByRole('dialog', { name: `Déplacer la fiche-action${NBSP}1.2` })).toBeVisible();
		expect(page.getByRole('radio').elements()).toHaveLength(3);
		await page.getByRole('radio', { name: /^2 Lever les freins/ }).click();
		await expect.element(page.getByText('Elle portera le numéro 2.2.')).toBeVisible();
		await page.getByLabelText('À quelle place').selectOptions('Avant 2.1 Se déplacer avant l’aube');
		await expect.element(page.getByText('Elle portera le numéro 2.1.')).toBeVisible();
		await button('Déplacer ici').click();
		expect(deux.forme).toBe('axe1(p1 f11 f13) axe2(f12 f21) axe3');
		await expect.element(menu(`la fiche-action${NBSP}2.1`)).toHaveFocus();
	});

	it('the search of « Déplacer vers… » finds a parent by a word of its title, accents or not', async () => {
		const deux = await show();
		for (let i = 4; i < 12; i++)
			deux.live.add(deux.live.endOf(null, 'axe'), i === 7 ? 'Être logé dignement' : `Autre ${i}`);
		await menu(`la fiche-action${NBSP}2.1`).click();
		await item('Déplacer vers…').click();
		await page.getByLabelText('Chercher où').fill('etre loge');
		expect(page.getByRole('radio').elements()).toHaveLength(1);
		await expect.element(page.getByRole('radio', { name: /Être logé dignement/ })).toBeChecked();
		// The first one empties the search.
		await userEvent.keyboard('{Escape}{Escape}');
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
		await expect.element(menu(`la fiche-action${NBSP}2.1`)).toHaveFocus();
	});
});

describe('adding', () => {
	it('goes on with Enter, one title after the other, and makes nothing without a letter', async () => {
		const deux = await show();
		await button(`Ajouter une fiche-action dans l’axe${NBSP}3`).click();
		await expect.element(page.getByRole('textbox', { name: 'Titre de la fiche-action à ajouter' })).toHaveFocus();
		expect(deux.forme).toBe(DEPART);
		await userEvent.keyboard('Recruter autrement{Enter}Visiter ensemble{Enter}{Enter}');
		expect(titles().slice(-3)).toEqual([
			'Axe 3 Rapprocher les employeurs',
			'Fiche-action 3.1 Recruter autrement',
			'Fiche-action 3.2 Visiter ensemble'
		]);
		await expect.element(button(`Ajouter une fiche-action dans l’axe${NBSP}3`)).toHaveFocus();
		expect(deux.dit[0]).toBe(`Fiche-action${NBSP}3.1 ajoutée.`);
	});

	it('is taken back with its title in one step, and the focus stays on the page', async () => {
		const deux = await show();
		await button(`Ajouter une fiche-action dans l’axe${NBSP}3`).click();
		await userEvent.keyboard('Recruter{Escape}{Control>}z{/Control}');
		expect(deux.forme).toBe(DEPART);
		await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus();
	});

	it('keeps the focus and the caret in the title whose first letter makes the node, while others add above', async () => {
		const deux = await show();
		await button(`Ajouter une perspective dans l’axe${NBSP}1`).click();
		await userEvent.keyboard('D');
		deux.autreFait((doc) => addNoeud(doc, { id: 'avant', parent: null, niveau: 'axe', titre: 'Avant' }, 'axe1'));
		await userEvent.keyboard('es mots simples');
		expect(
			deux.live.arbre.parId
				.get('axe1')
				?.enfants.map(({ titre }) => titre)
				.slice(0, 2)
		).toEqual(['Des droits lisibles dès le premier contact', 'Des mots simples']);
	});
});

describe('removing', () => {
	it('an axe keeps its fiches in « À classer », and « Annuler » brings all of it back', async () => {
		const deux = await show();
		await menu(`l’axe${NBSP}1`).click();
		await item('Supprimer').click();
		expect(deux.forme).toBe('axe2(f21) axe3 | f11 f12 f13');
		await expect.element(menu(`l’axe${NBSP}1`)).toHaveFocus();
		const aside = page.getByRole('region', { name: 'À classer' });
		await expect.element(aside.getByRole('link', { name: 'Un dossier raconté une seule fois' })).toBeVisible();
		await button('Annuler').click();
		expect(deux.forme).toBe(DEPART);
		await expect.element(menu(`l’axe${NBSP}1`)).toHaveFocus();
		await expect.element(button('Annuler')).not.toBeInTheDocument();
	});

	it('a fiche is only set aside, cannot be deleted there, and is put back by its menu', async () => {
		const deux = await show();
		await menu(`la fiche-action${NBSP}1.2`).click();
		expect(item('Supprimer').elements()).toEqual([]);
		await item(`Retirer vers «${NBSP}À classer${NBSP}»`).click();
		expect(deux.forme).toBe('axe1(p1 f11 f13) axe2(f21) axe3 | f12');
		await expect.element(menu(`la fiche-action${NBSP}1.2`)).toHaveFocus();
		await menu(`la fiche-action${NBSP}«${NBSP}Un dossier raconté une seule fois${NBSP}»`).click();
		expect(item('Supprimer').elements()).toEqual([]);
		await item('Replacer dans l’arbre…').click();
		await page.getByRole('radio', { name: /^3 Rapprocher/ }).click();
		await button('Replacer ici').click();
		expect(deux.forme).toBe('axe1(p1 f11 f13) axe2(f21) axe3(f12)');
	});

	it('what carries no fiche is deleted for good from « À classer »', async () => {
		const deux = await show();
		deux.autreFait((doc) => moveNoeud(doc, 'p1', 'a_classer'));
		await menu(`la perspective${NBSP}«${NBSP}Des droits lisibles dès le premier contact${NBSP}»`).click();
		await item('Supprimer').click();
		expect(deux.live.get('p1')).toBeUndefined();
	});
});

describe('while others write', () => {
	it('the title that I write keeps the focus and the caret on its character, also when its line is moved elsewhere', async () => {
		const deux = await show();
		deux.vue.renommer('f13');
		const input = page.getByRole('textbox');
		await expect.element(input).toHaveFocus();
		const area = () => document.activeElement as HTMLTextAreaElement;
		area().setSelectionRange(4, 4);
		deux.autreFait((doc) => {
			titreOf(doc, 'f13')?.insert(0, '>>> ');
			moveNoeud(doc, 'f13', 'axe2', 'f21');
			for (const id of ['x', 'y', 'z']) addNoeud(doc, { id, parent: 'axe1', niveau: 'action', titre: id }, 'f11');
		});
		await expect.poll(() => document.querySelector('[data-noeud=f13]')?.textContent).toContain('2.1');
		await expect.element(page.getByRole('textbox')).toHaveFocus();
		expect(area().value).toBe('>>> Une même adresse pour toutes les demandes');
		expect(area().selectionStart).toBe(8);
		await userEvent.keyboard('X');
		expect(titreOf(deux.doc, 'f13')?.toString()).toBe('>>> Une Xmême adresse pour toutes les demandes');
		expect(deux.document.champ).toBe('noeud:f13');
	});

	it('what has the focus stays where it is on the screen when lines come and go above it', async () => {
		const deux = await show();
		const add = (parent: string | null, niveau: string, id: string) =>
			deux.live.add({ niveau, parent, before: null }, `Titre ${id}`, id);
		for (let i = 0; i < 30; i++) add('axe1', 'action', `avant${i}`);
		for (let i = 0; i < 30; i++) add('axe3', 'action', `apres${i}`);
		await expect.element(page.getByText('Titre apres29')).toBeInTheDocument();
		deux.vue.renommer('f21');
		await expect.element(page.getByRole('textbox')).toHaveFocus();
		const area = page.getByRole('textbox').element();
		area.scrollIntoView({ block: 'center' });
		const top = () => area.getBoundingClientRect().top;
		const start = top();
		deux.autreFait((doc) => {
			for (const id of ['x', 'y', 'z']) addNoeud(doc, { id, parent: 'axe1', niveau: 'action', titre: id }, 'f11');
		});
		await expect.poll(() => document.querySelector('[data-noeud=z]')).not.toBeNull();
		expect(Math.abs(top() - start)).toBeLessThanOrEqual(2);
		deux.autreFait((doc) => {
			for (let i = 0; i < 10; i++) removeNoeud(doc, `avant${i}`, deux.vue.modele);
		});
		await expect.poll(() => document.querySelector('ul.arbre [data-noeud=avant0]')).toBeNull();
		await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
		expect(Math.abs(top() - start)).toBeLessThanOrEqual(2);
		await expect.element(page.getByRole('textbox')).toHaveFocus();
	});

	it('a control that has the focus keeps it when its line is moved elsewhere', async () => {
		const deux = await show();
		menu(`la fiche-action${NBSP}1.1`).element().focus();
		deux.autreFait((doc) => moveNoeud(doc, 'f11', 'axe3'));
		await expect.element(menu(`la fiche-action${NBSP}3.1`)).toHaveFocus();
	});

	it('a title that somebody else removes while I write it is said to be gone', async () => {
		const deux = await show();
		deux.vue.renommer('p1');
		await expect.element(page.getByRole('textbox')).toHaveFocus();
		deux.autreFait((doc) => removeNoeud(doc, 'p1', deux.vue.modele));
		await expect.element(page.getByRole('textbox')).not.toBeInTheDocument();
		expect(deux.dit.at(-1)).toContain('vient d’être supprimé par une autre personne');
		await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus();
	});

	it('Ctrl+Z in a title takes back my words only', async () => {
		const deux = await show();
		deux.vue.renommer('f21');
		await expect.element(page.getByRole('textbox')).toHaveFocus();
		await userEvent.keyboard(' et le soir');
		deux.autreFait((doc) => titreOf(doc, 'f21')?.insert(0, 'Bien '));
		await userEvent.keyboard('{Control>}z{/Control}');
		expect(titreOf(deux.doc, 'f21')?.toString()).toBe('Bien Se déplacer avant l’aube');
	});
});
