import * as Y from 'yjs';
import type { ValeurChamp, ValeurOrganismes, ValeurPuces, ValeurSchemas, ValeurTableau } from '#lib/pactes/archive.ts';
import {
	asTableau,
	contenuOf,
	type Champ,
	type ChampEnLignes,
	type ChampPuces,
	type ChampTableau
} from '#lib/pactes/modele.ts';
import { byRang, rangAt, rangLast, rangsAt, rangsOf, type Ranked } from '#lib/rang.ts';
import { choiceOf, choicesOfChamp, filledLignes } from './tableau.ts';

/**
 * A fiche's document: `champs`, a map of field id → by its type
 *   texte, court, echeance, ouinon, choix : Y.Text
 *   puces           : Y.Map of id → { rang, texte: Y.Text, retiree?, retrait? } (retrait 1: a sub-point of the one above)
 *   tableau, indicateurs, montants : Y.Map of id → { rang, retiree?, cellules: Y.Map of column → Y.Text, `suite.<column>`?: 1 }
 *                     (suite: the cell goes on from the one above, unless something is written in it)
 *   organismes, schemas : Y.Map { liste: Y.Map of id → rang, ouverte: 0 | 1, texte: Y.Text }
 * The containers are made once, by the server, at the fiche's birth: two people who each made one would lose a text.
 * A bullet or a row is removed by emptying it and marking it: what somebody else typed in it meanwhile brings it back.
 */
export type FicheDoc = Y.Doc;
type PuceMap = Y.Map<string | number | Y.Text>;
type PucesMap = Y.Map<PuceMap>;
type OrganismesMap = Y.Map<Y.Map<string> | number | Y.Text>;
export type LigneMap = Y.Map<string | number | Y.Map<Y.Text>>;
export type LignesMap = Y.Map<LigneMap>;
type Container = Y.Text | PucesMap | OrganismesMap | LignesMap;
type ChampsMap = Y.Map<Container>;

/** What a document is made of: a pacte's model, or the frame of a section. */
export interface Cadre {
	champs: readonly Champ[];
}

export const SHAPE_FICHE = 1;

export interface Puce extends Ranked {
	texte: Y.Text;
	/** Removed by someone; shown only to whoever has the caret in it. */
	retiree: boolean;
	/** 1: written as a sub-point of the bullet above. */
	retrait: 0 | 1;
}

/** The one shared root of the document. */
export function champsOf(doc: FicheDoc): ChampsMap {
	return doc.getMap('champs') as ChampsMap;
}

function pucesMapOf(doc: FicheDoc, champ: string): PucesMap | null {
	const map = champsOf(doc).get(champ);
	return map instanceof Y.Map ? (map as PucesMap) : null;
}

/** The organismes of a field and their ranks; null when there is no such field. */
export function listeOf(doc: FicheDoc, champ: string): Y.Map<string> | null {
	const map = champsOf(doc).get(champ);
	const liste = map instanceof Y.Map ? map.get('liste') : null;
	return liste instanceof Y.Map ? (liste as Y.Map<string>) : null;
}

/** Makes the containers that the model asks for and the document lacks, with their first values. Server only. */
export function prepareFiche(doc: FicheDoc, modele: Cadre, valeurs: Record<string, ValeurChamp> = {}): void {
	doc.transact(() => {
		for (const champ of modele.champs) {
			if (!champsOf(doc).has(champ.id)) champsOf(doc).set(champ.id, containerOf(champ, valeurs[champ.id]));
		}
	});
}

/** The same, for the fields of a section's frame. */
export function prepareChamps(
	doc: FicheDoc,
	champs: readonly Champ[],
	valeurs: Record<string, ValeurChamp> = {}
): void {
	prepareFiche(doc, { champs }, valeurs);
}

/** Whether each field of the model has its container. */
export function isPrepared(doc: FicheDoc, modele: Cadre): boolean {
	return modele.champs.every((champ) => champsOf(doc).has(champ.id));
}

function containerOf(champ: Champ, valeur: ValeurChamp | undefined): Container {
	const contenu = contenuOf(champ);
	switch (contenu) {
		case 'texte':
			return new Y.Text(valeur && 'texte' in valeur ? valeur.texte : '');
		case 'puces':
			return pucesContainer(valeur && 'puces' in valeur ? valeur : { puces: [] });
		case 'organismes':
			return organismesContainer(
				valeur && 'organismes' in valeur ? valeur : { organismes: [], ouverte: false, texte: '' }
			);
		case 'schemas':
			return listeContainer(valeur && 'schemas' in valeur ? valeur.schemas : [], false, valeurTexte(valeur));
		case 'lignes':
			return lignesContainer(champ as ChampEnLignes, valeur && 'lignes' in valeur ? valeur : { lignes: [] });
		default:
			return contenu satisfies never;
	}
}

function pucesContainer({ puces, retraits = [] }: ValeurPuces): PucesMap {
	const map: PucesMap = new Y.Map();
	rangsOf(puces.length).forEach((rang, i) => {
		map.set(firstPuce(i), puceMap(rang, puces[i] as string, retraits.includes(i) ? 1 : 0));
	});
	return map;
}

/** The id of a bullet that a document is born with, by its place from 0. */
export function firstPuce(index: number): string {
	return `p${index + 1}`;
}

function puceMap(rang: string, texte: string, retrait: 0 | 1): PuceMap {
	const map: PuceMap = new Y.Map();
	map.set('rang', rang);
	map.set('texte', new Y.Text(texte));
	if (retrait === 1) map.set('retrait', 1);
	return map;
}

function valeurTexte(valeur: ValeurChamp | undefined): string {
	return valeur && 'texte' in valeur ? valeur.texte : '';
}

function lignesContainer(champ: ChampEnLignes, { lignes, suites = [] }: ValeurTableau): LignesMap {
	const { colonnes } = asTableau(champ);
	const map: LignesMap = new Y.Map();
	rangsOf(lignes.length).forEach((rang, i) => {
		const ligne = ligneMap(
			rang,
			colonnes.map(({ id }) => [id, lignes[i]?.[id] ?? ''])
		);
		for (const suite of suites) if (suite.ligne === i) ligne.set(keyOfSuite(suite.colonne), 1);
		map.set(`l${i + 1}`, ligne);
	});
	return map;
}

/** The key of a row that says that its cell in this column goes on from the one above. */
export function keyOfSuite(colonne: string): string {
	return `suite.${colonne}`;
}

/** A row with all its cells: two people who each made one would lose a text. */
export function ligneMap(rang: string, cellules: readonly (readonly [string, string])[]): LigneMap {
	const map: LigneMap = new Y.Map();
	map.set('rang', rang);
	map.set('cellules', new Y.Map<Y.Text>(cellules.map(([colonne, texte]) => [colonne, new Y.Text(texte)])));
	return map;
}

function organismesContainer({ organismes, ouverte, texte }: ValeurOrganismes): OrganismesMap {
	return listeContainer(organismes, ouverte, texte);
}

function listeContainer(ids: readonly string[], ouverte: boolean, texte: string): OrganismesMap {
	const liste = new Y.Map<string>();
	rangsOf(ids.length).forEach((rang, i) => liste.set(ids[i] as string, rang));
	const map: OrganismesMap = new Y.Map();
	map.set('liste', liste);
	map.set('ouverte', ouverte ? 1 : 0);
	map.set('texte', new Y.Text(texte));
	return map;
}

/** The values of all the fields of the model, as plain data. A pure function of the document. */
export function readFiche(doc: FicheDoc, modele: Cadre): Record<string, ValeurChamp> {
	return Object.fromEntries(modele.champs.map((champ) => [champ.id, readChamp(doc, champ)]));
}

export function readChamp(doc: FicheDoc, champ: Champ): ValeurChamp {
	const contenu = contenuOf(champ);
	switch (contenu) {
		case 'texte':
			return { texte: saidBy(champ, texteOf(doc, champ.id)?.toString() ?? '') };
		case 'puces':
			return readPuces(doc, champ as ChampPuces);
		case 'organismes':
			return readOrganismes(doc, champ.id);
		case 'schemas':
			return readSchemas(doc, champ.id);
		case 'lignes':
			return readLignes(doc, asTableau(champ as ChampEnLignes));
		default:
			return contenu satisfies never;
	}
}

/** What a field that offers choices says: two people who chose at once wrote both, and the first of them holds. */
function saidBy(champ: Champ, texte: string): string {
	if (champ.type !== 'choix' && champ.type !== 'ouinon') return texte;
	return choiceOf({ choix: choicesOfChamp(champ) }, texte);
}

function readLignes(doc: FicheDoc, champ: ChampTableau): ValeurTableau {
	const lignes = filledLignes(doc, champ);
	const suites = lignes.flatMap(({ suites }, ligne) => suites.map((colonne) => ({ ligne, colonne })));
	return { lignes: lignes.map(({ valeurs }) => valeurs), ...(suites.length > 0 && { suites }) };
}

function readSchemas(doc: FicheDoc, champ: string): ValeurSchemas {
	const { organismes, texte } = readOrganismes(doc, champ);
	return { schemas: organismes, texte };
}

/** The text of a field of type `texte` or `echeance`, or the sentence of a field of organismes. */
export function texteOf(doc: FicheDoc, champ: string): Y.Text | undefined {
	const value = champsOf(doc).get(champ);
	if (value instanceof Y.Text) return value;
	const sentence = value instanceof Y.Map ? value.get('texte') : undefined;
	return sentence instanceof Y.Text ? sentence : undefined;
}

/** The bullets of a field as text; one that holds nothing yet is a place to type in, not a value. */
function readPuces(doc: FicheDoc, champ: ChampPuces): ValeurPuces {
	const puces = filledPuces(doc, champ);
	const retraits = puces.flatMap(({ retrait }, i) => (retrait === 1 ? [i] : []));
	return { puces: puces.map(({ texte }) => texte), ...(retraits.length > 0 && { retraits }) };
}

/** The bullets in which something is written, as plain data. The first one is never a sub-point. */
export function filledPuces(
	doc: FicheDoc,
	{ id: champ, sousPoints }: Pick<ChampPuces, 'id' | 'sousPoints'>
): { id: string; texte: string; retrait: 0 | 1 }[] {
	return pucesOf(doc, champ)
		.map(({ id, texte, retrait }) => ({ id, texte: texte.toString(), retrait }))
		.filter(({ texte }) => texte.trim() !== '')
		.map((puce, i) => (sousPoints && i > 0 ? puce : { ...puce, retrait: 0 as const }));
}

/** The bullets of a field, in their order. `keep`: one that is given even when somebody has removed it. */
export function pucesOf(doc: FicheDoc, champ: string, keep: string | null = null): Puce[] {
	const puces: Puce[] = [];
	for (const [id, map] of pucesMapOf(doc, champ) ?? []) {
		const puce = map instanceof Y.Map ? readPuce(id, map) : null;
		if (puce && (!puce.retiree || id === keep)) puces.push(puce);
	}
	return puces.sort(byRang);
}

function readPuce(id: string, map: PuceMap): Puce | null {
	const texte = map.get('texte');
	if (!(texte instanceof Y.Text)) return null;
	const retiree = map.get('retiree') === 1 && texte.length === 0;
	return { id, rang: String(map.get('rang') ?? 'a0'), texte, retiree, retrait: map.get('retrait') === 1 ? 1 : 0 };
}

/** Adds a bullet, last or before another. */
export function addPuce(doc: FicheDoc, champ: string, id: string, texte = '', before: string | null = null): void {
	addPuces(doc, champ, [{ id, texte }], before);
}

/** Adds bullets side by side, last or before another. */
export function addPuces(
	doc: FicheDoc,
	champ: string,
	puces: readonly { id: string; texte: string; retrait?: 0 | 1 }[],
	before: string | null = null
): void {
	const map = pucesMapOf(doc, champ);
	if (!map) return;
	doc.transact(() => {
		const brothers = pucesOf(doc, champ);
		const { rangs, moved } = rangsAt(brothers, placeOf(brothers, before), puces.length);
		for (const other of moved) map.get(other.id)?.set('rang', other.rang);
		puces.forEach(({ id, texte, retrait = 0 }, i) => map.set(id, puceMap(rangs[i] as string, texte, retrait)));
	});
}

/** Places a bullet before another, or last. Nothing is written when it is there already. */
export function movePuce(doc: FicheDoc, champ: string, id: string, before: string | null): void {
	const map = pucesMapOf(doc, champ);
	const puces = pucesOf(doc, champ, id);
	const here = puces.findIndex((puce) => puce.id === id);
	if (!map || here < 0 || before === id || (puces[here + 1]?.id ?? null) === before) return;
	doc.transact(() => {
		const brothers = puces.filter((puce) => puce.id !== id);
		const { rang, moved } = rangAt(brothers, placeOf(brothers, before));
		for (const other of moved) map.get(other.id)?.set('rang', other.rang);
		map.get(id)?.set('rang', rang);
	});
}

/** Makes a bullet a sub-point of the one above (1), or a point of its own (0). */
export function setRetrait(doc: FicheDoc, champ: string, id: string, retrait: 0 | 1): void {
	pucesMapOf(doc, champ)?.get(id)?.set('retrait', retrait);
}

export function placeOf(brothers: readonly Ranked[], before: string | null): number {
	const found = before === null ? -1 : brothers.findIndex((brother) => brother.id === before);
	return found < 0 ? brothers.length : found;
}

export function removePuce(doc: FicheDoc, champ: string, id: string): void {
	const map = pucesMapOf(doc, champ)?.get(id);
	const texte = map?.get('texte');
	doc.transact(() => {
		if (texte instanceof Y.Text) texte.delete(0, texte.length);
		map?.set('retiree', 1);
	});
}

export function readOrganismes(doc: FicheDoc, champ: string): ValeurOrganismes {
	const map = champsOf(doc).get(champ);
	return {
		organismes: rankedOrganismes(listeOf(doc, champ)).map(({ id }) => id),
		ouverte: map instanceof Y.Map && map.get('ouverte') === 1,
		texte: map instanceof Y.Map ? (texteOf(doc, champ)?.toString() ?? '') : ''
	};
}

function rankedOrganismes(liste: Y.Map<string> | null): Ranked[] {
	return [...(liste ?? [])].map(([id, rang]) => ({ id, rang: String(rang) })).sort(byRang);
}

/** Adds an organisme at the end of the list; one that is there already keeps its place. */
export function addOrganisme(doc: FicheDoc, champ: string, organisme: string): void {
	const liste = listeOf(doc, champ);
	if (!liste || liste.has(organisme)) return;
	liste.set(organisme, rangLast(rankedOrganismes(liste)));
}

export function removeOrganisme(doc: FicheDoc, champ: string, organisme: string): void {
	listeOf(doc, champ)?.delete(organisme);
}

/** Whether the list ends with « … ». */
export function setOuverte(doc: FicheDoc, champ: string, ouverte: boolean): void {
	const map = champsOf(doc).get(champ);
	if (map instanceof Y.Map) (map as OrganismesMap).set('ouverte', ouverte ? 1 : 0);
}
