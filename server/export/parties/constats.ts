import { paragraphesOf, plainText, type NatureConstat } from '#lib/editor/prose.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { Imprimeur } from '../assemble.ts';

/** The constats and enjeux of the texts, by theme, each with what answers it. */
export interface BlocConstats {
	type: 'constats';
	rang: number;
	groupes: { theme: string; constats: { nature: string; texte: string; reponse: string }[] }[];
}

const NATURE: Record<NatureConstat, string> = { constat: 'Constat', enjeu: 'Enjeu' };

/** `reperes`: « fiche 2.3 », « axe 2 », by the archive's ids of nodes. */
export function printConstats(
	{ sections, reponses }: ArchivePacte,
	rang: number,
	reperes: (noeud: string) => string | null,
	print: Imprimeur
): BlocConstats[] {
	const answers = Map.groupBy(reponses, ({ constat }) => constat);
	const constats = sections
		.flatMap(({ prose }) => [...paragraphesOf(prose)])
		.flatMap(({ constat, contenu }) => (constat ? [{ ...constat, texte: plainText(contenu).trim() }] : []))
		.filter(({ texte }) => texte !== '');
	const groupes = [...Map.groupBy(constats, ({ theme }) => theme.trim())]
		.sort(([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'fr'))
		.map(([theme, list]) => ({
			theme: print.texte(theme, 'Constats'),
			constats: list.map(({ cle, nature, texte }) => {
				const found = (answers.get(cle) ?? []).flatMap(({ noeud }) => reperes(noeud) ?? []);
				return {
					nature: NATURE[nature],
					texte: print.texte(texte, 'Constats'),
					reponse: found.length === 0 ? '' : `Y répond\u00a0: ${found.join(', ')}`
				};
			})
		}));
	return groupes.length === 0 ? [] : [{ type: 'constats', rang, groupes }];
}

/** The bodies that the pacte names, in the order of the alphabet. */
export interface BlocPartenaires {
	type: 'partenaires';
	noms: string[];
}

export function printPartenaires({ organismes }: ArchivePacte, print: Imprimeur): BlocPartenaires[] {
	const noms = organismes.map(({ nom }) => print.texte(nom, 'Noms des organismes')).filter(Boolean);
	noms.sort((a, b) => a.localeCompare(b, 'fr', { numeric: true }));
	return noms.length === 0 ? [] : [{ type: 'partenaires', noms }];
}
