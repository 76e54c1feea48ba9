import { readEtiquettes, type Etiquette } from './etiquettes.ts';
import { LONGUEUR_REPERE, type Ligne } from './lignes.ts';
import { isInacheve, tidy } from './mots.ts';

/** « Axe 2 : Rapprocher les employeurs »: in a list, at the head of a section, or in the box of a fiche. */
export interface MentionDAxe {
	/** Index of the line, and of the last line of its title. */
	index: number;
	fin: number;
	/** The level as the text names it: « axe », « orientation »… */
	niveau: string;
	code: string;
	titre: string;
	/** « Axe 2 / … »: how boxes print it. */
	barre: boolean;
	/** Labels on the same line: then it is the box of a fiche. */
	etiquettes: Etiquette[];
}

const NIVEAUX =
	/^((?:axe|orientation)(?: (?:strategique|prioritaire|thematique|d'intervention|transversal))?|objectif strategique|priorite|ambition|volet|defi|thematique|theme|pilier|engagement|enjeu|chantier)\s+(?:n\s?[°ºo]\s?)?(\d{1,2}|[ivx]{1,5})(?![\p{L}\d.]*[\p{L}\d])/u;
const NUMEROTATION = /^(?:\d{1,2}(?:\.\d{1,2})*\.?|[ivx]{1,4}[.)])\s+/;
const FIN_DE_SOMMAIRE = /(?:(?:\s*\.{4,}|\s*…{2,}|(?:\s\.){4,})[\s.…]*|\s(?:p\.|page)\s*)\d{1,3}$/;
const FIN_DE_TITRE = 4;

/** Reads the mention of an axe that begins at this line, its title wrapped or on the next line included. */
export function readMentionDAxe(lignes: readonly Ligne[], index: number): MentionDAxe | null {
	const ligne = lignes[index]!;
	if (ligne.texte.length > LONGUEUR_REPERE || !/^[\dxivaopdtec]/.test(ligne.plie)) return null;
	const numerotation = NUMEROTATION.exec(ligne.plie)?.[0].length ?? 0;
	const trouve = NIVEAUX.exec(ligne.plie.slice(numerotation));
	if (trouve === null) return null;
	const imprime = ligne.texte.slice(numerotation);
	const code = imprime.slice(trouve[0].length - trouve[2]!.length, trouve[0].length);
	if (/[a-z]/.test(code)) return null;
	const suite = imprime.slice(trouve[0].length);
	const separateur = /^\s*[:.–—/|-]\s*|^\s*\t\s*|^\s{2,}/.exec(suite)?.[0] ?? '';
	// « axe 3 du programme » in a sentence is no heading.
	if (separateur === '' && suite !== '' && !/^\s+[\p{Lu}«]/u.test(suite)) return null;
	if (separateur === '' && /^\p{Ll}/u.test(imprime)) return null;
	const reste = suite.slice(separateur.length).trim();
	const { titre, etiquettes } = splitTitre(reste);
	const mention = {
		index,
		fin: index,
		niveau: trouve[1]!
			.replaceAll('strategique', 'stratégique')
			.replace('defi', 'défi')
			.replace('priorite', 'priorité')
			.replace('theme', 'thème')
			.replace('thematique', 'thématique'),
		code,
		titre,
		barre: separateur.includes('/'),
		etiquettes
	};
	return etiquettes.length > 0 ? mention : wrapTitre(mention, lignes);
}

/** « Axe 1    Pilote : », « Axe 1 : Titre    Pilote : CAF ». */
function splitTitre(reste: string): { titre: string; etiquettes: Etiquette[] } {
	const colonnes = reste.split(/\t/);
	for (const [i] of colonnes.entries()) {
		const texte = colonnes.slice(i).join('\t').trim();
		const etiquettes = readEtiquettes({ texte, plie: texte.toLowerCase() }).filter(({ cle }) => cle !== 'axe');
		if (etiquettes.length > 0 && (i > 0 || !etiquettes[0]!.seule))
			return { titre: tidy(colonnes.slice(0, i).join(' ')), etiquettes };
	}
	return { titre: tidy(reste), etiquettes: [] };
}

/** « Titre ........ 12 », « Titre p. 12 »: a line of a table of contents. */
export function isLigneDeSommaire({ texte }: Pick<Ligne, 'texte'>): boolean {
	return /\d$/.test(texte.slice(-1)) && texte.length <= LONGUEUR_REPERE && FIN_DE_SOMMAIRE.test(texte);
}

function wrapTitre(mention: MentionDAxe, lignes: readonly Ligne[]): MentionDAxe {
	let { titre, fin } = mention;
	for (let i = mention.index + 1; i <= mention.index + FIN_DE_TITRE; i++) {
		const ligne = lignes[i];
		if (ligne === undefined) break;
		if (ligne.vide) {
			if (titre === '' || isUnfinishedCaps(titre)) continue;
			break;
		}
		if (ligne.marque !== null || isReperable(lignes, i)) break;
		if (i > fin + 1 && isCapitales(titre) && !isCapitales(ligne.texte)) break;
		const prolonge =
			titre === '' ||
			/^\p{Ll}/u.test(ligne.texte) ||
			(isCapitales(titre) && isCapitales(ligne.texte)) ||
			isInacheve(titre);
		if (!prolonge || ligne.texte.length > 160) break;
		titre = tidy(`${titre} ${ligne.texte}`);
		fin = i;
	}
	return { ...mention, titre, fin };
}

function isReperable(lignes: readonly Ligne[], index: number): boolean {
	const ligne = lignes[index]!;
	return (
		NIVEAUX.test(ligne.plie.replace(NUMEROTATION, '')) ||
		readEnteteDeFiche(ligne) !== null ||
		readTitreDeListe(ligne) !== null ||
		readEtiquettes(ligne).length > 0
	);
}

export function isCapitales(texte: string): boolean {
	return !/\p{Ll}/u.test(texte) && /\p{Lu}.*\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(texte);
}

function isUnfinishedCaps(titre: string): boolean {
	return isCapitales(titre) && isInacheve(titre);
}

/** « FICHE ACTION 3 », « Fiche n° 1.2 – Titre »: the head of a fiche, or its line in a list. */
export interface EnteteDeFiche {
	/** As printed; empty when the fiche has no number. */
	code: string;
	titre: string;
	/** The words before the number, as printed: real heads share them, capitals included. */
	forme: string;
}

const ENTETE =
	/^(fiche(?:[ -](?:action|projet|mesure))?)\s*(?:n\s?[°ºo.]\s*)?(\d{1,3}(?:[.-]\d{1,3})*[a-z]?)?(\s*$|\s*[:.–—/|-]\s*(?=\S)|\s*\t\s*|\s+)/;

export function readEnteteDeFiche(ligne: Pick<Ligne, 'texte' | 'plie'>): EnteteDeFiche | null {
	if (!ligne.plie.startsWith('fiche') || ligne.texte.length > LONGUEUR_REPERE) return null;
	const trouve = ENTETE.exec(ligne.plie);
	if (trouve === null) return null;
	const place = trouve[2] === undefined ? 0 : ligne.plie.indexOf(trouve[2], trouve[1]!.length);
	const code = ligne.texte.slice(place, place + (trouve[2]?.length ?? 0)).replaceAll('-', '.');
	const titre = tidy(ligne.texte.slice(trouve[0].length));
	// « Fiche action » alone needs at least its capitals to be told from a sentence; « fiche 3 est » is one.
	if (code === '' && (titre !== '' || !isCapitales(ligne.texte))) return null;
	if (/^ +$/.test(trouve[3]!) && !/^[\p{Lu}«]/u.test(titre)) return null;
	return { code, titre, forme: ligne.texte.slice(0, trouve[1]!.length) };
}

/** The heading of a list: of the axes, of what stands below one axe, of its fiches, of the signatories. */
export type TitreDeListe =
	| { genre: 'axes' }
	| { genre: 'fiches'; axe: string | null }
	| { genre: 'niveau'; niveau: string; axe: string | null }
	| { genre: 'signataires' };

const DE_L_AXE =
	"(?:\\s+(?:de l'|de la |du |pour l')(?:axe|orientation|objectif strategique|priorite|volet|defi)\\s*(?:n\\s?[°ºo]\\s?)?(\\d{1,2}|[ivx]{1,5})?)?";
const LISTE_D_AXES =
	/^(?:nos|les|liste des|presentation des|rappel des|sommaire des)?\s*(?:\d{1,2}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)?\s*(?:grands?\s)?(?:axes|orientations|priorites|ambitions|volets|defis)(?: (?:strategiques?|prioritaires?|d'intervention|du pacte))*\s*:?$/;
const LISTE_DE_FICHES = new RegExp(
	`^(?:les |liste des )?(?:fiches?[ -]?actions?|fiches|actions)(?: correspondantes| associees)?${DE_L_AXE}\\s*:?$`
);
const LISTE_DE_NIVEAU = new RegExp(
	`^(?:les |liste des )?(perspectives|preconisations|objectifs operationnels|objectifs|orientations|priorites)${DE_L_AXE}\\s*:?$`
);
const SIGNATAIRES =
	/^(?:les |liste des )?(?:partenaires )?signataires(?: (?:engages|du pacte|du present pacte)\b[^,.;]*)?\s*:?$|^signatures?(?: des (?:partenaires|signataires|parties))?\s*:?$/;
const SINGULIER: Record<string, string> = {
	perspectives: 'perspective',
	preconisations: 'préconisation',
	'objectifs operationnels': 'objectif opérationnel',
	objectifs: 'objectif',
	orientations: 'orientation',
	priorites: 'priorité'
};

export function readTitreDeListe(ligne: Pick<Ligne, 'plie' | 'texte'>): TitreDeListe | null {
	const { plie } = ligne;
	if (plie.length > 90) return null;
	const fiches = LISTE_DE_FICHES.exec(plie);
	if (fiches !== null && !/^fiche[ -]?action$/.test(plie)) return { genre: 'fiches', axe: codeOf(fiches[1]) };
	const niveau = LISTE_DE_NIVEAU.exec(plie);
	if (niveau !== null && (niveau[2] !== undefined || !/^(?:orientations|priorites)/.test(niveau[1]!)))
		return { genre: 'niveau', niveau: SINGULIER[niveau[1]!]!, axe: codeOf(niveau[2]) };
	if (LISTE_D_AXES.test(plie)) return { genre: 'axes' };
	if (SIGNATAIRES.test(plie)) return { genre: 'signataires' };
	return null;
}

function codeOf(code: string | undefined): string | null {
	return code?.toUpperCase() ?? null;
}

/** A label that only the body of a fiche prints: the box may stand before the fiche it belongs to. */
export function isEtiquetteDeCorps(ligne: Ligne): boolean {
	if (ligne.marque === 'symbole' || ligne.marque === 'tiret') return false;
	const [premiere] = readEtiquettes(ligne);
	return premiere !== undefined && premiere.cle !== 'axe' && premiere.cle !== 'pilote';
}
