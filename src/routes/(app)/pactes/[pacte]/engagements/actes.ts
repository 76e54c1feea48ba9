import type { ActionFailure } from '@sveltejs/kit';
import type { Portee } from '#lib/engagements/engagement.ts';
import {
	approveEngagements,
	isolateEngagement,
	linkEngagement,
	setPorteur,
	shareEngagement,
	signParole
} from '#server/engagements/engagements.ts';
import { acte, type ActeEvent, type Fait, type Refus, type Saisie } from '../acte.ts';

type Acte = (event: ActeEvent) => Promise<Fait | ActionFailure<Refus>>;

const lieuOf = (saisie: Saisie) => ({ sectionId: saisie.text('section'), cle: saisie.text('cle') });

/** What is done on engagements, from their page and from the page of a section. */
export const actesDEngagement = {
	lier: (event: ActeEvent) =>
		acte(event, 'lier', async (app, act, saisie) => {
			await linkEngagement(app, act, lieuOf(saisie), saisie.all('noeuds'));
			return 'Les axes de cet engagement sont enregistrés.';
		}),
	partager: (event: ActeEvent) =>
		acte(event, 'partager', async (app, act, saisie) => {
			const [sectionId = '', cle = ''] = saisie.text('autre').split(':');
			await shareEngagement(app, act, lieuOf(saisie), { sectionId, cle });
			return 'Cet engagement est partagé. Chacun garde sa formulation.';
		}),
	isoler: (event: ActeEvent) =>
		acte(event, 'isoler', async (app, act, saisie) => {
			await isolateEngagement(app, act, lieuOf(saisie));
			return 'Cet engagement n’est plus partagé.';
		}),
	porteur: (event: ActeEvent) =>
		acte(event, 'porteur', async (app, act, saisie) => {
			await setPorteur(
				app,
				{ ...act, sectionId: saisie.text('section') },
				{
					portee: saisie.text('portee') as Portee,
					organismes: saisie.all('organismes'),
					libelle: saisie.text('libelle')
				}
			);
			return 'Celui qui porte ces engagements est enregistré.';
		}),
	approuver: (event: ActeEvent) =>
		acte(event, 'approuver', async (app, act, saisie) => {
			await approveEngagements(
				app,
				{ ...act, sectionId: saisie.text('section') },
				{
					approuve: saisie.text('approuve') === 'oui',
					instance: saisie.text('instance'),
					date: saisie.text('date'),
					note: saisie.text('note')
				}
			);
			return 'La décision est enregistrée.';
		}),
	signer: (event: ActeEvent) =>
		acte(event, 'signer', async (app, act, saisie) => {
			const fonctions = saisie.all('fonction');
			const signataires = saisie.all('personne').map((personne, i) => ({ personne, fonction: fonctions[i] ?? '' }));
			await signParole(app, { ...act, sectionId: saisie.text('section') }, signataires);
			return 'La signature est enregistrée.';
		})
} satisfies Record<string, Acte>;
