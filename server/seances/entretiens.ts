import type { Queryable } from '../database/open.ts';
import { ENTRETIENS_AU_PLUS, readEntretiens, titleOfEntretien, type EntretienLu } from '#lib/seances/entretiens.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { App } from '../app.ts';
import { DomainError } from '../errors.ts';
import { requireDroit } from '../pactes/act.ts';
import type { PartieAct } from '../parties/change.ts';
import { storable } from '../database/text.ts';
import { changeSeances, DROIT_AU_CALENDRIER } from './change.ts';
import { insertSeance, type SeanceSaisie } from './seances.ts';

export interface EntretienApercu extends EntretienLu {
	/** null: the pacte knows none of this name; it is kept as it is written. */
	organismeId: string | null;
}

/** What a list would make, line by line. Writes nothing. */
export async function previewEntretiens({ db }: App, act: PartieAct, texte: string): Promise<EntretienApercu[]> {
	await requireDroit(db, act, DROIT_AU_CALENDRIER);
	return readListe(db, act.pacteId, texte);
}

async function readListe(db: Queryable, pacteId: string, texte: string): Promise<EntretienApercu[]> {
	const lus = readEntretiens(texte);
	if (lus.length === 0) throw new DomainError('invalide', 'Collez la liste, une ligne par entretien.');
	if (lus.length > ENTRETIENS_AU_PLUS)
		throw new DomainError(
			'invalide',
			`Cette liste a ${lus.length}\u00a0lignes\u00a0: importez-en ${ENTRETIENS_AU_PLUS} au plus à la fois.`
		);
	const known = await organismesByName(db, pacteId);
	return lus.map((lu) => ({ ...lu, organismeId: known.get(foldNom(lu.organisme)) ?? null }));
}

async function organismesByName(db: Queryable, pacteId: string): Promise<Map<string, string>> {
	const rows = await db
		.selectFrom('organisme_alias')
		.select(['organisme_id as id', 'nom_plie'])
		.where('pacte_id', '=', pacteId)
		.unionAll(db.selectFrom('organismes').select(['id', 'nom_plie']).where('pacte_id', '=', pacteId))
		.execute();
	return new Map(rows.map(({ id, nom_plie }) => [nom_plie, id]));
}

/** Makes an interview of each line: all of them, or none when one is wrong. Gives their ids. */
export function importEntretiens(
	app: App,
	act: PartieAct,
	texte: string,
	{ instanceId, phaseId }: Pick<SeanceSaisie, 'instanceId' | 'phaseId'>
): Promise<string[]> {
	return changeSeances(app, act, async (trx) => {
		const lus = await readListe(trx, act.pacteId, texte);
		const wrong = lus.filter(({ erreur }) => erreur !== '');
		if (wrong.length > 0)
			throw new DomainError(
				'invalide',
				`Rien n’est importé\u00a0: corrigez d’abord ${wrong.length === 1 ? 'la ligne' : 'les lignes'} ${wrong.map(({ ligne }) => ligne).join(', ')}.`
			);
		const ids: string[] = [];
		for (const lu of lus) {
			const saisie = { ...blank(lu), instanceId, phaseId };
			const seance_id = await insertSeance(trx, act.pacteId, saisie, app.now());
			ids.push(seance_id);
			await trx
				.updateTable('seances')
				.set({ compte_rendu: storable(lu.besoins) })
				.where('id', '=', seance_id)
				.execute();
			await trx
				.insertInto('seance_presences')
				.values({
					seance_id,
					rang: 0,
					organisme_id: lu.organismeId,
					libelle: lu.organismeId === null ? storable(lu.organisme || lu.personne) : '',
					attendus: 1,
					presents: null
				})
				.execute();
		}
		return { result: ids, acte: 'seances_ajoutees', detail: { nombre: lus.length, entretiens: true } };
	});
}

function blank(lu: EntretienLu): SeanceSaisie {
	return {
		instanceId: null,
		phaseId: null,
		titre: titleOfEntretien(lu),
		format: 'entretien',
		theme: '',
		tour: null,
		date: lu.date,
		heureDebut: '',
		heureFin: '',
		lieu: '',
		objet: '',
		suiteDe: null,
		points: [],
		textes: []
	};
}
