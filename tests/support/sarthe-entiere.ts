// A pacte as large as the Sarthe's, on its model: 3 → 8 → 17 → 20, 27 fiches, 62 livrables, 63 indicators. All words are ours.
import type { ArchivePacte, NoeudArchive, Suite, ValeurChamp } from '#lib/pactes/archive.ts';
import { emptyValeur } from '#lib/pactes/archive-schema.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { archiveSarthe } from './pacte-sarthe.ts';

/** The codes of the 27 fiches, in their order. */
export const CODES_SARTHE =
	'I1a I1b I2a1 I2a2 I2a3 I3a1 I3a2 I3b1 I3b2 I3c1 I3c2 I3d1 I3d2 I4a1 I4a2 I4a3 I4b1 I4c1 I5a1 I5a2 I5b1 I5b2 II6a II6b II7a III8a III8b'.split(
		' '
	);
/** Fiches with two pilotes. */
export const COPILOTES = ['I2a1', 'I3c2', 'I5a2'];
const VARIANTES = ['III8a', 'III8b'];
export const NOMBRE_DE_LIVRABLES = 62;
export const NOMBRE_D_INDICATEURS = 63;

const MOTS = [
	'Chaque personne est reçue près de chez elle, par quelqu’un qui la connaît.',
	'Les équipes se parlent une fois par semaine et gardent trace de ce qui est convenu.',
	'Dans la vallée, un emploi sur trois est à plus d’une heure de route.',
	'Ce qui existe déjà est d’abord mieux connu, puis complété.'
];

/** `longueur`: of the prose of each fiche, about, in characters. */
export function sartheEntiere({ longueur = 900 }: { longueur?: number } = {}): ArchivePacte {
	const base = archiveSarthe();
	const noeuds: NoeudArchive[] = [];
	const fiches: ArchivePacte['fiches'] = [];
	CODES_SARTHE.forEach((code, i) => {
		const parts = /^(I+)(\d)(\w)(\d?)$/.exec(code) as unknown as [string, string, string, string, string];
		const above = parts.slice(1).filter((part) => part !== '');
		const niveaux = ['strategique', 'operationnel', 'action', 'sous_action'];
		const idAt = (depth: number) => `x${above.slice(0, depth + 1).join('')}`;
		above.forEach((_, depth) => {
			const id = idAt(depth);
			if (noeuds.some((noeud) => noeud.id === id)) return;
			noeuds.push({
				id,
				parent: depth === 0 ? null : idAt(depth - 1),
				niveau: niveaux[depth] as string,
				titre: `${NOMS[depth]} ${above.slice(0, depth + 1).join('')}`
			});
		});
		fiches.push({
			noeud: idAt(above.length - 1),
			...(VARIANTES.includes(code) && { variante: 'livrables_courts' }),
			champs: valeursOf(code, i, longueur)
		});
	});
	return canonical({ ...base, noeuds, fiches });
}

const NOMS = ['Ouvrir des chemins', 'Rapprocher les services', 'Tenir une permanence', 'Former les équipes'];

function valeursOf(code: string, i: number, longueur: number): Record<string, ValeurChamp> {
	const prose = (n: number) =>
		Array.from({ length: Math.max(1, Math.round(n / 70)) }, (_, k) => MOTS[(i + k) % MOTS.length]).join(' ');
	const own: Record<string, ValeurChamp> = {
		contexte: { texte: prose(longueur / 2) },
		objectifs: { texte: prose(longueur / 2) },
		pilotes: { organismes: COPILOTES.includes(code) ? ['o1', 'o2'] : [`o${(i % 3) + 1}`], ouverte: false, texte: '' },
		partenaires: { organismes: i % 2 ? ['o3', 'o2'] : ['o3'], ouverte: i % 3 === 0, texte: '' },
		livrables: livrablesOf(code, i),
		indicateurs: {
			lignes: Array.from({ length: shareOf(NOMBRE_D_INDICATEURS, i) }, (_, k) => ({
				libelle: `Indicateur ${k + 1} de ${code}`,
				nature: i === 5 && k === 0 ? 'à définir' : 'nombre',
				cible: k === 0 ? '' : String(10 * (k + 1)),
				ventilation: k === 1 ? 'RSA et hors RSA' : ''
			}))
		},
		...(i < 10 && { liens: { schemas: [`k${(i % 3) + 1}`], texte: '' } })
	};
	return Object.fromEntries(MODELE_SARTHE.champs.map((champ) => [champ.id, own[champ.id] ?? emptyValeur(champ)]));
}

/** Its last row, when it has two, adds an opérateur to the one above. */
function livrablesOf(code: string, i: number): ValeurChamp {
	const count = shareOf(NOMBRE_DE_LIVRABLES, i);
	const two = code === 'I3a1';
	const lignes = Array.from({ length: count }, (_, k) => ({
		livrable: `Livrable ${k + 1} de ${code}`,
		calendrier: k === 0 ? '2027-2031' : '',
		territoire: 'Valmorin\nPont-sur-Rive',
		public: 'Tous publics',
		operateur: 'Le Département'
	}));
	if (!two) return { lignes };
	Object.assign(lignes.at(-1) ?? {}, { livrable: '', calendrier: '', territoire: '', public: '' });
	const suites: Suite[] = ['livrable', 'calendrier', 'territoire', 'public'].map((colonne) => ({
		ligne: count - 1,
		colonne
	}));
	return { lignes, suites };
}

/** So many things among the fiches: one to four each. */
function shareOf(total: number, i: number): number {
	const fiches = CODES_SARTHE.length;
	return Math.floor(((i + 1) * total) / fiches) - Math.floor((i * total) / fiches);
}

/** Ids in the order of reading, as exports give them. */
function canonical(archive: ArchivePacte): ArchivePacte {
	const ids = new Map(archive.noeuds.map(({ id }, i) => [id, `n${i + 1}`]));
	const idOf = (id: string) => ids.get(id) as string;
	return {
		...archive,
		noeuds: archive.noeuds.map((noeud) => ({
			...noeud,
			id: idOf(noeud.id),
			parent: noeud.parent === null ? null : idOf(noeud.parent)
		})),
		fiches: archive.fiches.map((fiche) => ({ ...fiche, noeud: idOf(fiche.noeud) }))
	};
}
