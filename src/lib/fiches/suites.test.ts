import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ValeurTableau } from '#lib/pactes/archive.ts';
import { asTableau, type ChampEnLignes } from '#lib/pactes/modele.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { prepareFiche, readFiche } from './fiche.ts';
import { expandSuites, mergeSuites, valuesIn } from './suites.ts';
import { addLigne, lignesOf, moveLigne, removeLigne, setSuite } from './tableau.ts';

const CHAMP = asTableau(MODELE_SARTHE.champs.find(({ id }) => id === 'livrables') as ChampEnLignes);
const RENDU = CHAMP.colonnes.map(({ id }) => id);

/** Rows as « livrable/opérateur »; « = » goes on from the row above. */
function born(...rows: string[]): Y.Doc {
	const doc = new Y.Doc();
	const cells = rows.map((row) => row.split('/'));
	const lignes = cells.map(([livrable = '', operateur = '']) => ({
		livrable: livrable === '=' ? '' : livrable,
		operateur: operateur === '=' ? '' : operateur
	}));
	const suites = cells.flatMap((row, ligne) =>
		['livrable', 'operateur'].filter((_, i) => row[i] === '=').map((colonne) => ({ ligne, colonne }))
	);
	prepareFiche(doc, MODELE_SARTHE, { livrables: { lignes, suites } });
	return doc;
}

const valeur = (doc: Y.Doc) => readFiche(doc, MODELE_SARTHE).livrables as ValeurTableau;

function shown(doc: Y.Doc): string[] {
	const { lignes, suites = [] } = valeur(doc);
	return lignes.map((ligne, i) =>
		['livrable', 'operateur']
			.map((id) => (suites.some((suite) => suite.ligne === i && suite.colonne === id) ? '=' : ligne[id]))
			.join('/')
	);
}

function meet(a: Y.Doc, b: Y.Doc): void {
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
}

const id = (doc: Y.Doc, i: number) => lignesOf(doc, 'livrables')[i]?.id as string;

describe('cells that go on from the one above', () => {
	test('are merged with it when they are shown, and said again where nothing merges', () => {
		const doc = born('Un car/La Région', '=/Le garage', 'Un relais/=');
		const merged = mergeSuites(CHAMP.colonnes, valeur(doc)).map((row) =>
			row.filter(({ colonne }) => colonne !== 'calendrier' && colonne !== 'territoire' && colonne !== 'public')
		);
		expect(merged).toEqual([
			[
				{ colonne: 'livrable', texte: 'Un car', lignes: 2 },
				{ colonne: 'operateur', texte: 'La Région', lignes: 1 }
			],
			[{ colonne: 'operateur', texte: 'Le garage', lignes: 2 }],
			[{ colonne: 'livrable', texte: 'Un relais', lignes: 1 }]
		]);
		expect(expandSuites(valeur(doc)).map(({ livrable, operateur }) => `${livrable}/${operateur}`)).toEqual([
			'Un car/La Région',
			'Un car/Le garage',
			'Un relais/Le garage'
		]);
		expect(mergeSuites(CHAMP.colonnes, valeur(doc))[0]?.map(({ colonne }) => colonne)).toEqual(RENDU);
	});

	test('the first row goes on from none, whatever its file says', () => {
		const doc = born('=/A', 'B/=');
		expect(shown(doc)).toEqual(['/A', 'B/=']);
	});

	test('a cell is emptied when it goes on; what somebody typed in it meanwhile stands, and nothing is hidden', () => {
		const [one, two] = [born('Un car/La Région', 'Un bus/La MSA'), new Y.Doc()];
		meet(one, two);
		setSuite(one, 'livrables', id(one, 1), 'livrable', true);
		expect(shown(one)).toEqual(['Un car/La Région', '=/La MSA']);
		lignesOf(two, 'livrables')[1]?.cellules.get('livrable')?.insert(6, ' de nuit');
		meet(one, two);
		expect(shown(one)).toEqual(['Un car/La Région', ' de nuit/La MSA']);
		expect(shown(two)).toEqual(shown(one));
	});

	test('a row that goes leaves what it said to the rows that went on from it', () => {
		const doc = born('Un car/La Région', '=/Le garage', '=/La MSA');
		removeLigne(doc, 'livrables', id(doc, 0));
		expect(shown(doc)).toEqual(['Un car/Le garage', '=/La MSA']);
	});

	test('a row that moves keeps what it said, and so do those that it leaves', () => {
		const doc = born('Un car/La Région', '=/Le garage', '=/La MSA', 'Un relais/X');
		moveLigne(doc, 'livrables', id(doc, 1), null);
		expect(shown(doc)).toEqual(['Un car/La Région', '=/La MSA', 'Un relais/X', 'Un car/Le garage']);
		moveLigne(doc, 'livrables', id(doc, 2), id(doc, 1));
		expect(shown(doc)).toEqual(['Un car/La Région', 'Un relais/X', 'Un car/La MSA', 'Un car/Le garage']);
	});

	test('a row added inside merged cells goes on with them; at the end it stands alone', () => {
		const doc = born('Un car/La Région', '=/Le garage');
		addLigne(doc, CHAMP, 'dedans', id(doc, 1));
		addLigne(doc, CHAMP, 'fin');
		for (const each of ['dedans', 'fin'])
			lignesOf(doc, 'livrables')
				.find((ligne) => ligne.id === each)
				?.cellules.get('operateur')
				?.insert(0, each);
		expect(shown(doc)).toEqual(['Un car/La Région', '=/dedans', '=/Le garage', '/fin']);
	});

	test('a cell of several values says one a line', () => {
		expect(valuesIn('Valmorin\n\n  Pont-sur-Rive ')).toEqual(['Valmorin', 'Pont-sur-Rive']);
	});

	test('what stands in a column that was put aside, or that a form leaves out, is kept and comes back with it', () => {
		const doc = born('Un car/La Région', '=/Le garage');
		const sans = { champs: [{ ...CHAMP, colonnes: CHAMP.colonnes.filter(({ id: own }) => own !== 'operateur') }] };
		expect(readFiche(doc, sans).livrables).toMatchObject({ lignes: [{ livrable: 'Un car' }] });
		moveLigne(doc, 'livrables', id(doc, 1), id(doc, 0));
		expect(shown(doc)).toEqual(['Un car/Le garage', 'Un car/La Région']);
	});
});
