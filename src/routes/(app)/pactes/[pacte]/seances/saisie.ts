import { readQuand } from '#lib/quand.ts';
import { PRECISIONS_DE_SEANCE, readAgenda, readHour, type Format } from '#lib/seances/seance.ts';
import { DomainError } from '#server/errors.ts';
import { DATE_DE_SEANCE, HEURE_DE_SEANCE, type SeanceSaisie, type TexteLie } from '#server/seances/seances.ts';
import type { Saisie } from '../acte.ts';

/** What the form of a séance says. */
export function seanceOf(saisie: Saisie): SeanceSaisie {
	return {
		...communOf(saisie),
		titre: saisie.text('titre'),
		theme: saisie.text('theme'),
		tour: countOf(saisie.text('tour'), 'Le numéro de la réunion est un nombre entier, à partir de 1.'),
		date: understood(readQuand(saisie.text('date'), PRECISIONS_DE_SEANCE), DATE_DE_SEANCE),
		objet: saisie.text('objet')
	};
}

/** What the séances of a series have in common. */
export function communOf(saisie: Saisie): Omit<SeanceSaisie, 'titre' | 'theme' | 'tour' | 'date' | 'objet'> {
	return {
		instanceId: saisie.text('instance') || null,
		phaseId: saisie.text('phase') || null,
		format: saisie.text('format') as Format,
		heureDebut: hourOf(saisie.text('heure_debut')),
		heureFin: hourOf(saisie.text('heure_fin')),
		lieu: saisie.text('lieu'),
		suiteDe: saisie.text('suite_de') || null,
		points: readAgenda(saisie.text('ordre_du_jour')),
		textes: saisie.all('texte').flatMap(texteOf)
	};
}

function hourOf(text: string): string {
	return understood(readHour(text), HEURE_DE_SEANCE);
}

/** `section:…` or `noeud:…`. */
function texteOf(value: string): TexteLie[] {
	const [genre, objet] = value.split(':');
	return (genre === 'section' || genre === 'noeud') && objet ? [{ genre, objet }] : [];
}

/** A whole number that was typed; null when nothing was. */
export function countOf(text: string, refus: string): number | null {
	const words = text.trim();
	if (words === '') return null;
	if (!/^\d{1,6}$/.test(words)) throw new DomainError('invalide', refus);
	return Number(words);
}

function understood(read: string | null, refus: string): string {
	if (read === null) throw new DomainError('invalide', refus);
	return read;
}
