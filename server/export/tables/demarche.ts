import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { periodOfPhase } from '#lib/phases/phase.ts';
import { A_FIXER, quandInWords } from '#lib/quand.ts';
import { instancesOfMethode, tableOf } from '#lib/seances/methode.ts';
import { hoursInWords, NOM_DU_FORMAT } from '#lib/seances/seance.ts';
import type { Fusion } from '../blocs.ts';
import type { Reperes } from './reperes.ts';
import { column, lines, type Table } from './valeurs.ts';

/** How the pacte is written: its phases, who met when, who came. */
export function demarche(archive: ArchivePacte, reperes: Reperes): Table[] {
	const { phases, seances, parties } = archive;
	const nomOf = (place: number | null, things: readonly { nom: string }[] | readonly { titre: string }[]) => {
		const thing = place === null ? undefined : things[place];
		return thing === undefined ? '' : 'nom' in thing ? thing.nom : thing.titre;
	};
	return [
		methode(archive),
		{
			id: 'demarche',
			nom: 'Phases',
			colonnes: [
				column('Phase', 40),
				column('Sous-titre', 40),
				column('Période', 26),
				column('Début', 14),
				column('Fin', 14),
				column('Contenus', 60)
			],
			lignes: phases.map((phase) => [
				phase.titre,
				phase.sous_titre,
				periodOfPhase(phase),
				phase.debut,
				phase.fin,
				lines(phase.contenus.map((contenu) => `• ${contenu}`))
			])
		},
		{
			id: 'demarche',
			nom: 'Séances',
			colonnes: [
				column('Date', 20),
				column('Heures', 20),
				column('Titre', 40),
				column('Instance', 30),
				column('Phase', 30),
				column('Format', 18),
				column('Thème', 26),
				column('Réunion', 9),
				column('Lieu', 26),
				column('Objet', 50),
				column('Participants', 12),
				column('Compte rendu', 60)
			],
			lignes: seances.map((seance) => [
				quandInWords(seance.date) || A_FIXER,
				hoursInWords({ heureDebut: seance.heure_debut, heureFin: seance.heure_fin }),
				seance.titre,
				nomOf(seance.instance, parties.instances),
				nomOf(seance.phase, phases),
				NOM_DU_FORMAT[seance.format],
				seance.theme,
				seance.tour,
				seance.lieu,
				seance.objet,
				seance.participants,
				seance.compte_rendu
			])
		},
		{
			id: 'demarche',
			nom: 'Présences',
			colonnes: [
				column('Séance', 40),
				column('Date', 20),
				column('Organisme', 40),
				column('Attendus', 12),
				column('Présents', 12)
			],
			lignes: seances.flatMap(({ titre, date, presences }) =>
				presences.map(({ organisme, libelle, attendus, presents }) => [
					titre,
					quandInWords(date) || A_FIXER,
					organisme === null ? libelle : reperes.organisme(organisme),
					attendus,
					presents
				])
			)
		}
	];
}

/** Instances, périodes, objets: a row for each round, one cell for the instance whose days it lists. */
function methode({ parties, seances }: ArchivePacte): Table {
	const instances = parties.instances.map(({ nom, objet, portee }, cle) => ({ cle, nom, objet, portee }));
	const rounds = tableOf(instancesOfMethode(instances, seances, ({ instance }) => instance));
	const lignes: Table['lignes'] = [];
	const fusions: Fusion[] = [];
	for (const { instance, periode, objet, dates } of rounds) {
		if (dates.length > 1)
			for (const colonne of [0, 1, 2])
				fusions.push({ ligne: lignes.length, colonne, lignes: dates.length, colonnes: 1 });
		if (dates.length === 0) lignes.push([instance, periode, objet, '', '']);
		for (const { theme, quand } of dates) lignes.push([instance, periode, objet, theme, quand]);
	}
	return {
		id: 'demarche',
		nom: 'Instances, périodes, objets',
		colonnes: [
			column('Instances', 40),
			column('Périodes', 26),
			column('Objets', 50),
			column('Thème', 30),
			column('Date', 20)
		],
		lignes,
		fusions
	};
}
