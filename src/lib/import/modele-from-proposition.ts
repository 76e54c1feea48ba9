import { foldNom } from '#lib/organismes/fold.ts';
import {
	ECHEANCE,
	NATURES_D_INDICATEUR,
	PARTENAIRES,
	PILOTES,
	type Champ,
	type ChampTableau,
	type Colonne,
	type Modele,
	type Niveau,
	type Numerotation,
	type Variante
} from '#lib/pactes/modele.ts';
import { MODELES } from '#lib/pactes/modeles/structures.ts';
import type { ChampPropose, NoeudPropose, Proposition, TableauPropose } from './proposition.ts';

/**
 * The model of a pacte that was read: the shipped one nearest to it, with the levels, the fields and the columns that
 * this text has and it lacks. Fields of that model that no fiche fills are put aside, not thrown away.
 */
export function modeleOf(proposition: Proposition): Modele {
	const proche = nearestModele(proposition);
	const niveaux = niveauxOf(proposition, proche);
	if (proposition.fiches.length === 0) return { ...proche, niveaux };
	const lus = readChamps(proposition);
	const connus = proche.champs.map((champ) => champOf(champ, lus.get(champ.id)));
	const nouveaux = [...lus].filter(([id]) => !proche.champs.some((champ) => champ.id === id));
	const champs = [...connus];
	champs.splice(placeOfNew(champs), 0, ...nouveaux.map(([id, usage]) => newChamp(id, usage)));
	if (proposition.fiches.some(({ echeance }) => echeance !== '')) addEcheance(champs);
	const gardes = champs.filter(({ id }) => isUsed(id, proposition, lus));
	const retires = champs.filter((champ) => !gardes.includes(champ));
	const { variantes: _, ...reste } = proche;
	const variantes = variantesOf(gardes, lus, proche.variantes ?? []);
	return {
		...reste,
		niveaux,
		champs: gardes,
		...(retires.length > 0 && { retires: retires.map((champ) => ({ ...champ, requis: false })) }),
		...(variantes.length > 0 && { variantes })
	};
}

/** Levels count as much as fields; a level that a model lacks counts against it. The first of the shipped ones wins. */
export function nearestModele(proposition: Proposition): Modele {
	const niveaux = [...new Set(proposition.noeuds.map(({ niveau }) => niveau))];
	const lus = readChamps(proposition);
	const score = (modele: Modele) => {
		const trouves = niveaux.filter((nom) => findNiveau(modele, nom) !== undefined).length;
		const inutiles = proposition.fiches.length > 0 ? 0 : modele.niveaux.length - trouves;
		const champs = [...lus].reduce((total, [id, usage]) => {
			const champ = modele.champs.find((known) => known.id === id);
			return total + (champ === undefined ? 0 : sameKind(champ, usage) ? 2 : 1);
		}, 0);
		return 2 * trouves - 2 * (niveaux.length - trouves) + champs - inutiles / 10;
	};
	return MODELES.reduce((best, modele) => (score(modele) > score(best) ? modele : best));
}

function sameKind(champ: Champ, usage: Usage): boolean {
	if (usage.tableaux.length > 0) return champ.type === 'tableau';
	return usage.textes > usage.listes ? champ.type === 'texte' : champ.type === 'puces' || champ.type === 'indicateurs';
}

// — Levels —

/** « objectif stratégique » is the level « strategique » of the Sarthe. */
export function findNiveau({ niveaux }: Pick<Modele, 'niveaux'>, nom: string): Niveau | undefined {
	const id = idOf(nom);
	return niveaux.find((niveau) => niveau.id === id || idOf(niveau.nom) === id);
}

function niveauxOf({ noeuds, fiches }: Proposition, proche: Modele): Niveau[] {
	const parId = new Map(noeuds.map((noeud) => [noeud.id, noeud]));
	const idDe = (nom: string) => findNiveau(proche, nom)?.id ?? idOf(nom);
	const avecFiche = new Set(fiches.map(({ noeud }) => idDe(parId.get(noeud)?.niveau ?? '')));
	const lus = new Map<string, { nom: string; parents: Set<string | null>; noeuds: NoeudPropose[] }>();
	for (const noeud of noeuds) {
		const id = idDe(noeud.niveau);
		const lu = lus.get(id) ?? { nom: noeud.niveau, parents: new Set(), noeuds: [] };
		const parent = noeud.parent === null ? undefined : parId.get(noeud.parent);
		lu.parents.add(parent === undefined ? null : idDe(parent.niveau));
		lu.noeuds.push(noeud);
		lus.set(id, lu);
	}
	const fits = [...lus].every(([id, { parents }]) => {
		const niveau = proche.niveaux.find((known) => known.id === id);
		return niveau !== undefined && [...parents].every((parent) => niveau.parents.includes(parent));
	});
	const numerote = (niveau: Niveau, siens: readonly NoeudPropose[]) => withNumbers(niveau, siens, parId);
	if (fits && [...avecFiche].every((id) => proche.niveaux.find((known) => known.id === id)?.fiche))
		return proche.niveaux.map((niveau) => {
			const lu = lus.get(niveau.id);
			return lu === undefined ? niveau : numerote(niveau, lu.noeuds);
		});
	return [...lus].map(([id, { nom, parents, noeuds: siens }]) => {
		const connu =
			proche.niveaux.find((niveau) => niveau.id === id) ??
			MODELES.flatMap(({ niveaux }) => niveaux).find((niveau) => niveau.id === id);
		const { nom: nomConnu = nom, pluriel = pluralOf(nom), genre = genreOf(nom), fiche = false } = connu ?? {};
		const base: Niveau = {
			...{ id, nom: nomConnu, pluriel, genre, parents: [...parents], numerotation: 'aucune' },
			fiche: avecFiche.has(id) || (fiche && avecFiche.size === 0)
		};
		return numerote(base, siens);
	});
}

/** How a level is numbered, from the codes that the text gives its nodes. */
function withNumbers(
	niveau: Niveau,
	noeuds: readonly NoeudPropose[],
	parId: ReadonlyMap<string, NoeudPropose>
): Niveau {
	const signes = noeuds.filter(({ code }) => code !== '').map((noeud) => ({ noeud, ...signOf(noeud, parId) }));
	if (signes.length * 2 < noeuds.length || signes.length === 0) return niveau;
	const { continue: _continue, seul: _seul, ...base } = niveau;
	const numerotation = numerotationOf(signes.map(({ signe }) => signe)) ?? niveau.numerotation;
	const dessous = signes.filter(({ noeud }) => noeud.parent !== null);
	const seul =
		dessous.length > 0 && dessous.every(({ entier }) => !entier) && dessous.some(({ prefixe }) => prefixe !== '');
	return {
		...base,
		numerotation,
		...(runsOn(signes, numerotation) && { continue: true as const }),
		...(seul && { seul: true as const })
	};
}

/** The end of a code that is a node's own, behind the code of the nearest one above that has one. */
function signOf({ code, parent }: NoeudPropose, parId: ReadonlyMap<string, NoeudPropose>) {
	let dessus = parent === null ? undefined : parId.get(parent);
	while (dessus !== undefined && dessus.code === '')
		dessus = dessus.parent === null ? undefined : parId.get(dessus.parent);
	const prefixe = dessus?.code ?? '';
	const reste = code.slice(prefixe.length);
	// « 12 » below « 1 » is twelve, not « 1 » then « 2 ».
	const colles = /\d$/.test(prefixe) && /^\d/.test(reste);
	const entier = prefixe !== '' && code.startsWith(prefixe) && reste !== '' && !colles;
	return { signe: entier ? reste.replace(/^[.\s–-]+/, '') : code, prefixe, entier };
}

function numerotationOf(signes: readonly string[]): Numerotation | null {
	const every = (motif: RegExp) => signes.every((signe) => motif.test(signe));
	if (every(/^\d+$/)) return '1';
	if (every(/^[IVX]+$/)) return 'I';
	if (every(/^[A-Za-z]$/)) return 'a';
	return signes.some((signe) => /\d$/.test(signe)) ? '1' : null;
}

/** Counted on under the next parent, and not anew. */
function runsOn(signes: readonly { noeud: NoeudPropose; signe: string }[], numerotation: Numerotation): boolean {
	if (numerotation !== '1' || new Set(signes.map(({ noeud }) => noeud.parent)).size < 2) return false;
	const numeros = signes.map(({ signe }) => Number(signe));
	return numeros.every((numero, i) => i === 0 || numero > numeros[i - 1]!);
}

function pluralOf(nom: string): string {
	return nom
		.split(' ')
		.map((mot) =>
			/[sxz]$/.test(mot) || /^d’|^d'/.test(mot) ? mot : /al$/.test(mot) ? mot.replace(/al$/, 'aux') : `${mot}s`
		)
		.join(' ');
}

function genreOf(nom: string): 'm' | 'f' {
	return /^(?:orientation|priorité|ambition|action|sous-action|mesure|opération|perspective|préconisation|thématique|fiche)/.test(
		nom
	)
		? 'f'
		: 'm';
}

// — Fields —

/** What the fiches of a text put under one label. */
export interface Usage {
	etiquette: string;
	listes: number;
	textes: number;
	tableaux: TableauPropose[];
}

function readChamps({ fiches }: Proposition): Map<string, Usage> {
	const lus = new Map<string, Usage>();
	for (const champ of fiches.flatMap(({ champs }) => champs)) {
		const id = champId(champ);
		const usage = lus.get(id) ?? { etiquette: sentenceCase(champ.etiquette), listes: 0, textes: 0, tableaux: [] };
		if ('puces' in champ) usage.listes++;
		else if ('texte' in champ) usage.textes++;
		else usage.tableaux.push(champ);
		lus.set(id, usage);
	}
	return lus;
}

/** A recognised meaning, else the label itself. */
export function champId({ cle, etiquette }: Pick<ChampPropose, 'cle' | 'etiquette'>): string {
	return cle ?? idOf(etiquette);
}

/** A field of the model as this text has it: its columns, or another type when what was read would not fit. */
function champOf(champ: Champ, usage: Usage | undefined): Champ {
	if (usage === undefined) return champ;
	const { id, etiquette, aide, requis } = champ;
	const commun = { id, etiquette, ...(aide !== undefined && { aide }), requis };
	if (usage.tableaux.length > 0) {
		if (champ.type === 'tableau') return withColonnes(champ, usage);
		if (champ.type === 'indicateurs' && usage.tableaux.every(isOfIndicateurs)) return champ;
		return withColonnes({ ...commun, type: 'tableau', ligne: 'une ligne', colonnes: [] }, usage);
	}
	if (champ.type === 'tableau') return { ...newChamp(id, usage), ...commun };
	// Prose would be cut in pieces by a field made of bullets.
	if (champ.type === 'puces' && usage.textes > usage.listes) return { ...commun, type: 'texte' };
	return champ;
}

function newChamp(id: string, usage: Usage): Champ {
	const commun = { id, etiquette: usage.etiquette, requis: false };
	if (usage.tableaux.length > 0)
		return withColonnes({ ...commun, type: 'tableau', ligne: 'une ligne', colonnes: [] }, usage);
	if (id === 'indicateurs') return { ...commun, type: 'indicateurs' };
	return usage.listes > 0 && usage.textes === 0
		? { ...commun, type: 'puces', puce: 'une ligne' }
		: { ...commun, type: 'texte' };
}

/** Before the three that close every model. */
function placeOfNew(champs: readonly Champ[]): number {
	const fin = champs.findLastIndex(({ id }) => id !== ECHEANCE && id !== PARTENAIRES && id !== PILOTES);
	return fin + 1;
}

function addEcheance(champs: Champ[]): void {
	if (champs.some(({ id }) => id === ECHEANCE)) return;
	champs.push({ id: ECHEANCE, type: 'echeance', etiquette: 'Échéance', requis: false });
}

function isUsed(id: string, { fiches }: Proposition, lus: ReadonlyMap<string, Usage>): boolean {
	if (id === PILOTES || id === PARTENAIRES) return true;
	return id === ECHEANCE ? fiches.some(({ echeance }) => echeance !== '') : lus.has(id);
}

// — Columns —

/** The columns of the model that the text has, in the model's order, then those that it adds. */
function withColonnes(champ: ChampTableau, { tableaux }: Usage): ChampTableau {
	const lues = new Map<string, { etiquette: string; cellules: string[] }>();
	for (const { colonnes, lignes } of tableaux)
		for (const [c, etiquette] of colonnes.entries()) {
			const id = colonneId(champ.colonnes, etiquette, c);
			const lue = lues.get(id) ?? { etiquette: etiquette || `Colonne ${c + 1}`, cellules: [] };
			for (const rangee of lignes) lue.cellules.push(rangee[c] ?? '');
			lues.set(id, lue);
		}
	const gardees = champ.colonnes.filter(({ id }) => lues.has(id));
	const ajoutees = [...lues]
		.filter(([id]) => !champ.colonnes.some((colonne) => colonne.id === id))
		.map(([id, { etiquette, cellules }]): Colonne => ({ id, etiquette, type: typeOf(cellules) }));
	return { ...champ, colonnes: [...gardees, ...ajoutees] };
}

/** The column that a head names: « Territoire(s) concernés(s) » is « Territoire(s) concerné(s) ». */
export function colonneId(colonnes: readonly Colonne[], etiquette: string, place: number): string {
	const forme = formOf(etiquette);
	const connue = colonnes.find((colonne) => formOf(colonne.etiquette) === forme || formOf(colonne.id) === forme);
	return connue?.id ?? (forme === '' ? `colonne_${place + 1}` : idOf(etiquette.replace(/\([^)]*\)/g, '')));
}

function formOf(etiquette: string): string {
	return foldNom(etiquette.replace(/\([^)]*\)/g, ''))
		.split(/[^a-z0-9]+/)
		.map((mot) => mot.replace(/[sx]$/, ''))
		.filter((mot) => mot !== '')
		.join(' ');
}

function typeOf(cellules: readonly string[]): 'texte' | 'liste' | 'nombre' {
	const pleines = cellules.filter((cellule) => cellule !== '');
	if (pleines.length === 0) return 'texte';
	if (pleines.some((cellule) => cellule.includes('\n'))) return 'liste';
	// Years are added up by no one.
	if (pleines.every((cellule) => /^(?:19|20)\d\d$/.test(cellule))) return 'texte';
	return pleines.every((cellule) => /^-?\d{1,12}(?:[.,]\d{1,4})?$/.test(cellule)) ? 'nombre' : 'texte';
}

/** The columns of indicators, by the words that heads use for them. */
export function indicateurColonne(etiquette: string): 'libelle' | 'cible' | 'ventilation' | 'nature' | null {
	const forme = formOf(etiquette);
	if (/^(?:indicateur|libelle|intitule)/.test(forme)) return 'libelle';
	if (/^(?:cible|valeur cible|objectif|valeur attendue|resultat attendu)/.test(forme)) return 'cible';
	if (/^(?:ventilation|detail)/.test(forme)) return 'ventilation';
	return /^(?:nature|type|unite)/.test(forme) ? 'nature' : null;
}

/** What a table says of natures is ours to hold only in our words. */
function isOfIndicateurs({ colonnes, lignes }: TableauPropose): boolean {
	const lues = colonnes.map(indicateurColonne);
	const natures = lignes.map((rangee) => rangee[lues.indexOf('nature')] ?? '');
	return (
		!lues.includes(null) &&
		new Set(lues).size === lues.length &&
		natures.every((nature) => nature === '' || natureNamed(nature) !== undefined)
	);
}

/** One of our natures, by its name. */
export function natureNamed(texte: string): string | undefined {
	return NATURES_D_INDICATEUR.find((nature) => foldNom(nature) === foldNom(texte));
}

// — Forms —

/** Fiches whose table has fewer columns than the others have a form of their own. */
function variantesOf(
	champs: readonly Champ[],
	lus: ReadonlyMap<string, Usage>,
	connues: readonly Variante[]
): Variante[] {
	const variantes: Variante[] = [];
	for (const champ of champs) {
		if (champ.type !== 'tableau') continue;
		for (const { colonnes } of lus.get(champ.id)?.tableaux ?? []) {
			const sans = missingColonnes(champ, colonnes);
			if (sans.length === 0 || findVariante(variantes, champ.id, sans) !== undefined) continue;
			const connue = findVariante(connues, champ.id, sans);
			const noms = champ.colonnes
				.filter(({ id }) => sans.includes(id))
				.map(({ etiquette }) => `«\u00a0${etiquette}\u00a0»`);
			variantes.push(
				connue ?? {
					id: `forme_${variantes.length + 2}`,
					nom: `${champ.etiquette} sans ${noms.join(', ')}`,
					sansChamps: [],
					sansColonnes: { [champ.id]: sans }
				}
			);
		}
	}
	return variantes;
}

export function missingColonnes(champ: ChampTableau, colonnes: readonly string[]): string[] {
	const ids = new Set(colonnes.map((etiquette, c) => colonneId(champ.colonnes, etiquette, c)));
	return champ.colonnes.map(({ id }) => id).filter((id) => !ids.has(id));
}

export function findVariante(
	variantes: readonly Variante[],
	champ: string,
	sans: readonly string[]
): Variante | undefined {
	return variantes.find(({ sansChamps, sansColonnes }) => {
		const siennes = sansColonnes[champ] ?? [];
		const seule = Object.keys(sansColonnes).length === 1 && sansChamps.length === 0;
		return seule && siennes.length === sans.length && sans.every((id) => siennes.includes(id));
	});
}

// — Names —

export function idOf(nom: string): string {
	return (
		foldNom(nom)
			.replace(/[^a-z0-9]+/g, '_')
			.replace(/^_|_$/g, '') || 'autre'
	);
}

/** Labels are often printed in capitals. */
function sentenceCase(text: string): string {
	const trimmed = text.replace(/\s*:\s*$/, '').trim();
	return trimmed === trimmed.toUpperCase() ? trimmed.charAt(0) + trimmed.slice(1).toLowerCase() : trimmed;
}
