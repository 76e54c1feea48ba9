import {
	PARTIES_VIDES,
	type ArchivePacte,
	type FicheArchive,
	type SectionArchive,
	type ValeurChamp
} from '#lib/pactes/archive.ts';
import type { PacteForm } from '#lib/pactes/pacte-rules.ts';
import { emptyParties } from '#lib/parties/parties-archive.ts';
import type { Bloc } from '#lib/editor/prose.ts';
import { NOM_DU_GENRE } from '#lib/sections/section.ts';
import { usualStart } from './modele-de-pacte.ts';
import { modeleFromArchive } from './modele-from-archive.ts';
import { archiveOfModele } from './new-archive.ts';

/** How much of a neighbour's pacte a new one begins with. */
export const ETENDUES = ['structure', 'demarche', 'textes', 'organismes'] as const;
export type Etendue = (typeof ETENDUES)[number];

export const NOM_DE_L_ETENDUE: Record<Etendue, { nom: string; aide: string }> = {
	structure: {
		nom: 'Sa structure',
		aide: 'Les niveaux, les champs des fiches et le plan du document. Rien de ce qui y est écrit.'
	},
	demarche: {
		nom: 'Sa structure et sa démarche',
		aide: 'De plus, ses phases, ses instances et ses séances, ramenées aux années du pacte. Ni personne ni organisme.'
	},
	textes: {
		nom: 'Ses textes, pour commencer',
		aide: 'De plus, l’arbre, les fiches, la rédaction, les figures et le glossaire. Sans pilotes ni partenaires.'
	},
	organismes: {
		nom: 'Tout, sauf ce qui engage quelqu’un',
		aide: 'De plus, les organismes, les pilotes et les instances avec leurs membres. Ni signatures, ni engagements, ni séances, ni financement.'
	}
};

/** A new pacte out of another: what is said of it is new, and nothing in it binds anyone. */
export function copieOf(source: ArchivePacte, etendue: Etendue, pacte: PacteForm): ArchivePacte {
	switch (etendue) {
		case 'structure':
			return archiveOfModele(pacte, modeleFromArchive(source), null);
		case 'demarche': {
			const modele = modeleFromArchive(source);
			return archiveOfModele(pacte, modele, usualStart(modele.demarche.depart, pacte.debut));
		}
		case 'textes':
			return withTexts(source, pacte, (fiche) => ({ ...fiche, champs: withoutOrganismes(fiche.champs) }), {});
		case 'organismes':
			return withTexts(source, pacte, (fiche) => fiche, {
				organismes: source.organismes,
				parties: { ...emptyParties(), instances: source.parties.instances }
			});
		default:
			return etendue satisfies never;
	}
}

function withTexts(
	source: ArchivePacte,
	pacte: PacteForm,
	fiche: (fiche: FicheArchive) => FicheArchive,
	rest: Partial<ArchivePacte>
): ArchivePacte {
	const { noeuds, fiches, figures, glossaire, pieces, schemas, modele } = source;
	const sections = source.sections.map(unbound);
	const constats = new Set(sections.flatMap(({ prose }) => prose.flatMap(constatOf)));
	return {
		format: 'copacte/pacte',
		version: 1,
		...pacte,
		modele,
		organismes: [],
		// The codes that it had were printed elsewhere.
		noeuds: noeuds.map(({ id, parent, niveau, titre }) => ({ id, parent, niveau, titre })),
		// Nor does what its fiches came from matter here.
		fiches: fiches.map(({ origines: _origines, ...own }) => fiche(own)),
		signataires: [],
		engagements: [],
		textes: [],
		...PARTIES_VIDES,
		figures,
		glossaire,
		pieces,
		schemas,
		sections,
		reponses: source.reponses.filter(({ constat }) => constats.has(constat)),
		...rest
	};
}

/** What one body says or promises is not copied: its place in the plan stays. */
function unbound(section: SectionArchive): SectionArchive {
	const bound = section.genre === 'parole' || section.genre === 'engagement';
	return {
		...section,
		etat: 'brouillon',
		organisme: null,
		titre: section.organisme === null ? section.titre : NOM_DU_GENRE[section.genre],
		prose: bound ? [] : section.prose
	};
}

function constatOf(bloc: Bloc): string[] {
	return bloc.type === 'paragraphe' && bloc.constat ? [bloc.constat.cle] : [];
}

/** The sentence that stands for a list stays. */
function withoutOrganismes(champs: Record<string, ValeurChamp>): Record<string, ValeurChamp> {
	const unnamed = (valeur: ValeurChamp): ValeurChamp =>
		'organismes' in valeur ? { organismes: [], ouverte: false, texte: valeur.texte } : valeur;
	return Object.fromEntries(Object.entries(champs).map(([id, valeur]) => [id, unnamed(valeur)]));
}
