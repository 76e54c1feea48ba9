import { canAnimate } from '#lib/documents/rights.ts';
import { readCafe, saisieOf, type SaisieDeCafe } from '#lib/salles/saisie-de-cafe.ts';
import { DomainError } from '#server/errors.ts';
import { newId } from '#server/ids.ts';
import { listOrganismes } from '#server/organismes/organismes.ts';
import { doActe } from '#server/salles/acte.ts';
import { Donnees } from '#server/salles/donnees.ts';
import { readPreparation } from '#server/salles/preparation.ts';
import { prepareCafe } from '#server/salles/prepare-salle.ts';
import { acte, type ActeEvent, type Saisie } from '../../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, depends }) => {
	depends('pacte:seances', 'pacte:organismes');
	const { role } = await parent();
	if (!canAnimate(role)) throw new DomainError('interdit', 'L’équipe projet et les animateurs préparent les séances.');
	const { db } = locals.app;
	const { cafe, ...preparation } = await readPreparation(db, params.pacte, params.seance);
	return { ...preparation, saisie: saisieOf(cafe), organismes: await listOrganismes(db, params.pacte) };
};

export const actions: Actions = {
	preparer: (event) =>
		acte(event, 'preparer', async (app, act, saisie) => {
			const { cafe, refus } = readCafe(saisieDe(saisie), await listOrganismes(app.db, act.pacteId));
			if (!cafe) throw new DomainError('invalide', refus);
			await prepareCafe(app, { ...act, seanceId: event.params.seance }, cafe);
			return 'La salle est prête.';
		}),
	recalculer: (event) =>
		acteDeSalle(event, 'recalculer', () => ['calculerRotation', {}, 'La rotation est calculée de nouveau.']),
	absent: (event) =>
		acteDeSalle(event, 'absent', (saisie) => {
			const absent = saisie.text('absent');
			const said = absent === 'oui' ? 'Cette personne est notée absente.' : 'Cette personne est notée présente.';
			return ['marquerAbsent', { siege: saisie.text('siege'), absent }, said];
		}),
	hote: (event) =>
		acteDeSalle(event, 'hote', (saisie) => [
			'designerHote',
			{ siege: saisie.text('siege') },
			'L’hôte reste à sa table.'
		])
};

/** An act of the room, from a form of this page. */
function acteDeSalle(
	event: ActeEvent & { params: { seance: string } },
	formulaire: string,
	read: (saisie: Saisie) => [acte: string, donnees: Record<string, string>, said: string]
) {
	return acte(event, formulaire, async (app, { by }, saisie) => {
		const [nom, donnees, said] = read(saisie);
		const demande = { cle: saisie.text('cle') || newId(), acte: nom, donnees: new Donnees(donnees) };
		await doActe(app, event.params.seance, { genre: 'animateur', compteId: by }, demande);
		return said;
	});
}

function saisieDe(saisie: Saisie): SaisieDeCafe {
	const text = (name: keyof SaisieDeCafe) => saisie.text(name);
	return {
		questions: text('questions'),
		repartition: text('repartition'),
		tables: text('tables'),
		noms_des_tables: text('noms_des_tables'),
		tours: text('tours'),
		duree: text('duree'),
		deplacement: text('deplacement'),
		silencieuse: text('silencieuse'),
		rotation: text('rotation'),
		noms: text('noms'),
		moderation: text('moderation'),
		inscrits: text('inscrits')
	};
}
