import type { SectionProposee } from '#lib/import/proposition.ts';
import type { Bloc, Titre } from './blocs.ts';
import { fold, sameForm } from './mots.ts';
import { readParoleSignee, type ParoleSignee } from './paroles.ts';
import { withoutArticle } from './parties.ts';
import { texteDeBlocs, titreEntier } from './prose.ts';

export type ChapitreLu = Pick<SectionProposee, 'titre' | 'texte' | 'ligne'> & {
	lignes: number[];
	/** Who signs it, when it is the words of the body that heads it. */
	parole?: ParoleSignee | undefined;
	/** The line of the chapter that holds it; null at the top. */
	dans: number | null;
};

/** A text with fewer headings is no plan. */
const TITRES_D_UN_PLAN = 2;
const DEBUT_SANS_TITRE = 'Introduction';

/** « Le président du Conseil départemental », alone under an editorial: who signs it, and no heading. */
const SIGNATURE = /^(?:le |la )?(?:vice-)?(?:presidente?|prefete?|prefet|maire|directeur|directrice)\b/;

/**
 * The chapters of a text: its main headings, each with all that follows it, deeper headings as intertitles. Empty when the
 * text has too few headings to make a plan of.
 */
export function readChapitres(blocs: readonly Bloc[], isLibre: (bloc: Bloc) => boolean): ChapitreLu[] {
	const numerotes = blocs.filter((bloc): bloc is Titre => bloc.genre === 'titre' && bloc.numero !== undefined);
	const principaux = numerotes.length > 0 ? new Set(numerotes) : findPrincipaux(blocs);
	if (principaux.size < TITRES_D_UN_PLAN) return [];
	const chapitres: { titre: Titre | null; blocs: Bloc[] }[] = [];
	for (const bloc of blocs.filter(isLibre)) {
		const ouvert = chapitres.at(-1);
		if (bloc.genre === 'titre' && principaux.has(bloc)) {
			// A heading that comes back is that of the page.
			if (ouvert?.titre && sameTitre(ouvert.titre, bloc)) ouvert.blocs.push(bloc);
			else chapitres.push({ titre: bloc, blocs: [] });
		} else if (ouvert) ouvert.blocs.push(bloc);
		else chapitres.push({ titre: null, blocs: [bloc] });
	}
	// In the order of the text, as chapters are: each is looked at once.
	const prises = blocs.filter((bloc) => !isLibre(bloc)).map(({ debut }) => debut);
	let pris = 0;
	const pleins = chapitres.filter(({ titre, blocs: siens }, i) => {
		const fin = chapitres[i + 1]?.titre?.debut ?? Infinity;
		while (titre !== null && pris < prises.length && prises[pris]! <= titre.debut) pris++;
		const tient = pris < prises.length && prises[pris]! < fin;
		// Words alone, that nothing stands under, are those of a map or of a cover.
		return titre?.style !== 'c' || siens.length > 0 || tient;
	});
	const parNumero = new Map(numerotes.map(({ numero, debut }) => [numero, debut]));
	return pleins
		.filter(({ titre, blocs: siens }) => titre !== null || !isCouverture(siens))
		.map(({ titre, blocs }) => ({
			titre: titre === null ? DEBUT_SANS_TITRE : titreEntier(titre),
			dans: parNumero.get(titre?.numero?.replace(/\.?\d+$/, '')) ?? null,
			...(titre !== null && { parole: readParoleSignee(titre.texte, blocs) ?? undefined }),
			texte: texteDeBlocs(blocs.filter((bloc) => bloc.genre !== 'titre' || titre === null || !sameTitre(titre, bloc))),
			ligne: (titre ?? blocs[0]!).debut,
			lignes: [...(titre?.lignes ?? []), ...blocs.flatMap(({ lignes }) => lignes)]
		}));
}

/** Names, years and counts, without a sentence, above the first heading. */
function isCouverture(blocs: readonly Bloc[]): boolean {
	return blocs.every((bloc) => bloc.genre !== 'liste' && bloc.texte.length <= 90 && !/[.!?]$/.test(bloc.texte));
}

function sameTitre(a: Titre, b: Titre): boolean {
	return withoutArticle(sameForm(a.texte)) === withoutArticle(sameForm(b.texte));
}

/**
 * The headings of the first depth: those of the first style that makes a series, and what stands before them. Markdown
 * first, then numbers, then capitals; plain headings when there is nothing else.
 */
function findPrincipaux(blocs: readonly Bloc[]): Set<Titre> {
	const titres = blocs.filter((bloc): bloc is Titre => bloc.genre === 'titre' && !SIGNATURE.test(fold(bloc.texte)));
	const style = mainStyle(titres);
	const premier = titres.findIndex((titre) => titre.style === style);
	return new Set(titres.filter((titre, i) => titre.style === style || (i < premier && titre.style === 'c')));
}

const SERIE = 3;

function mainStyle(titres: readonly Titre[]): string {
	const parStyle = Map.groupBy(titres, ({ style }) => style);
	const diese = [...parStyle.keys()].filter((style) => style.startsWith('#')).sort();
	const serieDeDieses = diese.find((style) => parStyle.get(style)!.length >= 2);
	if (serieDeDieses !== undefined) return serieDeDieses;
	const numerotes = [...parStyle].filter(([style, own]) => /^[1IA]/.test(style) && isSerie(own));
	if (numerotes.length > 0) return numerotes.sort(([, a], [, b]) => spread(b) - spread(a))[0]![0];
	const capitales = parStyle.get('C')?.filter(({ texte }) => texte.length >= 9) ?? [];
	return capitales.length >= SERIE ? 'C' : 'c';
}

/** 1, 2, 3… or I, II, III…: each number once, or come back on the next page. */
function isSerie(titres: readonly Titre[]): boolean {
	const rangs = new Set(titres.map(({ rang }) => rang));
	return rangs.size >= SERIE && rangs.size * 2 > titres.length;
}

/** How much of the text a series spans. */
function spread(titres: readonly Titre[]): number {
	return titres.at(-1)!.debut - titres[0]!.debut;
}
