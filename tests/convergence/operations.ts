// What people do at random to a fiche and to a tree.
import * as Y from 'yjs';
import {
	addOrganisme,
	addPuce,
	movePuce,
	pucesOf,
	removeOrganisme,
	removePuce,
	setOuverte,
	texteOf
} from '#lib/fiches/fiche.ts';
import { A_CLASSER, addNoeud, moveNoeud, readArbre, removeNoeud, titreOf } from '#lib/orientations/arbre.ts';
import { addLigne, lignesOf, moveLigne, removeLigne, setCellule, setSuite } from '#lib/fiches/tableau.ts';
import { asTableau, isEnLignes, NATURES_D_INDICATEUR, type ChampEnLignes, type Modele } from '#lib/pactes/modele.ts';
import { MODELE_ORNE, MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import type { Random } from '../support/random.ts';

/** One act on the tree; gives the id of an action that was added, which nothing may lose. */
export function actOnTree(doc: Y.Doc, step: number, random: Random): string | null {
	const ids = [...readArbre(doc).parId.keys()];
	const id = random.pick(ids);
	const parent = random.pick([null, A_CLASSER, ...ids]) ?? null;
	const before = random.pick(ids) ?? null;
	switch (random.pick(['add', 'add', 'rename', 'rename', 'move', 'move', 'move', 'remove'])) {
		case 'add': {
			const niveau = random.pick(['axe', 'perspective', 'action', 'action']) as string;
			const node = `noeud-${String(step).padStart(4, '0')}`;
			addNoeud(doc, { id: node, parent, niveau, titre: `Titre ${step}` }, before);
			return niveau === 'action' ? node : null;
		}
		case 'rename':
			if (id) titreOf(doc, id)?.insert(0, `${step} `);
			return null;
		case 'move':
			if (id) moveNoeud(doc, id, parent, before);
			return null;
		default:
			if (id && random.chance(0.5)) removeNoeud(doc, id, MODELE_ORNE);
			return null;
	}
}

/** Writes a word of the échéance, at a place between two others. */
export function writeStep(doc: Y.Doc, step: number, random: Random): void {
	const echeance = texteOf(doc, 'echeance') as Y.Text;
	const known = echeance.toString().split(';');
	const at = known.slice(0, random.int(known.length)).reduce((length, word) => length + word.length + 1, 0);
	echeance.insert(at, `${step};`);
}

/** One act on the bullets and lists of a fiche. */
export function actOnFiche(doc: Y.Doc, step: number, random: Random): void {
	const champ = random.pick(['finalite', 'objectifs', 'modalites', 'indicateurs']) as string;
	const puce = random.pick(pucesOf(doc, champ));
	switch (random.pick(['puce', 'puce', 'move', 'remove', 'text', 'text', 'organisme'])) {
		case 'puce':
			return addPuce(doc, champ, `puce-${step}`, `Puce ${step}`, puce?.id ?? null);
		case 'move':
			return puce && movePuce(doc, champ, puce.id, random.pick(pucesOf(doc, champ))?.id ?? null);
		case 'remove':
			return puce && random.chance(0.5) ? removePuce(doc, champ, puce.id) : undefined;
		case 'text':
			return puce && changeText(puce.texte, random);
		default: {
			const list = random.pick(['pilotes', 'partenaires']) as string;
			if (random.chance(0.6)) addOrganisme(doc, list, `organisme-${random.int(12)}`);
			else removeOrganisme(doc, list, `organisme-${random.int(12)}`);
			setOuverte(doc, 'partenaires', random.chance(0.5));
		}
	}
}

/** One act on the fields that only some models have: tables with merged cells, choices, schemas. */
export function actOnLivrables(doc: Y.Doc, step: number, random: Random): void {
	const table = asTableau(random.pick(TABLES) as ChampEnLignes);
	const lignes = lignesOf(doc, table.id);
	const ligne = random.pick(lignes);
	const colonne = random.pick(table.colonnes)?.id ?? '';
	const cellule = ligne?.cellules.get(colonne);
	switch (random.pick(['row', 'row', 'suite', 'suite', 'move', 'remove', 'cell', 'cell', 'choice', 'schema'])) {
		case 'row':
			return addLigne(doc, table, `ligne-${step}`, ligne?.id ?? null);
		case 'suite':
			return ligne && setSuite(doc, table.id, ligne.id, colonne, random.chance(0.7));
		case 'move':
			return ligne && moveLigne(doc, table.id, ligne.id, random.pick(lignes)?.id ?? null);
		case 'remove':
			return ligne && random.chance(0.3) ? removeLigne(doc, table.id, ligne.id) : undefined;
		case 'cell':
			return cellule && changeText(cellule, random);
		case 'choice': {
			const nature = ligne?.cellules.get('nature');
			return nature && setCellule(nature, random.pick(NATURES_D_INDICATEUR) as string);
		}
		default:
			if (random.chance(0.6)) addOrganisme(doc, 'liens', `schema-${random.int(6)}`);
			else removeOrganisme(doc, 'liens', `schema-${random.int(6)}`);
	}
}

/** The Orne's fields, and some of all the other types. */
export const MODELE_LARGE: Modele = {
	...MODELE_ORNE,
	champs: [
		...MODELE_ORNE.champs,
		...MODELE_SARTHE.champs.filter(({ id }) => id === 'livrables' || id === 'liens'),
		{ id: 'suivi', type: 'indicateurs', etiquette: 'Indicateurs de suivi', requis: false }
	]
};
const TABLES = MODELE_LARGE.champs.filter(isEnLignes);

function changeText(text: Y.Text, random: Random): void {
	const at = random.int(text.length + 1);
	if (random.chance(0.3)) text.delete(at, Math.min(random.int(4), text.length - at));
	else text.insert(at, random.pick(['é', 'insertion ', '\n', '👩‍🌾']) as string);
}
