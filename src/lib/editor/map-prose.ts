import type { Bloc, Constat, Inline, Paragraphe, Prose } from './prose.ts';

/** What becomes of what a prose refers to; null takes the reference out. */
export interface ProseMap {
	/** Of a renvoi: `noeud:…`, `section:…`, `figure:…`. */
	cible(cible: string): string;
	figure(id: string): string;
	chiffre(chiffre: { figure: string; ligne: string; serie: string }): { figure: string; ligne: string; serie: string };
	piece(id: string): string;
	constat(constat: Constat): Constat;
	texte(texte: string): string;
}

/** A prose with other names for what it refers to. A pure function. */
export function mapProse(prose: Prose, map: ProseMap): Prose {
	return prose.map((bloc) => mapBloc(bloc, map));
}

function mapBloc(bloc: Bloc, map: ProseMap): Bloc {
	switch (bloc.type) {
		case 'paragraphe':
			return mapParagraphe(bloc, map);
		case 'tableau':
			return {
				...bloc,
				legende: map.texte(bloc.legende),
				rangees: bloc.rangees.map((rangee) =>
					rangee.map((cellule) => ({
						...cellule,
						contenu: cellule.contenu.map((ligne) => mapParagraphe(ligne, map))
					}))
				)
			};
		case 'figure':
			return { ...bloc, figure: map.figure(bloc.figure) };
		case 'image':
			return {
				...bloc,
				piece: map.piece(bloc.piece),
				alternative: map.texte(bloc.alternative),
				legende: map.texte(bloc.legende)
			};
		default:
			return bloc satisfies never;
	}
}

function mapParagraphe(bloc: Paragraphe, map: ProseMap): Paragraphe {
	return {
		...bloc,
		...(bloc.constat && { constat: map.constat(bloc.constat) }),
		contenu: bloc.contenu.map((inline) => mapInline(inline, map))
	};
}

function mapInline(inline: Inline, map: ProseMap): Inline {
	switch (inline.type) {
		case 'texte':
			return { ...inline, texte: map.texte(inline.texte) };
		case 'note':
			return { ...inline, contenu: inline.contenu.map((run) => ({ ...run, texte: map.texte(run.texte) })) };
		case 'renvoi':
			return { ...inline, cible: map.cible(inline.cible) };
		case 'chiffre':
			return { ...inline, ...map.chiffre(inline) };
		case 'saut':
			return inline;
		default:
			return inline satisfies never;
	}
}
