import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { PHASES, seancesDeHauteRiviere } from './calendrier.ts';
import { hauteRiviere } from './haute-riviere.ts';
import { partiesDeHauteRiviere, signataireDeDemo } from './parties.ts';
import { textesDeHauteRiviere, type NomsDeDemo } from './textes.ts';

/** The pacte of Haute-Rivière as the demonstration shows it: its orientations, and its document half-way written. */
export function demonstration(): ArchivePacte {
	const pacte = hauteRiviere();
	const noms: NomsDeDemo = {
		noeudOf: (titre) => idOf(pacte.noeuds, (noeud) => noeud.titre === titre, titre),
		organismeOf: (nom) => idOf(pacte.organismes, (organisme) => organisme.nom === nom, nom)
	};
	return {
		...pacte,
		signataires: pacte.signataires.map(({ organisme }) =>
			signataireDeDemo(pacte.organismes.find(({ id }) => id === organisme)?.nom ?? '', organisme)
		),
		...textesDeHauteRiviere(noms),
		parties: partiesDeHauteRiviere(noms),
		phases: PHASES,
		seances: seancesDeHauteRiviere(noms)
	};
}

function idOf<Item extends { id: string }>(items: readonly Item[], is: (item: Item) => boolean, nom: string): string {
	const found = items.find(is);
	if (!found) throw new Error(`The demonstration names « ${nom} », which its pacte does not hold.`);
	return found.id;
}
