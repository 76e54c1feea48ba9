import { placeForLatecomer } from '#lib/salles/places.ts';
import { DomainError } from '../../errors.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';
import { readSalle } from '../read-salle.ts';
import { rotationToCome, writeRotation, type RotationCalculee } from '../rotation.ts';
import { handOver, hostOf } from './table.ts';

/** Plans the rounds to come anew, for those who are there: nobody who sits is moved. */
const calculerRotation: DefinitionDActe<null, RotationCalculee | null> = {
	qui: 'animateur',
	lire: () => null,
	calculer: (app, seanceId) => rotationToCome(app, seanceId, 'reste'),
	async faire({ trx, seanceId, note }, _, calculee) {
		if (!calculee) return null;
		await writeRotation(trx, seanceId, calculee);
		await note('rotation_calculee', { seance: seanceId });
		return { tours: calculee.premierTour };
	}
};

/** Someone did not come, or left; or is there after all. Their place on paper is kept. */
const marquerAbsent: DefinitionDActe<{ siegeId: string; absent: boolean }> = {
	qui: 'animateur',
	lire: (donnees) => ({ siegeId: donnees.requiredId('siege'), absent: donnees.boolean('absent') }),
	async faire({ trx, seanceId }, { siegeId, absent }) {
		const salle = await readSalle(trx, seanceId);
		const siege = salle?.sieges.find(({ id }) => id === siegeId);
		if (!salle || siege?.genre !== 'personne')
			throw new DomainError('introuvable', 'Cette place n’existe plus. Rechargez la page.');
		if (siege.absent === absent) return null;
		const back = salle.etat === 'ouverte' ? (placeForLatecomer(salle)?.id ?? null) : null;
		await trx
			.updateTable('sieges')
			.set(absent ? { absent: 1, hote: 0, table_id: null } : { absent: 0, table_id: back })
			.where('id', '=', siegeId)
			.execute();
		return null;
	}
};

/** Hosts stay at the table where they are. */
const designerHote: DefinitionDActe<{ siegeId: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ siegeId: donnees.requiredId('siege') }),
	async faire(contexte, { siegeId }) {
		const siege = await siegeOf(contexte, siegeId);
		if (siege.table_id === null || siege.genre !== 'personne')
			throw new DomainError('conflit', 'Cette personne n’a pas encore de table. Donnez-lui-en une d’abord.');
		const host = await hostOf(contexte, siege.table_id);
		if (host?.id !== siege.id) await handOver(contexte, siege.table_id, host, siege);
		return null;
	}
};

async function siegeOf({ trx, seanceId }: Contexte, siegeId: string) {
	const siege = await trx
		.selectFrom('sieges')
		.selectAll()
		.where('seance_id', '=', seanceId)
		.where('id', '=', siegeId)
		.executeTakeFirst();
	if (!siege) throw new DomainError('introuvable', 'Cette place n’existe plus. Rechargez la page.');
	return siege;
}

export const ACTES_DE_ROTATION = { calculerRotation, marquerAbsent, designerHote };
