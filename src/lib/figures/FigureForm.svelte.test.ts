import { afterEach, describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { addLignes, addSeries, celluleOf, removeLigne, texteOf } from './figure.ts';
import FigureForm from './FigureForm.svelte';
import { DeuxMains } from './testing.svelte.ts';
import { figureFrom } from './testing.ts';

const said: string[] = [];
afterEach(() => void (said.length = 0));

async function show(deux = new DeuxMains()): Promise<DeuxMains> {
	await render(FigureForm, { live: deux.live, announce: (sentence: string) => said.push(sentence) });
	return deux;
}

const box = (name: string) => page.getByRole('textbox', { name, exact: true });
const area = (name: string) => box(name).element() as HTMLTextAreaElement;
const active = () => document.activeElement?.getAttribute('aria-label');
const press = (keys: string) => userEvent.keyboard(keys);

function paste(name: string, text: string): void {
	const clipboardData = new DataTransfer();
	clipboardData.setData('text/plain', text);
	area(name).focus();
	area(name).dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}

describe('the grid by keyboard', () => {
	test('Enter goes down, and past the last row makes a new one; Shift+Enter goes up', async () => {
		const deux = await show();
		await box('Nord, 2014').click();
		await press('{Enter}');
		await expect.poll(active).toBe('Sud, 2014');
		await press('{Enter}');
		await expect.poll(active).toBe('ligne 3, 2014');
		expect(said).toContain('Ligne ajoutée.');
		await press('5{Shift>}{Enter}{/Shift}');
		await expect.poll(active).toBe('Sud, 2014');
		expect(deux.table()).toEqual(['2014|2015', 'Nord|1|2', 'Sud|3|4', '|5|']);
	});

	test('arrows pass from cell to cell at the ends of a text, names and labels included', async () => {
		await show();
		await box('Nord, 2014').click();
		await press('{End}{ArrowRight}');
		await expect.poll(active).toBe('Nord, 2015');
		await press('{ArrowDown}');
		await expect.poll(active).toBe('Sud, 2015');
		await press('{Home}{ArrowLeft}{Home}{ArrowLeft}');
		await expect.poll(active).toBe('Libellé de la ligne 2');
		await press('{Home}{ArrowUp}');
		await expect.poll(active).toBe('Libellé de la ligne 1');
		await box('Nord, 2015').click();
		await press('{Home}{ArrowUp}');
		await expect.poll(active).toBe('Nom de la colonne 2');
	});

	test('Alt and an arrow move the row or the column; buttons do the same, and say where it is', async () => {
		const deux = await show();
		await box('Sud, 2015').click();
		await press('{Alt>}{ArrowUp}{/Alt}');
		expect(deux.table().slice(1)).toEqual(['Sud|3|4', 'Nord|1|2']);
		await press('{Alt>}{ArrowLeft}{/Alt}');
		expect(deux.table()[0]).toBe('2015|2014');
		await page.getByRole('button', { name: 'Descendre' }).click();
		expect(deux.table().slice(1)).toEqual(['Nord|2|1', 'Sud|4|3']);
		expect(said.at(-1)).toBe('Ligne en position 2.');
	});

	test('a row and a column are removed and brought back by « Annuler »', async () => {
		const deux = await show();
		await box('Nord, 2015').click();
		await page.getByRole('button', { name: 'Retirer la ligne' }).click();
		await page.getByRole('button', { name: 'Retirer la colonne' }).click();
		expect(deux.table()).toEqual(['2014', 'Sud|3']);
		await page.getByRole('button', { name: 'Annuler' }).click();
		await page.getByRole('button', { name: 'Annuler' }).click();
		expect(deux.table()).toEqual(['2014|2015', 'Nord|1|2', 'Sud|3|4']);
	});
});

describe('a paste from a spreadsheet', () => {
	test('fills the grid from the cell on, with the rows and columns that it needs, as one step of undo', async () => {
		const deux = await show();
		paste('Sud, 2015', '10\t20\r\n30\t40\r\n');
		expect(deux.table()).toEqual(['2014|2015|', 'Nord|1|2|', 'Sud|3|10|20', '||30|40']);
		expect(said.at(-1)).toBe('4\u00a0cellules collées.');
		await page.getByRole('button', { name: 'Annuler' }).click();
		expect(deux.table()).toEqual(['2014|2015', 'Nord|1|2', 'Sud|3|4']);
	});

	test('a whole table on the first label begins at the corner; one without names begins at the label', async () => {
		const deux = await show();
		paste('Libellé de la ligne 1', 'Commune\tHommes\tFemmes\nBourg\t7\t8\n');
		expect(deux.table().slice(0, 2)).toEqual(['Hommes|Femmes', 'Bourg|7|8']);
		paste('Libellé de la ligne 1', 'Vallée\t9\n');
		expect(deux.table()[1]).toBe('Vallée|9|8');
	});

	test('a single value is typed in the cell as usual', async () => {
		await show();
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', '12\n');
		const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
		area('Nord, 2014').dispatchEvent(event);
		expect(event.defaultPrevented).toBe(false);
	});
});

describe('several people in one figure', () => {
	test('a row that someone removes while I write in it stays, with what I write', async () => {
		const deux = await show();
		await box('Nord, 2014').click();
		deux.autreEcrit((doc) => removeLigne(doc, 'l1'));
		await expect.poll(() => document.activeElement?.id.includes('l1')).toBe(true);
		await press('42');
		expect(deux.table()).toContain('|42|');
	});

	test('a row of mine and a column of someone else’s cross: the cell is there to write in', async () => {
		const deux = await show();
		addLignes(deux.document.doc, ['moi']);
		deux.autre.transact(() => addSeries(deux.autre, ['toi']));
		deux.meet();
		await expect.element(box('ligne 3, colonne 3')).toBeVisible();
		await box('ligne 3, colonne 3').fill('7');
		expect(deux.table().at(-1)).toBe('|||7');
		expect(deux.live.canUndo).toBe(true);
		deux.live.annuler();
		expect(celluleOf(deux.document.doc, 'moi', 'toi')?.toString()).toBe('');
	});

	test('where others write is said at the cell and in the list of who is here', async () => {
		const deux = await show();
		deux.document.others = [{ clientId: 1, compteId: 'b', nom: 'Bruno', organisme: 'CAF', champ: 'grille:l2:s1' }];
		await expect.element(page.getByText(/La CAF écrit ici/)).toBeVisible();
		const here = page.getByRole('listitem').filter({ hasText: 'Bruno' });
		expect(here.element().textContent).toContain('Tableau');
	});
});

describe('the figure beside its data', () => {
	test('the drawing, its words and its advice follow what is typed', async () => {
		const deux = await show();
		await page.getByRole('radio', { name: 'Barres groupées' }).click();
		await expect.element(page.getByRole('img', { name: /^Diagramme en barres groupées.: Accueil/ })).toBeVisible();
		await expect.element(page.getByText(/La source manque/)).toBeVisible();
		deux.autreEcrit((doc) => texteOf(doc, 'source')?.insert(0, 'Insee'));
		await expect.element(page.getByText(/La source manque/)).not.toBeInTheDocument();
		await box('Nord, 2014').fill('beaucoup');
		await expect.element(box('Nord, 2014')).toHaveAttribute('aria-invalid', 'true');
		await expect.element(page.getByText(/«.beaucoup.» n’est pas un nombre/)).toBeVisible();
	});

	test('a sentence is proposed until people write one', async () => {
		const deux = await show(
			new DeuxMains(
				figureFrom(
					[
						['', 'Département', 'France'],
						['Taux', '7', '10,5']
					],
					{ titre: 'Taux de chômage', unite: '%', date: '2014' }
				)
			)
		);
		await page.getByRole('button', { name: 'Reprendre cette phrase' }).click();
		expect(texteOf(deux.document.doc, 'phrase')?.toString()).toMatch(
			/^En 2014, le taux de chômage est de 7.% dans le département/
		);
		await expect.element(page.getByText(/Proposition, d’après les données/)).not.toBeInTheDocument();
	});
});
