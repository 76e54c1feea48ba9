import { afterEach, describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { CADRE_ENGAGEMENT, ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { lignesOf, removeLigne } from './tableau.ts';
import TestingCadre from './TestingCadre.svelte';
import { DeuxRedacteurs } from './testing.svelte.ts';

const said: string[] = [];
afterEach(() => {
	said.length = 0;
});

async function show(valeurs: Record<string, ValeurChamp> = {}): Promise<DeuxRedacteurs> {
	const deux = new DeuxRedacteurs(valeurs, { ...MODELE_ORNE, champs: CADRE_ENGAGEMENT });
	await render(TestingCadre, { live: deux.live, announce: (sentence: string) => said.push(sentence) });
	return deux;
}

const box = (name: string | RegExp) => page.getByRole('textbox', { name, exact: typeof name === 'string' });
const active = () => document.activeElement as HTMLElement;

describe('a table in a fiche', () => {
	const DEUX: Record<string, ValeurChamp> = {
		conventions: { lignes: [{ intitule: 'Logement' }, { intitule: 'Santé', etat: 'en cours' }] }
	};

	test('a row is added by its button, with the caret in its first cell, and each cell says its column', async () => {
		const deux = await show();
		await page.getByRole('button', { name: 'Ajouter une convention' }).click();
		await expect.element(box('Intitulé, convention 1')).toHaveFocus();
		await userEvent.keyboard('Logement');
		await page.getByRole('combobox', { name: 'État, convention 1' }).selectOptions('en perspective');
		expect(deux.valeur('conventions')).toEqual({
			lignes: [{ intitule: 'Logement', avec: '', etat: 'en perspective' }]
		});
	});

	test('Enter adds the next row; Backspace takes an empty one away and goes back', async () => {
		const deux = await show(DEUX);
		await box('Avec qui, convention 1').click();
		await userEvent.keyboard('{Enter}');
		await expect.element(box('Intitulé, convention 2')).toHaveFocus();
		await expect.element(box('Intitulé, convention 3')).toHaveValue('Santé');
		await userEvent.keyboard('{Backspace}');
		await expect.element(box('Intitulé, convention 1')).toHaveFocus();
		expect(deux.valeur('conventions')).toMatchObject({ lignes: [{ intitule: 'Logement' }, { intitule: 'Santé' }] });
	});

	test('Alt and an arrow move a row, with the caret and with a word', async () => {
		const deux = await show(DEUX);
		await box('Intitulé, convention 2').click();
		await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
		await expect.element(box('Intitulé, convention 1')).toHaveValue('Santé');
		expect(active().getAttribute('id')).toContain('conventions');
		expect(said).toContain('Convention en position 1.');
		expect(deux.valeur('conventions')).toMatchObject({ lignes: [{ intitule: 'Santé' }, { intitule: 'Logement' }] });
	});

	test('a row that is removed comes back with « Annuler », its words with it', async () => {
		const deux = await show(DEUX);
		await page.getByRole('button', { name: /Convention 1.*déplacer ou supprimer/ }).click();
		await page.getByRole('menuitem', { name: 'Supprimer' }).click();
		await expect.element(box('Intitulé, convention 1')).toHaveValue('Santé');
		expect(said.at(-1)).toMatch(/^Convention retirée\./);
		deux.live.annuler();
		await expect.element(box('Intitulé, convention 1')).toHaveValue('Logement');
		expect(deux.valeur('conventions')).toMatchObject({ lignes: [{ intitule: 'Logement' }, { intitule: 'Santé' }] });
	});

	test('a row that another removes stays while the caret is in it, and what one types is kept', async () => {
		const deux = await show(DEUX);
		await box('Avec qui, convention 1').click();
		deux.autreEcrit((doc) => removeLigne(doc, 'conventions', lignesOf(doc, 'conventions')[0]!.id));
		await expect.element(page.getByText(/vient de retirer cette ligne/)).toBeVisible();
		await userEvent.keyboard('La CAF');
		await expect.element(page.getByText(/vient de retirer cette ligne/)).not.toBeInTheDocument();
		expect(deux.valeur('conventions')).toMatchObject({ lignes: [{ avec: 'La CAF' }, { intitule: 'Santé' }] });
	});

	test('ETP are added up, and what is no number is told', async () => {
		await show({
			moyens_humains: {
				lignes: [
					{ libelle: 'Insertion', etp: '4' },
					{ libelle: 'Appui', etp: '14,5' }
				]
			}
		});
		await expect.element(page.getByText(/Total, ETP\s:\s18,5/)).toBeVisible();
		await box('ETP, équipe 1').fill('quatre');
		await expect.element(page.getByText(/Pas compté\s:\s« quatre »/)).toBeVisible();
	});
});

describe('sub-points', () => {
	const TROIS = { [ENGAGEMENTS]: { puces: ['Un guichet', 'le matin', 'Un numéro'] } };
	const valeur = (deux: DeuxRedacteurs) => deux.valeur(ENGAGEMENTS);

	test('Tab makes one while writing, Shift + Tab takes it back, each with a word', async () => {
		const deux = await show(TROIS);
		await box('Engagement 2').click();
		await userEvent.keyboard('{Tab}');
		expect(valeur(deux)).toEqual({ puces: ['Un guichet', 'le matin', 'Un numéro'], retraits: [1] });
		await expect.element(box('Engagement 2, sous-point')).toHaveFocus();
		expect(said.at(-1)).toBe('Engagement mis en sous-point.');
		await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
		expect(valeur(deux)).toEqual({ puces: ['Un guichet', 'le matin', 'Un numéro'] });
	});

	test('whoever goes through the page by Tab changes nothing and is never held', async () => {
		const deux = await show(TROIS);
		await box('Contexte législatif').click();
		for (let i = 0; i < 12; i++) await userEvent.keyboard('{Tab}');
		expect(valeur(deux)).toEqual({ puces: ['Un guichet', 'le matin', 'Un numéro'] });
		expect(active().closest(`#champ-${ENGAGEMENTS}`)).toBeNull();
	});

	test('the first bullet has none above it: Tab leaves it', async () => {
		const deux = await show(TROIS);
		await box('Engagement 1').click();
		await userEvent.keyboard('{Tab}');
		expect(active()).not.toBe(box('Engagement 1').element());
		expect(valeur(deux)).toEqual({ puces: ['Un guichet', 'le matin', 'Un numéro'] });
	});

	test('a point moves with its sub-points', async () => {
		const deux = await show({ [ENGAGEMENTS]: { puces: ['A', 'a1', 'a2', 'B', 'b1'], retraits: [1, 2, 4] } });
		await box('Engagement 1').click();
		await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
		expect(valeur(deux)).toEqual({ puces: ['B', 'b1', 'A', 'a1', 'a2'], retraits: [1, 3, 4] });
		await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
		expect(valeur(deux)).toEqual({ puces: ['A', 'a1', 'a2', 'B', 'b1'], retraits: [1, 2, 4] });
	});

	test('the menu says the same for those who do not use Tab', async () => {
		const deux = await show(TROIS);
		await page.getByRole('button', { name: /^Engagement 3.*déplacer ou supprimer/ }).click();
		await page.getByRole('menuitem', { name: 'Mettre en sous-point' }).click();
		expect(valeur(deux)).toEqual({ puces: ['Un guichet', 'le matin', 'Un numéro'], retraits: [2] });
	});
});
