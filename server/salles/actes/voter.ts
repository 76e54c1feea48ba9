import { counted } from '#lib/format.ts';
import { DomainError } from '../../errors.ts';
import type { DefinitionDActe } from '../acte.ts';
import { requireOuverte } from './acteur.ts';

const POINTS_AU_PLUS = 100;

/** Points of one seat for one thing: what it had given before is replaced, 0 takes it back. */
export const voter: DefinitionDActe<{ scrutinId: string; objet: string; points: number }> = {
	qui: 'siege',
	lire: (donnees) => ({
		scrutinId: donnees.requiredId('scrutin'),
		objet: donnees.requiredId('objet'),
		points: donnees.integer('points', { min: 0, max: POINTS_AU_PLUS })
	}),
	async faire({ trx, seanceId, salle, acteur }, { scrutinId, objet, points }) {
		if (acteur.genre !== 'siege') return null;
		requireOuverte(salle);
		const scrutin = await trx
			.selectFrom('scrutins')
			.select(['objets', 'budget', 'etat'])
			.where('seance_id', '=', seanceId)
			.where('id', '=', scrutinId)
			.executeTakeFirst();
		if (!scrutin) throw new DomainError('introuvable', 'Ce vote n’existe plus.');
		if (scrutin.etat !== 'ouvert') throw new DomainError('conflit', 'Le vote est clos\u00a0: rien n’a changé.');
		if (!(JSON.parse(scrutin.objets) as string[]).includes(objet))
			throw new DomainError('introuvable', 'Cela n’est pas soumis au vote.');
		const mine = await trx
			.selectFrom('voix')
			.select(['objet', 'points'])
			.where('scrutin_id', '=', scrutinId)
			.where('siege_id', '=', acteur.siegeId)
			.execute();
		const elsewhere = mine.reduce((sum, voix) => sum + (voix.objet === objet ? 0 : voix.points), 0);
		if (points > 0 && elsewhere + points > scrutin.budget)
			throw new DomainError(
				'conflit',
				`Vous avez ${counted(scrutin.budget, 'point')} en tout. Retirez-en ailleurs d’abord.`
			);
		const voix = { scrutin_id: scrutinId, siege_id: acteur.siegeId, objet, points };
		await trx
			.insertInto('voix')
			.values(voix)
			.onConflict((conflict) => conflict.columns(['scrutin_id', 'siege_id', 'objet']).doUpdateSet({ points }))
			.execute();
		await trx.deleteFrom('voix').where('scrutin_id', '=', scrutinId).where('points', '=', 0).execute();
		return null;
	}
};
