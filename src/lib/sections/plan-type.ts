import type { SectionArchive } from '#lib/pactes/archive.ts';
import type { SectionAPrevoir } from './section.ts';

/** A plan whose texts are still to be written, as an archive holds it. */
export function planOf(plan: readonly SectionAPrevoir[]): SectionArchive[] {
	const sections: SectionArchive[] = [];
	const add = (level: readonly SectionAPrevoir[], parent: string | null) => {
		for (const { genre, titre, longueur = '', sections: inner = [] } of level) {
			const id = `s${sections.length + 1}`;
			const blank = { organisme: null, noeud: null, etat: 'brouillon', prose: [] } as const;
			sections.push({ ...blank, id, parent, genre, titre, longueur, prose: [] });
			add(inner, id);
		}
	};
	add(plan, null);
	return sections;
}
