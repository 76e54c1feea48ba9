import { canAnimate } from '#lib/documents/rights.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { recolteOf } from '#lib/recolte/recolte.ts';
import { vueAnimateur } from '#lib/salles/vue-animateur.ts';
import type { Salle } from '#lib/salles/salle.ts';
import type { App } from '../app.ts';
import { DomainError } from '../errors.ts';
import type { FichierExporte } from '../export/export.ts';
import { nomDeFichier } from '../export/nom-de-fichier.ts';
import { exportEcriture, exportFeuille } from '../export/pdf.ts';
import { requireDroit, type Acteur } from '../pactes/act.ts';
import { readSalle } from '../salles/read-salle.ts';
import { readSeance } from '../seances/seances.ts';
import { classeurOf, compteRenduOf, type Matiere } from './compte-rendu.ts';
import { listDevenirs } from './provenance.ts';

export const FORMATS_DE_COMPTE_RENDU = ['odt', 'docx', 'pdf', 'xlsx'] as const;
export type FormatDeCompteRendu = (typeof FORMATS_DE_COMPTE_RENDU)[number];

const TYPES: Record<FormatDeCompteRendu, string> = {
	odt: 'application/vnd.oasis.opendocument.text',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pdf: 'application/pdf',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** What a séance leaves, as a file. While its room is open, it is for those who lead it. */
export async function exportCompteRendu(
	app: App,
	act: Acteur & { seanceId: string },
	format: FormatDeCompteRendu
): Promise<FichierExporte> {
	const matiere = await readMatiere(app, act);
	const nom = nomDeFichier(['Compte rendu', matiere.seance.titre], format);
	const fichier = { nom, type: TYPES[format], pages: null, remplacements: [] };
	const date = app.now();
	switch (format) {
		case 'odt':
		case 'docx':
			return { ...fichier, bytes: await exportEcriture({ type: format, document: compteRenduOf(matiere), date }) };
		case 'xlsx':
			return { ...fichier, bytes: await exportEcriture({ type: format, classeur: classeurOf(matiere), date }) };
		case 'pdf': {
			const { pdf, pages, remplacements } = await exportFeuille(compteRenduOf(matiere), { date });
			return { ...fichier, bytes: pdf, pages, remplacements };
		}
		default:
			return format satisfies never;
	}
}

async function readMatiere({ db }: App, act: Acteur & { seanceId: string }): Promise<Matiere> {
	const { pacteId, seanceId } = act;
	const seance = await readSeance(db, pacteId, seanceId);
	const salle = await readSalle(db, seanceId);
	if (salle && salle.etat !== 'close')
		await requireDroit(db, act, {
			allows: canAnimate,
			refus: 'La séance n’est pas close\u00a0: son compte rendu s’ouvrira à vous quand elle le sera.'
		});
	const pacte = await db
		.selectFrom('pactes')
		.select(['intitule', 'modele'])
		.where('id', '=', pacteId)
		.executeTakeFirst();
	if (!pacte) throw new DomainError('introuvable', 'Ce pacte n’existe pas, ou vous n’y participez pas.');
	const modele = JSON.parse(pacte.modele) as Modele;
	return {
		pacte: pacte.intitule,
		seance,
		recolte: salle && recolteOf(vueAnimateur(salle, new Map())),
		venus: salle ? venusOf(salle) : [],
		devenirs: await listDevenirs(db, { id: pacteId, modele }, seanceId)
	};
}

/** How many came of each organisme: a seat that somebody took, or where a person is known to sit. */
function venusOf({ sieges }: Salle): Matiere['venus'] {
	const here = sieges.filter(({ genre, absent, pris }) => genre === 'personne' && !absent && pris);
	const counts = Map.groupBy(here, ({ organisme }) => organisme || 'Sans organisme');
	return [...counts]
		.map(([organisme, people]) => ({ organisme, nombre: people.length }))
		.sort((a, b) => a.organisme.localeCompare(b.organisme, 'fr'));
}
