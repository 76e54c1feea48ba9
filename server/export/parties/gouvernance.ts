import { frequenceInWords, NOM_DE_LA_PORTEE_INSTANCE, NOM_DU_NIVEAU_INSTANCE } from '#lib/gouvernance/instance.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { InstanceArchive } from '#lib/parties/parties-archive.ts';
import type { Imprimeur, Tete } from '../assemble.ts';
import { organismesOf } from './archive-names.ts';

/** The governance sheets: one an instance, in their order. */
export interface BlocInstances extends Tete {
	type: 'instances';
	instances: InstanceImprimee[];
}

export interface InstanceImprimee {
	nom: string;
	/** « Comité de pilotage · Départemental ». */
	nature: string;
	objet: string;
	faits: { etiquette: string; valeur: string }[];
	roles: string[];
}

export function printInstances(archive: ArchivePacte, tete: Tete, print: Imprimeur): BlocInstances[] {
	const instances = archive.parties.instances;
	if (instances.length === 0) return [];
	const nomOf = organismesOf(archive, print);
	return [{ type: 'instances', ...tete, instances: instances.map((instance) => printed(instance, nomOf, print)) }];
}

function printed(instance: InstanceArchive, nomOf: (id: string) => string, print: Imprimeur): InstanceImprimee {
	const texte = (source: string) => print.texte(source, `Gouvernance, ${instance.nom}`);
	const frequence = frequenceInWords({
		frequence: instance.frequence,
		frequenceTexte: texte(instance.frequence_texte)
	});
	const membres = [texte(instance.composition), instance.membres.map(nomOf).join(', ')].filter(Boolean).join('. ');
	const invites = instance.invites
		.map(({ theme, invites: who }) => [texte(theme), texte(who)].filter(Boolean).join('\u00a0: '))
		.join('\u00a0; ');
	const faits = [
		{ etiquette: 'Présidence', valeur: texte(instance.presidence) },
		{ etiquette: 'Fréquence', valeur: frequence },
		{ etiquette: 'Membres', valeur: membres },
		{ etiquette: 'Invités', valeur: invites },
		{ etiquette: 'Territoires', valeur: instance.territoires.map(texte).join(', ') }
	];
	return {
		nom: texte(instance.nom),
		nature: [texte(instance.type), NOM_DU_NIVEAU_INSTANCE[instance.niveau], NOM_DE_LA_PORTEE_INSTANCE[instance.portee]]
			.filter(Boolean)
			.join(' · '),
		objet: texte(instance.objet),
		faits: faits.filter(({ valeur }) => valeur !== ''),
		roles: instance.roles.map(texte).filter(Boolean)
	};
}
