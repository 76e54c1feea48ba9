import { counted } from '#lib/format.ts';

/** What became of an action of the previous pacte. */
export const ETATS_ACTION = ['non_renseignee', 'realisee', 'partielle', 'abandonnee'] as const;
export type EtatAction = (typeof ETATS_ACTION)[number];

export const NOM_DE_L_ETAT_ACTION: Record<EtatAction, string> = {
	non_renseignee: 'Non renseignée',
	realisee: 'Réalisée',
	partielle: 'Réalisée en partie',
	abandonnee: 'Abandonnée'
};

export interface ActionDuBilan {
	id: string;
	titre: string;
	etat: EtatAction;
	/** « 2019 », « 2018-2020 »; may be empty. */
	annees: string;
	commentaire: string;
	/** The fiche that carries it on, when there is one. */
	reconduite: { noeud: string; code: string; titre: string } | null;
}

export interface IndicateurDuBilan {
	id: string;
	libelle: string;
	/** By year, as it was written. */
	valeurs: Record<string, string>;
}

export interface Bilan {
	intitule: string;
	annees: number[];
	actions: ActionDuBilan[];
	indicateurs: IndicateurDuBilan[];
	ameliorations: string[];
}

/** « 17 actions sur 21 réalisées, soit 81 % », then what remains; empty without actions. */
export function bilanInWords(actions: readonly Pick<ActionDuBilan, 'etat'>[]): string {
	if (actions.length === 0) return '';
	const count = (etat: EtatAction) => actions.filter((action) => action.etat === etat).length;
	const realisees = count('realisee');
	const percent = Math.round((realisees / actions.length) * 100);
	const accord = realisees < 2 ? 'réalisée' : 'réalisées';
	const first = `${counted(realisees, 'action')} sur ${actions.length} ${accord}, soit ${percent}\u00a0%`;
	const rest = [
		said(count('partielle'), 'réalisée en partie', 'réalisées en partie'),
		said(count('abandonnee'), 'abandonnée', 'abandonnées'),
		said(count('non_renseignee'), 'non renseignée', 'non renseignées')
	].filter(Boolean);
	return rest.length === 0 ? `${first}.` : `${first}\u00a0; ${rest.join(', ')}.`;
}

function said(count: number, singular: string, plural: string): string {
	return count === 0 ? '' : counted(count, singular, plural);
}

/** Words that say in a pasted list what became of an action. */
const ETAT_DIT: [RegExp, EtatAction][] = [
	[/^(non|pas) (renseign|connu|évalu)/i, 'non_renseignee'],
	[/^(en partie|partiel|réalisée? (en partie|partiel)|en cours)/i, 'partielle'],
	[/^(réalis|realis|oui|fait|terminé)/i, 'realisee'],
	[/^(abandon|non( |$)|pas |annul)/i, 'abandonnee']
];

export type ActionLue = Pick<ActionDuBilan, 'titre' | 'etat' | 'annees' | 'commentaire'>;

/**
 * Actions out of lines: a title, then what became of it, its years and a comment, parted by tabs or semicolons, as a
 * spreadsheet gives them. Bullets and quotes are dropped, a line of column names too.
 */
export function actionsFromLines(text: string): ActionLue[] {
	return text
		.replace(/^\ufeff/, '')
		.split(/\r?\n/)
		.map(cellsOf)
		.filter(([titre = '']) => titre !== '')
		.filter(([titre = '', etat = ''], i) => !(i === 0 && isHeader(titre, etat)))
		.map(([titre = '', etat = '', annees = '', ...commentaire]) => ({
			titre,
			etat: etatIn(etat),
			annees,
			commentaire: commentaire.filter(Boolean).join(' ; ')
		}));
}

function isHeader(titre: string, etat: string): boolean {
	return (
		/^(actions?|intitulés?|titres?|libellés?)( (du|de l['’]).*)?$/i.test(titre) && etatIn(etat) === 'non_renseignee'
	);
}

function etatIn(cell: string): EtatAction {
	return ETAT_DIT.find(([words]) => words.test(cell.trim()))?.[1] ?? 'non_renseignee';
}

const BULLET = /^\s*(?:[-–—•*▪■●]|\d+[.)])\s+/u;

/** The cells of a line; a separator inside quotes is text. */
function cellsOf(line: string): string[] {
	const separator = line.includes('\t') ? '\t' : ';';
	const cells: string[] = [];
	let cell = '';
	let quoted = false;
	for (let i = 0; i < line.length; i++) {
		const sign = line[i] as string;
		if (sign === '"' && quoted && line[i + 1] === '"') {
			cell += '"';
			i++;
		} else if (sign === '"' && (quoted || cell.trim() === '')) quoted = !quoted;
		else if (sign === separator && !quoted) {
			cells.push(cell);
			cell = '';
		} else cell += sign;
	}
	cells.push(cell);
	return cells.map((each, i) => (i === 0 ? each.replace(BULLET, '') : each).replace(/\s+/g, ' ').trim());
}

/** Years out of « 2011, 2012 2013 » or « 2011-2014 », in order, each once. */
export function yearsIn(text: string): number[] {
	const years = new Set<number>();
	for (const [, first, last] of text.matchAll(/\b((?:19|20)\d{2})\b(?:\s*[-–à]\s*((?:19|20)\d{2})\b)?/g)) {
		const [from, to] = [Number(first), Number(last ?? first)];
		for (let year = from; year <= to && year - from < 30; year++) years.add(year);
	}
	return [...years].sort((a, b) => a - b);
}
