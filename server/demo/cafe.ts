import { texteDeSynthese } from '#lib/salles/synthese.ts';
import { documentName } from '#lib/documents/document.ts';
import type { Cafe } from '#lib/salles/cafe.ts';
import { REGLAGES_DE_DEPART, type NatureDeCarte } from '#lib/salles/salle.ts';
import type { App } from '../app.ts';
import { newId } from '../ids.ts';
import { doActe } from '../salles/acte.ts';
import { Donnees } from '../salles/donnees.ts';
import { prepareCafe } from '../salles/prepare-salle.ts';
import { readSalle } from '../salles/read-salle.ts';

/** A world café of the demonstration, in its second round: anyone may join it and add to it. */

const CAFE: Cafe = {
	questions: [
		'Qu’est-ce qui vous a fait perdre du temps, ou l’envie\u00a0?',
		'Qu’est-ce qui marche déjà, près de chez vous\u00a0?',
		'Par quoi commencer dès cette année\u00a0?'
	],
	tables: [
		{ nom: 'Se déplacer', hote: 'Mission locale' },
		{ nom: 'Faire garder ses enfants', hote: 'CAF' },
		{ nom: 'Comprendre ses droits', hote: 'CCAS' },
		{ nom: 'Se soigner', hote: 'ARS' },
		{ nom: 'Travailler un peu, puis plus', hote: 'France Travail' }
	],
	tours: 3,
	dureeDUnTour: 20,
	dureeDuDeplacement: 3,
	ecritureSilencieuse: false,
	reglages: REGLAGES_DE_DEPART,
	inscrits: [
		{ organismeId: null, organisme: 'Habitants', nombre: 8, usager: true },
		{ organismeId: null, organisme: 'CAF', nombre: 3, usager: false },
		{ organismeId: null, organisme: 'France Travail', nombre: 3, usager: false },
		{ organismeId: null, organisme: 'Mission locale', nombre: 3, usager: false },
		{ organismeId: null, organisme: 'Associations', nombre: 3, usager: false }
	]
};

type Mots = readonly [nature: NatureDeCarte, texte: string];

/** By round, then by table. */
const CARTES: readonly (readonly (readonly Mots[])[])[] = [
	[
		[
			['constat', 'Le car passe à six heures ou à midi, jamais à l’heure des ateliers.'],
			['besoin', 'Savoir la veille si le transport à la demande viendra vraiment.'],
			['vigilance', 'Tout le monde n’a pas de téléphone pour réserver.']
		],
		[
			['constat', 'On refuse l’entretien faute de garde, et on n’ose pas dire pourquoi.'],
			['idee', 'Une place de crèche tenue libre, chaque semaine, pour un rendez-vous.']
		],
		[
			['constat', 'Trois guichets, trois dossiers, et la même histoire à raconter.'],
			['question', 'Qui prévient quand un droit s’arrête\u00a0?'],
			['besoin', 'Une lettre qu’on comprend à la première lecture.']
		],
		[['constat', 'Le dentiste ne prend plus personne avant l’hiver.']],
		[
			['constat', 'Reprendre deux heures fait perdre plus que cela ne rapporte, croit-on.'],
			['idee', 'Faire le calcul avec la personne, avant qu’elle dise non.']
		]
	],
	[
		[['idee', 'Les voitures de la mairie dorment le soir\u00a0: les prêter\u00a0?']],
		[],
		[['constat', 'La permanence du mardi, au marché\u00a0: on y vient sans rendez-vous.']],
		[],
		[]
	]
];

/** By whom it is led: the équipe projet of the demonstration. */
export async function openDemoCafe(app: App, pacteId: string, by: string): Promise<void> {
	const seanceId = newId();
	const instance = await app.db
		.selectFrom('instances')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('type', '=', 'World café')
		.executeTakeFirst();
	await app.db
		.insertInto('seances')
		.values({
			id: seanceId,
			pacte_id: pacteId,
			instance_id: instance?.id ?? null,
			rang: 1_000,
			titre: 'World café\u00a0: reprendre pied, près de chez soi',
			format: 'world_cafe',
			date: new Date(app.now()).toISOString().slice(0, 10),
			lieu: 'Salle des fêtes de Bourg-le-Pont',
			created_at: app.now()
		})
		.execute();
	await prepareCafe(app, { pacteId, by, seanceId }, CAFE);
	const acte = (nom: string, donnees: Record<string, unknown> = {}) =>
		doActe(
			app,
			seanceId,
			{ genre: 'animateur', compteId: by },
			{ cle: newId(), acte: nom, donnees: new Donnees(donnees) }
		);
	await acte('ouvrirSalle');
	const salle = await readSalle(app.db, seanceId);
	for (const [i, parTable] of CARTES.entries()) {
		const etape = salle?.etapes.find(({ genre, tour }) => genre === 'tour' && tour === i + 1)?.id;
		await acte('allerAEtape', { etape });
		for (const [j, cartes] of parTable.entries())
			for (const [nature, texte] of cartes)
				await acte('ajouterCarte', { texte, nature, etape, table: salle?.tables[j]?.id, source: 'papier' });
	}
	const first = salle?.tables[0];
	if (first)
		await app.collaboration.edit(
			documentName('synthese', first.id),
			(doc) => texteDeSynthese(doc)?.insert(0, 'Les horaires d’abord\u00a0: sans eux, rien de ce qui suit ne tient.'),
			null
		);
}
