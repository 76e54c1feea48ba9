import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { nameOfPhase, periodOfPhase } from '#lib/phases/phase.ts';
import {
	instancesOfMethode,
	meetingsInWords,
	tableOf,
	type InstanceDeMethode,
	type LigneDeMethode
} from '#lib/seances/methode.ts';
import { alternativeOf, planningOf, planningRatio, planningSvg } from '#lib/seances/planning.ts';
import type { Imprimeur, Tete } from '../assemble.ts';

/** How the pacte was written: its phases, its planning, who met how many times, and when. */
export interface BlocMethode extends Tete {
	type: 'methode';
	phases: { nom: string; periode: string; sousTitre: string; contenus: string[] }[];
	planning: { svg: string; alternative: string; rapport: number } | null;
	instances: { nom: string; objet: string; rencontres: string }[];
	colonnes: string[];
	lignes: LigneDeMethode[];
}

export function printMethode(archive: ArchivePacte, tete: Tete, print: Imprimeur): BlocMethode[] {
	const texte = (source: string) => print.texte(source, 'Méthode');
	const phases = archive.phases.map((phase) => ({
		...phase,
		titre: texte(phase.titre),
		periode: texte(periodOfPhase(phase))
	}));
	const instances = instancesOf(archive, texte);
	if (phases.length === 0 && instances.length === 0) return [];
	const planning = planningOf(phases, instances);
	return [
		{
			type: 'methode',
			...tete,
			phases: phases.map((phase, place) => ({
				nom: texte(nameOfPhase(phase, place)),
				periode: phase.periode,
				sousTitre: texte(phase.sous_titre),
				contenus: phase.contenus.map(texte).filter(Boolean)
			})),
			planning:
				planning.mois.length === 0
					? null
					: { svg: planningSvg(planning), alternative: alternativeOf(planning), rapport: planningRatio(planning) },
			instances: instances.map(({ nom, objet, seances }) => ({
				nom,
				objet,
				rencontres: meetingsInWords(seances.length)
			})),
			colonnes: ['Instances', 'Périodes', 'Objets'],
			lignes: tableOf(instances).map((ligne) => ({ ...ligne, periode: texte(ligne.periode) }))
		}
	];
}

function instancesOf({ parties, seances }: ArchivePacte, texte: (source: string) => string): InstanceDeMethode[] {
	const instances = parties.instances.map(({ nom, objet, portee }, cle) => ({
		cle,
		nom: texte(nom),
		objet: texte(objet),
		portee
	}));
	const printed = seances.map((seance) => ({
		...seance,
		titre: texte(seance.titre),
		theme: texte(seance.theme),
		objet: texte(seance.objet)
	}));
	return instancesOfMethode(instances, printed, ({ instance }) => instance);
}
