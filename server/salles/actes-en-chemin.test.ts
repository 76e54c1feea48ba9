import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FileDActes, type ActeEnAttente, type ReponseDActe } from '#lib/salles/file-d-actes.ts';
import { openTestApp, type TestApp } from '../../tests/support/app.ts';
import { randomFrom } from '../../tests/support/random.ts';
import { ReseauDEssai } from '../../tests/support/reseau-d-essai.ts';
import { salleDEssai } from '../../tests/support/salle.ts';
import { doActe, type ActeurDeSalle } from './acte.ts';
import { Donnees } from './donnees.ts';

const APPAREILS = 3;
const GESTES = 60;

describe('acts on a network that loses, repeats and reorders what is sent', () => {
	let app: TestApp;
	beforeAll(async () => {
		app = await openTestApp();
	});
	afterEach(() => app.clear());
	afterAll(() => app?.end());

	/** As the door of acts does: each in turn. */
	async function arrive(seanceId: string, acteur: ActeurDeSalle, actes: readonly ActeEnAttente[]) {
		const reponses: ReponseDActe[] = [];
		for (const { cle, acte, donnees } of actes) {
			app.advance(1); // Cards are in order by their instant.
			reponses.push({
				cle,
				fait: true,
				resultat: await doActe(app, seanceId, acteur, { cle, acte, donnees: new Donnees(donnees) })
			});
		}
		return reponses;
	}

	it.each([1, 2, 3, 4, 5, 6, 7, 8])(
		'each counts once, and those of one device in their order, though pages close meanwhile (seed %i)',
		async (seed) => {
			const random = randomFrom(seed);
			const salle = await salleDEssai(app);
			await salle.etape('tour', 1);
			const reseau = new ReseauDEssai(random);
			const appareils = await Promise.all(
				Array.from({ length: APPAREILS }, async (_, i) => {
					const siege = await salle.siege(i + 1);
					const gardes = new Map<string, ActeEnAttente>();
					const ouvrir = () =>
						new FileDActes({
							garde: {
								read: () => [...gardes.values()],
								add: (acte) => void gardes.set(acte.cle, acte),
								remove: (cles) => cles.forEach((cle) => gardes.delete(cle))
							},
							envoyer: (actes) => reseau.envoyer(() => arrive(salle.seanceId, siege, structuredClone([...actes]))),
							onAttente: () => {},
							onRefus: (acte, refus) => expect.fail(`${acte.acte}: ${refus}`),
							plusTard: (_pause, run) => reseau.plusTard(run)
						});
					return { siege, gardes, ouvrir, file: ouvrir(), ecrites: [] as string[] };
				})
			);
			for (let geste = 0; geste < GESTES; geste++) {
				const appareil = random.pick(appareils)!;
				if (random.chance(0.5)) {
					appareil.ecrites.push(`${appareils.indexOf(appareil)}-${appareil.ecrites.length}`);
					appareil.file.add('ajouterCarte', { texte: appareil.ecrites.at(-1) });
				} else if (random.chance(0.15))
					appareil.file = appareil.ouvrir(); // The page is opened again; what the former one sent is on its way.
				else await reseau.step();
			}
			reseau.isCalm = true;
			while (await reseau.step());

			const { cartes } = await salle.lire();
			for (const { siege, ecrites, gardes } of appareils) {
				expect(cartes.filter(({ siegeId }) => siegeId === siege.siegeId).map(({ texte }) => texte)).toEqual(ecrites);
				expect([...gardes.keys()], 'nothing waits any more').toEqual([]);
			}
		}
	);
});
