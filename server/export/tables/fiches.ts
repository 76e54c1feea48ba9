import { idOfTable, isIndicateursEnPuces } from '#lib/exports/tables.ts';
import { mergeSuites } from '#lib/fiches/suites.ts';
import { isProfonde, tableDeNiveaux, type Marche } from '#lib/fiches/synthese-table.ts';
import { centsIn } from '#lib/financement/montant.ts';
import { hasMontants, totauxParAxe } from '#lib/financement/montants-par-axe.ts';
import type { ArchivePacte, ValeurTableau } from '#lib/pactes/archive.ts';
import { allChamps, asTableau, isEnLignes, type Champ, type ChampEnLignes, type Modele } from '#lib/pactes/modele.ts';
import { liensParSchema } from '#lib/schemas/liens-par-schema.ts';
import { nameOfSchema } from '#lib/schemas/schema-lie.ts';
import type { Fusion } from '../blocs.ts';
import { inWords, type FicheReperee, type Reperes } from './reperes.ts';
import { capitalised, column, countable, valeurInWords, type Cellule, type Table } from './valeurs.ts';

/** The tableau de synthèse: a column for each level, then who leads, with whom, until when; cells merged as it is printed. */
export function synthese({ modele }: ArchivePacte, reperes: Reperes): Table {
	const fiches = reperes.fiches().filter(({ aClasser }) => !aClasser);
	const table = tableDeNiveaux(
		fiches.map(({ chemin }) => chemin),
		modele
	);
	const facts = factsOf(modele);
	const fusions: Fusion[] = [];
	const lignes = table.rangees.map((rangee, y) => {
		const { fiche } = fiches[y] as FicheReperee;
		const row: Cellule[] = table.colonnes.map(() => null);
		for (const { x, colonnes, lignes: hauteur, noeud } of rangee) {
			row[x] = noeud ? inWords(noeud) : null;
			if (colonnes * hauteur > 1) fusions.push({ ligne: y, colonne: x, lignes: hauteur, colonnes });
		}
		return [...row, ...facts.map((champ) => valeurInWords(champ, fiche.champs[champ.id], reperes))];
	});
	const width = isProfonde(table) ? 30 : 45;
	return {
		id: 'synthese',
		nom: 'Synthèse',
		colonnes: [
			...table.colonnes.map(({ pluriel }) => column(capitalised(pluriel), width)),
			...facts.map(({ etiquette }) => column(etiquette, 30))
		],
		lignes,
		fusions
	};
}

function factsOf({ champs }: Modele): Champ[] {
	const order = (champ: Champ) =>
		champ.type === 'echeance' ? 1 : champ.type === 'organismes' && champ.ouverte ? 2 : 0;
	return champs.filter(({ type }) => type === 'organismes' || type === 'echeance').sort((a, b) => order(a) - order(b));
}

/** One row a fiche, one column a field; what was written in fields that were put aside is there too. */
export function fiches(archive: ArchivePacte, reperes: Reperes): Table {
	const { modele } = archive;
	const all = reperes.fiches();
	const levels = tableDeNiveaux(
		all.map(({ chemin }) => chemin.slice(0, -1)).filter((chemin) => chemin.length > 0),
		modele
	).colonnes;
	const anciens = new Map(archive.noeuds.map(({ id, anciens: codes = [] }) => [id, codes]));
	const hasAnciens = all.some(({ fiche }) => (anciens.get(fiche.noeud) ?? []).length > 0);
	const aside = new Set((modele.retires ?? []).map(({ id }) => id));
	const champs = allChamps(modele).filter(
		(champ) =>
			!aside.has(champ.id) || all.some(({ fiche }) => valeurInWords(champ, fiche.champs[champ.id], reperes) !== '')
	);
	const formes = new Map(modele.variantes?.map(({ id, nom }) => [id, nom]));
	return {
		id: 'fiches',
		nom: 'Fiches',
		colonnes: [
			...levels.map(({ nom }) => column(capitalised(nom), 26)),
			column('Code', 9),
			...(hasAnciens ? [column('Anciens codes', 14)] : []),
			column('Titre', 40),
			...(formes.size > 0 ? [column('Forme', 16)] : []),
			...champs.map(({ id, etiquette, type }) =>
				column(
					aside.has(id) ? `${etiquette} (mis de côté)` : etiquette,
					type === 'echeance' || type === 'ouinon' ? 18 : 45
				)
			)
		],
		lignes: all.map(({ fiche, chemin, code, titre, aClasser }) => {
			const above = [...chemin.slice(0, -1)];
			return [
				...levels.map(({ niveau }, i) => {
					const at = above.findIndex((step) => step.niveau === niveau);
					if (at < 0) return aClasser && i === 0 ? 'À classer' : '';
					return inWords(above.splice(at, 1)[0] as Marche);
				}),
				code,
				...(hasAnciens ? [(anciens.get(fiche.noeud) ?? []).join(', ')] : []),
				titre,
				...(formes.size > 0 ? [formes.get(fiche.variante ?? '') ?? ''] : []),
				...champs.map((champ) => valeurInWords(champ, fiche.champs[champ.id], reperes))
			];
		})
	};
}

/** The fields of rows of the model: each is a table of all the fiches. */
export function tableauxDesFiches({ modele }: ArchivePacte, reperes: Reperes): Table[] {
	const champs = allChamps(modele).filter(isEnLignes);
	return champs.map((champ) => lignesOf(champ, reperes));
}

function lignesOf(champ: ChampEnLignes, reperes: Reperes): Table {
	const { colonnes } = asTableau(champ);
	const money = champ.type === 'montants';
	const lignes: Cellule[][] = [];
	const fusions: Fusion[] = [];
	for (const { fiche, code, titre } of reperes.fiches()) {
		const valeur = fiche.champs[champ.id];
		if (!valeur || !('lignes' in valeur)) continue;
		const before = lignes.length;
		for (const ligne of valeur.lignes)
			lignes.push([
				code,
				titre,
				...colonnes.map(({ id, type }) => {
					const text = ligne[id] ?? '';
					return money && type === 'nombre' ? euros(text) : type === 'nombre' ? countable(text) : text.trim();
				})
			]);
		fusions.push(
			...fusionsOfSuites(valeur, colonnes).map((fusion) => ({
				...fusion,
				ligne: fusion.ligne + before,
				colonne: fusion.colonne + 2
			}))
		);
	}
	return {
		id: idOfTable(champ),
		nom: champ.etiquette,
		colonnes: [
			column('Code', 9),
			column('Fiche', 36),
			...colonnes.map(({ etiquette, type }) => column(etiquette, type === 'nombre' ? 14 : 30))
		],
		lignes,
		fusions
	};
}

/** Cells that go on from the one above are one cell with it. */
export function fusionsOfSuites(valeur: ValeurTableau, colonnes: readonly { id: string }[]): Fusion[] {
	return mergeSuites(colonnes, valeur).flatMap((cells, ligne) =>
		cells
			.filter(({ lignes }) => lignes > 1)
			.map(({ colonne, lignes }) => ({
				ligne,
				colonne: colonnes.findIndex(({ id }) => id === colonne),
				lignes,
				colonnes: 1
			}))
	);
}

/** An amount in euros; what is no amount stays as it was written. */
function euros(text: string): Cellule {
	const cents = centsIn(text);
	return cents === undefined ? text.trim() : cents === null ? null : cents / 100;
}

/** The indicators that are bullets, each on its row. Those that are rows have the table of their field. */
export function indicateursEnPuces({ modele }: ArchivePacte, reperes: Reperes): Table[] {
	const champs = modele.champs.filter(isIndicateursEnPuces);
	if (champs.length === 0) return [];
	return [
		{
			id: 'indicateurs',
			nom: 'Indicateurs',
			colonnes: [column('Code', 9), column('Fiche', 40), column('Indicateur', 70)],
			lignes: reperes.fiches().flatMap(({ fiche, code, titre }) =>
				champs.flatMap(({ id }) => {
					const valeur = fiche.champs[id];
					const puces = valeur && 'puces' in valeur ? valeur.puces : [];
					return puces.filter((puce) => puce.trim() !== '').map((puce) => [code, titre, puce.trim()]);
				})
			)
		}
	];
}

/** What the fiches say that is paid, by axe and by who pays, year by year, in euros. */
export function montants(archive: ArchivePacte): Table[] {
	if (!hasMontants(archive.modele)) return [];
	const totaux = totauxParAxe(archive);
	const row = (names: readonly string[], cents: readonly (number | null)[], total: number): Cellule[] => [
		...names,
		...[...cents, total].map((value) => (value === null ? null : value / 100))
	];
	return [
		{
			id: 'montants-par-axe',
			nom: 'Montants par axe',
			colonnes: [
				column('Axe', 36),
				column('Financeur', 30),
				...(totaux?.annees ?? []).map((annee) => column(`${annee} (€)`, 14)),
				column('Total (€)', 14)
			],
			lignes: totaux
				? [...totaux.axes, totaux.ensemble].flatMap(({ axe, financeurs, montants: cents, total }) => [
						...financeurs.map((ligne) => row([axe?.nom ?? 'Ensemble', ligne.financeur], ligne.montants, ligne.total)),
						row([axe?.nom ?? 'Ensemble', 'Total'], cents, total)
					])
				: []
		}
	];
}

/** The plans and schemas that the pacte is tied to, and which fiches lead to each. */
export function schemas(archive: ArchivePacte): Table[] {
	return [
		{
			id: 'liens-par-schema',
			nom: 'Schémas liés',
			colonnes: [column('Schéma', 50), column('Dans', 40), column('Précision', 60)],
			lignes: archive.schemas.map(({ intitule, dans, precision }) => [intitule, dans, precision])
		},
		{
			id: 'liens-par-schema',
			nom: 'Liens par schéma',
			colonnes: [column('Schéma', 40), column('Code', 9), column('Fiche', 40), column('Précision', 50)],
			lignes: liensParSchema(archive).flatMap(({ schema, liens }) =>
				liens.map(({ code, titre, texte }) => [nameOfSchema(schema), code, titre, texte])
			)
		}
	];
}
