import type { Bloc } from './blocs.ts';

/** Blocs as a section's text holds them: one paragraph a line, light marks before headings and items. */
export function texteDeBlocs(blocs: readonly Bloc[]): string {
	return blocs.flatMap(linesOf).join('\n');
}

function linesOf(bloc: Bloc): string[] {
	switch (bloc.genre) {
		case 'titre':
			return [`## ${titreEntier(bloc)}`];
		case 'paragraphe':
			return [bloc.texte];
		case 'liste':
			return bloc.items.map(({ texte, rang, sous }) =>
				sous ? `  - ${texte}` : rang === null ? `- ${texte}` : `${rang}. ${texte}`
			);
		default:
			return bloc satisfies never;
	}
}

/** A heading with its own number, which nothing else would keep. */
export function titreEntier({ texte, rang }: Extract<Bloc, { genre: 'titre' }>): string {
	return rang === null ? texte : `${rang}. ${texte}`;
}
