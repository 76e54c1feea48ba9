import { financeurOf, totauxDe, type TotauxDeMontants } from '#lib/fiches/montants.ts';
import { expandSuites } from '#lib/fiches/suites.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { A_CLASSER, codesOf } from '#lib/orientations/arbre.ts';
import type { ArchivePacte, ValeurChamp } from '#lib/pactes/archive.ts';
import { champsOfVariante, type Champ, type Modele } from '#lib/pactes/modele.ts';

/** A fiche, as far as its amounts go. */
export interface FicheDeMontants {
	/** The top of its branch. */
	axe: { id: string; nom: string };
	/** Its fields, in its form. */
	champs: readonly Champ[];
	valeurs: Readonly<Record<string, ValeurChamp>>;
}

/** What a funder pays, by year. */
export interface LigneDeFinanceur {
	financeur: string;
	/** In cents, in the order of the years; null: nothing is said. */
	montants: (number | null)[];
	total: number;
}

export interface GroupeDeMontants {
	/** null: the whole pacte. */
	axe: { id: string; nom: string } | null;
	financeurs: LigneDeFinanceur[];
	montants: (number | null)[];
	total: number;
}

export interface MontantsParAxe {
	annees: number[];
	axes: GroupeDeMontants[];
	ensemble: GroupeDeMontants;
	/** What is written and is no amount: it is not counted. */
	horsCompte: string[];
}

export const SANS_FINANCEUR = 'Financeur non précisé';

/** The amounts that the fiches say, by axe and by funder; null when none of them says one. The axes and funders are in the order of the text. */
export function sumMontants(
	fiches: readonly FicheDeMontants[],
	nomOf: (texte: string) => string = (texte) => texte
): MontantsParAxe | null {
	const rows = fiches.flatMap(({ axe, champs, valeurs }) => champs.flatMap((champ) => rowsOf(axe, champ, valeurs)));
	if (rows.length === 0) return null;
	const annees = [...new Set(rows.flatMap((row) => row.annees))].sort((a, b) => a - b);
	const sum = (some: readonly Row[], axe: GroupeDeMontants['axe']) => groupOf(some, axe, annees, nomOf);
	return {
		annees,
		axes: [...Map.groupBy(rows, ({ axe }) => axe.id).values()].map((some) => sum(some, (some[0] as Row).axe)),
		ensemble: sum(rows, null),
		horsCompte: [...new Set(rows.flatMap(({ totaux }) => totaux.horsCompte))]
	};
}

/** The same, of an archive: fiches that are kept aside do not count. */
export function totauxParAxe(archive: ArchivePacte): MontantsParAxe | null {
	const nodes = archive.noeuds.map((noeud) => ({
		...noeud,
		parent: noeud.parent === A_CLASSER ? null : noeud.parent,
		aClasser: noeud.parent === A_CLASSER
	}));
	const arbre = arbreFromRows(nodes);
	const codes = codesOf(arbre, archive.modele);
	const top = new Map<string, { id: string; nom: string }>();
	// Parents come before children.
	for (const { id, parent, titre, aClasser } of nodes) {
		const above = parent === null ? undefined : top.get(parent);
		if (parent === null && !aClasser) top.set(id, { id, nom: nameOfAxe({ code: codes.get(id) ?? '', titre }) });
		else if (above) top.set(id, above);
	}
	const fiches = archive.fiches.flatMap(({ noeud, variante = null, champs: valeurs }) => {
		const axe = top.get(noeud);
		return axe ? [{ axe, champs: champsOfVariante(archive.modele, variante), valeurs }] : [];
	});
	return sumMontants(fiches, namesOf(archive.organismes));
}

/** Whether fiches of this model may say amounts. */
export function hasMontants({ champs }: Modele): boolean {
	return champs.some(({ type }) => type === 'montants');
}

/** « 1 · Lever les freins » */
export function nameOfAxe({ code, titre }: { code: string; titre: string }): string {
	return [code, titre.trim() || 'Sans titre'].filter(Boolean).join('\u00a0· ');
}

/** The name of the organisme that a text means; the text itself when it means none. */
export function namesOf(organismes: readonly { nom: string; alias: readonly string[] }[]): (texte: string) => string {
	const names = new Map(organismes.flatMap(({ nom, alias }) => [nom, ...alias].map((each) => [foldNom(each), nom])));
	return (texte) => names.get(foldNom(texte)) ?? texte;
}

interface Row {
	axe: { id: string; nom: string };
	annees: number[];
	financeur: string;
	totaux: TotauxDeMontants;
}

function rowsOf(axe: Row['axe'], champ: Champ, valeurs: FicheDeMontants['valeurs']): Row[] {
	const valeur = valeurs[champ.id];
	if (champ.type !== 'montants' || !valeur || !('lignes' in valeur)) return [];
	const { annees } = champ;
	return expandSuites(valeur).map((ligne) => ({
		axe,
		annees,
		financeur: financeurOf(ligne),
		totaux: totauxDe(annees, [ligne])
	}));
}

function groupOf(
	rows: readonly Row[],
	axe: GroupeDeMontants['axe'],
	annees: readonly number[],
	nomOf: (texte: string) => string
): GroupeDeMontants {
	const named = rows.map((row) => ({
		...row,
		financeur: row.financeur === '' ? SANS_FINANCEUR : nomOf(row.financeur)
	}));
	const byFinanceur = Map.groupBy(named, ({ financeur }) => foldNom(financeur));
	return {
		axe,
		financeurs: [...byFinanceur.values()].map((some) => ({
			financeur: (some[0] as Row).financeur,
			...sumOf(some, annees)
		})),
		...sumOf(rows, annees)
	};
}

function sumOf(rows: readonly Row[], annees: readonly number[]): { montants: (number | null)[]; total: number } {
	const montants = annees.map((annee) => {
		const said = rows
			.map((row) => row.totaux.parAnnee[row.annees.indexOf(annee)] ?? null)
			.filter((each) => each !== null);
		return said.length === 0 ? null : said.reduce((sum, each) => sum + each, 0);
	});
	return { montants, total: rows.reduce((sum, { totaux }) => sum + totaux.total, 0) };
}
