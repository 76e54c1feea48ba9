import { DomainError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';
import { codeOf } from '../codes.ts';
import { ensureSyntheses } from '../syntheses.ts';
import { seatForFirstRound } from '../rotation.ts';

/** People may join from now on, with the QR code or six digits. A room that was closed opens again where it was. */
const ouvrirSalle: DefinitionDActe<null> = {
	qui: 'animateur',
	lire: () => null,
	async faire(contexte) {
		const { salle, note, seanceId } = contexte;
		if (salle.repetition)
			throw new DomainError('conflit', 'Une répétition est en cours. Effacez-la, puis ouvrez la séance.');
		if (salle.etat === 'ouverte') return { code: salle.code };
		const code = await open(contexte);
		await note('salle_ouverte', { seance: seanceId });
		return { code };
	}
};

/** The room as it will be, with tables that write by themselves: nothing of it is kept. */
const repeter: DefinitionDActe<null> = {
	qui: 'animateur',
	lire: () => null,
	async faire(contexte) {
		const { app, trx, now, seanceId, salle } = contexte;
		if (salle.repetition) return { code: salle.code };
		if (salle.etat !== 'preparation')
			throw new DomainError('conflit', 'La séance a commencé\u00a0: on répète avant de l’ouvrir.');
		const code = await open(contexte);
		await trx.updateTable('salles').set({ repetition: 1 }).where('seance_id', '=', seanceId).execute();
		await addSimules(trx, seanceId, now);
		app.repetitions.start(app, seanceId);
		return { code };
	}
};

/** What the rehearsal left goes, and the room is as it was prepared. */
const effacerRepetition: DefinitionDActe<null> = {
	qui: 'animateur',
	lire: () => null,
	async faire({ trx, seanceId, salle }) {
		if (!salle.repetition) return null;
		for (const table of [
			'cartes',
			'groupes',
			'scrutins',
			'evaluations',
			'messages_de_salle',
			'photos_de_salle'
		] as const)
			await trx.deleteFrom(table).where('seance_id', '=', seanceId).execute();
		await trx
			.deleteFrom('sieges')
			.where('seance_id', '=', seanceId)
			.where((eb) => eb.or([eb('genre', '=', 'simule'), eb('created_at', '>=', salle.ouverte_at ?? 0)]))
			.execute();
		await trx.updateTable('sieges').set({ jeton_hash: null, vu_at: null }).where('seance_id', '=', seanceId).execute();
		await trx
			.updateTable('seance_tables')
			.set({ aide_at: null, finie_at: null, cedee_at: null })
			.where('seance_id', '=', seanceId)
			.execute();
		await trx
			.updateTable('etapes')
			.set({ commencee_at: null, finie_at: null })
			.where('seance_id', '=', seanceId)
			.execute();
		await trx
			.updateTable('salles')
			.set({
				etat: 'preparation',
				repetition: 0,
				ouverte_at: null,
				vue: '',
				avant: '',
				etape_id: null,
				etape_debut: null,
				etape_fin: null,
				pause_at: null
			})
			.where('seance_id', '=', seanceId)
			.execute();
		await seatForFirstRound(trx, seanceId);
		return null;
	}
};

/** Nobody writes any more, the code is free, and nothing tells any longer which device brought a card. */
const fermerSalle: DefinitionDActe<null> = {
	qui: 'animateur',
	lire: () => null,
	async faire({ trx, now, seanceId, salle, note }) {
		if (salle.repetition) throw new DomainError('conflit', 'C’est une répétition\u00a0: effacez-la.');
		if (salle.etat !== 'ouverte') return null;
		await trx.updateTable('cartes').set({ siege_id: null }).where('seance_id', '=', seanceId).execute();
		await trx.updateTable('scrutins').set({ etat: 'clos' }).where('seance_id', '=', seanceId).execute();
		await trx
			.updateTable('etapes')
			.set({ finie_at: now })
			.where('id', '=', salle.etape_id ?? '')
			.execute();
		await trx
			.updateTable('salles')
			.set({ etat: 'close', code: null, close_at: now, avant: '', vue: '' })
			.where('seance_id', '=', seanceId)
			.execute();
		await note('salle_close', { seance: seanceId });
		return null;
	}
};

async function open({ trx, now, seanceId, pacteId, salle }: Contexte): Promise<string> {
	const first = await trx
		.selectFrom('etapes')
		.select(['id', 'duree'])
		.where('seance_id', '=', seanceId)
		.orderBy('rang')
		.executeTakeFirst();
	if (!first) throw new DomainError('conflit', 'Cette séance n’a pas d’étape. Préparez-la d’abord.');
	const code = await codeOf(trx, salle, now);
	await ensureSyntheses(trx, { pacteId, seanceId, now });
	const etapeId = salle.etape_id ?? first.id;
	const fin = first.duree === null ? null : now + first.duree * 1000;
	await trx
		.updateTable('salles')
		.set({
			etat: 'ouverte',
			ouverte_at: salle.ouverte_at ?? now,
			close_at: null,
			...(salle.etape_id === null && { etape_id: etapeId, etape_debut: now, etape_fin: fin })
		})
		.where('seance_id', '=', seanceId)
		.execute();
	await trx
		.updateTable('etapes')
		.set((eb) => ({ commencee_at: eb.fn.coalesce('commencee_at', eb.val(now)), finie_at: null }))
		.where('id', '=', etapeId)
		.execute();
	return code;
}

/** One simulated device a table. */
async function addSimules(trx: Contexte['trx'], seanceId: string, now: number): Promise<void> {
	const { last } = await trx
		.selectFrom('sieges')
		.select((eb) => eb.fn.max('numero').as('last'))
		.where('seance_id', '=', seanceId)
		.executeTakeFirstOrThrow();
	const tables = await trx
		.selectFrom('seance_tables')
		.select('id')
		.where('seance_id', '=', seanceId)
		.orderBy('numero')
		.execute();
	if (tables.length === 0) return;
	await trx
		.insertInto('sieges')
		.values(
			tables.map(({ id }, i) => ({
				id: newId(),
				seance_id: seanceId,
				numero: Number(last ?? 0) + i + 1,
				genre: 'simule' as const,
				table_id: id,
				created_at: now
			}))
		)
		.execute();
}

/** A table that came since the room was opened has its live text too. */
const ouvrirSynthese: DefinitionDActe<null> = {
	qui: 'tous',
	lire: () => null,
	async faire({ trx, now, seanceId, pacteId }) {
		await ensureSyntheses(trx, { pacteId, seanceId, now });
		return null;
	}
};

export const ACTES_DE_SALLE = { ouvrirSalle, fermerSalle, repeter, effacerRepetition, ouvrirSynthese };
