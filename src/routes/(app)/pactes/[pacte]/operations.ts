import type { ActionFailure } from '@sveltejs/kit';
import { annulationInWords, annulerOperation } from '#server/operations/operations.ts';
import { acte, type ActeEvent, type Fait, type Refus } from './acte.ts';

/** Takes back an act on many places: the same form action on each page that shows the last ones. */
export function annuler(event: ActeEvent): Promise<Fait | ActionFailure<Refus>> {
	return acte(event, 'annuler', async (app, act, saisie) =>
		annulationInWords(await annulerOperation(app, { ...act, operationId: saisie.text('operation') }))
	);
}
