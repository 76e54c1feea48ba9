import type { EngagementPropose } from './proposition.ts';

/*
 * Lists as a text area shows them in a review: one item a line, two spaces and a dash before a sub-point, a bar between cells.
 */

type Puces = Pick<EngagementPropose, 'puces' | 'retraits'>;

export function linesOfPuces({ puces, retraits = [] }: Puces): string {
	const sous = new Set(retraits);
	return puces.map((puce, i) => (sous.has(i) ? `  - ${puce}` : puce)).join('\n');
}

/** The first line is never a sub-point: there is nothing above it. */
export function pucesOfLines(text: string): Puces {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const retraits = lines.flatMap((line, i) => (i > 0 && /^\s{2,}-/.test(line) ? [i] : []));
	const puces = lines.map((line) => line.replace(/^\s*-\s+/, '').trim());
	return { puces, ...(retraits.length > 0 && { retraits }) };
}

export function itemsOfLines(text: string): string[] {
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean);
}

type MoyensHumains = NonNullable<EngagementPropose['moyens_humains']>;
type Conventions = NonNullable<EngagementPropose['conventions']>;

export function linesOfMoyens(moyens: MoyensHumains): string {
	return moyens.map(({ etp, libelle }) => `${etp} | ${libelle}`).join('\n');
}

export function moyensOfLines(text: string): MoyensHumains {
	return itemsOfLines(text).map((line) => {
		const [etp = '', libelle = ''] = cutAtBar(line);
		return { libelle, etp };
	});
}

const ETATS: Conventions[number]['etat'][] = ['existante', 'en cours', 'en perspective'];

export function linesOfConventions(conventions: Conventions): string {
	return conventions.map(({ etat, intitule }) => `${etat} | ${intitule}`).join('\n');
}

/** A state that is not one of the three leaves the whole line as the name. */
export function conventionsOfLines(text: string): Conventions {
	return itemsOfLines(text).map((line) => {
		const [debut = '', reste = ''] = cutAtBar(line);
		const etat = ETATS.find((known) => known === debut);
		return etat === undefined ? { intitule: line, etat: 'existante' } : { intitule: reste, etat };
	});
}

/** A line without a bar is all name. */
function cutAtBar(line: string): [string, string] {
	const at = line.indexOf('|');
	return at === -1 ? ['', line] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

/** « Camille ROUX, présidente »: one person a line. */
export function linesOfPersonnes(personnes: readonly { personne: string; fonction: string }[]): string {
	return personnes.map(({ personne, fonction }) => [personne, fonction].filter(Boolean).join(', ')).join('\n');
}

export function personnesOfLines(text: string): { personne: string; fonction: string }[] {
	return itemsOfLines(text).map((line) => {
		const at = line.indexOf(',');
		return at === -1
			? { personne: line, fonction: '' }
			: { personne: line.slice(0, at).trim(), fonction: line.slice(at + 1).trim() };
	});
}
