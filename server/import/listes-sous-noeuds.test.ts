import { describe, expect, it } from 'vitest';
import { readTexteLibre } from './exemples/mesure.ts';
import { readPacte } from './read-pacte.ts';

const { texte } = readTexteLibre('synthese-et-fiches');
const ANNONCE = 'Le pacte se décline en 2 objectifs stratégiques, 2 objectifs opérationnels et en pistes de travail.';
const RAPPEL = `I – Accueillir

1 - Recevoir vite

- Ouvrir le soir
- Dire les délais ;

II – Accompagner

2 - Ne pas lâcher

- Un seul nom`;

/** The text, with a part of its own before its table. */
const read = (...partie: string[]) =>
	readPacte(texte.replace('Synthèse des actions', `LE PACTE\n\n${partie.join('\n\n')}\n\nSynthèse des actions`));

describe('lists under the titles of a tree that the fiches have given', () => {
	it('are a level beside the actions, under the title that they stand below, tied to no action', () => {
		const { noeuds, fiches, doutes, restes } = read(ANNONCE, RAPPEL, 'Ces pistes sont tenues par chacun.');
		const titreOf = new Map(noeuds.map(({ id, titre }) => [id, titre]));
		const pistes = noeuds.filter(({ niveau }) => niveau === 'piste de travail');
		expect(pistes.map(({ parent, code, titre }) => [titreOf.get(parent!), code, titre])).toEqual([
			['Recevoir vite', '', 'Ouvrir le soir'],
			['Recevoir vite', '', 'Dire les délais'],
			['Ne pas lâcher', '', 'Un seul nom']
		]);
		const sans = readPacte(texte);
		expect(
			noeuds.filter(({ niveau }) => niveau !== 'piste de travail').map(({ code, titre }) => [code, titre])
		).toEqual(sans.noeuds.map(({ code, titre }) => [code, titre]));
		expect(fiches.map(({ noeud }) => titreOf.get(noeud))).toEqual(sans.fiches.map(({ titre }) => titre));
		expect(doutes.map(({ message }) => message)).toContainEqual(
			'Le texte donne des pistes de travail à côté des actions, sans dire comment ces deux niveaux se répondent.'
		);
		// What stands after the last list is kept beside, as before.
		expect(restes.map(({ texte }) => texte).join()).toMatch(/Ces pistes sont tenues/);
		expect(restes.map(({ texte }) => texte).join()).not.toMatch(/Ouvrir le soir/);
	});

	it('stay in the text when nothing says what they are, or when they stand under no title of the tree', () => {
		for (const partie of [[RAPPEL], [ANNONCE, 'Nos outils', '- Un vélo\n- Un bus']]) {
			const { noeuds, restes } = read(...partie);
			expect(noeuds.map(({ titre }) => titre)).toEqual(readPacte(texte).noeuds.map(({ titre }) => titre));
			expect(restes.map(({ texte }) => texte).join()).toMatch(/Ouvrir le soir|Un vélo/);
		}
	});
});
