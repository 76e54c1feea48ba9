import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { MODELE_ORNE, MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { A_CLASSER, addNoeud, moveNoeud, readArbre, removalOf, removeNoeud, titreOf } from './arbre.ts';
import { ArbreVue } from './arbre-vue.svelte.ts';
import { drop, placesAround } from './glisser.ts';
import { DeuxPersonnes } from './testing.svelte.ts';

const NBSP = '\u00a0';
const DEPART = 'axe1(p1 f11 f12 f13) axe2(f21) axe3';

describe('one’s own acts', () => {
	it('say what happened, with the code before and the code after', () => {
		const { live, dit } = new DeuxPersonnes();
		live.move('f12', 'axe2', null);
		expect(dit).toEqual([`Fiche-action${NBSP}1.2 déplacée, elle devient 2.2.`]);
		live.moveUp(live.get('axe3')!);
		expect(dit.at(-1)).toBe(`Axe${NBSP}3 déplacé, il devient 2.`);
		live.remove('axe1');
		expect(dit.at(-1)).toBe(
			`Axe${NBSP}1 supprimé. 2${NBSP}fiches-actions sont gardées dans «${NBSP}À classer${NBSP}».`
		);
		live.move('f11', 'axe2', null);
		expect(dit.at(-1)).toContain('replacée, elle devient 2.3.');
		live.setAside('f11');
		expect(dit.at(-1)).toBe(`Fiche-action${NBSP}2.3 retirée vers «${NBSP}À classer${NBSP}».`);
	});

	it('keep to the levels of the model', () => {
		const deux = new DeuxPersonnes();
		const { live } = deux;
		expect(live.move('f11', null, null)).toBe(false);
		expect(live.move('f11', 'f12', null)).toBe(false);
		expect(live.move('axe1', 'axe2', null)).toBe(false);
		expect(live.move('axe1', 'axe1', null)).toBe(false);
		expect(live.add({ niveau: 'action', parent: null, before: null }, 'Perdue')).toBe(false);
		expect(live.add({ niveau: 'action', parent: A_CLASSER, before: null }, 'Perdue')).toBe(false);
		expect(deux.forme).toBe(DEPART);
		expect(deux.dit).toEqual([]);
	});

	it('place a newcomer after the others of its level and before the next levels', () => {
		const deux = new DeuxPersonnes();
		const { live } = deux;
		live.add(live.endOf('axe1', 'perspective'), 'Une autre', 'p2');
		live.add(live.endOf('axe1', 'action'), 'Une autre', 'f14');
		live.add(live.after(live.get('f11')!), 'Au milieu', 'f11b');
		expect(deux.forme).toBe('axe1(p1 p2 f11 f11b f12 f13 f14) axe2(f21) axe3');
	});

	it('go up and down one place, and not past the ends', () => {
		const deux = new DeuxPersonnes();
		const { live } = deux;
		expect(live.moveDown(live.get('f11')!)).toBe(true);
		expect(deux.forme).toBe('axe1(p1 f12 f11 f13) axe2(f21) axe3');
		expect(live.moveUp(live.get('f11')!)).toBe(true);
		expect(live.moveUp(live.get('axe1')!)).toBe(false);
		expect(live.moveDown(live.get('axe3')!)).toBe(false);
		expect(deux.forme).toBe(DEPART);
	});

	it('never delete a fiche: « remove » sets it aside', () => {
		const deux = new DeuxPersonnes();
		deux.live.remove('f11');
		deux.live.remove('f11');
		expect(deux.forme).toBe('axe1(p1 f12 f13) axe2(f21) axe3 | f11');
	});
});

describe('undo', () => {
	it('takes back one act at a time, in words, and redoes them', () => {
		const deux = new DeuxPersonnes();
		const { live, dit } = deux;
		live.remove('axe1');
		live.move('f21', 'axe3', null);
		live.annuler();
		expect(dit.at(-1)).toBe(`Annulé${NBSP}: déplacement de la fiche-action${NBSP}1.1.`);
		live.annuler();
		expect(dit.at(-1)).toBe(`Annulé${NBSP}: suppression de l’axe${NBSP}1.`);
		expect(deux.forme).toBe(DEPART);
		live.retablir();
		expect(dit.at(-1)).toBe(`Rétabli${NBSP}: suppression de l’axe${NBSP}1.`);
		live.retablir();
		expect(deux.forme).toBe('axe2 axe3(f21) | f11 f12 f13');
		live.annuler();
		live.annuler();
		live.annuler();
		expect(dit.at(-1)).toBe('Rien à annuler.');
		expect(deux.forme).toBe(DEPART);
	});

	it('never takes back what somebody else did', () => {
		const deux = new DeuxPersonnes();
		deux.live.move('f11', 'axe2', null);
		deux.autreFait((doc) => moveNoeud(doc, 'f21', 'axe3'));
		deux.live.annuler();
		expect(deux.forme).toBe('axe1(p1 f11 f12 f13) axe2 axe3(f21)');
	});

	it('leaves where it is a node that somebody else has moved since, and says so', () => {
		const deux = new DeuxPersonnes();
		deux.live.moveDown(deux.live.get('f12')!);
		deux.live.move('f11', 'axe2', null);
		deux.meet();
		deux.autreFait((doc) => moveNoeud(doc, 'f11', 'axe3'));
		deux.live.annuler();
		expect(deux.dit.at(-1)).toContain('rien n’a été annulé');
		expect(deux.forme).toBe('axe1(p1 f13 f12) axe2(f21) axe3(f11)');
	});

	it.each([
		['mine wins', 2, 1],
		['theirs wins', 1, 2]
	])(
		'after two moves of one node at the same instant leaves it somewhere that someone chose (%s)',
		(_, mine, theirs) => {
			const deux = new DeuxPersonnes();
			deux.doc.clientID = mine;
			deux.autre.clientID = theirs;
			deux.live.move('f11', 'axe2', null);
			deux.autreFait((doc) => moveNoeud(doc, 'f11', 'axe3'));
			deux.live.annuler();
			deux.meet();
			const chosen = mine > theirs ? DEPART : 'axe1(p1 f12 f13) axe2(f21) axe3(f11)';
			expect(deux.forme).toBe(chosen);
			expect(readArbre(deux.autre).parId.get('f11')).toEqual(readArbre(deux.doc).parId.get('f11'));
		}
	);

	it('of an addition takes the node away, unless another wrote in it or its fiche was begun: then it is set aside', () => {
		const deux = new DeuxPersonnes();
		const add = (id: string) => deux.live.add({ niveau: 'action', parent: 'axe3', before: null }, 'Nouvelle', id);
		add('seule');
		deux.live.annuler();
		expect(deux.forme).toBe(DEPART);

		add('partagee');
		deux.meet();
		deux.autreFait((doc) => titreOf(doc, 'partagee')?.insert(0, 'À deux. '));
		deux.live.annuler();
		expect(deux.forme).toBe(`${DEPART} | partagee`);
		expect(titreOf(deux.doc, 'partagee')?.toString()).toBe('À deux. Nouvelle');

		add('commencee');
		deux.remplis['commencee'] = 2;
		deux.live.annuler();
		expect(deux.forme).toBe(`${DEPART} | partagee commencee`);
	});

	it('offers the last move or removal in a notice, until something else is written', () => {
		const { live, document, doc } = new DeuxPersonnes();
		live.move('f11', 'axe2', null);
		expect(live.dernier?.fait).toContain('déplacée');
		document.edit(() => titreOf(doc, 'f12')?.insert(0, 'Avec une lettre '));
		expect(live.dernier).toBeNull();
		live.remove('axe3');
		expect(live.dernier).not.toBeNull();
		live.annuler();
		expect(live.dernier).toBeNull();
	});
});

describe('what others do', () => {
	it('follows at once', () => {
		const deux = new DeuxPersonnes();
		expect(deux.live.code('f21')).toBe('2.1');
		deux.autreFait((doc) => moveNoeud(doc, 'axe2', null, 'axe1'));
		expect(deux.live.code('f21')).toBe('1.1');
	});

	it('keeps the objects of the nodes that nothing touched, so that they are not drawn again', () => {
		const deux = new DeuxPersonnes();
		const { live } = deux;
		const [axe1, axe2, f11, f21] = ['axe1', 'axe2', 'f11', 'f21'].map((id) => live.get(id));
		deux.autreFait((doc) => titreOf(doc, 'f21')?.insert(0, 'Bien '));
		expect(live.get('axe1')).toBe(axe1);
		expect(live.get('f11')).toBe(f11);
		expect(live.get('f21')).not.toBe(f21);
		expect(live.get('axe2')).not.toBe(axe2);
		expect(live.arbre.racines[1]).toBe(live.get('axe2'));
		expect(live.get('axe2')?.enfants[0]).toBe(live.get('f21'));
	});

	it('puts in « À classer » what is added under a branch that I remove', () => {
		const deux = new DeuxPersonnes();
		addNoeud(deux.autre, { id: 'tard', parent: 'axe2', niveau: 'perspective', titre: 'Pendant ce temps' });
		removeNoeud(deux.doc, 'axe2', MODELE_ORNE);
		deux.meet();
		expect(deux.live.arbre.aClasser.map(({ id }) => id).sort()).toEqual(['f21', 'tard']);
		expect(deux.live.remove('tard')).toBe(true);
		expect(deux.live.get('tard')).toBeUndefined();
	});

	it('names the bodies that write in a title', () => {
		const { live, document } = new DeuxPersonnes();
		const here = { champ: 'noeud:f11' };
		document.others = [
			{ nom: 'Ana', organisme: 'CCAS de Bourg-le-Pont', ...here },
			{ nom: 'Ben', organisme: 'CCAS de Bourg-le-Pont', ...here },
			{ nom: 'Chloé', organisme: '', ...here },
			{ nom: 'David', organisme: 'CAF', champ: 'noeud:f12' }
		];
		expect(live.ecrivains('f11')).toEqual(['CCAS de Bourg-le-Pont', 'Chloé']);
		live.ecrireDans('f12');
		expect(document.champ).toBe('noeud:f12');
	});
});

describe('a model that changes while the tree is open', () => {
	it('gives new codes at once, and keeps what can be undone', () => {
		const { live } = new DeuxPersonnes();
		live.move('f12', 'axe2', null);
		const [axe, ...others] = MODELE_ORNE.niveaux;
		live.modele = { ...MODELE_ORNE, niveaux: [{ ...axe!, numerotation: 'I' }, ...others] };
		expect(['axe2', 'f21', 'f12'].map((id) => live.code(id))).toEqual(['II', 'II1', 'II2']);
		live.annuler();
		expect(live.code('f12')).toBe('I2');
	});

	it('shows a fiche where there is one: not above the level that carries it in its place, unless it has words', () => {
		const { vue, live, doc } = new DeuxPersonnes({ modele: MODELE_SARTHE, vide: true });
		addNoeud(doc, { id: 's', parent: null, niveau: 'strategique', titre: '' });
		addNoeud(doc, { id: 'o', parent: 's', niveau: 'operationnel', titre: '' });
		addNoeud(doc, { id: 'a', parent: 'o', niveau: 'action', titre: '' });
		expect(vue.porteFiche(live.get('a')!)).toBe(true);
		addNoeud(doc, { id: 'b', parent: 'a', niveau: 'sous_action', titre: '' });
		expect([vue.porteFiche(live.get('a')!), vue.porteFiche(live.get('b')!)]).toEqual([false, true]);
		const written = new ArbreVue({
			modele: MODELE_SARTHE,
			ficheHref: (id) => id,
			exportHref: (id) => id,
			lu: () => ({ arbre: live.arbre, codes: live.codes }),
			avancement: () => ({ total: 0, remplis: {} }),
			memoire: 'copacte:plies:test',
			portait: (id) => id === 'a'
		});
		expect(written.porteFiche(live.get('a')!)).toBe(true);
	});

	it('never removes a node that has words, even when its level carries no fiche any more', () => {
		const { live, doc } = new DeuxPersonnes();
		const removed = (portait: (id: string) => boolean) => removalOf(live.get('axe1')!, SANS_FICHE, portait).gardes;
		expect(removed(() => false)).toEqual([]);
		expect(removed((id) => id === 'f11').map(({ id }) => id)).toEqual(['f11']);
		removeNoeud(doc, 'axe1', SANS_FICHE, (id) => id === 'f11');
		expect(live.arbre.aClasser.map(({ id }) => id)).toEqual(['f11']);
	});
});

const SANS_FICHE = { ...MODELE_ORNE, niveaux: MODELE_ORNE.niveaux.map((niveau) => ({ ...niveau, fiche: false })) };

describe('dragging', () => {
	it('offers only the places that the model allows', () => {
		const { live } = new DeuxPersonnes();
		expect(placesAround(live, 'f11', 'f21')).toEqual(['avant', 'apres']);
		expect(placesAround(live, 'f11', 'axe2')).toEqual(['dans']);
		expect(placesAround(live, 'axe1', 'axe2')).toEqual(['avant', 'apres']);
		expect(placesAround(live, 'axe1', 'f21')).toEqual([]);
		expect(placesAround(live, 'axe1', 'f11')).toEqual([]);
		expect(placesAround(live, 'f11', 'f11')).toEqual([]);
	});

	it('drops before, after, inside and aside', () => {
		const deux = new DeuxPersonnes();
		const { live } = deux;
		drop(live, 'f11', { id: 'f21', place: 'avant' });
		drop(live, 'f12', { id: 'f21', place: 'apres' });
		drop(live, 'f13', { id: 'axe3', place: 'dans' });
		drop(live, 'axe1', { id: 'axe3', place: 'apres' });
		expect(deux.forme).toBe('axe2(f11 f21 f12) axe3(f13) axe1(p1)');
		drop(live, 'f21', { id: A_CLASSER, place: 'dans' });
		expect(drop(live, 'axe1', { id: 'f11', place: 'apres' })).toBe(false);
		expect(deux.forme).toBe('axe2(f11 f12) axe3(f13) axe1(p1) | f21');
		drop(live, 'f21', { id: 'f11', place: 'apres' });
		expect(deux.forme).toBe('axe2(f11 f21 f12) axe3(f13) axe1(p1)');
	});

	it('just below its elder brother changes nothing', () => {
		const deux = new DeuxPersonnes();
		let updates = 0;
		deux.doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc) => updates++);
		drop(deux.live, 'f12', { id: 'f11', place: 'apres' });
		drop(deux.live, 'f11', { id: 'f12', place: 'avant' });
		expect(updates).toBe(0);
		expect(deux.dit).toEqual([]);
	});
});
