import { afterEach, describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import ChoixFigure, { type Choix } from './ChoixFigure.svelte';
import FigureVue from './FigureVue.svelte';
import { showFigure } from './show-figure.ts';
import { Figures } from './testing.svelte.ts';
import { MAYENNE } from './testing.ts';

const figures = MAYENNE.map((figure, i) => ({ ...figure, id: `f${i}` }));
const onChoose = vi.fn<(choix: Choix) => void>();
afterEach(() => void onChoose.mockClear());

const show = (props = {}) => render(ChoixFigure, { open: true, figures, onChoose, ...props });
const button = (name: string | RegExp) => page.getByRole('button', { name });

describe('choosing a figure for a text', () => {
	test('it is found by its words and inserted whole, by keyboard alone', async () => {
		await show();
		await userEvent.keyboard('chomage');
		await expect.element(page.getByText('1\u00a0figure')).toBeVisible();
		button(/Taux de chômage/)
			.element()
			.focus();
		await userEvent.keyboard('{Enter}');
		await expect.element(button('Insérer la figure entière')).toHaveFocus();
		await userEvent.keyboard('{Enter}');
		expect(onChoose).toHaveBeenCalledExactlyOnceWith({ type: 'figure', figure: 'f2' });
		await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
	});

	test('Mayenne 9: one value is quoted alone', async () => {
		await show();
		await button(/Taux de chômage/).click();
		await button(/^Citer 9,1.% : Taux, Région/).click();
		expect(onChoose).toHaveBeenCalledExactlyOnceWith({ type: 'chiffre', figure: 'f2', ligne: 'l1', serie: 's2' });
	});

	test('a new one is made by its title; a refusal is said where it is', async () => {
		const oncreate = vi.fn(async (titre: string) => {
			if (titre === 'Non') throw new Error('Le serveur ne répond pas.');
			return 'neuve';
		});
		await show({ oncreate });
		await button('Créer et insérer').click();
		await expect.element(page.getByText(/Donnez un titre à la figure/)).toBeVisible();
		await page.getByLabelText('Nouvelle figure').fill('Non');
		await button('Créer et insérer').click();
		await expect.element(page.getByText('Le serveur ne répond pas.')).toBeVisible();
		expect(onChoose).not.toHaveBeenCalled();
		await page.getByLabelText('Nouvelle figure').fill('Crèches');
		await button('Créer et insérer').click();
		await expect.poll(() => onChoose.mock.calls).toEqual([[{ type: 'figure', figure: 'neuve' }]]);
	});

	test('without figures, and without what is looked for, it is said', async () => {
		const { rerender } = await show({ figures: [] });
		await expect.element(page.getByText(/Aucune figure dans ce pacte/)).toBeVisible();
		await rerender({ figures });
		await page.getByRole('searchbox').fill('zzz');
		await expect.element(page.getByText('Aucune figure ne porte ces mots.')).toBeVisible();
	});
});

test('a figure in a text follows the data, and says when it is gone', async () => {
	const box = document.body.appendChild(document.createElement('div'));
	const state = new Figures(figures);
	const takeOff = showFigure(box, 'f2', () => state.all);
	await expect.element(page.getByRole('figure')).toBeVisible();
	expect(box.textContent).toContain('Figure 3.');
	state.all = [{ ...figures[2]!, phrase: 'Peu de chômage.' }];
	await expect.element(page.getByText('Peu de chômage.')).toBeVisible();
	expect(box.textContent).toContain('Figure 1.');
	state.all = [];
	await expect.element(page.getByText(/a été retirée du pacte/)).toBeVisible();
	takeOff();
	expect(box.textContent).toBe('');
	box.remove();
});

test('a figure to read has its number, its drawing with words, its sentence, its table with headers and its source', async () => {
	await render(FigureVue, { figure: figures[2]!, numero: 3 });
	expect(page.getByRole('figure').element().textContent).toMatch(/^\s*Figure 3\.\s+Taux de chômage/);
	await expect.element(page.getByRole('img', { name: /10,5.% en France/ })).toBeVisible();
	await expect.element(page.getByRole('columnheader', { name: 'Région' })).toBeVisible();
	await expect.element(page.getByRole('rowheader', { name: 'Taux' })).toBeVisible();
	await expect.element(page.getByText(/^Source.: Insee · 2014$/)).toBeVisible();
	expect(document.querySelectorAll('svg [tabindex], svg a')).toHaveLength(0);
});
