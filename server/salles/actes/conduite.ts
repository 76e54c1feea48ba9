import { VUES_DU_MUR, type VueDuMur } from '#lib/salles/salle.ts';
import { DomainError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Contexte, DefinitionDActe } from '../acte.ts';

const MESSAGE = { max: 200, refus: 'Écrivez le message, 200 caractères au plus.' };
const MOTIF = { max: 200, refus: 'Dites en quelques mots pourquoi cette carte est masquée.' };

/** A few words shown at one table, or at all. */
const envoyerMessage: DefinitionDActe<{ texte: string; tableId: string | null }> = {
	qui: 'animateur',
	lire: (donnees) => ({ texte: donnees.text('texte', MESSAGE), tableId: donnees.id('table') }),
	async faire({ trx, now, seanceId }, { texte, tableId }) {
		if (tableId !== null) await requireTable({ trx, seanceId }, tableId);
		await trx
			.insertInto('messages_de_salle')
			.values({ id: newId(), seance_id: seanceId, table_id: tableId, texte, created_at: now })
			.execute();
		return null;
	}
};

const retirerMessage: DefinitionDActe<{ messageId: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ messageId: donnees.requiredId('message') }),
	async faire({ trx, seanceId }, { messageId }) {
		await trx.deleteFrom('messages_de_salle').where('seance_id', '=', seanceId).where('id', '=', messageId).execute();
		return null;
	}
};

/** Shown to nobody but the facilitators, with the reason; it may be shown again. */
const masquerCarte: DefinitionDActe<{ carteId: string; motif: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ carteId: donnees.requiredId('carte'), motif: donnees.text('motif', MOTIF) }),
	async faire(contexte, { carteId, motif }) {
		await changeCarte(contexte, carteId, { moderee_at: contexte.now, motif, attente: 0 });
		await contexte.note('carte_moderee', { seance: contexte.seanceId, carte: carteId, motif });
		return null;
	}
};

/** A card that was hidden, or that waited to be read, is shown. */
const montrerCarte: DefinitionDActe<{ carteId: string }> = {
	qui: 'animateur',
	lire: (donnees) => ({ carteId: donnees.requiredId('carte') }),
	async faire(contexte, { carteId }) {
		const was = await changeCarte(contexte, carteId, { moderee_at: null, motif: '', attente: 0 });
		if (was.moderee_at !== null)
			await contexte.note('carte_moderee', { seance: contexte.seanceId, carte: carteId, montree: true });
		return null;
	}
};

async function changeCarte(
	{ trx, seanceId }: Contexte,
	carteId: string,
	change: { moderee_at: number | null; motif: string; attente: 0 }
): Promise<{ moderee_at: number | null }> {
	const was = await trx
		.selectFrom('cartes')
		.select('moderee_at')
		.where('seance_id', '=', seanceId)
		.where('id', '=', carteId)
		.executeTakeFirst();
	if (!was) throw new DomainError('introuvable', 'Cette carte n’est plus là.');
	await trx.updateTable('cartes').set(change).where('id', '=', carteId).execute();
	return was;
}

/** What the wall shows until the next step; nothing: what the step says. */
const montrerAuMur: DefinitionDActe<{ vue: VueDuMur | null; page: number; objet: string }> = {
	qui: 'animateur',
	lire: (donnees) => {
		const vue = donnees.oneOf('vue', ['etape', ...VUES_DU_MUR], 'etape');
		return {
			vue: vue === 'etape' ? null : vue,
			page: donnees.maybeInteger('page', { min: 0, max: 999 }) ?? 0,
			objet: donnees.id('objet') ?? ''
		};
	},
	async faire({ trx, seanceId }, mur) {
		await trx
			.updateTable('salles')
			.set({ vue: mur.vue === null ? '' : JSON.stringify(mur) })
			.where('seance_id', '=', seanceId)
			.execute();
		return null;
	}
};

async function requireTable({ trx, seanceId }: Pick<Contexte, 'trx' | 'seanceId'>, tableId: string): Promise<void> {
	const table = await trx
		.selectFrom('seance_tables')
		.select('id')
		.where('seance_id', '=', seanceId)
		.where('id', '=', tableId)
		.executeTakeFirst();
	if (!table) throw new DomainError('introuvable', 'Cette table n’est plus là.');
}

export const ACTES_DE_CONDUITE = {
	envoyerMessage,
	retirerMessage,
	masquerCarte,
	montrerCarte,
	montrerAuMur
};
