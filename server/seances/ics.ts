import ical, { ICalCalendarMethod } from 'ical-generator';
import { instantOf, precisionOf } from '#lib/quand.ts';
import { NOM_DU_FORMAT, type Point, type Seance } from '#lib/seances/seance.ts';
import type { App } from '../app.ts';
import { DomainError } from '../errors.ts';
import type { FichierExporte } from '../export/export.ts';
import { nomDeFichier } from '../export/nom-de-fichier.ts';
import { pacteOfAbonnement } from './abonnements.ts';
import { listSeances, readSeance } from './seances.ts';

type Invitation = Seance & { points?: readonly Point[] };

/** The calendar that a token gives: the séances that have a day. `origine`: of the addresses of their pages. */
export async function readCalendrier(app: App, token: string, origine: string): Promise<string> {
	const pacteId = await pacteOfAbonnement(app.db, token);
	const { intitule } = await app.db
		.selectFrom('pactes')
		.select('intitule')
		.where('id', '=', pacteId)
		.executeTakeFirstOrThrow();
	return calendrierOf(intitule, await listSeances(app.db, pacteId), {
		page: ({ id }) => `${origine}/pactes/${pacteId}/seances/${id}`,
		now: app.now()
	});
}

/** One séance, to send to those who are invited. */
export async function exportInvitation(
	app: App,
	pacteId: string,
	seanceId: string,
	origine: string
): Promise<FichierExporte> {
	const seance = await readSeance(app.db, pacteId, seanceId);
	if (precisionOf(seance.date) !== 'jour')
		throw new DomainError('conflit', 'Cette séance n’a pas encore de jour\u00a0: fixez-le avant d’inviter.');
	const text = calendrierOf(seance.titre, [seance], {
		page: ({ id }) => `${origine}/pactes/${pacteId}/seances/${id}`,
		now: app.now()
	});
	return {
		nom: nomDeFichier([seance.titre, seance.date], 'ics'),
		type: 'text/calendar; charset=utf-8',
		bytes: new TextEncoder().encode(text),
		pages: null,
		remplacements: []
	};
}

interface Contexte {
	page(seance: Seance): string;
	now: number;
}

/**
 * Séances as a calendar reads them. Those without a day are left out: an event on a day that nobody chose would be believed.
 * Hours are written in universal time, which no calendar mistakes.
 */
export function calendrierOf(nom: string, seances: readonly Invitation[], { page, now }: Contexte): string {
	const calendar = ical({
		name: nom,
		prodId: { company: 'Copacte', product: 'Copacte', language: 'FR' },
		method: ICalCalendarMethod.PUBLISH,
		ttl: 3600
	});
	for (const seance of seances.filter(({ date }) => precisionOf(date) === 'jour'))
		calendar.createEvent({
			// The same for ever: a séance that moves does so in the calendars that follow it.
			id: `seance-${seance.id}@copacte`,
			stamp: new Date(now),
			summary: seance.titre,
			location: seance.lieu || null,
			description: descriptionOf(seance),
			url: page(seance),
			...timesOf(seance)
		});
	return calendar.toString();
}

function timesOf({ date, heureDebut, heureFin }: Seance) {
	if (heureDebut === '') return { start: new Date(`${date}T00:00:00Z`), allDay: true };
	const at = (hour: string) => new Date(instantOf(date, hour));
	return { start: at(heureDebut), end: heureFin === '' ? null : at(heureFin) };
}

function descriptionOf({ format, theme, objet, points = [] }: Invitation): string {
	const head = [NOM_DU_FORMAT[format], theme, objet].filter(Boolean).join('\n');
	const agenda = points.map(({ texte, minutes }) => `- ${texte}${minutes === null ? '' : ` (${minutes} min)`}`);
	return [head, agenda.join('\n')].filter(Boolean).join('\n\n');
}
