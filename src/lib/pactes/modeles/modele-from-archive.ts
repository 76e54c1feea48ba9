import type { ArchivePacte, SectionArchive } from '#lib/pactes/archive.ts';
import { boundsOf } from '#lib/quand.ts';
import type { SalleArchive } from '#lib/salles/salle-archive.ts';
import { NOM_DU_GENRE, type SectionAPrevoir } from '#lib/sections/section.ts';
import type { SeanceArchive } from '#lib/seances/calendrier-archive.ts';
import { SANS_DEMARCHE, type Demarche, type ModeleDePacte, type SeanceAPrevoir } from './modele-de-pacte.ts';

/** What a pacte gives to the next one: its structure, its plan and its process; none of its texts, bodies or people. */
export function modeleFromArchive(archive: ArchivePacte): ModeleDePacte {
	return { structure: archive.modele, plan: planFrom(archive.sections), demarche: demarcheFrom(archive) };
}

/** Sections about one body or one branch belong to the pacte: a plan keeps one place for each kind of them. */
function planFrom(sections: readonly SectionArchive[]): SectionAPrevoir[] {
	const below = Map.groupBy(sections, ({ parent }) => parent);
	const level = (parent: string | null): SectionAPrevoir[] => {
		const kept: SectionAPrevoir[] = [];
		for (const section of below.get(parent) ?? []) {
			if (section.noeud !== null) continue;
			const { genre, longueur } = section;
			const titre = section.organisme === null ? section.titre : NOM_DU_GENRE[genre];
			if (section.organisme !== null && kept.some((other) => other.genre === genre && other.titre === titre)) continue;
			const inner = level(section.id);
			kept.push({ genre, titre, ...(longueur && { longueur }), ...(inner.length > 0 && { sections: inner }) });
		}
		return kept;
	};
	return level(null);
}

function demarcheFrom({ phases, seances, parties, debut, scripts }: ArchivePacte): Demarche {
	const days = [...phases.flatMap((phase) => [phase.debut, phase.fin]), ...seances.map(({ date }) => date)]
		.map((quand) => boundsOf(quand)?.debut)
		.filter((day) => day !== undefined)
		.sort();
	const first = days[0];
	const months = (day: string | undefined) =>
		first === undefined || day === undefined ? null : monthsOf(day) - monthsOf(first);
	return {
		depart:
			first === undefined
				? SANS_DEMARCHE.depart
				: {
						ans: debut === null ? SANS_DEMARCHE.depart.ans : debut - Number(first.slice(0, 4)),
						mois: Number(first.slice(5, 7))
					},
		phases: phases.map(({ titre, sous_titre, debut: from, fin, contenus }) => ({
			titre,
			sousTitre: sous_titre,
			debut: months(boundsOf(from)?.debut),
			fin: months(boundsOf(fin)?.fin),
			contenus
		})),
		instances: parties.instances.map(
			({ nom, type, portee, niveau, objet, frequence, frequence_texte, composition, roles }) => ({
				nom,
				type,
				portee,
				niveau,
				objet,
				presidence: '',
				frequence,
				frequence_texte,
				composition,
				roles
			})
		),
		seances: seances.map((seance, i) => {
			const met = seances.slice(0, i).filter(({ format }) => format === 'entretien').length;
			return seanceFrom(seance, met + 1, months(boundsOf(seance.date)?.debut));
		}),
		...(scripts.length > 0 && { scripts })
	};
}

/** An interview is called after whom one met. */
function seanceFrom(seance: SeanceArchive, rencontre: number, mois: number | null): SeanceAPrevoir {
	const { instance, phase, format, theme, tour, objet, salle } = seance;
	const titre = format === 'entretien' ? `Entretien n°\u00a0${rencontre}` : seance.titre;
	return { instance, phase, titre, format, theme, tour, mois, objet, ...(salle && { salle: salleFrom(salle) }) };
}

/** As it was prepared: nobody is at its tables yet, and nothing was said. */
function salleFrom({ reglages, questions, tables, etapes }: SalleArchive): SalleArchive {
	return {
		etat: 'preparation',
		reglages,
		questions,
		tables: tables.map((table) => ({ ...table, nom: '', hote: '', synthese: '' })),
		etapes: etapes.map((etape) => ({ ...etape, commencee: null, finie: null })),
		participants: [],
		groupes: [],
		cartes: [],
		scrutins: [],
		evaluations: [],
		versements: []
	};
}

function monthsOf(day: string): number {
	return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}
