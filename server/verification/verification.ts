import type { Periode } from '#lib/fiches/echeance.ts';
import { champsOfVariante, type Modele } from '#lib/pactes/modele.ts';
import { verifier, type Verification } from '#lib/verification/verifier.ts';
import type { Queryable } from '../database/open.ts';
import { readFiches } from '../fiches/fiches.ts';
import { readVariantes } from '../fiches/variante.ts';
import { listOrganismes } from '../organismes/organismes.ts';
import { listNoeuds } from '../orientations/noeuds.ts';

/** What a pacte is asked, from its rows. */
export async function verifyPacte(
	db: Queryable,
	{ id: pacteId, modele, debut, fin }: { id: string; modele: Modele } & Periode
): Promise<Verification> {
	const noeuds = await listNoeuds(db, pacteId);
	const valeurs = await readFiches(db, pacteId, modele);
	const variantes = await readVariantes(db, pacteId);
	const known = new Map(noeuds.map((noeud) => [noeud.id, noeud]));
	const anciens = await db
		.selectFrom('anciens_codes')
		.select(['code', 'noeud_id'])
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.execute();
	return verifier({
		modele,
		periode: { debut, fin },
		noeuds,
		fiches: noeuds
			.filter(({ fiche }) => fiche)
			.map(({ id }) => ({
				id,
				champs: champsOfVariante(modele, variantes.get(id) ?? null),
				valeurs: valeurs.get(id) ?? {}
			})),
		organismes: await listOrganismes(db, pacteId),
		anciens: new Map(
			anciens.flatMap(({ code, noeud_id }) => {
				const noeud = known.get(noeud_id);
				return noeud ? [[code, { code: noeud.code, titre: noeud.titre }] as const] : [];
			})
		)
	});
}
