import type { ValeurChamp } from './archive.ts';
import {
	allChamps,
	asTableau,
	isEnLignes,
	type Champ,
	type ChampTableau,
	type Colonne,
	type Modele
} from './modele.ts';

/** Where something is written, in the fiches of a pacte: by field, by column, by choice. */
export interface Emploi {
	/** How many fiches say something in a field. */
	champs: Record<string, number>;
	colonnes: Record<string, string[]>;
	/** The values of fields and of columns (`champ colonne`) that offer choices. */
	choix: Record<string, string[]>;
}

export function emploiOf(modele: Modele, fiches: Iterable<Record<string, ValeurChamp>>): Emploi {
	const champs: Record<string, number> = {};
	const colonnes: Record<string, Set<string>> = {};
	const choix: Record<string, Set<string>> = {};
	const add = (sets: Record<string, Set<string>>, key: string, value: string) => (sets[key] ??= new Set()).add(value);
	for (const valeurs of fiches)
		for (const champ of allChamps(modele)) {
			const valeur = valeurs[champ.id];
			if (!valeur || !isWritten(valeur)) continue;
			champs[champ.id] = (champs[champ.id] ?? 0) + 1;
			if (champ.type === 'choix' && 'texte' in valeur) add(choix, champ.id, valeur.texte);
			if (!isEnLignes(champ) || !('lignes' in valeur)) continue;
			const typed = new Map(asTableau(champ).colonnes.map(({ id, type }) => [id, type]));
			for (const ligne of valeur.lignes)
				for (const [id, texte] of Object.entries(ligne)) {
					if (texte.trim() === '') continue;
					add(colonnes, champ.id, id);
					if (typed.get(id) === 'choix') add(choix, `${champ.id} ${id}`, texte);
				}
		}
	const lists = (sets: Record<string, Set<string>>) =>
		Object.fromEntries(Object.entries(sets).map(([key, set]) => [key, [...set]]));
	return { champs, colonnes: lists(colonnes), choix: lists(choix) };
}

/** Whether a field says anything. */
export function isWritten(valeur: ValeurChamp): boolean {
	if ('puces' in valeur) return valeur.puces.some((puce) => puce.trim() !== '');
	if ('lignes' in valeur)
		return valeur.lignes.some((ligne) => Object.values(ligne).some((texte) => texte.trim() !== ''));
	if ('organismes' in valeur && valeur.organismes.length > 0) return true;
	if ('schemas' in valeur && valeur.schemas.length > 0) return true;
	return valeur.texte.trim() !== '';
}

/**
 * The model that is asked for, with all that is written still in it: a field that it drops is put aside, a column, a year or a choice
 * that it drops stays. A field that keeps its id keeps its type.
 */
export function withWritten(next: Modele, present: Modele, emploi: Emploi): Modele {
	const asked = new Map(allChamps(next).map((champ) => [champ.id, champ]));
	const kept = (champ: Champ) => {
		const ancien = allChamps(present).find(({ id }) => id === champ.id);
		return ancien ? keeping(champ, ancien, emploi) : champ;
	};
	const dropped = allChamps(present).filter(({ id }) => !asked.has(id) && (emploi.champs[id] ?? 0) > 0);
	const retires = [...(next.retires ?? []).map(kept), ...dropped];
	const { retires: _, ...rest } = next;
	return { ...rest, champs: next.champs.map(kept), ...(retires.length > 0 && { retires }) };
}

function keeping(champ: Champ, ancien: Champ, { colonnes, choix }: Emploi): Champ {
	if (champ.type === 'choix' && ancien.type === 'choix')
		return { ...champ, choix: withAll(champ.choix, missing(ancien.choix, choix[champ.id])) };
	if (champ.type === 'montants' && ancien.type === 'montants') {
		const written = ancien.annees.filter((annee) => colonnes[champ.id]?.includes(`a${annee}`));
		return { ...champ, annees: withAll(champ.annees, written).sort((a, b) => a - b) };
	}
	if (champ.type === 'tableau' && ancien.type === 'tableau') return keepingColonnes(champ, ancien, { colonnes, choix });
	return champ;
}

function keepingColonnes(
	champ: ChampTableau,
	ancien: ChampTableau,
	{ colonnes, choix }: Pick<Emploi, 'colonnes' | 'choix'>
): ChampTableau {
	const written = new Set(colonnes[champ.id]);
	const mend = (colonne: Colonne): Colonne => {
		const before = ancien.colonnes.find(({ id }) => id === colonne.id);
		if (!before || !written.has(colonne.id) || colonne.type !== 'choix') return colonne;
		return { ...colonne, choix: withAll(colonne.choix ?? [], choix[`${champ.id} ${colonne.id}`] ?? []) };
	};
	const dropped = ancien.colonnes.filter(({ id }) => written.has(id) && !champ.colonnes.some((each) => each.id === id));
	return { ...champ, colonnes: [...champ.colonnes.map(mend), ...dropped] };
}

function missing(before: readonly string[], used: readonly string[] = []): string[] {
	return before.filter((choix) => used.includes(choix));
}

function withAll<T>(list: readonly T[], more: readonly T[]): T[] {
	return [...new Set([...list, ...more])];
}
