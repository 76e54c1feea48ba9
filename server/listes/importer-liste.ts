import { documentName } from '#lib/documents/document.ts';
import { counted } from '#lib/format.ts';
import type { Cellules } from '#lib/figures/grid.ts';
import {
	ciblesOf,
	foldCode,
	isChampDeListe,
	LIGNES_AU_PLUS,
	readListe,
	valeurOf,
	type ChampDeListe,
	type Correspondance,
	type LigneDeListe
} from '#lib/listes/liste.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import { DomainError } from '../errors.ts';
import { ECRIRE_LES_FICHES } from '../fiches/ensemble.ts';
import { mergeChamp } from '../fiches/fusion.ts';
import { Operation } from '../operations/operations.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { requireDroit, type Acteur } from '../pactes/act.ts';

export interface ListeAImporter {
	champ: string;
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
	await requireDroit(app.db, acteur, ECRIRE_LES_FICHES);
	const champ = champOf(modele, liste.champ);
	const noeuds = await listNoeuds(app.db, acteur.pacteId);
	const fiches = new Map(noeuds.filter(({ fiche }) => fiche).map(({ id, code }) => [foldCode(code), id]));
	const lignes = readListe(liste.cellules, { ...liste, cibles: ciblesOf(champ) }, fiches);
	if (lignes.length > LIGNES_AU_PLUS)
		throw new DomainError(
			'invalide',
			`Cette feuille a ${lignes.length}\u00a0lignes\u00a0: importez-en ${LIGNES_AU_PLUS} au plus à la fois.`
		);
	return lignes;
}

/** Adds all rows to the fiches, or none when one is wrong, as one act that can be taken back. What a fiche says already is not said twice. */
export async function importListe(
	app: App,
	acteur: Acteur,
	modele: Modele,
	liste: ListeAImporter
): Promise<{ operation: string; faits: number }> {
	const champ = champOf(modele, liste.champ);
	const lignes = await previewListe(app, acteur, modele, liste);
	if (lignes.length === 0) throw new DomainError('invalide', 'Cette feuille n’a aucune ligne à importer.');
	const wrong = lignes.filter(({ erreur }) => erreur !== '');
	if (wrong.length > 0)
		throw new DomainError(
			'invalide',
			`Rien n’est importé\u00a0: corrigez d’abord ${wrong.length === 1 ? 'la ligne' : 'les lignes'} ${wrong.map(({ ligne }) => ligne).join(', ')}.`
		);
	const operation = await Operation.begin(app, acteur, 'liste_importee', champ.etiquette);
	for (const [fiche, siennes] of Map.groupBy(lignes, ({ fiche }) => fiche))
		await operation.edit(documentName('fiche', fiche), (doc) => mergeChamp(doc, champ, valeurOf(champ, siennes)) ?? []);
	await operation.end(
		`${champ.etiquette}\u00a0: ${counted(operation.faits, 'ligne importée', 'lignes importées')} d’une feuille`
	);
	await app.collaboration.settle(acteur.pacteId);
	return { operation: operation.id, faits: operation.faits };
}

function champOf({ champs }: Modele, id: string): ChampDeListe {
	const champ = champs.find((champ) => champ.id === id);
	if (!champ || !isChampDeListe(champ))
		throw new DomainError('invalide', 'Ce champ n’est plus dans la fiche, ou ne se remplit pas par une liste.');
	return champ;
}
