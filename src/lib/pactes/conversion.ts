import { foldNom } from '#lib/organismes/fold.ts';
import type { ValeurChamp, ValeurTableau } from './archive.ts';
import { asTableau, contenuOf, isEnLignes, type Champ, type ChampEnLignes, type ChampTableau } from './modele.ts';

/** What is known of the names that a field refers to. */
export interface Noms {
	/** The name of an organisme or of a schema; undefined when it is gone. */
	nomOf(id: string): string | undefined;
	/** The organisme, or the schema, that bears a name. */
	organisme(nom: string): string | undefined;
	schema(nom: string): string | undefined;
}

/** What a value becomes in a field of another kind. What does not fit there stays where it was: the field itself is only put aside. */
export function convertValeur(ancien: Champ, valeur: ValeurChamp, nouveau: Champ, noms: Noms): ValeurChamp {
	const contenu = contenuOf(nouveau);
	if ('lignes' in valeur && isEnLignes(nouveau)) return rowsInto(ancien, valeur, asTableau(nouveau));
	const textes = textesOf(ancien, valeur, noms);
	switch (contenu) {
		case 'texte':
			return { texte: saidIn(nouveau, textes) };
		case 'puces':
			return 'puces' in valeur ? valeur : { puces: textes };
		case 'lignes':
			return linesInto(asTableau(nouveau as ChampEnLignes), textes);
		case 'organismes': {
			const { ids, autres } = named(textes, noms.organisme);
			return { organismes: ids, ouverte: 'ouverte' in valeur && valeur.ouverte, texte: autres };
		}
		case 'schemas': {
			const { ids, autres } = named(textes, noms.schema);
			return { schemas: ids, texte: autres };
		}
		default:
			return contenu satisfies never;
	}
}

/** Whether all the words of a value are found again in what it becomes. */
export function isWhole(
	ancien: Champ,
	valeur: ValeurChamp,
	nouveau: Champ,
	converti: ValeurChamp,
	noms: Noms
): boolean {
	const rest = Map.groupBy(wordsIn(textesOf(nouveau, converti, noms)), (mot) => mot);
	return wordsIn(textesOf(ancien, valeur, noms)).every((mot) => rest.get(mot)?.pop() !== undefined);
}

function wordsIn(textes: readonly string[]): string[] {
	return textes.flatMap((texte) => texte.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** A value as lines of words, whatever its kind. */
export function textesOf(champ: Champ, valeur: ValeurChamp, { nomOf }: Pick<Noms, 'nomOf'>): string[] {
	const filled = (textes: readonly string[]) => textes.map((texte) => texte.trim()).filter(Boolean);
	if ('puces' in valeur) return filled(valeur.puces);
	if ('lignes' in valeur) {
		const colonnes = isEnLignes(champ) ? asTableau(champ).colonnes.map(({ id }) => id) : [];
		return valeur.lignes.map((ligne) =>
			filled([...colonnes, ...Object.keys(ligne).filter((id) => !colonnes.includes(id))].map((id) => ligne[id] ?? ''))
				.join(' · ')
				.replace(/\n/g, ', ')
		);
	}
	const ids = 'organismes' in valeur ? valeur.organismes : 'schemas' in valeur ? valeur.schemas : [];
	return filled([...ids.map((id) => nomOf(id) ?? ''), ...valeur.texte.split('\n')]);
}

function saidIn(champ: Champ, textes: readonly string[]): string {
	switch (champ.type) {
		case 'ouinon':
			return ['oui', 'non'].find((mot) => textes.length === 1 && foldNom(textes[0] as string) === mot) ?? '';
		case 'choix':
			return champ.choix.find((choix) => textes.length === 1 && foldNom(textes[0] as string) === foldNom(choix)) ?? '';
		case 'texte':
			return textes.join('\n');
		default:
			return textes.join('\u00a0; ');
	}
}

/** Names that are known, each once, and the rest in words. */
function named(
	textes: readonly string[],
	find: (nom: string) => string | undefined
): { ids: string[]; autres: string } {
	const ids: string[] = [];
	const autres: string[] = [];
	for (const texte of textes) {
		const whole = find(texte);
		const parts = whole === undefined ? texte.split(/\s*[,;/]\s*/).filter(Boolean) : [texte];
		for (const part of parts) {
			const id = whole ?? find(part);
			if (id === undefined || ids.includes(id)) autres.push(part);
			else ids.push(id);
		}
	}
	return { ids, autres: autres.join(', ') };
}

/** One line a row, in the first column that holds any words. */
function linesInto({ colonnes }: ChampTableau, textes: readonly string[]): ValeurTableau {
	const first = colonnes.find(({ type }) => type === 'texte' || type === 'liste');
	if (!first) return { lignes: [] };
	return {
		lignes: textes.map((texte) => Object.fromEntries(colonnes.map(({ id }) => [id, id === first.id ? texte : ''])))
	};
}

/** Columns that have the same id, else the same name; what the others said goes with the first words of the row. */
function rowsInto(ancien: Champ, { lignes, suites = [] }: ValeurTableau, nouveau: ChampTableau): ValeurTableau {
	const before = isEnLignes(ancien) ? asTableau(ancien).colonnes : [];
	const target = new Map<string, string>();
	for (const colonne of before) {
		const taken = new Set(target.values());
		const free = nouveau.colonnes.filter(({ id }) => !taken.has(id));
		const found =
			free.find(({ id }) => id === colonne.id) ??
			free.find(({ etiquette }) => foldNom(etiquette) === foldNom(colonne.etiquette));
		if (found) target.set(colonne.id, found.id);
	}
	const first = nouveau.colonnes.find(({ type }) => type === 'texte' || type === 'liste')?.id;
	const fits = (id: string, texte: string) => {
		const colonne = nouveau.colonnes.find((other) => other.id === id);
		return colonne?.type !== 'choix' || colonne.choix?.includes(texte) === true;
	};
	return {
		lignes: lignes.map((ligne) => {
			const made = Object.fromEntries(nouveau.colonnes.map(({ id }) => [id, '']));
			const others: string[] = [];
			for (const [id, texte] of Object.entries(ligne)) {
				const to = target.get(id);
				if (to !== undefined && fits(to, texte)) made[to] = texte;
				else if (texte.trim() !== '') others.push(texte);
			}
			if (first !== undefined) made[first] = [made[first] ?? '', ...others].filter(Boolean).join(' · ');
			return made;
		}),
		...(suites.some(({ colonne }) => target.has(colonne)) && {
			suites: suites.flatMap(({ ligne, colonne }) => {
				const to = target.get(colonne);
				return to === undefined ? [] : [{ ligne, colonne: to }];
			})
		})
	};
}
