import type { DocumentImprime, Imprimeur } from '../assemble.ts';
import type { BlocEcrit, DocumentEcrit, ImageEcrite } from '../blocs.ts';
import { largeursOf, sensOf } from '../largeurs.ts';
import { printWords, type BlocDeProse, type CelluleImprimee, type ListeImprimee, type Run } from '../parties/prose.ts';
import type { BlocSection } from '../plan-imprime.ts';
import type { FichierJoint } from '../parties/image.ts';

/** A document of blocks, laid out by the same template as the pacte: its title first, then its parts. */
export function assembleEcrit({ titre, sousTitre, pied, blocs }: DocumentEcrit, print: Imprimeur): DocumentImprime {
	const lieu = titre;
	const fichiers: FichierJoint[] = [];
	const sections: BlocSection[] = [sectionOf(1, print.texte(titre, lieu))];
	if (sousTitre !== '') sections[0]?.blocs.push({ t: 'p', runs: [{ texte: print.texte(sousTitre, lieu) }] });
	for (const bloc of blocs)
		if (bloc.t === 'titre') sections.push(sectionOf(bloc.rang + 1, print.texte(bloc.texte, lieu)));
		else sections.at(-1)?.blocs.push(...printed(bloc));
	return { titre: print.texte(titre, lieu), pied: print.texte(pied, lieu), blocs: sections, fichiers };

	function printed(bloc: Exclude<BlocEcrit, { t: 'titre' }>): BlocDeProse[] {
		switch (bloc.t) {
			case 'p':
			case 'citation':
			case 'constat':
				return [{ ...bloc, runs: runs(bloc.runs) }];
			case 'liste':
				return [{ t: 'liste', liste: list(bloc.liste) }];
			case 'tableau':
				return [
					{
						...bloc,
						legende: print.texte(bloc.legende, lieu),
						entetes: bloc.entetes.map((row) => row.map(cell)),
						rangees: bloc.rangees.map((row) => row.map(cell)),
						largeurs: largeursOf(bloc, sensOf(bloc.colonnes))
					}
				];
			case 'image':
				return [image(bloc)];
			// What a pacte alone has, and the template lays out by itself.
			case 'sommaire':
			case 'faits':
			case 'page':
			case 'bandeau':
				return [];
			default:
				return bloc satisfies never;
		}
	}

	function runs(of: readonly Run[]): Run[] {
		return of.map((run): Run => {
			if ('note' in run) return { note: runs(run.note) };
			// There are no fiches here to lead to.
			if ('fiche' in run) return { texte: printWords(print, run.texte, lieu) };
			return 'texte' in run ? { ...run, texte: printWords(print, run.texte, lieu) } : run;
		});
	}

	function list({ numerotee, items }: ListeImprimee): ListeImprimee {
		return { numerotee, items: items.map((item) => ({ runs: runs(item.runs), sous: item.sous.map(list) })) };
	}

	function cell(cellule: CelluleImprimee): CelluleImprimee {
		return { ...cellule, lignesDeTexte: cellule.lignesDeTexte.map(runs) };
	}

	function image({ type, base64, largeur, hauteur, alternative, legende }: ImageEcrite): BlocDeProse {
		const chemin = `/images/${fichiers.length + 1}`;
		fichiers.push({ chemin, base64 });
		return {
			t: 'image',
			bloc: {
				type: 'image',
				fichier: chemin,
				format: FORMATS[type],
				rapport: largeur / Math.max(1, hauteur),
				largeur,
				alternative: print.texte(alternative, lieu),
				legende: print.texte(legende, lieu)
			}
		};
	}
}

const FORMATS: Record<ImageEcrite['type'], string> = {
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/gif': 'gif',
	'image/webp': 'webp',
	'image/svg+xml': 'svg'
};

function sectionOf(rang: number, titre: string): BlocSection {
	return { type: 'section', rang, repere: '', titre, nouvellePage: false, blocs: [] };
}
