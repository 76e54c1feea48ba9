import { documentName } from '#lib/documents/document.ts';
import { addNoeud, A_CLASSER, readArbre, type NouveauNoeud } from '#lib/orientations/arbre.ts';
import type { App } from '../app.ts';
import type { Acteur } from '../pactes/act.ts';

/**
 * Writes a node in the live tree, from an act that chose its id; a fiche is born with the rows of the tree. One whose parent has just
 * gone is kept aside. Those who look at what follows from it are told.
 */
export async function plantNoeud(app: App, { pacteId, by }: Acteur, noeud: NouveauNoeud): Promise<void> {
	await app.collaboration.edit(
		documentName('orientations', pacteId),
		(doc) => {
			const isThere = noeud.parent === null || readArbre(doc).parId.has(noeud.parent);
			addNoeud(doc, isThere ? noeud : { ...noeud, parent: A_CLASSER });
		},
		by
	);
	await app.collaboration.settle(pacteId);
	app.collaboration.flux.publish(pacteId, { type: 'parties' });
}
