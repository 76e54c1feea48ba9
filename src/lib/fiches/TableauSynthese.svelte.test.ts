import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { MODELE_ORNE, MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import FiltresSynthese from './FiltresSynthese.svelte';
import { choicesOf, readFiltres, type LigneSynthese } from './synthese.ts';
import TableauSynthese from './TableauSynthese.svelte';

const AXES = [
	{ id: 'axe1', code: '1', titre: 'Aller vers' },
	{ id: 'axe2', code: '2', titre: 'Lever les freins' }
];

function ligne(axe: number, rang: number, partial: Partial<LigneSynthese> = {}): LigneSynthese {
	const code = `${axe}.${rang}`;
	return {
		id: `fiche${code}`,
		code,
		titre: `Fiche numéro ${code}`,
		axe: AXES[axe - 1] ?? null,
		chemin: [
			...AXES.slice(axe - 1, axe).map((above) => ({ ...above, niveau: 'axe' })),
			{ id: `fiche${code}`, code, titre: `Fiche numéro ${code}`, niveau: 'action' }
		],
		pilotes: { organismes: [{ id: 'caf', nom: 'CAF' }], ouverte: false, texte: '' },
		partenaires: { organismes: [{ id: 'msa', nom: 'MSA' }], ouverte: true, texte: '' },
		echeance: '2027 ou 2028',
		annees: [2027, 2028],
		completude: { remplis: 7, total: 7, trous: [] },
		...partial
	};
}

const LIGNES = [
	ligne(1, 1),
	ligne(1, 2, {
		pilotes: { organismes: [], ouverte: false, texte: '' },
		echeance: '',
		annees: [],
		completude: {
			remplis: 4,
			total: 7,
			trous: [
				{ champ: 'finalite', message: 'Finalité manquante' },
				{ champ: 'echeance', message: 'Échéance manquante' },
				{ champ: 'pilotes', message: 'Pilote manquant' }
			]
		}
	}),
	ligne(2, 1, { partenaires: { organismes: [], ouverte: false, texte: 'Travail mené en interne.' } })
];

const show = (lignes = LIGNES) =>
	render(TableauSynthese, { lignes, modele: MODELE_ORNE, base: '/pactes/hr', titre: 'Tableau de synthèse, 3 fiches' });

describe('the tableau de synthèse', () => {
	test('is a real table: a caption, column headers, a header for each axe and each fiche', async () => {
		await show();
		const table = page.getByRole('table', { name: 'Tableau de synthèse, 3 fiches' });
		await expect.element(table).toBeVisible();
		expect(
			page
				.getByRole('columnheader')
				.elements()
				.map((header) => header.textContent)
		).toEqual(['Axe', 'Code', 'Fiche-action', 'Pilote', 'Partenaires', 'Échéance', 'Avancement']);
		const axe = document.querySelector<HTMLTableCellElement>('tbody th[scope=rowgroup]');
		expect([axe?.textContent?.trim(), axe?.rowSpan]).toEqual(['Axe 1 Aller vers', 2]);
		expect(page.getByRole('rowheader', { name: 'Fiche numéro 2.1' }).element().getAttribute('scope')).toBe('row');
	});

	test('says what each fiche says: lists that stay open, sentences, échéances as they are written', async () => {
		await show();
		const first = page.getByRole('row', { name: /Fiche numéro 1\.1/ });
		expect(first.element().textContent?.replace(/\s+/g, ' ')).toMatch(/CAF ?MSA… ?2027 ou 2028 ?✓ Complète/);
		await expect.element(page.getByText('Travail mené en interne.')).toBeVisible();
	});

	test('each hole is a link to the field that fills it, in its own column when there is one', async () => {
		await show();
		const hole = (name: string) => page.getByRole('link', { name });
		await expect.element(hole('Pilote manquant')).toHaveAttribute('href', '/pactes/hr/fiches/fiche1.2#champ-pilotes');
		await expect
			.element(hole('Finalité manquante'))
			.toHaveAttribute('href', '/pactes/hr/fiches/fiche1.2#champ-finalite');
		expect(hole('Échéance manquante').element().closest('td')?.dataset.titre).toBe('Échéance');
		expect(hole('Finalité manquante').element().closest('td')?.dataset.titre).toBe('Avancement');
		expect(page.getByRole('link', { name: 'Pilote manquant' }).elements()).toHaveLength(1);
	});

	test('under 900 px each fiche is a card that names its columns, and nothing overflows', async () => {
		await page.viewport(360, 700);
		await show();
		const cell = page.getByText('2027 ou 2028').first().element().closest('td') as HTMLElement;
		expect(getComputedStyle(cell, '::before').content).toBe('"Échéance"');
		expect(getComputedStyle(cell).display).toBe('grid');
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
		await page.viewport(1024, 768);
	});

	test('a model of several levels has a column for each; a cell spans the rows of what it holds, and heads them', async () => {
		const niveaux = ['strategique', 'operationnel', 'action', 'sous_action'];
		const deep = (path: string): LigneSynthese => {
			const chemin = path
				.split('/')
				.map((id, i) => ({ id, code: id, titre: `Titre ${id}`, niveau: niveaux[i] as string }));
			const { id, code, titre } = chemin.at(-1) as (typeof chemin)[number];
			return ligne(1, 1, { id, code, titre, axe: chemin[0] as LigneSynthese['axe'], chemin });
		};
		const lignes = ['I/I1/I1a', 'I/I2/I2a/I2a1', 'I/I2/I2a/I2a2', 'II/II3/II3a'].map(deep);
		await render(TableauSynthese, { lignes, modele: MODELE_SARTHE, base: '/pactes/hr', titre: 'Tableau' });
		expect(
			page
				.getByRole('columnheader')
				.elements()
				.map((header) => header.textContent)
		).toEqual([
			'Objectifs stratégiques',
			'Objectifs opérationnels',
			'Actions',
			'Sous-actions',
			'Pilote',
			'Partenaires',
			'Avancement'
		]);
		const shape = [...document.querySelectorAll<HTMLTableCellElement>('tbody th')].map(
			({ scope, rowSpan, colSpan, textContent }) => `${scope} ${rowSpan}×${colSpan} ${textContent?.trim()}`
		);
		expect(shape).toEqual([
			'rowgroup 3×1 I Titre I',
			'row 1×1 I1 Titre I1',
			'row 1×2 I1a Titre I1a',
			'row 2×1 I2 Titre I2',
			'row 2×1 I2a Titre I2a',
			'row 1×1 I2a1 Titre I2a1',
			'row 1×1 I2a2 Titre I2a2',
			'rowgroup 1×1 II Titre II',
			'row 1×1 II3 Titre II3',
			'row 1×2 II3a Titre II3a'
		]);
		await page.viewport(320, 700);
		expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
		await page.viewport(1024, 768);
	});

	test('150 fiches are shown', async () => {
		const many = Array.from({ length: 150 }, (_, i) => ligne(1 + (i % 2), i));
		await show(many.sort((a, b) => (a.axe?.code ?? '').localeCompare(b.axe?.code ?? '')));
		expect(page.getByRole('row').elements()).toHaveLength(151);
	});
});

describe('its filters', () => {
	const filters = (query: string) => ({
		filtres: readFiltres(new URLSearchParams(query)),
		choix: choicesOf(LIGNES),
		incompletes: 1,
		adresse: '/pactes/hr/synthese'
	});

	test('are a plain form whose address says what was chosen', async () => {
		await render(FiltresSynthese, filters('annee=2028'));
		const form = page.getByRole('search').element() as HTMLFormElement;
		expect([form.method, new URL(form.action).pathname]).toEqual(['get', '/pactes/hr/synthese']);
		expect(new URLSearchParams(new FormData(form) as never).toString()).toBe('axe=&pilote=&partenaire=&annee=2028');
		await page.getByRole('combobox', { name: 'Axe' }).selectOptions('2. Lever les freins (1)');
		await page.getByRole('checkbox', { name: 'Seulement les incomplètes (1)' }).click();
		expect(Object.fromEntries(new FormData(form))).toMatchObject({ axe: 'axe2', annee: '2028', trous: 'oui' });
	});

	test('keep what someone is choosing while the fiches change', async () => {
		const screen = await render(FiltresSynthese, filters('annee=2028'));
		await page.getByRole('combobox', { name: 'Axe' }).selectOptions('2. Lever les freins (1)');
		await screen.rerender({ ...filters('annee=2028'), incompletes: 3 });
		await expect.element(page.getByRole('checkbox', { name: 'Seulement les incomplètes (3)' })).toBeVisible();
		const form = page.getByRole('search').element() as HTMLFormElement;
		expect(Object.fromEntries(new FormData(form))).toMatchObject({ axe: 'axe2', annee: '2028' });
	});

	test('show nothing chosen again once everything is shown', async () => {
		const screen = await render(FiltresSynthese, filters('annee=2028&trous=oui&pilote=caf'));
		await screen.rerender(filters(''));
		const form = page.getByRole('search').element() as HTMLFormElement;
		expect(Object.fromEntries(new FormData(form))).toEqual({ axe: '', pilote: '', partenaire: '', annee: '' });
	});
});
