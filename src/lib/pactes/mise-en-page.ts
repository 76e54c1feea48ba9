import { knownAt, LIMITES, listAt, objectAt, oneOf, onlyKeys, textAt } from './archive-values.ts';

/** The logos and the words of those who pay, and the pages that bear them. */
export interface MiseEnPage {
	/** « Cofinancé par l’Union européenne ». */
	mention: string;
	logos: Logo[];
	pages: PagesDeLaMention;
}

export interface Logo {
	/** An image of the pacte: its id. */
	piece: string;
	/** What it says to who does not see it. */
	alternative: string;
}

export const PAGES_DE_LA_MENTION = ['aucune', 'couverture', 'fiches', 'toutes'] as const;
export type PagesDeLaMention = (typeof PAGES_DE_LA_MENTION)[number];

export const NOM_DES_PAGES: Record<PagesDeLaMention, string> = {
	aucune: 'Aucune page',
	couverture: 'La couverture',
	fiches: 'La couverture et chaque fiche',
	toutes: 'Toutes les pages'
};

export const LOGOS_MAX = 8;

export function emptyMiseEnPage(): MiseEnPage {
	return { mention: '', logos: [], pages: 'aucune' };
}

export function isEmptyMiseEnPage({ mention, logos, pages }: MiseEnPage): boolean {
	return mention === '' && logos.length === 0 && pages === 'aucune';
}

/** Reads what came from outside, or from the row that keeps it. `pieces`: the images that there are; null: not known here. */
export function miseEnPageAt(value: unknown, lieu: string, pieces: ReadonlySet<string> | null): MiseEnPage {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['mention', 'logos', 'pages']);
	return {
		mention: textAt(source.mention, `${lieu}.mention`, LIMITES.titre),
		logos: listAt(source.logos, `${lieu}.logos`, LOGOS_MAX, (item, at) => {
			const logo = objectAt(item, at);
			onlyKeys(logo, at, ['piece', 'alternative']);
			// Ids of this installation may begin with a dash: those of an archive never do.
			const piece =
				pieces === null
					? textAt(logo.piece, `${at}.piece`, LIMITES.nom)
					: knownAt(logo.piece, `${at}.piece`, pieces, 'image');
			return { piece, alternative: textAt(logo.alternative, `${at}.alternative`, LIMITES.titre) };
		}),
		pages: oneOf(source.pages, `${lieu}.pages`, PAGES_DE_LA_MENTION)
	};
}
