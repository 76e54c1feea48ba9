import { canAnimate } from '#lib/documents/rights.ts';
import type { EtapeDeScript } from '#lib/salles/cafe.ts';
import { ECRITURES, GENRES_D_ETAPE, VISIBILITES, VUES_DU_MUR } from '#lib/salles/salle.ts';
import { DomainError } from '#server/errors.ts';
import { Donnees } from '#server/salles/donnees.ts';
import { changeScript, listScripts } from '#server/salles/scripts.ts';
import { acte, type Saisie } from '../../../acte.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const { role } = await parent();
	if (!canAnimate(role)) throw new DomainError('interdit', 'L’équipe projet et les animateurs tiennent les déroulés.');
	const script = (await listScripts(locals.app.db, params.pacte)).find(({ id }) => id === params.script);
	if (!script) throw new DomainError('introuvable', 'Ce déroulé n’est plus là.');
	return { script };
};

export const actions: Actions = {
	default: (event) =>
		acte(event, 'modifier', async (app, act, saisie) => {
			const etapes = etapesOf(saisie);
			await changeScript(app, act, { scriptId: event.params.script, titre: saisie.text('nom'), etapes });
			return 'Le déroulé est enregistré.';
		})
};

/** One line of each column; lines that are taken away, or new ones without a title, are left out. */
function etapesOf(saisie: Saisie): EtapeDeScript[] {
	const columns = [
		'ordre',
		'genre',
		'titre',
		'consigne',
		'minutes',
		'ecrire',
		'voir',
		'voter',
		'vue',
		'question',
		'retirer'
	];
	const lines = saisie
		.all('titre')
		.map((_, i) => new Donnees(Object.fromEntries(columns.map((name) => [name, saisie.all(name)[i]]))));
	return lines
		.filter((line) => !line.boolean('retirer') && line.maybeText('titre', TITRE) !== '')
		.map((line) => ({ ordre: line.integer('ordre', { min: 0, max: 999 }), etape: etapeOf(line) }))
		.sort((a, b) => a.ordre - b.ordre)
		.map(({ etape }) => etape);
}

const TITRE = { max: 80, refus: 'Un titre a 80 caractères au plus.' };

function etapeOf(line: Donnees): EtapeDeScript {
	const minutes = line.maybeInteger('minutes', { min: 1, max: 480 });
	const question = line.maybeInteger('question', { min: 1, max: 60 });
	return {
		genre: line.oneOf('genre', GENRES_D_ETAPE),
		tour: null,
		titre: line.text('titre', TITRE),
		consigne: line.maybeText('consigne', { max: 400, refus: 'Une consigne a 400 caractères au plus.' }),
		duree: minutes === null ? null : minutes * 60,
		ecrire: line.oneOf('ecrire', ECRITURES),
		voir: line.oneOf('voir', VISIBILITES),
		voter: line.boolean('voter'),
		vue: line.oneOf('vue', VUES_DU_MUR),
		question: question === null ? null : question - 1
	};
}
