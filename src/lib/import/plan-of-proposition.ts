import { CADRE_ENGAGEMENT, ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import type { Portee } from '#lib/engagements/engagement.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { ArchivePacte, SectionArchive, ValeurChamp } from '#lib/pactes/archive.ts';
import { emptyValeur } from '#lib/pactes/archive-schema.ts';
import { emptyParties, type CadreArchive, type PartiesArchive } from '#lib/parties/parties-archive.ts';
import { planOf } from '#lib/sections/plan-type.ts';
import { GENRES_UNIQUES, PLAN_TYPE, type GenreSection } from '#lib/sections/section.ts';
import { proseOfTexte } from './prose-of-texte.ts';
import type { EngagementPropose, FinancementPropose, Proposition, SectionProposee } from './proposition.ts';

/** The plan that a proposal gives its pacte, and what its sections hold beside their prose. */
export function planOfProposition(
	proposition: Proposition,
	idOf: (organisme: string) => string
): Pick<ArchivePacte, 'sections' | 'parties'> {
	const plan = new Plan(proposition, idOf);
	return { sections: plan.sections(), parties: plan.parties };
}

/** A section before it has its id. */
interface Prevue {
	genre: GenreSection;
	titre: string;
	texte?: string;
	organisme?: string;
	noeud?: string;
	ligne: number;
	enfants: Prevue[];
	/** What makes the frame, or the signature, of the section once it has its id. */
	finish?: (section: string) => void;
}

class Plan {
	readonly parties: PartiesArchive = emptyParties();
	readonly #proposition: Proposition;
	readonly #idOf: (organisme: string) => string;
	#constats = 0;

	constructor(proposition: Proposition, idOf: (organisme: string) => string) {
		this.#proposition = proposition;
		this.#idOf = idOf;
		if (proposition.financement) this.parties.financement = financementOf(proposition.financement);
	}

	sections(): SectionArchive[] {
		const { sections = [] } = this.#proposition;
		const prevues = sections.length > 0 ? this.#fromText(sections) : this.#fromPlanType();
		return this.#flatten(prevues);
	}

	// — A text without a plan of its own: the plan type, and the engagements where it has a place for them —

	#fromPlanType(): Prevue[] {
		const typiques = planOf(PLAN_TYPE);
		const below = (parent: string | null): Prevue[] =>
			typiques
				.filter((section) => section.parent === parent)
				.map(({ id, genre, titre, longueur }) => ({ genre, titre, longueur, ligne: 0, enfants: below(id) }));
		const plan = below(null);
		const engagements = this.#engagements();
		plan.find(({ genre }) => genre === 'engagements')?.enfants.push(...engagements);
		return plan;
	}

	// — The plan of the text —

	#fromText(sections: readonly SectionProposee[]): Prevue[] {
		const plan = giveGenres(this.#ownSections(sections.filter(({ noeud }) => noeud === undefined)));
		const engagements = this.#engagements();
		const chapitre = plan.find(({ titre }) => /\bengagements?\b/.test(foldNom(titre)));
		if (chapitre) chapitre.enfants.push(...engagements);
		else plan.push(...engagements);
		this.#addGenerated(plan, 'orientations', 'Orientations', this.#ligneOfNoeuds());
		plan.find(({ genre }) => genre === 'orientations')?.enfants.push(...this.#explications(sections));
		if (this.#proposition.financement) this.#addGenerated(plan, 'financement', 'Financement', Infinity);
		if (this.#proposition.signataires.length > 0) this.#addGenerated(plan, 'signatures', 'Signatures', Infinity);
		if (this.#proposition.glossaire?.length) this.#addGenerated(plan, 'glossaire', 'Glossaire', Infinity);
		return plan.sort((a, b) => a.ligne - b.ligne);
	}

	/** Each under the one that holds it. */
	#ownSections(sections: readonly SectionProposee[]): Prevue[] {
		const prevues = new Map(sections.map((section) => [section.id, this.#ownSection(section)]));
		return sections.flatMap(({ id, parent }) => {
			const holder = parent === null ? undefined : prevues.get(parent);
			const own = prevues.get(id)!;
			holder?.enfants.push(own);
			return holder ? [] : [own];
		});
	}

	#ownSection({ genre, titre, texte, organisme, personnes, ligne }: SectionProposee): Prevue {
		if (genre === 'texte') return { genre, titre, texte, ligne, enfants: [] };
		return {
			genre,
			titre: titre || 'Mot d’un partenaire',
			texte,
			...(organisme && { organisme }),
			ligne,
			enfants: [],
			finish: (section) => {
				const signataires = (personnes ?? []).slice(0, 2);
				if (signataires.length > 0) this.parties.paroles.push({ section, signataires });
			}
		};
	}

	/** What explains a branch is printed beside it. */
	#explications(sections: readonly SectionProposee[]): Prevue[] {
		const known = new Set(this.#proposition.noeuds.map(({ id }) => id));
		return sections
			.filter((section) => section.noeud !== undefined && known.has(section.noeud))
			.map(({ texte, noeud, ligne }) => ({
				genre: 'texte',
				titre: 'Explication',
				texte,
				noeud: noeud!,
				ligne,
				enfants: []
			}));
	}

	#ligneOfNoeuds(): number | null {
		const lignes = this.#proposition.noeuds.map(({ ligne }) => ligne);
		return lignes.length === 0 ? null : Math.min(...lignes);
	}

	#addGenerated(plan: Prevue[], genre: GenreSection, titre: string, ligne: number | null): void {
		if (ligne === null || plan.some((section) => section.genre === genre)) return;
		plan.push({ genre, titre, ligne: ligne === Infinity ? Number.MAX_SAFE_INTEGER : ligne, enfants: [] });
	}

	// — Engagements —

	#engagements(): Prevue[] {
		return this.#proposition.engagements.filter(hasWords).map((engagement) => {
			const { organisme, titre, intention = '', ligne, hors_signataires } = engagement;
			const portee: Portee = organisme === null ? 'tous' : hors_signataires ? 'hors_signataires' : 'organisme';
			return {
				genre: 'engagement',
				titre: titre ?? (organisme === null ? 'Engagements de tous les signataires' : organisme),
				texte: intention,
				...(portee === 'organisme' && { organisme: organisme! }),
				ligne,
				enfants: [],
				finish: (section) => this.parties.cadres.push(cadreOf(section, portee, engagement))
			};
		});
	}

	// — In the order of reading —

	#flatten(prevues: readonly Prevue[]): SectionArchive[] {
		const sections: SectionArchive[] = [];
		const add = (level: readonly Prevue[], parent: string | null) => {
			for (const {
				genre,
				titre,
				texte = '',
				organisme,
				noeud = null,
				longueur = '',
				enfants,
				finish
			} of level as (Prevue & {
				longueur?: string;
			})[]) {
				const id = `s${sections.length + 1}`;
				sections.push({
					id,
					parent,
					genre,
					titre,
					organisme: organisme ? this.#idOf(organisme) : null,
					noeud,
					etat: 'brouillon',
					longueur,
					prose: proseOfTexte(texte, () => `c${++this.#constats}`)
				});
				finish?.(id);
				add(enfants, id);
			}
		};
		add(prevues, null);
		return sections;
	}
}

/** A review may have emptied one. */
function hasWords({
	puces,
	intention,
	contexte,
	missions,
	moyens_humains,
	moyens_financiers,
	conventions
}: EngagementPropose): boolean {
	const listes = [puces, missions, moyens_humains, moyens_financiers, conventions];
	return (
		[intention, contexte].some((texte) => texte?.trim()) ||
		listes.some((liste) => liste !== undefined && liste.length > 0)
	);
}

/** What a heading announces, where the app shows it too; each genre once. */
const GENRE_DU_TITRE: [RegExp, GenreSection][] = [
	[/\b(?:gouvernance|pilotage et suivi)\b/, 'gouvernance'],
	[/\bevaluation\b/, 'evaluation'],
	[/^(?:\d+ )?(?:le )?financement\b/, 'financement'],
	[/^(?:\d+ )?(?:les )?signatures?\b/, 'signatures'],
	[/^(?:\d+ )?(?:les )?orientations\b/, 'orientations'],
	[/\bbilan du\b/, 'bilan']
];

function giveGenres(plan: Prevue[]): Prevue[] {
	const pris = new Set<GenreSection>();
	for (const section of plan) {
		if (section.genre !== 'texte') continue;
		const titre = foldNom(section.titre).replaceAll('.', '');
		const genre = GENRE_DU_TITRE.find(([mot]) => mot.test(titre))?.[1];
		if (genre === undefined || (GENRES_UNIQUES.includes(genre) && pris.has(genre))) continue;
		pris.add(genre);
		section.genre = genre;
	}
	return plan;
}

function cadreOf(section: string, portee: Portee, engagement: EngagementPropose): CadreArchive {
	const { puces, retraits, contexte, missions, moyens_humains, moyens_financiers, conventions, organisme } = engagement;
	const written: Record<string, ValeurChamp | undefined> = {
		contexte: contexte === undefined ? undefined : { texte: contexte },
		missions: missions && { puces: missions },
		[ENGAGEMENTS]: { puces, ...(retraits && retraits.length > 0 && { retraits }) },
		moyens_humains: moyens_humains && { lignes: moyens_humains.map(({ libelle, etp }) => ({ libelle, etp })) },
		moyens_financiers: moyens_financiers && { puces: moyens_financiers },
		conventions: conventions && { lignes: conventions.map(({ intitule, etat }) => ({ intitule, avec: '', etat })) }
	};
	return {
		section,
		portee,
		organismes: [],
		libelle: portee === 'hors_signataires' ? (organisme ?? '') : '',
		champs: Object.fromEntries(CADRE_ENGAGEMENT.map((champ) => [champ.id, written[champ.id] ?? emptyValeur(champ)])),
		approbation: { approuve: false, instance: '', date: '', note: '' },
		liens: []
	};
}

function financementOf({ enveloppes, orientations }: FinancementPropose): PartiesArchive['financement'] {
	const cents = (euros: number | null) => (euros === null ? null : euros * 100);
	return {
		enveloppes: enveloppes.map(({ libelle, montant, part_fse, debut, fin, exclusions }) => ({
			libelle,
			montant: cents(montant),
			part_fse: cents(part_fse),
			debut,
			fin,
			exclusions
		})),
		orientations: orientations.map(({ libelle, dispositifs }) => ({
			libelle,
			axes: [],
			dispositifs: dispositifs.map((dispositif) => ({ ...dispositif, operateur: null }))
		})),
		intermediaires: []
	};
}
