import type { Champ, Modele, Niveau, Variante } from './modele.ts';
import { allChamps, asTableau, isEnLignes } from './modele.ts';
import type { Emploi } from './emploi.ts';

/*
 * Changes of a model, as pure functions: each gives another model, whole.
 */

export function putNiveau(modele: Modele, niveau: Niveau): Modele {
	return { ...modele, niveaux: put(modele.niveaux, niveau) };
}

export function moveNiveau(modele: Modele, id: string, way: -1 | 1): Modele {
	return { ...modele, niveaux: moved(modele.niveaux, id, way) };
}

/** What it held is held by the level that its nodes take, and that level may stand where it stood. `vers` null: it has no node. */
export function removeNiveau(modele: Modele, id: string, vers: string | null): Modele {
	const gone = modele.niveaux.find((niveau) => niveau.id === id);
	if (!gone) return modele;
	const parentsOf = ({ id: own, parents }: Niveau): Niveau['parents'] => {
		const replaced = parents.flatMap((parent) => (parent !== id ? [parent] : vers === null ? gone.parents : [vers]));
		const more = own === vers ? gone.parents : [];
		return unique([...replaced, ...more]).filter((parent) => parent !== id && parent !== own);
	};
	return {
		...modele,
		niveaux: modele.niveaux
			.filter((niveau) => niveau.id !== id)
			.map((niveau) => ({ ...niveau, parents: parentsOf(niveau) }))
	};
}

/** Changes a field where it stands, shown or put aside; or adds it, last. */
export function putChamp(modele: Modele, champ: Champ): Modele {
	if (modele.retires?.some(({ id }) => id === champ.id)) return { ...modele, retires: put(modele.retires, champ) };
	return { ...modele, champs: put(modele.champs, champ) };
}

export function moveChamp(modele: Modele, id: string, way: -1 | 1): Modele {
	return { ...modele, champs: moved(modele.champs, id, way) };
}

/** What is written in it stays in the fiches, and is there when it comes back. */
export function putAsideChamp(modele: Modele, id: string): Modele {
	const champ = modele.champs.find((each) => each.id === id);
	if (!champ) return modele;
	return withRetires({ ...modele, champs: modele.champs.filter((each) => each !== champ) }, [
		...(modele.retires ?? []),
		champ
	]);
}

export function bringBackChamp(modele: Modele, id: string): Modele {
	const champ = modele.retires?.find((each) => each.id === id);
	if (!champ) return modele;
	return withRetires({ ...modele, champs: [...modele.champs, champ] }, without(modele.retires ?? [], id));
}

/** A field that was put aside and in which nothing is written. */
export function forgetChamp(modele: Modele, id: string): Modele {
	const variantes = modele.variantes?.map((variante) => withoutChamp(variante, id));
	return withRetires({ ...modele, ...(variantes && { variantes }) }, without(modele.retires ?? [], id));
}

/** Puts a new field in the place of another, which is put aside. */
export function replaceChamp(modele: Modele, id: string, nouveau: Champ): Modele {
	const ancien = modele.champs.find((champ) => champ.id === id);
	if (!ancien) return modele;
	const replaced = { ...modele, champs: modele.champs.map((champ) => (champ === ancien ? nouveau : champ)) };
	const hidden = (modele.variantes ?? []).map((variante) =>
		variante.sansChamps.includes(id) ? { ...variante, sansChamps: [...variante.sansChamps, nouveau.id] } : variante
	);
	return withRetires(hidden.length > 0 ? { ...replaced, variantes: hidden } : replaced, [
		...(modele.retires ?? []),
		ancien
	]);
}

/** Whether a field can take this form where it stands: what is written in it is read the same. */
export function canBecome(ancien: Champ, nouveau: Champ, { colonnes, choix }: Emploi): boolean {
	if (ancien.type !== nouveau.type) return false;
	if (ancien.type === 'choix' && nouveau.type === 'choix')
		return (choix[ancien.id] ?? []).every((each) => nouveau.choix.includes(each) || !ancien.choix.includes(each));
	if (!isEnLignes(ancien) || !isEnLignes(nouveau)) return true;
	const after = asTableau(nouveau).colonnes;
	return asTableau(ancien).colonnes.every((colonne) => {
		if (!colonnes[ancien.id]?.includes(colonne.id)) return true;
		const now = after.find(({ id }) => id === colonne.id);
		if (!now) return false;
		const said = choix[`${ancien.id} ${colonne.id}`] ?? [];
		if (now.type !== 'choix') return true;
		return colonne.type === 'choix' && said.every((each) => now.choix?.includes(each));
	});
}

export function putVariante(modele: Modele, variante: Variante): Modele {
	return { ...modele, variantes: put(modele.variantes ?? [], variante) };
}

export function removeVariante(modele: Modele, id: string): Modele {
	const { variantes = [], ...rest } = modele;
	const left = without(variantes, id);
	return left.length > 0 ? { ...rest, variantes: left } : rest;
}

/** Forms leave out fields and columns that there are. */
export function tidied(modele: Modele): Modele {
	if (!modele.variantes) return modele;
	const tables = new Map(allChamps(modele).map((champ) => [champ.id, champ]));
	const left = ({ sansChamps, sansColonnes, ...variante }: Variante): Variante => ({
		...variante,
		sansChamps: sansChamps.filter((id) => tables.has(id)),
		sansColonnes: Object.fromEntries(
			Object.entries(sansColonnes).flatMap(([id, colonnes]) => {
				const table = tables.get(id);
				if (table?.type !== 'tableau') return [];
				const known = colonnes.filter((colonne) => table.colonnes.some((each) => each.id === colonne));
				return known.length > 0 ? [[id, known]] : [];
			})
		)
	});
	return { ...modele, variantes: modele.variantes.map(left) };
}

/** What keeps a model from being used, in words; empty when nothing does. */
export function faultOf(modele: Modele): string {
	if (modele.niveaux.length === 0) return 'Gardez au moins un niveau\u00a0: l’arbre en est fait.';
	if (!modele.niveaux.some(({ parents }) => parents.includes(null)))
		return 'Un niveau au moins doit pouvoir être en haut de l’arbre.';
	const lost = modele.niveaux.find(({ id }) => !reachable(modele).has(id));
	if (lost)
		return `Le niveau «\u00a0${lost.nom}\u00a0» ne peut être placé nulle part\u00a0: dites sous quel niveau il vient.`;
	const twin = modele.champs.find(({ etiquette }, i) =>
		modele.champs.slice(0, i).some((other) => other.etiquette.toLowerCase() === etiquette.toLowerCase())
	);
	if (twin) return `Deux champs s’appellent «\u00a0${twin.etiquette}\u00a0»\u00a0: donnez-leur des noms différents.`;
	return '';
}

/** The levels that can hang somewhere below the top. */
function reachable({ niveaux }: Modele): Set<string> {
	const found = new Set<string | null>([null]);
	for (let size = 0; size !== found.size;) {
		size = found.size;
		for (const { id, parents } of niveaux) if (parents.some((parent) => found.has(parent))) found.add(id);
	}
	found.delete(null);
	return found as Set<string>;
}

/** An id that no field of the model has or had, made from a name. */
export function idFrom(nom: string, salt: string): string {
	const plain = nom
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_+|_+$/g, '')
		.slice(0, 40);
	return `${plain || 'c'}_${salt.replace(/[^A-Za-z0-9]/g, '').slice(0, 6)}`;
}

export function champOf(modele: Modele, id: string): Champ | undefined {
	return allChamps(modele).find((champ) => champ.id === id);
}

function withRetires(modele: Modele, retires: Champ[]): Modele {
	const { retires: _, ...rest } = modele;
	return retires.length > 0 ? { ...rest, retires } : rest;
}

function withoutChamp(variante: Variante, id: string): Variante {
	const { [id]: _, ...sansColonnes } = variante.sansColonnes;
	return { ...variante, sansChamps: variante.sansChamps.filter((champ) => champ !== id), sansColonnes };
}

function put<T extends { id: string }>(list: readonly T[], item: T): T[] {
	return list.some(({ id }) => id === item.id)
		? list.map((each) => (each.id === item.id ? item : each))
		: [...list, item];
}

function without<T extends { id: string }>(list: readonly T[], id: string): T[] {
	return list.filter((each) => each.id !== id);
}

function moved<T extends { id: string }>(list: readonly T[], id: string, way: -1 | 1): T[] {
	const from = list.findIndex((each) => each.id === id);
	const to = from + way;
	if (from < 0 || to < 0 || to >= list.length) return [...list];
	const next = [...list];
	[next[from], next[to]] = [next[to] as T, next[from] as T];
	return next;
}

function unique<T>(list: readonly T[]): T[] {
	return [...new Set(list)];
}
