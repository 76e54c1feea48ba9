import { counted, listed } from '#lib/format.ts';

/** Whose engagements a section holds. */
export const PORTEES = ['organisme', 'groupe', 'tous', 'hors_signataires'] as const;
export type Portee = (typeof PORTEES)[number];

export const NOM_DE_LA_PORTEE: Record<Portee, string> = {
	organisme: 'Un organisme',
	groupe: 'Plusieurs organismes ensemble',
	tous: 'Tous les signataires',
	hors_signataires: 'Des acteurs qui ne signent pas'
};

export interface Porteur {
	portee: Portee;
	organismes: { id: string; nom: string }[];
	/** « Les entreprises du territoire »; for those who do not sign. */
	libelle: string;
}

/** « CAF », « CAF et MSA », « Tous les signataires », « Les entreprises du territoire »; empty when nobody is named yet. */
export function porteurInWords({ portee, organismes, libelle }: Porteur): string {
	if (portee === 'tous') return NOM_DE_LA_PORTEE.tous;
	if (portee === 'hors_signataires') return libelle;
	return listed(organismes.map(({ nom }) => nom));
}

export type AvancementEngagement = 'vide' | 'redige' | 'approuve';

export const NOM_DE_L_AVANCEMENT: Record<AvancementEngagement, string> = {
	vide: 'Vide',
	redige: 'Rédigé',
	approuve: 'Approuvé par son instance'
};

/** What the board of a partner decided. */
export interface Approbation {
	approuve: boolean;
	instance: string;
	/** A day (`2027-02-16`), or empty. */
	date: string;
	note: string;
}

/** One engagement, with its sub-points and what it is linked to. */
export interface Engagement {
	/** The bullet's id in its section's document. */
	cle: string;
	texte: string;
	sous: string[];
	/** Ids of the nodes that it serves. */
	noeuds: string[];
	/** The wordings that others give of it. */
	miroirs: Miroir[];
}

export interface Miroir {
	section: string;
	cle: string;
	porteur: string;
	texte: string;
}

/** A section of engagements, as everyone reads it. */
export interface EngagementsDuPorteur {
	section: string;
	titre: string;
	porteur: Porteur;
	/** How its bearer is called: its name, or the section's title while nobody is named. */
	nom: string;
	engagements: Engagement[];
	avancement: AvancementEngagement;
	approbation: Approbation;
	/** Whether whoever reads may write it. */
	redige: boolean;
	/** Whether whoever reads may say that its board approved it. */
	approuve: boolean;
}

export interface Axe {
	id: string;
	code: string;
	titre: string;
	/** « axe » */
	niveau: string;
}

/** « Axe 3 : Se loger ». */
export function axeInWords({ code, titre, niveau }: Axe): string {
	const nom = niveau.charAt(0).toUpperCase() + niveau.slice(1);
	return `${[nom, code].filter(Boolean).join('\u00a0')}\u00a0: ${titre.trim() || 'Sans titre'}`;
}

export interface Matrice {
	/** One a bearer; `cellules` in the order of the axes. */
	lignes: { section: string; nom: string; cellules: Engagement[][]; sansAxe: number }[];
	/** In words: what nobody answers for. */
	trous: string[];
}

/** Engagements × axes. `topOf`: the axe above a node, itself when it is one; undefined when it is not in the tree. */
export function matriceOf(
	parties: readonly EngagementsDuPorteur[],
	axes: readonly Axe[],
	topOf: (noeud: string) => string | undefined
): Matrice {
	const lignes = parties.map(({ section, nom, engagements }) => {
		const tops = engagements.map((engagement) => ({ engagement, axes: new Set(engagement.noeuds.map(topOf)) }));
		return {
			section,
			nom,
			cellules: axes.map(({ id }) => tops.filter((each) => each.axes.has(id)).map(({ engagement }) => engagement)),
			sansAxe: tops.filter((each) => axes.every(({ id }) => !each.axes.has(id))).length
		};
	});
	const emptyAxes = axes
		.filter((_, i) => lignes.every(({ cellules }) => cellules[i]?.length === 0))
		.map((axe) => `Aucun engagement sur l’${named(axe)}.`);
	// One bearer may have several parts: what it writes in one is written.
	const written = new Set(parties.filter(({ engagements }) => engagements.length > 0).map(({ nom }) => nom));
	const emptyParties = parties
		.filter(({ nom }) => !written.has(nom))
		.map(({ nom }) => `${nom}\u00a0: aucun engagement écrit.`);
	const unlinked = lignes
		.filter(({ sansAxe }) => sansAxe > 0)
		.map(
			({ nom, sansAxe }) => `${nom}\u00a0: ${counted(sansAxe, 'engagement relié', 'engagements reliés')} à aucun axe.`
		);
	return { lignes, trous: [...new Set([...emptyAxes, ...emptyParties, ...unlinked])] };
}

/** « axe 3 (Se loger) ». */
function named({ code, titre, niveau }: Axe): string {
	return `${[niveau, code].filter(Boolean).join('\u00a0')} («\u00a0${titre.trim() || 'Sans titre'}\u00a0»)`;
}

/** « 2 partenaires sur 4 ont rédigé, dont 1 approuvé par son instance. » */
export function avancementInWords(parties: readonly Pick<EngagementsDuPorteur, 'avancement'>[]): string {
	if (parties.length === 0) return '';
	const rediges = parties.filter(({ avancement }) => avancement !== 'vide').length;
	const approuves = parties.filter(({ avancement }) => avancement === 'approuve').length;
	const verbe = rediges < 2 ? 'est rédigée' : 'sont rédigées';
	const suite =
		approuves === 0 ? 'aucune n’est approuvée' : `${approuves} approuvée${approuves > 1 ? 's' : ''} par une instance`;
	return `${counted(rediges, 'partie')} sur ${parties.length} ${verbe}\u00a0; ${suite}.`;
}
