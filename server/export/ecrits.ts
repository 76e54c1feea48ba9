import type {
	Bloc,
	BlocFiche,
	BlocSynthese,
	BlocSyntheseEnNiveaux,
	ChampImprime,
	DocumentImprime,
	Liste,
	TableauDeChamp,
	Tete
} from './assemble.ts';
import {
	discret,
	fort,
	liste,
	paragraphe,
	tableau,
	titre,
	type BandeauEcrit,
	type BlocEcrit,
	type CouvertureEcrite,
	type DocumentEcrit,
	type ImageEcrite,
	type SommaireEcrit,
	type TableauEcrit,
	type TitreEcrit
} from './blocs.ts';
import { sensOf } from './largeurs.ts';
import type { BlocCadre, BlocMatrice, BlocParole } from './parties/engagements.ts';
import type { BlocBilan } from './parties/bilan.ts';
import type { BlocConstats } from './parties/constats.ts';
import type { BlocFigure, BlocListeDesFigures } from './parties/figure.ts';
import type { BlocFinancement } from './parties/financement.ts';
import type { BlocGlossaire } from './parties/glossaire.ts';
import type { BlocInstances } from './parties/gouvernance.ts';
import type { BlocImage } from './parties/image.ts';
import type { BlocMethode } from './parties/methode.ts';
import type { CelluleImprimee, ProseImprimee, Run } from './parties/prose.ts';
import type { SignataireImprime } from './parties/signatures.ts';

/**
 * What the PDF prints, as blocks that the other formats write: the same parts in the same order. `pages`: where the PDF has each heading
 * of its contents, in their order.
 */
export function ecrireBlocs(document: DocumentImprime, pages: readonly number[] = []): DocumentEcrit {
	return new Ecriture(document, pages).document();
}

class Ecriture {
	readonly #document: DocumentImprime;
	readonly #pages: readonly number[];
	/** The headings that the contents name. */
	readonly #sommaire: SommaireEcrit['entrees'] = [];
	#couverture: CouvertureEcrite | undefined;
	readonly #bandeau: BandeauEcrit | null;

	constructor(document: DocumentImprime, pages: readonly number[]) {
		this.#document = document;
		this.#pages = pages;
		this.#bandeau = this.#whoPays();
	}

	document(): DocumentEcrit {
		const { titre: nom, pied, blocs } = this.#document;
		const written = blocs.flatMap((bloc, i) => {
			const before = blocs[i - 1]?.type;
			return before === 'sommaire' || before === 'fiche' ? opening(this.#bloc(bloc)) : this.#bloc(bloc);
		});
		return {
			type: 'ecrit',
			titre: nom,
			sousTitre: '',
			pied,
			...(!this.#couverture && saysTitle(written, nom) && { titreDansLeTexte: true as const }),
			...(this.#couverture && { couverture: this.#couverture }),
			...(this.#bandeau && this.#document.bandeau?.pages === 'toutes' && { bandeau: this.#bandeau }),
			blocs: written.map((bloc) => (bloc.t === 'sommaire' ? this.#filled(bloc) : bloc))
		};
	}

	#whoPays(): BandeauEcrit | null {
		const { bandeau } = this.#document;
		if (!bandeau) return null;
		const logos = bandeau.logos.flatMap((logo) => this.#image(logo).filter((bloc) => bloc.t === 'image'));
		return { t: 'bandeau', mention: bandeau.mention, logos };
	}

	/** It comes before what it names. */
	#filled(sommaire: SommaireEcrit): SommaireEcrit {
		return { ...sommaire, entrees: this.#sommaire.filter(({ rang }) => rang <= sommaire.profondeur) };
	}

	#bloc(bloc: Bloc): BlocEcrit[] {
		switch (bloc.type) {
			case 'couverture': {
				const lignes = [bloc.periode, ...bloc.contenu, bloc.version].filter((ligne) => ligne !== '');
				this.#couverture = { surtitre: bloc.territoire, lignes, bandeau: this.#bandeau };
				return [];
			}
			case 'sommaire':
				return [{ t: 'sommaire', titre: 'Sommaire', profondeur: bloc.profondeur, entrees: [] }];
			case 'section':
				return [this.#tete(bloc, { nouvellePage: bloc.nouvellePage }), ...this.#prose(bloc.blocs)];
			case 'chapitre':
				return [
					this.#tete(bloc, { nouvellePage: bloc.nouvellePage, deuxPoints: true }),
					...bloc.textes.flatMap((texte) => [titre(bloc.rang + 1, texte.titre), ...this.#prose(texte.blocs)]),
					...bloc.listes.flatMap((each) => listeSimple(bloc.rang + 1, each)),
					...(bloc.fiches === null
						? []
						: [
								titre(bloc.rang + 1, bloc.fiches.etiquette),
								...liste(bloc.fiches.entrees.map(({ cle, code, titre: nom }) => [vers(cle, [code, nom])]))
							])
				];
			case 'fiche':
				return this.#fiche(bloc);
			case 'synthese':
				return this.#synthese(bloc);
			case 'syntheseEnNiveaux':
				return onItsSide([this.#tete(bloc), ...this.#prose(bloc.texte), tableEnNiveaux(bloc)]);
			case 'engagements':
				return [
					...this.#ownTete(bloc),
					...bloc.groupes.flatMap(({ organisme, puces }) => [titre(bloc.rang + 1, organisme), ...lignesDePuces(puces)])
				];
			case 'signataires':
				return [...this.#ownTete(bloc), tableDesSignataires(bloc.signataires)];
			case 'figure':
				return figure(bloc);
			case 'figures':
				return [...this.#ownTete(bloc), ...bloc.figures.flatMap(figure)];
			case 'listeDesFigures':
				return [
					...(bloc.titre === '' ? [] : [this.#tete(bloc)]),
					...liste(bloc.entrees.map((entree) => ligneDeFigure(entree)))
				];
			case 'image':
				return this.#image(bloc);
			case 'glossaire':
				return [...this.#ownTete(bloc), tableDuGlossaire(bloc)];
			case 'constats':
				return constats(bloc);
			case 'schemas':
				return [
					...this.#ownTete(bloc),
					...liste(
						bloc.lignes.map(({ nom, precision, fiches }) => [gras(nom), ...aLaLigne(precision), ...aLaLigne(fiches)])
					)
				];
			case 'partenaires':
				return liste(bloc.noms);
			case 'cadre':
				return this.#cadre(bloc);
			case 'matrice':
				return this.#matrice(bloc);
			case 'parole':
				return parole(bloc);
			case 'instances':
				return [...this.#ownTete(bloc), ...instances(bloc)];
			case 'financement':
				return [...this.#ownTete(bloc), ...financement(bloc)];
			case 'bilan':
				return [...this.#ownTete(bloc), ...bilan(bloc)];
			case 'methode':
				return [...this.#ownTete(bloc), ...methode(bloc)];
			// Sheets of a séance: no part of the document of a pacte.
			case 'presence':
			case 'cartesDeTable':
			case 'feuillesDeRoute':
				return [];
			default:
				return bloc satisfies never;
		}
	}

	/** A heading that the contents name. */
	#tete(
		{ rang, repere, titre: nom }: Tete,
		{ nouvellePage = false, deuxPoints = false, cle = `partie-${this.#sommaire.length + 1}` } = {}
	): TitreEcrit {
		const texte = repere === '' ? nom : `${repere}${deuxPoints ? '\u00a0:' : ''} ${nom}`;
		this.#sommaire.push({ rang, texte, cle, page: this.#pages[this.#sommaire.length] ?? null });
		return { ...titre(rang, texte), cle, ...(nouvellePage && { nouvellePage: true as const }) };
	}

	/** The heading of what is printed under no other. */
	#ownTete(tete: Tete): TitreEcrit[] {
		return tete.titre === '' ? [] : [this.#tete(tete, { nouvellePage: true })];
	}

	#fiche({ cle, rang, chemin, nature, code, titre: nom, faits, champs, listes }: BlocFiche): BlocEcrit[] {
		const repere = code === '' ? '' : `${nature}\u00a0${code}`;
		return [
			{ ...this.#tete({ rang, repere, titre: nom }, { nouvellePage: true, deuxPoints: true, cle }), fiche: true },
			...(this.#bandeau && this.#document.bandeau?.pages === 'fiches' ? [this.#bandeau] : []),
			...chemin.map(discret),
			...(faits.length === 0 ? [] : [{ t: 'faits' as const, faits }]),
			...(champs.length + listes.length === 0 ? [discret('Cette fiche n’est pas encore rédigée.')] : []),
			...champs.flatMap((champ) => champImprime(rang + 1, champ)),
			...listes.flatMap((each) => listeSimple(rang + 1, each))
		];
	}

	#synthese(bloc: BlocSynthese): BlocEcrit[] {
		return onItsSide([this.#tete(bloc), ...this.#prose(bloc.texte), tableDeSynthese(bloc)]);
	}

	#cadre({ rang, champs, approbation }: BlocCadre): BlocEcrit[] {
		return [
			...champs.flatMap((champ) => champImprime(rang + 1, champ)),
			...(approbation === '' ? [] : [fort(approbation)])
		];
	}

	#matrice(bloc: BlocMatrice): BlocEcrit[] {
		const blocs = [...this.#ownTete(bloc), tableau('', bloc.colonnes, bloc.lignes), ...bloc.trous.map(discret)];
		return sensOf(bloc.colonnes.length) === 'paysage' ? onItsSide(blocs) : blocs;
	}

	#prose(blocs: ProseImprimee): BlocEcrit[] {
		return blocs.flatMap((bloc): BlocEcrit[] => {
			switch (bloc.t) {
				case 'titre': {
					const texte = bloc.runs.map((run) => ('texte' in run ? run.texte : '')).join('');
					return [{ ...titre(bloc.rang, texte), runs: bloc.runs }];
				}
				case 'tableau':
					return sensOf(bloc.colonnes) === 'paysage' ? onItsSide([bloc]) : [bloc];
				case 'dessin':
					return figure(bloc.bloc);
				case 'image':
					return this.#image(bloc.bloc);
				case 'figure':
					return [];
				default:
					return [bloc];
			}
		});
	}

	/** One whose bytes are gone leaves its words. */
	#image({ fichier, format, largeur, rapport, alternative, legende }: BlocImage): BlocEcrit[] {
		const base64 = this.#document.fichiers?.find(({ chemin }) => chemin === fichier)?.base64;
		if (base64 === undefined)
			return [
				discret(alternative === '' ? 'Image retirée' : `Image retirée\u00a0: ${alternative}`),
				...(legende === '' ? [] : [discret(legende)])
			];
		const type = TYPE_DU_FORMAT[format] ?? 'image/png';
		return [{ t: 'image', type, base64, largeur, hauteur: Math.round(largeur / rapport), alternative, legende }];
	}
}

/** Whether the first heading of a document is its title. */
function saysTitle(blocs: readonly BlocEcrit[], nom: string): boolean {
	return blocs.find((bloc) => bloc.t === 'titre')?.texte === nom;
}

/** What follows the contents, or a fiche, is on another page. */
function opening([first, ...rest]: BlocEcrit[]): BlocEcrit[] {
	if (!first) return [];
	return [first.t === 'titre' ? { ...first, nouvellePage: true } : first, ...rest];
}

const TYPE_DU_FORMAT: Record<string, ImageEcrite['type']> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	gif: 'image/gif',
	webp: 'image/webp'
};

function onItsSide(blocs: BlocEcrit[]): BlocEcrit[] {
	return [{ t: 'page', sens: 'paysage' }, ...blocs, { t: 'page', sens: 'portrait' }];
}

function gras(texte: string): Run {
	return { texte, gras: true };
}

function vers(cle: string, parts: readonly string[]): Run {
	return { texte: parts.filter((part) => part !== '').join(' '), fiche: cle };
}

function versOuRien(cle: string | null, parts: readonly string[]): Run {
	return cle === null ? { texte: parts.filter((part) => part !== '').join(' ') } : vers(cle, parts);
}

function aLaLigne(texte: string): Run[] {
	return texte === '' ? [] : [{ saut: true }, { texte }];
}

/** The lines of one bullet or cell. */
function lignes(textes: readonly string[]): Run[] {
	return textes.flatMap((texte, i): Run[] => (i === 0 ? [{ texte }] : [{ saut: true }, { texte }]));
}

function lignesDePuces(puces: readonly string[][]): BlocEcrit[] {
	return liste(puces.map(lignes));
}

function listeSimple(rang: number, { etiquette, entrees }: Liste): BlocEcrit[] {
	const items = entrees.map(({ code, titre: nom }) => [
		...(code === '' ? [] : [gras(code), { texte: ' ' }]),
		{ texte: nom }
	]);
	return [titre(rang, etiquette), ...liste(items)];
}

// Fields

function champImprime(rang: number, champ: ChampImprime): BlocEcrit[] {
	const blocs = [titre(rang, champ.etiquette), ...contenuDeChamp(champ)];
	return 'paysage' in champ && champ.paysage ? onItsSide(blocs) : blocs;
}

function contenuDeChamp(champ: ChampImprime): BlocEcrit[] {
	if ('puces' in champ) return [...lignesDePuces(champ.puces), ...(champ.apres ?? []).map(paragraphe)];
	if ('points' in champ) {
		const items = champ.points.map((point) => ({
			runs: lignes(point.lignes),
			sous: point.sous.length === 0 ? [] : [{ numerotee: false, items: point.sous.map(sousPoint) }]
		}));
		return [{ t: 'liste', liste: { numerotee: false, items } }];
	}
	if ('colonnes' in champ) return [tableDeChamp(champ), ...champ.totaux.map(fort)];
	return champ.paragraphes.map(paragraphe);
}

function sousPoint(textes: readonly string[]) {
	return { runs: lignes(textes), sous: [] };
}

function tableDeChamp({ etiquette, colonnes, rangees }: TableauDeChamp & { etiquette: string }): TableauEcrit {
	return {
		t: 'tableau',
		legende: '',
		nom: etiquette,
		colonnes: colonnes.length,
		entetes: [colonnes.map(({ nom }, x) => cellule(x, 0, [[{ texte: nom }]], { entete: true }))],
		rangees: rangees.map((row, y) =>
			row.map(({ x, hauteur, lignes: textes }) =>
				cellule(
					x,
					y + 1,
					textes.map((texte) => [{ texte }]),
					{ lignes: hauteur }
				)
			)
		)
	};
}

function cellule(x: number, y: number, lignesDeTexte: Run[][], more: Partial<CelluleImprimee> = {}): CelluleImprimee {
	return { x, y, colonnes: 1, lignes: 1, entete: false, lignesDeTexte, ...more };
}

// Tables

/** A row for each branch, its name over all the columns; then its fiches. */
function tableDeSynthese({ titre: nom, colonnes, groupes }: BlocSynthese): TableauEcrit {
	const rows: CelluleImprimee[][] = [];
	const add = (row: (y: number) => CelluleImprimee[]) => rows.push(row(rows.length + 1));
	for (const { titre: groupe, lignes: fiches } of groupes) {
		if (groupe !== '') add((y) => [cellule(0, y, [[{ texte: groupe }]], { entete: true, colonnes: colonnes.length })]);
		for (const { cle, code, titre: fiche, cellules } of fiches)
			add((y) => [
				cellule(0, y, [[versOuRien(cle, [code, fiche])]]),
				...cellules.map((texte, x) => cellule(x + 1, y, [[{ texte }]]))
			]);
	}
	return {
		t: 'tableau',
		legende: '',
		nom,
		colonnes: colonnes.length,
		entetes: [colonnes.map((texte, x) => cellule(x, 0, [[{ texte }]], { entete: true }))],
		rangees: rows
	};
}

/** A column for each level; what holds several fiches is one cell beside them. */
function tableEnNiveaux({ titre: nom, colonnes, rangees }: BlocSyntheseEnNiveaux): TableauEcrit {
	return {
		t: 'tableau',
		legende: '',
		nom,
		colonnes: colonnes.length,
		entetes: [colonnes.map((texte, x) => cellule(x, 0, [[{ texte }]], { entete: true }))],
		rangees: rangees.map((row, y) =>
			row.map(({ x, colonnes: largeur, lignes: hauteur, code, texte, cle, entete }) =>
				cellule(x, y + 1, [[versOuRien(cle, [code, texte])]], { colonnes: largeur, lignes: hauteur, entete })
			)
		)
	};
}

/** With room to sign. */
function tableDesSignataires(signataires: readonly SignataireImprime[]): TableauEcrit {
	const rows = signataires.map(({ organisme, personne, fonction, statut }) => [
		organisme,
		[personne, fonction].filter((part) => part !== '').join(', '),
		statut
	]);
	return { ...tableau('', ['Organisme', 'Représenté par', 'Signature'], rows), nom: 'Signataires', aSigner: true };
}

function tableDuGlossaire({ entrees }: BlocGlossaire): TableauEcrit {
	return {
		t: 'tableau',
		legende: '',
		colonnes: 2,
		entetes: [['Sigle', 'Ce qu’il veut dire'].map((texte, x) => cellule(x, 0, [[{ texte }]], { entete: true }))],
		rangees: entrees.map(({ sigle, developpe, definition }, i) => [
			cellule(0, i + 1, [[gras(sigle)]]),
			cellule(1, i + 1, [[{ texte: developpe }], ...(definition === '' ? [] : [[{ texte: definition }]])])
		])
	};
}

// Figures

function figure(bloc: BlocFigure): BlocEcrit[] {
	const { cle, numero, titre: nom, unite, svg, hauteur, alternative, phrase, colonnes, rangees, origine } = bloc;
	const name = `Figure ${numero}. ${nom}${unite === '' ? '' : ` (${unite})`}`;
	return [
		dessin(svg, hauteur, alternative, name, `figure-${cle}`),
		...(phrase === '' ? [] : [paragraphe(phrase)]),
		...(colonnes.length === 0 ? [] : [{ ...tableau('', ['', ...colonnes], rangees), nom: name }]),
		discret(origine)
	];
}

const LARGEUR_DU_DESSIN = 640;

function dessin(svg: string, hauteur: number, alternative: string, legende: string, cle?: string): ImageEcrite {
	return {
		t: 'image',
		type: 'image/svg+xml',
		base64: Buffer.from(svg).toString('base64'),
		largeur: LARGEUR_DU_DESSIN,
		hauteur: Math.round(LARGEUR_DU_DESSIN * hauteur),
		alternative,
		legende,
		...(cle !== undefined && { cle })
	};
}

function ligneDeFigure({ cle, numero, titre: nom, origine }: BlocListeDesFigures['entrees'][number]): Run[] {
	return [vers(`figure-${cle}`, [`Figure ${numero}.`, nom]), { texte: `. ${origine}` }];
}

// The other parts

function constats({ rang, groupes }: BlocConstats): BlocEcrit[] {
	return groupes.flatMap(({ theme, constats: list }) => [
		...(theme === '' ? [] : [titre(rang + 1, theme)]),
		...liste(list.map(({ nature, texte, reponse }) => [gras(`${nature}\u00a0: `), { texte }, ...aLaLigne(reponse)]))
	]);
}

function parole({ organisme, signataires }: BlocParole): BlocEcrit[] {
	return [
		...signataires.flatMap(({ personne, fonction }) => [
			fort(personne),
			...(fonction === '' ? [] : [paragraphe(fonction)])
		]),
		...(organisme === '' ? [] : [discret(organisme)])
	];
}

function instances({ rang, instances: all }: BlocInstances): BlocEcrit[] {
	return all.flatMap(({ nom, nature, objet, faits, roles }) => [
		titre(rang + 1, nom),
		...(nature === '' ? [] : [discret(nature)]),
		...(objet === '' ? [] : [paragraphe(objet)]),
		...(roles.length === 0 ? [] : [fort('Rôles'), ...liste(roles)]),
		...(faits.length === 0 ? [] : [{ t: 'faits' as const, faits }])
	]);
}

function financement({ rang, enveloppes, orientations, intermediaires, montants }: BlocFinancement): BlocEcrit[] {
	const faits = enveloppes.map(({ libelle, valeur }) => ({ etiquette: libelle, valeur }));
	return [
		...(faits.length === 0 ? [] : [{ t: 'faits' as const, faits }]),
		...orientations.flatMap(({ libelle, axes, dispositifs }) => [
			titre(rang + 1, libelle),
			...axes.map(discret),
			...liste(dispositifs)
		]),
		...(intermediaires.length === 0 ? [] : [titre(rang + 1, 'Organismes intermédiaires'), ...liste(intermediaires)]),
		...(montants === null
			? []
			: [titre(rang + 1, 'Montants des fiches'), tableau('', montants.colonnes, montants.lignes)])
	];
}

function bilan({ rang, intitule, phrase, actions, colonnes, indicateurs, ameliorations }: BlocBilan): BlocEcrit[] {
	return [
		...(intitule === '' ? [] : [paragraphe(intitule)]),
		...(phrase === '' ? [] : [fort(phrase)]),
		...(actions.length === 0 ? [] : [tableau('', ['Action', 'État', 'Années', 'Commentaire'], actions)]),
		...(indicateurs.length === 0 ? [] : [titre(rang + 1, 'Indicateurs par année'), tableau('', colonnes, indicateurs)]),
		...(ameliorations.length === 0 ? [] : [titre(rang + 1, 'Axes d’amélioration'), ...liste(ameliorations)])
	];
}

function methode({ rang, phases, planning, instances: all, colonnes, lignes: rencontres }: BlocMethode): BlocEcrit[] {
	return [
		...phases.flatMap(({ nom, periode, sousTitre, contenus }) => [
			titre(rang + 1, nom),
			...(periode === '' ? [] : [discret(periode)]),
			...(sousTitre === '' ? [] : [paragraphe(sousTitre)]),
			...liste(contenus)
		]),
		...(planning === null
			? []
			: [titre(rang + 1, 'Planning'), dessin(planning.svg, 1 / planning.rapport, planning.alternative, '')]),
		...(all.length === 0
			? []
			: [
					titre(rang + 1, 'Instances'),
					...liste(
						all.map(({ nom, objet, rencontres: combien }) => [
							gras(nom),
							{ texte: `${combien === '' ? '' : ` (${combien})`}${objet === '' ? '' : `\u00a0: ${objet}`}` }
						])
					)
				]),
		...(rencontres.length === 0 ? [] : [titre(rang + 1, 'Rencontres'), tableau('', colonnes, rowsOf(rencontres))])
	];
}

function rowsOf(rencontres: BlocMethode['lignes']): string[][] {
	return rencontres.flatMap(({ instance, periode, objet, dates }) => [
		[instance, periode, objet],
		...dates.map(({ theme, quand }) => [`\u2013 ${theme}`, quand, ''])
	]);
}
