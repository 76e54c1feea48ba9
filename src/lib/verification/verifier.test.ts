import { describe, expect, it } from 'vitest';
import type { Valeurs } from '#lib/fiches/completeness.ts';
import type { NoeudLu } from '#lib/orientations/arbre-from-rows.ts';
import { MODELE_MEUSE, MODELE_ORNE, MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { emptyValeur } from '#lib/pactes/archive-schema.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { verifier, type PacteAVerifier, type Regle } from './verifier.ts';

const axe = (id: string, code: string, titre = `Titre ${id}`): NoeudLu => ({
	id,
	parent: null,
	niveau: 'axe',
	titre,
	code,
	aClasser: false,
	fiche: false
});
const noeud = (id: string, parent: string, code: string, titre = `Titre ${id}`): NoeudLu => ({
	...axe(id, code, titre),
	parent,
	niveau: 'action',
	fiche: true
});

/** All that the model asks for. */
function pleine(more: Valeurs = {}, modele: Modele = MODELE_ORNE): Valeurs {
	const valeurs = Object.fromEntries(modele.champs.map((champ) => [champ.id, emptyValeur(champ)])) as Valeurs;
	for (const champ of modele.champs) {
		if (champ.type === 'puces') valeurs[champ.id] = { puces: [`Nombre de ${champ.id}`] };
		else if (champ.type === 'organismes') valeurs[champ.id] = { organismes: [champ.id], ouverte: false, texte: '' };
		else if (champ.type === 'echeance') valeurs[champ.id] = { texte: '2027' };
		else if (champ.type === 'texte' || champ.type === 'court') valeurs[champ.id] = { texte: 'Un texte.' };
	}
	return { ...valeurs, ...more };
}

function verify(noeuds: NoeudLu[], valeurs: Record<string, Valeurs>, more: Partial<PacteAVerifier> = {}) {
	const modele = more.modele ?? MODELE_ORNE;
	return verifier({
		modele,
		periode: { debut: 2026, fin: 2030 },
		noeuds,
		fiches: noeuds
			.filter(({ fiche }) => fiche)
			.map(({ id }) => ({ id, champs: modele.champs, valeurs: valeurs[id] ?? pleine({}, modele) })),
		organismes: [],
		anciens: new Map(),
		...more
	});
}
const rules = ({ remarques }: { remarques: { regle: Regle; noeud: string | null }[] }) =>
	remarques.map(({ regle, noeud: id }) => [regle, id]);

const A = axe('a', '1');
const F = noeud('f', 'a', '1.1');
const G = noeud('g', 'a', '1.2');

describe('a pacte in which all is written', () => {
	it('has nothing to mend and all its points', () => {
		const valeurs = { f: pleine(), g: pleine({ objectifs: { puces: ['Un autre objectif'] } }) };
		expect(verify([A, F, G], valeurs)).toEqual({ remarques: [], score: 100, fiches: 2, nettes: 2 });
	});

	it('loses points with each thing that lacks, and never for what is only to be read again', () => {
		const one = verify([A, F, G], { f: pleine({ pilotes: { organismes: [], ouverte: false, texte: '' } }) }).score ?? 0;
		const two = verify([A, F, G], {
			f: pleine({ pilotes: { organismes: [], ouverte: false, texte: '' }, echeance: { texte: '' } })
		}).score;
		expect(one).toBeLessThan(100);
		expect(two).toBeLessThan(one);
		const long = { puces: ['Un objectif assez long pour être le même'] };
		const twice = verify([A, F, G], { f: pleine({ objectifs: long }), g: pleine({ objectifs: long }) });
		expect(rules(twice)).toEqual([['objectif_double', 'g']]);
		expect(twice.score).toBe(100);
	});

	it('has no score before anything is placed', () => {
		expect(verify([], {}).score).toBeNull();
	});
});

describe('what is looked at', () => {
	it('what a fiche must say and does not, each with the address of its field', () => {
		const vide = Object.fromEntries(MODELE_ORNE.champs.map((champ) => [champ.id, emptyValeur(champ)])) as Valeurs;
		const { remarques } = verify([A, F], { f: vide });
		expect(new Set(remarques.map(({ regle }) => regle))).toEqual(
			new Set(['sans_pilote', 'sans_objectif', 'sans_indicateur', 'sans_echeance', 'champ_vide'])
		);
		expect(remarques.find(({ regle }) => regle === 'sans_pilote')?.href).toBe('/fiches/f#champ-pilotes');
	});

	it('titles that are missing, or that begin with a number', () => {
		const found = verify(
			[axe('a', '1', ' '), axe('b', '2', '3 – Se loger'), noeud('f', 'a', '1.1', '1.1. Un bus')],
			{}
		);
		expect(rules(found)).toEqual([
			['sans_titre', 'a'],
			['numero_dans_le_titre', 'b'],
			['numero_dans_le_titre', 'f']
		]);
		expect(found.remarques[0]?.href).toBe('/orientations#noeud-a');
		expect(found.remarques[1]?.message).toContain('ne dit pas son numéro, 2');
	});

	it('a year or a number of people at the head of a title is no code', () => {
		expect(verify([axe('a', '1', '2027 en Haute-Rivière'), axe('b', '2', '12 places de plus')], {}).remarques).toEqual(
			[]
		);
	});

	it('one number printed twice', () => {
		expect(rules(verify([A, F, noeud('g', 'a', '1.1')], {})).filter(([regle]) => regle === 'code_double')).toEqual([
			['code_double', 'g']
		]);
	});

	it('a reference to another axe, to a code that changed, and to one that never was', () => {
		const B = axe('b', '2');
		const written = (texte: string) => ({ f: pleine({ modalites: { puces: [texte] } }) });
		const anciens = new Map([['4.7', { code: '2.1', titre: 'Se loger' }]]);
		expect(rules(verify([A, F, B], written('En lien avec l’axe 2')))).toEqual([['autre_axe', 'f']]);
		expect(rules(verify([A, F, B], written('En lien avec l’axe 1')))).toEqual([]);
		const lost = verify([A, F, B], written('Voir la fiche-action 4.7'), { anciens });
		expect(lost.remarques[0]?.message).toContain('qui est maintenant 2.1');
		expect(rules(verify([A, F, B], written('Voir la fiche-action 9.9')))).toEqual([['renvoi_perdu', 'f']]);
		expect(rules(verify([A, F, B], written('Les fiches-actions 6 à 8, les axes visant le logement')))).toEqual([]);
	});

	it('indicators that are still to be defined', () => {
		const found = verify([A, F], { f: pleine({ indicateurs: { puces: ['À définir', 'Nombre de places'] } }) });
		expect(rules(found)).toContainEqual(['indicateur_a_definir', 'f']);
	});

	it('an empty cell of a table, not one that goes on from above, nor a column that nobody fills', () => {
		const tableau = MODELE_SARTHE.champs.find(({ type }) => type === 'tableau');
		if (tableau?.type !== 'tableau') throw new Error('The model of the Sarthe has a table');
		const [a, b] = tableau.colonnes.map(({ id }) => id) as [string, string];
		const S = { ...F, niveau: 'action' };
		const found = (suites: { ligne: number; colonne: string }[]) =>
			verify(
				[S],
				{
					f: pleine(
						{
							[tableau.id]: {
								lignes: [
									{ [a]: 'x', [b]: 'y' },
									{ [a]: '', [b]: 'z' }
								],
								suites
							}
						},
						MODELE_SARTHE
					)
				},
				{ modele: MODELE_SARTHE }
			).remarques.filter(({ regle }) => regle === 'case_vide');
		expect(found([])).toHaveLength(1);
		expect(found([{ ligne: 1, colonne: a }])).toEqual([]);
	});

	it('two spellings of one partner, where both can be joined', () => {
		const organismes = [
			{ id: 'o1', nom: 'Mission locale', alias: [] },
			{ id: 'o2', nom: 'La mission locale', alias: [] }
		];
		const [found] = verify([A], {}, { organismes }).remarques;
		expect(found).toMatchObject({ regle: 'organisme_double', href: '/organismes/doublons?garde=o1&absorbe=o2' });
	});

	it('nothing that is aside, and pactes without fiches', () => {
		expect(verify([{ ...F, aClasser: true, titre: '' }], {}).remarques).toEqual([]);
		const meuse = verify([axe('a', '1')], {}, { modele: MODELE_MEUSE });
		expect([meuse.score, meuse.fiches]).toEqual([100, 0]);
	});
});
