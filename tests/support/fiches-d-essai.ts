// Fiches of a pacte of the Haute-Rivière, for the tests of acts on many of them.
import type * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { readFiche } from '#lib/fiches/fiche.ts';
import { addNoeud } from '#lib/orientations/arbre.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import { MODELE_ORNE } from '#lib/pactes/modeles/structures.ts';
import type { App } from '#server/app.ts';
import { newId } from '#server/ids.ts';
import type { PacteDEssai } from './pacte.ts';

/** Fiches below an axe, in the order given; gives their ids. */
export async function addFiches(app: App, pacte: PacteDEssai, axe: string, ...titres: string[]): Promise<string[]> {
	const ids = titres.map(() => newId());
	await app.collaboration.edit(
		documentName('orientations', pacte.pacteId),
		(doc) =>
			titres.forEach((titre, i) => addNoeud(doc, { id: ids[i] as string, parent: axe, niveau: 'action', titre })),
		pacte.by
	);
	await app.collaboration.settle(pacte.pacteId);
	return ids;
}

/** Writes in a fiche. */
export async function inFiche(app: App, pacte: PacteDEssai, id: string, change: (doc: Y.Doc) => void): Promise<void> {
	await app.collaboration.edit(documentName('fiche', id), change, pacte.by);
	await app.collaboration.settle(pacte.pacteId);
}

export function valeursDe(app: App, id: string): Promise<Record<string, ValeurChamp>> {
	return app.collaboration.read(documentName('fiche', id), (doc) => readFiche(doc, MODELE_ORNE));
}
