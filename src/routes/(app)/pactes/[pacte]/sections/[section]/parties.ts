import type { SectionDuPlan } from '#lib/sections/plan.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '#server/app.ts';
import { topAxes } from '#server/engagements/axes.ts';
import { readCadres } from '#server/engagements/cadre.ts';
import { readEngagements, readSignatairesDeParole } from '#server/engagements/engagements.ts';
import { readMethode } from '#server/seances/methode.ts';

/** What stands beside the prose of a section, by its genre: the frame of engagements, who signs a partner's words, who met. */
export async function readParties(
	{ db }: App,
	{ id, genre }: SectionDuPlan,
	{ pacteId, modele, compteId }: { pacteId: string; modele: Modele; compteId: string }
) {
	const engagement =
		genre !== 'engagement'
			? null
			: {
					valeurs: (await readCadres(db, pacteId, id)).get(id) ?? {},
					parties: await readEngagements(db, pacteId, compteId),
					axes: (await topAxes(db, pacteId, modele)).axes
				};
	const signataires = genre === 'parole' ? await readSignatairesDeParole(db, id) : null;
	const methode = genre === 'methode' ? await readMethode(db, pacteId) : null;
	return { engagement, signataires, methode };
}
