import { documentName } from '#lib/documents/document.ts';
import { counted } from '#lib/format.ts';
import type { Cellules } from '#lib/figures/grid.ts';
import {
	ACTIONS,
	CIBLES_D_ACTIONS,
	ciblesOf,
	foldCode,
	isChampDeListe,
	LIGNES_AU_PLUS,
	placesInArbre,
	placesInFiches,
	readListe,
	TEXTE,
	valeurOf,
	type ChampDeListe,
	type Correspondance,
	type LigneDeListe
} from '#lib/listes/liste.ts';
import type { NoeudLu } from '#lib/orientations/arbre-from-rows.ts';
import { addNoeud, CORBEILLE, readArbre } from '#lib/orientations/arbre.ts';
import { foldNom, NOM_MAX } from '#lib/organismes/fold.ts';
import type { ValeurOrganismes } from '#lib/pactes/archive.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import { DomainError } from '../errors.ts';
import { DROIT_A_L_ARBRE } from '../fiches/corbeille.ts';
import { ECRIRE_LES_FICHES } from '../fiches/ensemble.ts';
import { mergeChamp } from '../fiches/fusion.ts';
import { newId } from '../ids.ts';
import { splitOrganismes } from '../import/organismes.ts';
import type { Geste } from '../operations/gestes.ts';
import { Operation } from '../operations/operations.ts';
import { createOrganisme } from '../organismes/organismes.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { requireDroit, type Acteur } from '../pactes/act.ts';

export interface ListeAImporter {
	/** A field of the fiches, or `ACTIONS`. */
	champ: string;
	/** Under what new actions go, when no column says it; '' otherwise. */
	sous?: string;
	cellules: Cellules;
	entete: number;
	correspondance: Correspondance;
}

/** What a sheet would add to the fiches, row by row. Writes nothing. */
export async function previewListe(
	app: App,
	acteur: Acteur,
	modele: Modele,
	liste: ListeAImporter
): Promise<LigneDeListe[]> {
	await requireDroit(app.db, acteur, liste.champ === ACTIONS ? DROIT_A_L_ARBRE : ECRIRE_LES_FICHES);
	const noeuds = await listNoeuds(app.db, acteur.pacteId);
	const lignes =
		liste.champ === ACTIONS
			? readActions(modele, noeuds, liste)
			: readValeurs(champOf(modele, liste.champ), noeuds, liste);
	if (lignes.length > LIGNES_AU_PLUS)
		throw new DomainError(
			'invalide',
			`Cette feuille a ${lignes.length}\u00a0lignes\u00a0: importez-en ${LIGNES_AU_PLUS} au plus à la fois.`
		);
	return lignes;
}

function readValeurs(champ: ChampDeListe, noeuds: readonly NoeudLu[], liste: ListeAImporter): LigneDeListe[] {
	const fiches = new Map(noeuds.filter(({ fiche }) => fiche).map(({ id, code }) => [foldCode(code), id]));
	const lignes = readListe(liste.cellules, { ...liste, cibles: ciblesOf(champ) }, placesInFiches(fiches));
	return champ.type !== 'organismes'
		? lignes
		: lignes.map((lu) => {
				const long = splitOrganismes(lu.valeurs[TEXTE] ?? '').noms.find((nom) => nom.length > NOM_MAX);
				const erreur = long === undefined ? '' : `«\u00a0${long.slice(0, 30)}…\u00a0» est trop long pour un nom.`;
				return { ...lu, erreur: lu.erreur || erreur };
			});
}

/** One that stands there already would be there twice. */
function readActions(modele: Modele, noeuds: readonly NoeudLu[], liste: ListeAImporter): LigneDeListe[] {
	const parents = parentsOf(modele, noeuds);
	// A code is said of one branch only; a title, when no other has it.
	const parNom = new Map([
		...parents.map(({ id, titre }) => [foldCode(titre), id] as const),
		...parents.filter(({ code }) => code !== '').map(({ id, code }) => [foldCode(code), id] as const)
	]);
	const sous = parents.some(({ id }) => id === liste.sous) ? (liste.sous ?? '') : '';
	const places = placesInArbre(parNom, sous);
	return readListe(liste.cellules, { ...liste, cibles: CIBLES_D_ACTIONS }, places).map((lu) => {
		const titre = foldNom(lu.valeurs[TEXTE] ?? '');
		const deja = noeuds.find((noeud) => noeud.parent === lu.fiche && foldNom(noeud.titre) === titre);
		return lu.erreur === '' && deja
			? { ...lu, erreur: `Cette action y est déjà\u00a0: ${deja.code || deja.titre}.` }
			: lu;
	});
}

/** The branches under which a new action may be born. */
export function parentsOf(modele: Modele, noeuds: readonly NoeudLu[]): NoeudLu[] {
	return noeuds.filter((noeud) => !noeud.aClasser && niveauSous(modele, noeud) !== undefined);
}

/** The first level with a fiche that may stand below. */
function niveauSous({ niveaux }: Modele, { niveau }: NoeudLu): string | undefined {
	return niveaux.find(({ fiche, parents }) => fiche && parents.includes(niveau))?.id;
}

/** Adds all rows to the fiches, or none when one is wrong, as one act that can be taken back. What a fiche says already is not said twice. */
export async function importListe(
	app: App,
	acteur: Acteur,
	modele: Modele,
	liste: ListeAImporter
): Promise<{ operation: string; faits: number }> {
	const lignes = await previewListe(app, acteur, modele, liste);
	if (lignes.length === 0) throw new DomainError('invalide', 'Cette feuille n’a aucune ligne à importer.');
	const wrong = lignes.filter(({ erreur }) => erreur !== '');
	if (wrong.length > 0)
		throw new DomainError(
			'invalide',
			`Rien n’est importé\u00a0: corrigez d’abord ${wrong.length === 1 ? 'la ligne' : 'les lignes'} ${wrong.map(({ ligne }) => ligne).join(', ')}.`
		);
	const etiquette = liste.champ === ACTIONS ? 'Actions' : champOf(modele, liste.champ).etiquette;
	const operation = await Operation.begin(app, acteur, 'liste_importee', etiquette);
	if (liste.champ === ACTIONS) await plantActions(app, acteur, modele, operation, lignes);
	else await fillFiches(app, acteur, champOf(modele, liste.champ), operation, lignes);
	await operation.end(
		`${etiquette}\u00a0: ${counted(operation.faits, 'ligne importée', 'lignes importées')} d’une feuille`
	);
	await app.collaboration.settle(acteur.pacteId);
	return { operation: operation.id, faits: operation.faits };
}

async function fillFiches(
	app: App,
	acteur: Acteur,
	champ: ChampDeListe,
	operation: Operation,
	lignes: readonly LigneDeListe[]
): Promise<void> {
	for (const [fiche, siennes] of Map.groupBy(lignes, ({ fiche }) => fiche)) {
		const valeur = champ.type === 'organismes' ? await organismesOf(app, acteur, siennes) : valeurOf(champ, siennes);
		await operation.edit(documentName('fiche', fiche), (doc) => mergeChamp(doc, champ, valeur) ?? []);
	}
}

/** The names of a cell, separated by any mark; those that the pacte does not know yet are added to it. */
async function organismesOf(app: App, acteur: Acteur, lignes: readonly LigneDeListe[]): Promise<ValeurOrganismes> {
	const listes = lignes.map(({ valeurs }) => splitOrganismes(valeurs[TEXTE] ?? ''));
	const organismes = new Set<string>();
	for (const nom of listes.flatMap(({ noms }) => noms))
		organismes.add((await createOrganisme(app, { ...acteur, nom })).organisme.id);
	return {
		organismes: [...organismes],
		ouverte: listes.some(({ ouverte }) => ouverte),
		texte: listes.flatMap(({ phrase }) => phrase ?? []).join('\u00a0; ')
	};
}

/** New actions, last below their branch; their fiches are born with the rows of the tree. */
async function plantActions(
	app: App,
	acteur: Acteur,
	modele: Modele,
	operation: Operation,
	lignes: readonly LigneDeListe[]
): Promise<void> {
	const noeuds = new Map((await listNoeuds(app.db, acteur.pacteId)).map((noeud) => [noeud.id, noeud]));
	await operation.edit(documentName('orientations', acteur.pacteId), (tree) =>
		lignes.flatMap(({ fiche: parent, valeurs }): Geste[] => {
			const niveau = niveauSous(modele, noeuds.get(parent)!);
			if (niveau === undefined || !readArbre(tree).parId.has(parent)) return [];
			const id = newId();
			addNoeud(tree, { id, parent, niveau, titre: valeurs[TEXTE] ?? '' });
			return [{ nature: 'noeud', id, avant: CORBEILLE, apres: parent }];
		})
	);
}

function champOf({ champs }: Modele, id: string): ChampDeListe {
	const champ = champs.find((champ) => champ.id === id);
	if (!champ || !isChampDeListe(champ))
		throw new DomainError('invalide', 'Ce champ n’est plus dans la fiche, ou ne se remplit pas par une liste.');
	return champ;
}
