import { PARTIES, readDemande, REMPLACE_MAX } from '#lib/remplacer/remplacer.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { counted } from '#lib/format.ts';
import { listOperations } from '#server/operations/operations.ts';
import { openPacte } from '#server/pactes/pactes.ts';
import { findAll, replaceAll } from '#server/remplacer/remplacer.ts';
import { acte } from '../acte.ts';
import { annuler } from '../operations.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url, depends }) => {
	depends('pacte:operations');
	const { pacte, modele, role, compte } = await parent();
	const demande = readDemande(url.searchParams);
	const peut = role === 'equipe_projet';
	const found = demande && peut ? await findAll(locals.app, compte.id, { id: pacte.id, modele }, demande) : [];
	return {
		demande,
		peut,
		groupes: PARTIES.flatMap((partie) => {
			const trouvailles = found.filter((trouvaille) => trouvaille.partie === partie);
			return trouvailles.length === 0 ? [] : [{ partie, trouvailles }];
		}),
		total: found.length,
		operations: await listOperations(locals.app.db, pacte.id, compte.id)
	};
};

export const actions: Actions = {
	remplacer: (event) =>
		acte(event, 'remplacer', async (app, act, saisie) => {
			const params = new URLSearchParams(
				['cherche', 'remplace', 'casse', 'accents', 'mot'].map((name) => [name, saisie.text(name)])
			);
			const demande = readDemande(params);
			if (!demande) throw new DomainError('invalide', 'Dites ce qu’il faut chercher.');
			if (saisie.text('remplace').length > REMPLACE_MAX)
				throw new DomainError('invalide', 'Ce qui remplace est trop long\u00a0: 500 caractères au plus.');
			const { modele } = await openPacte(app, requireCompte(event.locals.compte).id, act.pacteId);
			const asked = { ...demande, cles: saisie.all('cle') };
			const { operation, faits, manques } = await replaceAll(app, act, { id: act.pacteId, modele }, asked);
			const done = `Remplacé ${counted(faits, 'fois', 'fois')}.`;
			const left = `${counted(manques, 'endroit a changé', 'endroits ont changé')} entre-temps et ${manques === 1 ? 'reste tel quel' : 'restent tels quels'}.`;
			return {
				message: manques === 0 ? done : `${done} ${left}`,
				...(faits > 0 && { annuler: { action: '?/annuler', champs: { operation } } })
			};
		}),
	annuler
};
