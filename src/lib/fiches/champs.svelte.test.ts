import { afterEach, describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import type { Champ } from '#lib/pactes/modele.ts';
import { MODELE_ORNE, MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import ChampLu from './ChampLu.svelte';
import type { ListesDeFiche } from './fiche-context.ts';
import { lignesOf, setSuite } from './tableau.ts';
import { DeuxRedacteurs, ORGANISMES } from './testing.svelte.ts';
import TestingCadre from './TestingCadre.svelte';

const said: string[] = [];
afterEach(() => {
	said.length = 0;
});

const LISTES: ListesDeFiche = {
	schemas: [
		{ id: 'k1', intitule: 'Schéma des mobilités', dans: '', precision: '' },
		{ id: 'k2', intitule: 'Plan logement', dans: 'Schéma unique', precision: '' }
	],
	createSchema: (intitule) => Promise.resolve({ id: 'k3', intitule, dans: '', precision: '' }),
	propositions: { 'livrables.territoire': ['Valmorin', 'Pont-sur-Rive', 'Val-Haut'] }
};

const LIVRABLES = MODELE_SARTHE.champs.find(({ id }) => id === 'livrables') as Champ;
const INDICATEURS = MODELE_SARTHE.champs.find(({ id }) => id === 'indicateurs') as Champ;
const MONTANTS: Champ = { id: 'couts', type: 'montants', etiquette: 'Coûts', requis: false, annees: [2027, 2028] };

async function show(champ: Champ, valeur?: ValeurChamp): Promise<DeuxRedacteurs> {
	const deux = new DeuxRedacteurs(valeur ? { [champ.id]: valeur } : {}, { ...MODELE_ORNE, champs: [champ] });
	await render(TestingCadre, {
		live: deux.live,
		announce: (sentence: string) => said.push(sentence),
		listes: LISTES,
		organismes: ORGANISMES
	});
	return deux;
}

const box = (name: string) => page.getByRole('textbox', { name, exact: true });
const lignes = (deux: DeuxRedacteurs, champ: Champ) => deux.valeur(champ.id) as { lignes: Record<string, string>[] };

describe('fields of one value', () => {
	test('a short text is one line: Enter writes none', async () => {
		const deux = await show({ id: 'public', type: 'court', etiquette: 'Public', requis: true });
		await box('Public').click();
		await userEvent.keyboard('Jeunes{Enter} du val');
		expect(deux.valeur('public')).toEqual({ texte: 'Jeunes du val' });
	});

	test('yes or no is two buttons, taken back by « À préciser », and by « Annuler »', async () => {
		const deux = await show({ id: 'fse', type: 'ouinon', etiquette: 'Cofinancée', requis: true });
		await page.getByRole('radio', { name: 'Oui' }).click();
		expect(deux.valeur('fse')).toEqual({ texte: 'oui' });
		await page.getByRole('radio', { name: 'À préciser' }).click();
		expect(deux.valeur('fse')).toEqual({ texte: '' });
		deux.live.annuler();
		await expect.element(page.getByRole('radio', { name: 'Oui' })).toBeChecked();
	});

	test('many choices are a list; what is not offered any more is told, and kept until another is chosen', async () => {
		const choix = ['nouvelle', 'en cours', 'étendue', 'arrêtée', 'à l’étude'];
		const deux = await show(
			{ id: 'etat', type: 'choix', etiquette: 'État', requis: true, choix },
			{ texte: 'relancée' }
		);
		await expect.element(page.getByText(/«\srelancée\s» était écrit ici/)).toBeVisible();
		await page.getByRole('combobox', { name: 'État' }).selectOptions('Étendue');
		expect(deux.valeur('etat')).toEqual({ texte: 'étendue' });
	});
});

describe('schemas', () => {
	const LIENS: Champ = { id: 'liens', type: 'schemas', etiquette: 'Liens', requis: false };

	test('are chosen among those of the pacte, seen before anything is typed, or added to them', async () => {
		const deux = await show(LIENS);
		await page.getByRole('combobox', { name: /Liens/ }).click();
		await page.getByRole('option', { name: 'Schéma des mobilités' }).click();
		expect(deux.valeur('liens')).toMatchObject({ schemas: ['k1'] });
		await page.getByRole('combobox', { name: /Liens/ }).fill('Plan des aînés');
		await userEvent.keyboard('{Enter}');
		await expect.poll(() => deux.valeur('liens')).toMatchObject({ schemas: ['k1', 'k3'] });
		await page.getByRole('button', { name: 'Retirer Schéma des mobilités' }).click();
		expect(deux.valeur('liens')).toMatchObject({ schemas: ['k3'] });
	});

	test('go with a sentence', async () => {
		const deux = await show(LIENS);
		await page.getByRole('button', { name: 'Dire ce qui les lie' }).click();
		await userEvent.keyboard('Fiche 4.');
		expect(deux.valeur('liens')).toEqual({ schemas: [], texte: 'Fiche 4.' });
	});
});

describe('livrables', () => {
	const DEUX: ValeurChamp = {
		lignes: [
			{ livrable: 'Un car', calendrier: '2027', operateur: 'La Région' },
			{ livrable: '', calendrier: '', operateur: 'Le garage' }
		]
	};

	test('Ctrl + D says « même chose qu’au-dessus », and takes it back, with a word and the focus kept', async () => {
		const deux = await show(LIVRABLES, DEUX);
		await box('Livrables, livrable 2').click();
		await userEvent.keyboard('{Control>}d{/Control}');
		expect(deux.valeur('livrables')).toMatchObject({ suites: [{ ligne: 1, colonne: 'livrable' }] });
		const same = page.getByRole('button', { name: /Livrables, livrable 2.*comme au-dessus \(«\sUn car\s»\)/ });
		await expect.element(same).toHaveFocus();
		expect(said.at(-1)).toBe('Même chose qu’au-dessus.');
		await userEvent.keyboard('{Control>}d{/Control}');
		await expect.element(box('Livrables, livrable 2')).toHaveFocus();
		expect(deux.valeur('livrables')).not.toHaveProperty('suites');
	});

	test('a cell in which something is written is not hidden: it must be emptied first', async () => {
		const deux = await show(LIVRABLES, DEUX);
		await box('Opérateur(s), livrable 2').click();
		await userEvent.keyboard('{Control>}d{/Control}');
		expect(said.at(-1)).toBe('Videz d’abord la cellule.');
		expect(deux.valeur('livrables')).toMatchObject({ lignes: [{}, { operateur: 'Le garage' }] });
	});

	test('one more opérateur is a row that goes on from the livrable, with the caret in its last cell', async () => {
		const deux = await show(LIVRABLES, {
			lignes: [{ livrable: 'Un car', operateur: 'La Région' }, { livrable: 'Un relais' }]
		});
		await page.getByRole('button', { name: /^Livrable 1.*déplacer/ }).click();
		await page.getByRole('menuitem', { name: 'Ajouter une ligne à la suite' }).click();
		await expect.element(box('Opérateur(s), livrable 2')).toHaveFocus();
		await userEvent.keyboard('Le garage');
		const { lignes: rows } = lignes(deux, LIVRABLES);
		expect(rows.map(({ livrable, operateur }) => [livrable, operateur])).toEqual([
			['Un car', 'La Région'],
			['', 'Le garage'],
			['Un relais', '']
		]);
		expect(deux.valeur('livrables')).toMatchObject({
			suites: ['livrable', 'calendrier', 'territoire', 'public'].map((colonne) => ({ ligne: 1, colonne }))
		});
	});

	test('another merges the cell where one has the caret: one goes on writing, and it stands alone', async () => {
		const deux = await show(LIVRABLES, DEUX);
		await box('Livrables, livrable 2').click();
		deux.autreEcrit((doc) => setSuite(doc, 'livrables', lignesOf(doc, 'livrables')[1]!.id, 'livrable', true));
		await userEvent.keyboard('Un bus');
		expect(deux.valeur('livrables')).toMatchObject({ lignes: [{}, { livrable: 'Un bus' }] });
		expect(deux.valeur('livrables')).not.toHaveProperty('suites');
	});

	test('several values, one a line, are proposed from what the fiches say; any other may be typed', async () => {
		const deux = await show(LIVRABLES, { lignes: [{ livrable: 'Un car' }] });
		await box('Territoire(s) concerné(s), livrable 1').click();
		await userEvent.keyboard('val');
		await expect.element(page.getByRole('option', { name: 'Valmorin' })).toBeVisible();
		await expect.element(page.getByRole('option', { name: 'Pont-sur-Rive' })).not.toBeInTheDocument();
		await userEvent.keyboard('{ArrowDown}{Enter}{Enter}La Rive');
		expect(lignes(deux, LIVRABLES).lignes[0]?.territoire).toBe('Valmorin\nLa Rive');
		await userEvent.keyboard('{Enter}po');
		await page.getByRole('option', { name: 'Pont-sur-Rive' }).click();
		expect(lignes(deux, LIVRABLES).lignes[0]?.territoire).toBe('Valmorin\nLa Rive\nPont-sur-Rive');
	});

	test('read, merged cells stand over their rows', async () => {
		const valeur = {
			lignes: [
				{ livrable: 'Un car', operateur: 'La Région' },
				{ livrable: '', operateur: 'Le garage' }
			],
			suites: [{ ligne: 1, colonne: 'livrable' }]
		};
		await render(ChampLu, { champ: LIVRABLES, valeur, nomOf: () => undefined });
		const cell = page.getByRole('cell', { name: 'Un car' });
		expect(cell.all()).toHaveLength(1);
		expect(cell.element().getAttribute('rowspan')).toBe('2');
	});
});

describe('indicators and amounts', () => {
	test('an indicator is a row; « à définir » is told, and not refused', async () => {
		const deux = await show(INDICATEURS, { lignes: [{ libelle: 'Places', nature: 'nombre', cible: '20' }] });
		await page.getByRole('button', { name: 'Ajouter un indicateur' }).click();
		await userEvent.keyboard('À définir');
		await expect.element(page.getByText(/1\sindicateur à définir/)).toBeVisible();
		await page.getByRole('combobox', { name: 'Nature, indicateur 2' }).selectOptions('taux');
		expect(lignes(deux, INDICATEURS).lignes).toEqual([
			{ libelle: 'Places', nature: 'nombre', cible: '20', ventilation: '' },
			{ libelle: 'À définir', nature: 'taux', cible: '', ventilation: '' }
		]);
	});

	test('amounts add up by funder and by year; organismes are proposed; what is no amount is told', async () => {
		await show(MONTANTS, {
			lignes: [
				{ financeur: 'CAF', a2027: '12 000', a2028: '1,5 M€' },
				{ financeur: '', a2027: '500,50 €', a2028: 'à voir' }
			]
		});
		const totaux = page.getByRole('group', { name: 'Totaux' });
		await expect.poll(() => totaux.element().textContent).toMatch(/12\s500,50\s€.*1\s500\s000\s€.*1\s512\s500,50\s€/s);
		await expect.element(page.getByText(/Pas compté\s: «\sà voir\s»/)).toBeVisible();
		await box('Financeur, financement 2').click();
		await userEvent.keyboard('mis');
		await page.getByRole('option', { name: 'Mission locale' }).click();
		await expect.element(box('Financeur, financement 2')).toHaveValue('Mission locale');
	});
});
