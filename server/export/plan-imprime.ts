import type { ImageInseree, Prose } from '#lib/editor/prose.ts';
import { CHIFFRE_PERDU } from '#lib/editor/references.ts';
import { figureFromArchive } from '#lib/figures/figure-archive.ts';
import { quoteOf } from '#lib/figures/quote.ts';
import type { ArchivePacte, SectionArchive } from '#lib/pactes/archive.ts';
import { numberPlan } from '#lib/sections/plan.ts';
import type { GenreSection } from '#lib/sections/section.ts';
import type { Bloc, Imprimeur } from './assemble.ts';
import { printFigure } from './parties/figure.ts';
import { imageBloc } from './parties/image.ts';
import { printProse, type BlocDeProse, type ProseImprimee, type ReferencesImprimees } from './parties/prose.ts';

/** A part of the plan: its title and its text. */
export interface BlocSection {
	type: 'section';
	/** Depth of its heading, from 1. */
	rang: number;
	/** « 3.1 » */
	repere: string;
	titre: string;
	nouvellePage: boolean;
	blocs: ProseImprimee;
}

/** The heading of a part, for what is printed with it. */
export interface Entete {
	rang: number;
	repere: string;
	titre: string;
	texte: ProseImprimee;
}

/** What the rest of the house prints for a part of the plan. */
export interface Generateurs {
	/** What a genre shows after the text of its section; nothing when there is nothing to show. */
	generated(genre: GenreSection, section: SectionArchive, entete: Entete): Bloc[];
	/** Genres whose blocks print the heading themselves. */
	ownsHeading(genre: GenreSection): boolean;
	/** « fiche 2.3 », « axe 2 »; null for what is not in the pacte. */
	noeud(id: string): { texte: string; fiche: string | null } | null;
}

/** The texts of a pacte, laid out in the order of its plan. */
export class PlanImprime {
	readonly #archive: ArchivePacte;
	readonly #print: Imprimeur;
	readonly #generateurs: Generateurs;
	readonly #places: Map<string, { numero: string; profondeur: number }>;
	/** The figures that the texts show, by the archive's ids. */
	readonly figures: ReadonlySet<string>;
	readonly #drawn = new Set<string>();

	constructor(archive: ArchivePacte, print: Imprimeur, generateurs: Generateurs) {
		this.#archive = archive;
		this.#print = print;
		this.#generateurs = generateurs;
		this.#places = numberPlan(archive.sections);
		const blocs = archive.sections.flatMap(({ prose }) => prose);
		this.figures = new Set(blocs.flatMap((bloc) => (bloc.type === 'figure' ? [bloc.figure] : [])));
	}

	/** Parts in which nothing is written, and that show nothing, are left out; the others keep their numbers. */
	blocs(): Bloc[] {
		return this.#under(null, 1);
	}

	/** The texts that open a branch of the tree, each with its title. */
	textesOf(noeud: string, rang: number): { titre: string; blocs: ProseImprimee }[] {
		return this.#archive.sections
			.filter((section) => section.noeud === noeud)
			.map((section) => ({ titre: this.#titre(section), blocs: this.prose(section, rang + 1) }))
			.filter(({ blocs }) => blocs.length > 0);
	}

	#under(parent: string | null, rang: number): Bloc[] {
		return this.#archive.sections
			.filter((section) => section.parent === parent)
			.flatMap((section) => this.#section(section, rang));
	}

	#section(section: SectionArchive, rang: number): Bloc[] {
		const { genre, id } = section;
		const children = () => this.#under(id, rang + 1);
		// It is printed where its branch is.
		if (section.noeud !== null && this.#printsTree()) return children();
		const texte = this.prose(genre === 'constats' ? withoutConstats(section) : section, rang + 1);
		const repere = this.#places.get(id)?.numero ?? '';
		const entete: Entete = { rang, repere, titre: this.#titre(section), texte };
		const generated = this.#generateurs.generated(genre, section, entete);
		if (this.#generateurs.ownsHeading(genre) && generated.length > 0) return [...generated, ...children()];
		const rest = [...generated, ...children()];
		if (texte.length === 0 && rest.length === 0) return [];
		const bloc: BlocSection = {
			type: 'section',
			rang,
			repere,
			titre: entete.titre,
			nouvellePage: rang === 1,
			blocs: texte
		};
		return [bloc, ...rest];
	}

	#printsTree(): boolean {
		return this.#archive.sections.some(({ genre }) => genre === 'orientations');
	}

	#titre({ titre, id }: SectionArchive): string {
		return this.#print.texte(titre, `Plan, partie ${this.#places.get(id)?.numero ?? ''}`) || 'Sans titre';
	}

	/** The text of a section. */
	prose({ prose, id, titre }: SectionArchive, rang: number): ProseImprimee {
		const lieu = `Partie ${this.#places.get(id)?.numero ?? ''} ${titre.slice(0, 60)}`.trim();
		return this.printed(prose, rang, lieu);
	}

	printed(prose: Prose, rang: number, lieu: string): ProseImprimee {
		const print = this.#print;
		const image = (bloc: ImageInseree, at: string) => imageBloc(bloc, this.#archive.pieces, print, at);
		const blocs = printProse(prose, rang, { print, references: this.#references, image, lieu });
		return blocs.flatMap((bloc) => this.#withFigure(bloc));
	}

	#withFigure(bloc: BlocDeProse): BlocDeProse[] {
		if (bloc.t !== 'figure') return [bloc];
		// A figure is drawn once: its second place leads to the first.
		if (this.#drawn.has(bloc.figure)) {
			const found = this.#references.renvoi(`figure:${bloc.figure}`);
			return found ? [{ t: 'p', runs: [{ texte: `(Voir la ${found.texte}.)` }] }] : [];
		}
		const figure = printFigure(this.#archive, bloc.figure, this.#print);
		if (!figure) return [];
		this.#drawn.add(bloc.figure);
		return [{ t: 'dessin', bloc: figure }];
	}

	readonly #references: ReferencesImprimees = {
		renvoi: (cible) => {
			const at = cible.indexOf(':');
			const [kind, id] = [cible.slice(0, at), cible.slice(at + 1)];
			if (kind === 'noeud') return this.#generateurs.noeud(id);
			if (kind === 'section') {
				const numero = this.#places.get(id)?.numero;
				return numero === undefined ? null : { texte: `partie\u00a0${numero}`, fiche: null };
			}
			const index = this.#archive.figures.findIndex((figure) => figure.id === id);
			return kind === 'figure' && index >= 0 ? { texte: `figure\u00a0${index + 1}`, fiche: null } : null;
		},
		chiffre: (figure, ligne, serie) => {
			const found = this.#archive.figures.find(({ id }) => id === figure);
			if (!found) return `[${CHIFFRE_PERDU}]`;
			return quoteOf([{ ...figureFromArchive(found), id: figure } as Parameters<typeof quoteOf>[0][number]], {
				figure,
				ligne,
				serie
			});
		}
	};
}

/** Its constats are in the list that follows its text. */
function withoutConstats(section: SectionArchive): SectionArchive {
	return { ...section, prose: section.prose.filter((bloc) => bloc.type !== 'paragraphe' || !bloc.constat) };
}
