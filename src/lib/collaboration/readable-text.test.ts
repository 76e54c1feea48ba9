import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { prepareFiche } from '#lib/fiches/fiche.ts';
import { addNoeud } from '#lib/orientations/arbre.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import { readableText } from './readable-text.ts';

it('R60. all that is written in a fiche can be read as plain text, bullets in their order, also where nothing read it yet', () => {
	const fiche = new Y.Doc();
	prepareFiche(fiche, MODELE_ORNE, {
		objectifs: { puces: ['Ouvrir vingt places', 'Couvrir les deux vallées'] },
		echeance: { texte: 'fin 2028' },
		partenaires: { organismes: ['ml'], ouverte: true, texte: 'toutes les communes' }
	});
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(fiche));
	expect(readableText(copy).split('\n\n').sort()).toEqual([
		'echeance : fin 2028',
		'objectifs :\n– Ouvrir vingt places\n– Couvrir les deux vallées',
		'partenaires : toutes les communes'
	]);
});

it('R60. so can the titles of a tree', () => {
	const tree = new Y.Doc();
	addNoeud(tree, { id: 'axe-1', parent: null, niveau: 'axe', titre: 'Aller vers' });
	expect(readableText(tree)).toBe('axe-1 : Aller vers');
	expect(readableText(new Y.Doc())).toBe('');
});
