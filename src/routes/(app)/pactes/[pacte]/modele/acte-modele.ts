import { fail, type ActionFailure } from '@sveltejs/kit';
import type { Emploi } from '#lib/pactes/emploi.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import {
	changeModele,
	DROIT_AU_MODELE,
	lastChange,
	previewModele,
	readEmploi,
	readModele,
	type Changement,
	type Prevision
} from '#server/pactes/modele.ts';
import { requireDroit } from '#server/pactes/act.ts';
import { Saisie, type ActeEvent, type Fait, type Refus } from '../acte.ts';

/** What a form asks of the model. */
export interface Demande extends Pick<Changement, 'conversions' | 'niveaux' | 'libelle'> {
	modele: Modele;
}

/** What a form would do, shown before it is done: sent again with `confirme`, it is done. */
export interface AConfirmer {
	aConfirmer: {
		formulaire: string;
		action: string;
		libelle: string;
		prevision: Prevision;
		saisie: Record<string, string[]>;
	};
}

/** Reads a form about the model, shows what it would change in the tree and in the fiches, and does it once that is confirmed. */
export async function acteModele(
	{ locals, params, request, url }: ActeEvent & { url: URL },
	formulaire: string,
	demand: (context: { saisie: Saisie; modele: Modele; emploi: Emploi }) => Demande
): Promise<Fait | AConfirmer | ActionFailure<Refus>> {
	const compte = requireCompte(locals.compte);
	const saisie = new Saisie(await request.formData());
	const { app } = locals;
	const act = { pacteId: params.pacte ?? '', by: compte.id };
	try {
		await requireDroit(app.db, act, DROIT_AU_MODELE);
		const { modele } = await readModele(app.db, act.pacteId);
		const demande = demand({ saisie, modele, emploi: await readEmploi(app.db, act.pacteId, modele) });
		const prevision = await previewModele(app, act.pacteId, modele, demande.modele, demande);
		const confirme = saisie.text('confirme');
		if (confirme === '' && isFelt(prevision))
			return {
				aConfirmer: {
					formulaire,
					action: url.search,
					libelle: demande.libelle,
					prevision,
					saisie: saisie.values()
				}
			};
		const { modele: asked, conversions = [], ...rest } = demande;
		await changeModele(app, act, asked, {
			...rest,
			conversions: confirme === 'vide' ? [] : conversions,
			version: Number(saisie.text('version'))
		});
		const last = await lastChange(app.db, act.pacteId);
		return {
			fait: formulaire,
			message: `${demande.libelle}.`,
			...(last && { annuler: { action: '?/annuler', champs: { operation: last.id } } })
		};
	} catch (error) {
		if (!(error instanceof DomainError) || (error.code !== 'invalide' && error.code !== 'conflit')) throw error;
		return fail(statusOf(error), { formulaire, erreur: error.message, saisie: saisie.values() });
	}
}

/** Whether someone would notice. */
function isFelt({ codes, conversions }: Prevision): boolean {
	return codes.length > 0 || conversions.some(({ ecrites }) => ecrites > 0);
}
