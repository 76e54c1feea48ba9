import { afterEach, describe, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { MODELE_ORNE, MODELE_VIERGE } from '#lib/pactes/modeles/structures.ts';
import Fiche from './Fiche.svelte';
import { addPuce, movePuce, pucesOf, removePuce } from './fiche.ts';
import { DeuxRedacteurs, ficheLue, ORGANISMES, VALEURS } from './testing.svelte.ts';

const NBSP = '\u00a0';
const said: string[] = [];
const createOrganisme = vi.fn(async (nom: string) => ({ id: 'nouveau', nom, alias: [] }));

afterEach(() => {
	said.length = 0;
	createOrganisme.mockClear();
	history.replaceState(null, '', window.location.pathname + window.location.search);
});

async function show(deux: DeuxRedacteurs | null = new DeuxRedacteurs(), props = {}): Promise<DeuxRedacteurs> {
	await render(Fiche, {
		lue: ficheLue(),
		live: deux?.live ?? null,
		modele: deux?.modele ?? MODELE_ORNE,
		periode: { debut: 2026, fin: 2030 },
		organismes: ORGANISMES,
		base: '/pactes/haute-riviere',
		lecture: null,
		createOrganisme,
		announce: (sentence: string) => said.push(sentence),
		...props
	});
	return deux as DeuxRedacteurs;
}

const objectif = (n: number) => page.getByRole('textbox', { name: `Objectif ${n}`, exact: true });
const area = (n: number) => objectif(n).element() as HTMLTextAreaElement;
const button = (name: string) => page.getByRole('button', { name });
const active = () => document.activeElement as HTMLTextAreaElement;
const jetons = (champ: string) =>
	[...document.querySelectorAll(`#champ-${champ} .jeton`)].map((jeton) => jeton.firstChild?.textContent?.trim());
const pilote = () => page.getByRole('combobox', { name: 'Pilote' });
const partenaires = () => page.getByRole('combobox', { name: /Partenaires/ });
const options = () =>
	page
		.getByRole('option')
		.elements()
		.map((option) => option.textContent?.replace(/\s+/g, ' ').trim());

/** Puts the caret in an objectif. */
async function write(n: number, caret: number | 'end' = 'end'): Promise<HTMLTextAreaElement> {
	await objectif(n).click();
	const place = caret === 'end' ? area(n).value.length : caret;
	area(n).setSelectionRange(place, place);
	return area(n);
}

describe('before the live fiche has come', () => {
	test('it is read in full: no input in which words could be lost', async () => {
		await show(null);
		await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('2.3 Garder les enfants');
		await expect.element(page.getByText('Couvrir les deux vallées')).toBeVisible();
		await expect.element(page.getByText('Mission locale, MSA…')).toBeVisible();
		expect(page.getByRole('textbox').elements()).toEqual([]);
	});

	test('a document that is not ready, or not whole, is not shown as an empty form', async () => {
		const deux = new DeuxRedacteurs();
		deux.document.ready = false;
		await show(deux);
		expect(page.getByRole('textbox').elements()).toEqual([]);
		await expect.element(page.getByText(/vous pourrez écrire dans un instant/)).toBeVisible();
		deux.document.state = 'hors_ligne';
		await expect.element(page.getByText(/dès que la connexion revient/)).toBeVisible();
		deux.document.ready = true;
		await expect.element(objectif(1)).toBeVisible();
	});

	test('what is empty is said in words', async () => {
		await show(null, { lue: ficheLue({ ...VALEURS, pilotes: { organismes: [], ouverte: false, texte: '' } }) });
		await expect.element(page.getByText('À compléter')).toBeVisible();
		await expect.element(page.getByText(`6${NBSP}champs remplis sur 7`)).toBeVisible();
	});
});

describe('who may only read', () => {
	test('reads what others write, live, has no input, and is told why', async () => {
		const deux = new DeuxRedacteurs();
		deux.document.canWrite = false;
		await show(deux, { lecture: 'Vous lisez cette fiche.' });
		await expect.element(page.getByText('Vous lisez cette fiche.')).toBeVisible();
		deux.autreEcrit((doc) => addPuce(doc, 'objectifs', 'nouvelle', 'Ouvrir le samedi'));
		await expect.element(page.getByText('Ouvrir le samedi')).toBeVisible();
		expect(page.getByRole('textbox').elements()).toEqual([]);
		expect(page.getByRole('combobox').elements()).toEqual([]);
	});

	test('whose right is withdrawn keeps the text in sight, with the reason', async () => {
		const deux = await show();
		await write(1);
		deux.document.canWrite = false;
		deux.document.refusal = 'Vos droits ont changé.';
		await expect.element(page.getByRole('alert')).toHaveTextContent('Vos droits ont changé.');
		await expect.element(page.getByText('Ouvrir vingt places')).toBeVisible();
		expect(page.getByRole('textbox').elements()).toEqual([]);
	});
});

describe('bullets', () => {
	test('Enter at the end adds the next one, with the caret in it', async () => {
		const deux = await show();
		await write(1);
		await userEvent.keyboard('{Enter}Couvrir le samedi');
		await expect.element(objectif(2)).toHaveValue('Couvrir le samedi');
		expect(active()).toBe(area(2));
		expect(deux.objectifs()).toEqual([
			'Ouvrir vingt places',
			'Couvrir le samedi',
			'Couvrir les deux vallées',
			'Payer sans avance'
		]);
	});

	test('Enter in the middle cuts the bullet, Backspace at its start joins it again, the caret where it was cut', async () => {
		const deux = await show();
		await write(1, 6);
		await userEvent.keyboard('{Enter}');
		expect(deux.objectifs().slice(0, 2)).toEqual(['Ouvrir', 'vingt places']);
		expect([active().value, active().selectionStart]).toEqual(['vingt places', 0]);
		await userEvent.keyboard(' {Home}{Backspace}');
		expect(deux.objectifs()[0]).toBe('Ouvrir vingt places');
		expect([active().value, active().selectionStart]).toEqual(['Ouvrir vingt places', 6]);
	});

	test('Enter at the start puts an empty bullet before, and keeps the text and the caret', async () => {
		const deux = await show();
		await write(2, 0);
		await userEvent.keyboard('{Enter}');
		await expect.element(objectif(2)).toHaveValue('');
		expect(active().value).toBe('Couvrir les deux vallées');
		expect(deux.objectifs()[2]).toBe('Couvrir les deux vallées');
	});

	test('Backspace in an empty bullet removes it, and goes to the end of the one before', async () => {
		const deux = await show();
		await write(2);
		await userEvent.keyboard('{Enter}{Backspace}');
		expect(deux.objectifs()).toHaveLength(3);
		expect([active().value, active().selectionStart]).toEqual(['Couvrir les deux vallées', 24]);
	});

	test('Alt+↑ and Alt+↓ move it, the caret stays on its character, the place is said', async () => {
		const deux = await show();
		await write(3, 5);
		await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
		expect(deux.objectifs()).toEqual(['Ouvrir vingt places', 'Payer sans avance', 'Couvrir les deux vallées']);
		expect([active().value, active().selectionStart]).toEqual(['Payer sans avance', 5]);
		expect(said).toContain('Objectif en position 2.');
		await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}');
		expect(said.at(-1)).toBe('Objectif déjà à la fin.');
		expect(active().value).toBe('Payer sans avance');
	});

	test('the menu moves and removes it without a mouse', async () => {
		const deux = await show();
		await write(2);
		await userEvent.keyboard('{Tab}');
		expect(active().getAttribute('aria-label')).toBe(`Objectif 2${NBSP}: déplacer ou supprimer`);
		await userEvent.keyboard('{Enter}{Enter}');
		expect(deux.objectifs()[0]).toBe('Couvrir les deux vallées');
		await userEvent.keyboard('{Enter}{End}{Enter}');
		expect(deux.objectifs()).toEqual(['Ouvrir vingt places', 'Payer sans avance']);
		expect(active()).toBe(area(1));
	});

	test('a list pasted from a word processor makes one bullet a line', async () => {
		const deux = await show();
		const input = await write(1);
		input.setRangeText(' de plus\r\n\uf0b7\tFormer douze personnes\r\n\uf0b7\tPrêter le matériel\r\n', 19, 19, 'end');
		input.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste' }));
		expect(deux.objectifs().slice(0, 4)).toEqual([
			'Ouvrir vingt places de plus',
			'Former douze personnes',
			'Prêter le matériel',
			'Couvrir les deux vallées'
		]);
		await expect.poll(() => active().value).toBe('Prêter le matériel');
		expect(active().selectionStart).toBe(18);
	});

	test('arrows pass from one bullet to the next at the ends of the text only', async () => {
		await show();
		await write(1, 3);
		await userEvent.keyboard('{End}{ArrowDown}');
		expect([active().value, active().selectionStart]).toEqual(['Couvrir les deux vallées', 0]);
		await userEvent.keyboard('{ArrowUp}');
		expect([active().value, active().selectionStart]).toEqual(['Ouvrir vingt places', 19]);
	});

	test('an empty field has one button that starts it', async () => {
		await show(new DeuxRedacteurs({ ...VALEURS, objectifs: { puces: [] } }));
		await button('Ajouter un objectif').click();
		await expect.poll(() => active().getAttribute('aria-label')).toBe('Objectif 1');
	});
});

describe('while others write', () => {
	test('the caret stays on its character, in the bullet where they write too', async () => {
		const deux = await show();
		await write(2, 7);
		deux.autreEcrit((doc) => pucesOf(doc, 'objectifs')[1]?.texte.insert(0, 'Bien '));
		expect([area(2).value, area(2).selectionStart]).toEqual(['Bien Couvrir les deux vallées', 12]);
		expect(active()).toBe(area(2));
	});

	test('bullets that come, go and change places do not take the focus nor the caret', async () => {
		const deux = await show();
		const mine = await write(2, 7);
		deux.autreEcrit((doc) => addPuce(doc, 'objectifs', 'n1', 'Avant tout', 'p1'));
		deux.autreEcrit((doc) => movePuce(doc, 'objectifs', 'p2', 'n1'));
		deux.autreEcrit((doc) => movePuce(doc, 'objectifs', 'p2', null));
		deux.autreEcrit((doc) => removePuce(doc, 'objectifs', 'p1'));
		await expect.element(objectif(3)).toHaveValue('Couvrir les deux vallées');
		expect(active()).toBe(mine);
		expect(mine.selectionStart).toBe(7);
	});

	test('what they add above does not move the input away from under the eyes', async () => {
		const deux = await show();
		document.body.style.paddingBottom = '2000px';
		const mine = await write(3);
		window.scrollTo(0, 200);
		const { top } = mine.getBoundingClientRect();
		for (let i = 0; i < 5; i++) deux.autreEcrit((doc) => addPuce(doc, 'objectifs', `n${i}`, 'Avant', 'p1'));
		await expect.poll(() => Math.abs(mine.getBoundingClientRect().top - top)).toBeLessThanOrEqual(2);
		document.body.style.paddingBottom = '';
	});

	test('a bullet that another removes under the caret stays until one leaves it; what is written in it is kept', async () => {
		const deux = await show();
		const mine = await write(2);
		deux.autreEcrit((doc) => removePuce(doc, 'objectifs', 'p2'));
		expect(active()).toBe(mine);
		await expect.element(page.getByText('Quelqu’un vient de retirer ce texte.', { exact: false })).toBeVisible();
		await userEvent.keyboard('Je continue');
		expect(deux.objectifs()).toEqual(['Ouvrir vingt places', 'Je continue', 'Payer sans avance']);
	});

	test('a bullet that another removes, and in which nothing is written, goes when one leaves it', async () => {
		const deux = await show();
		await write(2);
		deux.autreEcrit((doc) => removePuce(doc, 'objectifs', 'p2'));
		await write(1);
		await expect.element(objectif(2)).toHaveValue('Payer sans avance');
		expect(page.getByRole('textbox', { name: /^Objectif/ }).elements()).toHaveLength(2);
	});

	test('where they write is said in words: by body, colleagues by name', async () => {
		const deux = await show();
		const person = { clientId: 1, compteId: 'b', nom: 'Inès Vidal', organisme: 'Mission locale' };
		deux.document.others = [{ ...person, champ: 'objectifs:p2' }];
		await expect.element(page.getByText('La Mission locale écrit ici').first()).toBeVisible();
		deux.document.others = [
			{ ...person, champ: 'pilotes' },
			{ clientId: 2, compteId: 'c', nom: 'Ana Roche', organisme: 'Département', champ: 'pilotes' }
		];
		await expect.element(page.getByText('La Mission locale et Ana Roche écrivent ici').first()).toBeVisible();
		await expect.element(page.getByText(`Vous et 2${NBSP}autres personnes`)).toBeVisible();
	});

	test('they are told where one writes, and when one leaves', async () => {
		const deux = await show();
		await write(2);
		expect(deux.document.champ).toBe('objectifs:p2');
		await pilote().click();
		expect(deux.document.champ).toBe('pilotes');
		(document.activeElement as HTMLElement).blur();
		expect(deux.document.champ).toBeNull();
	});
});

describe('undo', () => {
	test('takes back one’s own words and acts, in turn, never those of others', async () => {
		const deux = await show();
		await write(1);
		await userEvent.keyboard(' de plus');
		await userEvent.keyboard('{Enter}Autre');
		deux.autreEcrit((doc) => pucesOf(doc, 'objectifs')[0]?.texte.insert(0, '> '));
		await userEvent.keyboard('{Control>}z{/Control}');
		expect(deux.objectifs()[1]).toBe('');
		await userEvent.keyboard('{Control>}zz{/Control}');
		expect(deux.objectifs()).toEqual(['> Ouvrir vingt places', 'Couvrir les deux vallées', 'Payer sans avance']);
		expect(said.at(-1)).toBe('Annulé.');
		await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
		expect(deux.objectifs()[0]).toBe('> Ouvrir vingt places de plus');
	});

	test('its buttons say when there is nothing to take back', async () => {
		const deux = await show();
		await expect.element(button('Annuler')).toHaveAttribute('aria-disabled', 'true');
		await button('Ajouter un objectif').click();
		await expect.element(button('Annuler')).toHaveAttribute('aria-disabled', 'false');
		await button('Annuler').click();
		expect(deux.objectifs()).toHaveLength(3);
		await expect.element(button('Rétablir')).toHaveAttribute('aria-disabled', 'false');
		(button('Annuler').element() as HTMLButtonElement).click();
		expect(said.at(-1)).toBe('Rien à annuler.');
	});

	test('when it takes away the bullet that had the caret, the field keeps the focus', async () => {
		const deux = await show();
		await write(1);
		await userEvent.keyboard('{Enter}{Control>}z{/Control}');
		await expect.poll(() => document.activeElement?.id).toBe('champ-objectifs');
		expect(deux.document.champ).toBeNull();
	});
});

describe('organismes', () => {
	test('are found while typing, by name or alias, and chosen with Enter', async () => {
		const deux = await show();
		await pilote().fill('pole');
		expect(options()).toEqual(['France Travail Pôle emploi', `Créer «${NBSP}pole${NBSP}»`.replace(/\u00a0/g, ' ')]);
		await userEvent.keyboard('{Enter}');
		expect(deux.valeur('pilotes')).toMatchObject({ organismes: ['caf', 'ft'] });
		expect(jetons('pilotes')).toEqual(['CAF', 'France Travail']);
		await expect.element(pilote()).toHaveValue('');
		expect(said.at(-1)).toBe(`Ajout${NBSP}: France Travail.`);
	});

	test('the option that Enter takes is the one that is announced; arrows turn, Escape closes and keeps what is typed', async () => {
		await show();
		await pilote().fill('m');
		await expect.element(pilote()).toHaveAttribute('aria-expanded', 'true');
		const first = page.getByRole('option').first().element();
		await expect.element(pilote()).toHaveAttribute('aria-activedescendant', first.id);
		await userEvent.keyboard('{ArrowUp}');
		expect(document.querySelector('[role=option][aria-selected=true]')?.textContent).toContain('Créer');
		await userEvent.keyboard('{Escape}');
		await expect.element(pilote()).toHaveAttribute('aria-expanded', 'false');
		await expect.element(pilote()).toHaveValue('m');
	});

	test('one that nobody knows is created once, then chosen', async () => {
		const deux = await show();
		await pilote().fill('  Atelier du Clos… ');
		await userEvent.keyboard('{Enter}');
		expect(createOrganisme).toHaveBeenCalledExactlyOnceWith('Atelier du Clos');
		await expect.poll(() => deux.valeur('pilotes')).toMatchObject({ organismes: ['caf', 'nouveau'] });
	});

	test('when it cannot be created, what was typed stays, with the reason; then it can be tried again', async () => {
		const deux = await show();
		createOrganisme.mockRejectedValueOnce(new Error('Le réseau est coupé.'));
		await pilote().fill('Atelier du Clos');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByText('Le réseau est coupé.')).toBeVisible();
		await expect.element(pilote()).toHaveValue('Atelier du Clos');
		await userEvent.keyboard('{Enter}');
		await expect.poll(() => deux.valeur('pilotes')).toMatchObject({ organismes: ['caf', 'nouveau'] });
		expect(page.getByText('Le réseau est coupé.').elements()).toEqual([]);
	});

	test('a known name is taken when one leaves; another stays in the input, with what to do', async () => {
		const deux = await show();
		await pilote().fill('pôle EMPLOI');
		await userEvent.keyboard('{Tab}');
		expect(deux.valeur('pilotes')).toMatchObject({ organismes: ['caf', 'ft'] });
		await pilote().fill('Atelier');
		await userEvent.keyboard('{Tab}');
		await expect.element(pilote()).toHaveValue('Atelier');
		await expect
			.element(page.getByText(`«${NBSP}Atelier${NBSP}» n’est pas encore dans la fiche`, { exact: false }))
			.toBeVisible();
		expect(createOrganisme).not.toHaveBeenCalled();
	});

	test('one that is there already is not offered twice, and that is said', async () => {
		await show();
		await pilote().fill('caf');
		await expect.element(page.getByText('CAF est déjà dans la liste.')).toBeVisible();
		expect(options()).toEqual([]);
	});

	test('Backspace with nothing typed removes the last one, a button any of them; both can be undone', async () => {
		const deux = await show();
		await partenaires().click();
		await userEvent.keyboard('{Backspace}');
		expect(deux.valeur('partenaires')).toMatchObject({ organismes: ['ml'] });
		await button('Retirer Mission locale').click();
		expect(deux.valeur('partenaires')).toMatchObject({ organismes: [] });
		expect(document.activeElement).toBe(partenaires().element());
		await userEvent.keyboard('{Control>}zz{/Control}');
		expect(deux.valeur('partenaires')).toMatchObject({ organismes: ['ml', 'msa'] });
	});

	test('while something is typed and not chosen, Ctrl+Z is the input’s own', async () => {
		const deux = await show();
		await write(1);
		await userEvent.keyboard('!');
		await pilote().click();
		await userEvent.keyboard('x{Control>}z{/Control}');
		expect(deux.objectifs()[0]).toBe('Ouvrir vingt places!');
	});

	test('a list is open or not, and a sentence may stand in its place', async () => {
		const deux = await show();
		await page.getByRole('checkbox', { name: /La liste reste ouverte/ }).click();
		expect(deux.valeur('partenaires')).toMatchObject({ ouverte: false });
		await button('Ajouter une phrase').click();
		await userEvent.keyboard('Travail mené en interne.');
		expect(deux.valeur('partenaires')).toMatchObject({ texte: 'Travail mené en interne.' });
	});
});

describe('the rest of the page', () => {
	test('an échéance says what was understood of it', async () => {
		await show();
		const echeance = page.getByRole('textbox', { name: /Échéance/ });
		await expect.element(page.getByText('La synthèse trouvera cette fiche en 2027 et 2028.')).toBeVisible();
		await echeance.fill('au printemps');
		await expect.element(page.getByText(`Aucune année reconnue${NBSP}:`, { exact: false })).toBeVisible();
	});

	test('the plan says what is filled, and leads into what is not', async () => {
		await show(new DeuxRedacteurs({ ...VALEURS, pilotes: { organismes: [], ouverte: false, texte: '' } }));
		await expect.element(page.getByText(`6${NBSP}champs remplis sur 7`)).toBeVisible();
		await page.getByRole('link', { name: /^Pilote/ }).click();
		expect(document.activeElement).toBe(pilote().element());
	});

	test('an address that names a field leads into it', async () => {
		history.replaceState(null, '', '#champ-echeance');
		await show();
		await expect.poll(() => document.activeElement?.id).toBe('saisie-echeance');
	});

	test('a remark waits until one has left the field', async () => {
		await show(new DeuxRedacteurs({ ...VALEURS, indicateurs: { puces: [''] } }));
		await button('Ajouter un indicateur').click();
		await userEvent.keyboard('Mise en place du réseau');
		expect(page.getByText('sans nombre ni taux', { exact: false }).elements()).toEqual([]);
		await pilote().click();
		await expect.element(page.getByText('sans nombre ni taux', { exact: false })).toBeVisible();
	});

	test('a model of other fields makes another form', async () => {
		await show(new DeuxRedacteurs({ description: { texte: 'Un lieu\npour tous' } }, MODELE_VIERGE));
		await expect.element(page.getByRole('textbox', { name: 'Description' })).toHaveValue('Un lieu\npour tous');
		expect(page.getByRole('heading', { name: 'Finalité' }).elements()).toEqual([]);
	});
});
