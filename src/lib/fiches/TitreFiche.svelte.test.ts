import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import { addNoeud, moveNoeud, readArbre, titreOf } from '#lib/orientations/arbre.ts';
import TitreFiche from './TitreFiche.svelte';

const LOCAL = Symbol('local');
let champ: string | null;
afterEach(() => (champ = null));

async function show() {
	const doc = new Y.Doc();
	addNoeud(doc, { id: 'axe', parent: null, niveau: 'axe', titre: 'Axe' });
	addNoeud(doc, { id: 'f1', parent: 'axe', niveau: 'action', titre: 'Un lieu' });
	addNoeud(doc, { id: 'f2', parent: 'axe', niveau: 'action', titre: 'Un bus' });
	const document = {
		undo: new Y.UndoManager(doc, { trackedOrigins: new Set([LOCAL]) }),
		others: [],
		edit: (change: () => void) => doc.transact(change, LOCAL),
		setChamp: (where: string | null) => void (champ = where)
	};
	document.edit(() => moveNoeud(doc, 'f2', 'axe', 'f1'));
	const texte = titreOf(doc, 'f1') as Y.Text;
	await render(TitreFiche, { noeud: 'f1', texte, document, niveau: 'fiche-action' });
	return { doc, texte, titre: page.getByRole('textbox', { name: 'Titre de la fiche-action' }) };
}

test('a fiche is renamed in the tree, where its title lives, and others are told', async () => {
	const { doc, titre } = await show();
	await titre.click();
	await userEvent.keyboard('{End} pour tous');
	expect(titreOf(doc, 'f1')?.toString()).toBe('Un lieu pour tous');
	expect(champ).toBe('noeud:f1');
	await userEvent.keyboard('{Enter}');
	expect(document.activeElement).toBe(document.body);
	expect(champ).toBeNull();
});

test('undo takes back what was typed in the title, not what was done in the tree before', async () => {
	const { doc, texte, titre } = await show();
	await titre.click();
	await userEvent.keyboard('!{Control>}zzz{/Control}');
	expect(texte.toString()).toBe('Un lieu');
	expect(
		readArbre(doc)
			.parId.get('axe')
			?.enfants.map(({ id }) => id)
	).toEqual(['f2', 'f1']);
});
