import { codeEnClair } from '#lib/salles/code.ts';
import { NOM_DE_LA_FORME, tableEnMots, TRACE_DE_LA_FORME } from '#lib/salles/formes.ts';
import type { Forme, Salle } from '#lib/salles/salle.ts';
import type { App } from '../app.ts';
import { DomainError } from '../errors.ts';
import type { FichierExporte } from '../export/export.ts';
import type { Feuille } from '../export/feuilles/feuille.ts';
import { nomDeFichier } from '../export/nom-de-fichier.ts';
import { exportFeuille } from '../export/pdf.ts';
import type { Adresses } from './adresses.ts';
import { codeOf } from './codes.ts';
import { jetonOf } from './entrees.ts';
import { qrSvg } from './qr.ts';
import { readSalle } from './read-salle.ts';

/** Where a printed sheet of a room is asked for, and what its QR codes hold. */
export interface Impression {
	pacteId: string;
	seanceId: string;
	adresses: Pick<Adresses, 'base' | 'courte'>;
}

/** A card for each table: its number, shape and name, and how to join there. */
export async function exportCartesDeTable(app: App, impression: Impression): Promise<FichierExporte> {
	const { salle, link } = await prepared(app, impression);
	if (salle.tables.length === 0) throw new DomainError('conflit', 'Cette séance n’a pas de table à annoncer.');
	const feuille: Feuille = {
		type: 'cartes_de_table',
		seance: salle.titre,
		adresse: `${impression.adresses.courte}/r`,
		code: codeEnClair(await keptCode(app, impression.seanceId)),
		cartes: salle.tables.map(({ numero, nom, forme }) => ({
			numero,
			nom,
			forme: NOM_DE_LA_FORME[forme],
			dessin: formeSvg(forme),
			qr: qrSvg(link({ table: numero }))
		}))
	};
	return printed(app, feuille, ['Cartes de table', salle.titre]);
}

/** A slip for each seat that was planned: its tables, round by round. */
export async function exportFeuillesDeRoute(app: App, impression: Impression): Promise<FichierExporte> {
	const { salle, link } = await prepared(app, impression);
	const feuilles = salle.sieges
		.filter(({ genre }) => genre === 'personne')
		.map(({ id, numero, organisme }) => ({
			place: numero,
			organisme,
			etapes: etapesOf(salle, id),
			qr: qrSvg(link({ place: numero }))
		}))
		.filter(({ etapes }) => etapes.length > 0);
	if (feuilles.length === 0)
		throw new DomainError(
			'conflit',
			'La rotation n’est pas calculée\u00a0: préparez d’abord la salle, avec la liste des personnes attendues.'
		);
	return printed(app, { type: 'feuilles_de_route', seance: salle.titre, feuilles }, ['Feuilles de route', salle.titre]);
}

async function prepared(app: App, { pacteId, seanceId, adresses: { base } }: Impression) {
	const salle = await readSalle(app.db, seanceId);
	if (salle?.pacteId !== pacteId)
		throw new DomainError('introuvable', 'Cette séance n’existe pas, ou sa salle n’est pas préparée.');
	const jeton = await jetonOf(app.db, seanceId);
	const link = (search: Record<string, number>) =>
		`${base}/r/${jeton}?${Object.entries(search).map(([name, value]) => `${name}=${value}`)}`;
	return { salle, link };
}

/** What is printed before the séance is what it will open with. */
function keptCode(app: App, seanceId: string): Promise<string> {
	return app.db.transaction().execute(async (trx) => {
		const salle = await trx
			.selectFrom('salles')
			.select(['seance_id', 'code'])
			.where('seance_id', '=', seanceId)
			.executeTakeFirstOrThrow();
		return codeOf(trx, salle, app.now());
	});
}

function etapesOf({ passages, tables }: Salle, siegeId: string) {
	return passages
		.filter((passage) => passage.siegeId === siegeId)
		.sort((a, b) => a.tour - b.tour)
		.flatMap(({ tour, tableId }) => {
			const table = tables.find(({ id }) => id === tableId);
			if (!table) return [];
			return [{ tour, table: tableEnMots({ ...table, nom: '' }) }];
		});
}

function formeSvg(forme: Forme): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#0b5563" d="${TRACE_DE_LA_FORME[forme]}"/></svg>`;
}

async function printed(app: App, feuille: Feuille, nom: [string, string]): Promise<FichierExporte> {
	const { pdf, pages, remplacements } = await exportFeuille(feuille, { date: app.now() });
	return { nom: nomDeFichier(nom, 'pdf'), type: 'application/pdf', bytes: pdf, pages, remplacements };
}
