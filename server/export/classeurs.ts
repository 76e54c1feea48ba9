import { tablesProposees } from '#lib/exports/tables.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { DomainError } from '../errors.ts';
import type { Classeur } from './blocs.ts';
import { demarche } from './tables/demarche.ts';
import { fiches, indicateursEnPuces, montants, schemas, synthese, tableauxDesFiches } from './tables/fiches.ts';
import { bilan, engagements, financement, instances, organismes, signataires } from './tables/parties.ts';
import { Reperes } from './tables/reperes.ts';
import { constats, figures, glossaire, orientations, tableauxDesTextes } from './tables/textes.ts';
import type { Table } from './tables/valeurs.ts';

/** The tables that a pacte holds, in the order in which they are proposed. A pure function of the archive. */
export function tablesOf(archive: ArchivePacte): Table[] {
	const reperes = new Reperes(archive);
	return [
		synthese(archive, reperes),
		fiches(archive, reperes),
		...tableauxDesFiches(archive, reperes),
		...indicateursEnPuces(archive, reperes),
		...montants(archive),
		...schemas(archive),
		orientations(archive, reperes),
		organismes(archive),
		signataires(archive, reperes),
		...engagements(archive, reperes),
		instances(archive, reperes),
		...financement(archive, reperes),
		...bilan(archive, reperes),
		...demarche(archive, reperes),
		constats(archive, reperes),
		figures(archive),
		...tableauxDesTextes(archive),
		glossaire(archive)
	];
}

/** All the tables in which something stands, or those of one name. */
export function classeurDe(archive: ArchivePacte, table: string | null = null): Classeur {
	const proposee = tablesProposees(archive.modele).find(({ id }) => id === table);
	if (table !== null && !proposee) throw new DomainError('introuvable', 'Ce tableau n’existe pas dans ce pacte.');
	const feuilles = tablesOf(archive)
		.filter(({ id, lignes }) => lignes.length > 0 && (table === null || id === table))
		.map(({ id: _id, ...feuille }) => feuille);
	if (feuilles.length === 0)
		throw new DomainError(
			'introuvable',
			proposee
				? `Il n’y a encore rien dans «\u00a0${proposee.nom}\u00a0»\u00a0: ce tableau se fera avec ce qui sera écrit dans le pacte.`
				: 'Ce pacte n’a encore rien à mettre dans un tableau\u00a0: commencez par ses orientations.'
		);
	return { titre: proposee ? `${proposee.nom} – ${archive.intitule}` : archive.intitule, feuilles };
}
