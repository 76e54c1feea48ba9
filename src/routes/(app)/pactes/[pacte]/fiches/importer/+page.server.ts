import { fail } from '@sveltejs/kit';
import { headerOf, type Feuille } from '#lib/figures/grid.ts';
import { parseSheets } from '#lib/figures/sheets.ts';
import { counted } from '#lib/format.ts';
import {
	ACTIONS,
	CIBLES_D_ACTIONS,
	ciblesOf,
	guessCorrespondance,
	isChampDeListe,
	type Cible,
	type Correspondance
} from '#lib/listes/liste.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError } from '#server/errors.ts';
import { importSheets } from '#server/figures/import-sheets.ts';
import { importListe, parentsOf, previewListe, type ListeAImporter } from '#server/listes/importer-liste.ts';
import { listNoeuds } from '#server/orientations/noeuds.ts';
import { openPacte } from '#server/pactes/pactes.ts';
import { acte, type ActeEvent } from '../../acte.ts';
import { annuler } from '../../operations.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent }) => {
	const { modele } = await parent();
	const champs = modele.champs.filter(isChampDeListe).map(({ id, etiquette }) => ({ id, etiquette }));
	return { champs: [...champs, { id: ACTIONS, etiquette: 'De nouvelles actions' }] };
};

function ciblesIn(modele: Modele, id: string): readonly Cible[] {
	if (id === ACTIONS) return CIBLES_D_ACTIONS;
	const champ = modele.champs.find((each) => each.id === id);
	return champ && isChampDeListe(champ) ? ciblesOf(champ) : [];
}

const PERDU = 'Le tableau n’est pas arrivé entier. Choisissez-le à nouveau.';

async function modeleOf({ locals, params }: ActeEvent): Promise<Modele> {
	return (await openPacte(locals.app, requireCompte(locals.compte).id, params.pacte ?? '')).modele;
}

/** The sheet with its rows read: what the page shows, and sends back. */
async function relue(event: ActeEvent, feuilles: Feuille[], asked: ListeAImporter & { feuille: number }) {
	const modele = await modeleOf(event);
	const acteur = { pacteId: event.params.pacte ?? '', by: requireCompte(event.locals.compte).id };
	const parents =
		asked.champ === ACTIONS ? parentsOf(modele, await listNoeuds(event.locals.app.db, acteur.pacteId)) : [];
	return {
		feuilles: JSON.stringify(feuilles),
		noms: feuilles.map(({ nom }) => nom),
		feuille: asked.feuille,
		champ: asked.champ,
		entete: asked.entete,
		cibles: ciblesIn(modele, asked.champ),
		sous: asked.sous ?? '',
		parents: parents.map(({ id, code, titre }) => ({ id, nom: `${code} ${titre}`.trim() })),
		colonnes: asked.cellules[Math.max(0, asked.entete)] ?? [],
		correspondance: asked.correspondance,
		lignes: await previewListe(event.locals.app, acteur, modele, asked)
	};
}

async function firstReading(event: ActeEvent, feuilles: Feuille[], champ: string, feuille: number) {
	const cellules = feuilles[feuille]?.cellules ?? [];
	const entete = headerOf(cellules) < 0 ? 0 : headerOf(cellules);
	const cibles = ciblesIn(await modeleOf(event), champ);
	const correspondance = guessCorrespondance(cellules[entete] ?? [], cibles);
	return relue(event, feuilles, { champ, cellules, entete, correspondance, feuille });
}

function readDemande(form: FormData): { feuilles: Feuille[]; liste: ListeAImporter & { feuille: number } } | null {
	const feuilles = parseSheets(String(form.get('feuilles') ?? ''));
	const feuille = Number(form.get('feuille') ?? 0);
	const cellules = feuilles?.[feuille]?.cellules;
	if (!feuilles || !cellules) return null;
	const correspondance: Correspondance = {};
	for (const [name, value] of form) if (name.startsWith('cible:')) correspondance[name.slice(6)] = Number(value);
	const entete = Number(form.get('entete') ?? 0);
	const [champ, sous] = ['champ', 'sous'].map((nom) => String(form.get(nom) ?? '')) as [string, string];
	return { feuilles, liste: { champ, sous, cellules, entete, correspondance, feuille } };
}

export const actions: Actions = {
	/** Reads a file or a paste. Writes nothing. */
	lire: async (event) => {
		const form = await event.request.formData();
		const fichier = form.get('fichier');
		const isFile = fichier instanceof File && fichier.size > 0;
		try {
			const feuilles = await importSheets(isFile ? await fichier.bytes() : String(form.get('texte') ?? ''));
			return { relue: await firstReading(event, feuilles, String(form.get('champ') ?? ''), 0) };
		} catch (error) {
			if (error instanceof DomainError) return fail(422, { erreur: error.message });
			throw error;
		}
	},

	/** The rows again, with other columns. Writes nothing. */
	apercu: async (event) => {
		const demande = readDemande(await event.request.formData());
		if (!demande) return fail(422, { erreur: PERDU });
		try {
			return { relue: await relue(event, demande.feuilles, demande.liste) };
		} catch (error) {
			if (error instanceof DomainError) return fail(422, { erreur: error.message });
			throw error;
		}
	},

	/** Writes all rows, or none. */
	importer: async (event) => {
		const copy = event.request.clone();
		const demande = readDemande(await copy.formData());
		if (!demande) return fail(422, { erreur: PERDU });
		return acte(event, 'importer', async (app, act) => {
			const { operation, faits } = await importListe(app, act, await modeleOf(event), demande.liste);
			return {
				message:
					faits === 0
						? 'Les fiches disent déjà tout cela\u00a0: rien n’a changé.'
						: `${counted(faits, 'ligne importée', 'lignes importées')}.`,
				...(faits > 0 && { annuler: { action: '?/annuler', champs: { operation } } })
			};
		});
	},
	annuler
};
