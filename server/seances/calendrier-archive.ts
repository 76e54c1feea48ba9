import type { Transaction } from 'kysely';
import type { ScriptArchive } from '#lib/salles/salle-archive.ts';
import type { PhaseArchive, SeanceArchive } from '#lib/seances/calendrier-archive.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { listScripts } from '../salles/scripts.ts';
import { insertSallesArchive, readSallesArchive, stepOf, type LocalIds } from '../salles/salle-archive.ts';
import { listPhases } from '../phases/phases.ts';

export interface CalendrierArchive {
	phases: PhaseArchive[];
	seances: SeanceArchive[];
	scripts: ScriptArchive[];
}

/** The phases and séances of a pacte, but those that were put aside. */
export async function readCalendrierArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	ids: LocalIds,
	kept: (texte: string) => string
): Promise<CalendrierArchive> {
	const phases = await listPhases(trx, pacteId);
	const rows = await trx
		.selectFrom('seances')
		.selectAll()
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.orderBy('rang')
		.orderBy('id')
		.execute();
	const lists = await readLists(trx, pacteId, ids, kept);
	const salles = await readSallesArchive(
		trx,
		rows.map(({ id }) => id),
		ids,
		kept
	);
	const place = (list: readonly { id: string }[]) => {
		const places = new Map(list.map(({ id }, i) => [id, i]));
		return (id: string | null) => (id === null ? null : (places.get(id) ?? null));
	};
	const [instance, phase, seance] = [place(await instancesOf(trx, pacteId)), place(phases), place(rows)];
	return {
		phases: phases.map(({ titre, sousTitre, debut, fin, periode, contenus }) => ({
			titre: kept(titre),
			sous_titre: kept(sousTitre),
			debut,
			fin,
			periode: kept(periode),
			contenus: contenus.map(kept)
		})),
		seances: rows.map((row, i) => ({
			instance: instance(row.instance_id),
			phase: phase(row.phase_id),
			titre: kept(row.titre),
			format: row.format,
			theme: kept(row.theme),
			tour: row.tour,
			date: row.date,
			heure_debut: row.heure_debut,
			heure_fin: row.heure_fin,
			lieu: kept(row.lieu),
			objet: kept(row.objet),
			compte_rendu: kept(row.compte_rendu),
			participants: row.participants,
			suite_de: seance(row.suite_de),
			...lists(row.id),
			salle: salles[i] ?? null
		})),
		scripts: (await listScripts(trx, pacteId)).map(({ titre, format, etapes }) => ({
			titre: kept(titre),
			format,
			etapes: etapes.map((etape) => ({ ...stepOf(etape, kept), question: etape.question }))
		}))
	};
}

function instancesOf(trx: Queryable, pacteId: string): Promise<{ id: string }[]> {
	return trx
		.selectFrom('instances')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.orderBy('rang')
		.orderBy('id')
		.execute();
}

async function readLists(
	trx: Transaction<Schema>,
	pacteId: string,
	{ organismes, noeuds, sections }: LocalIds,
	kept: (texte: string) => string
): Promise<(id: string) => Pick<SeanceArchive, 'points' | 'presences' | 'textes'>> {
	const of = <Row extends { seance_id: string }>(rows: readonly Row[]) =>
		Map.groupBy(rows, ({ seance_id }) => seance_id);
	const points = of(
		await trx
			.selectFrom('seance_points')
			.innerJoin('seances', 'seances.id', 'seance_id')
			.select(['seance_id', 'texte', 'minutes'])
			.where('pacte_id', '=', pacteId)
			.orderBy('seance_points.rang')
			.execute()
	);
	const presences = of(
		await trx
			.selectFrom('seance_presences')
			.innerJoin('seances', 'seances.id', 'seance_id')
			.selectAll('seance_presences')
			.where('pacte_id', '=', pacteId)
			.orderBy('seance_presences.rang')
			.execute()
	);
	const textes = of(
		await trx
			.selectFrom('seance_textes')
			.innerJoin('seances', 'seances.id', 'seance_id')
			.select(['seance_id', 'genre', 'seance_textes.objet as cible'])
			.where('pacte_id', '=', pacteId)
			.execute()
	);
	const order = [
		...[...sections].map(([id, local]) => ({ here: `section:${id}`, local: `section:${local}` })),
		...[...noeuds].map(([id, local]) => ({ here: `noeud:${id}`, local: `noeud:${local}` }))
	];
	return (id) => {
		const linked = new Set((textes.get(id) ?? []).map(({ genre, cible }) => `${genre}:${cible}`));
		return {
			points: (points.get(id) ?? []).map(({ texte, minutes }) => ({ texte: kept(texte), minutes })),
			presences: (presences.get(id) ?? []).map((presence) => ({
				organisme: presence.organisme_id === null ? null : (organismes.get(presence.organisme_id) ?? null),
				libelle: kept(presence.libelle),
				attendus: presence.attendus,
				presents: presence.presents,
				sans_telephone: presence.sans_telephone
			})),
			// In the order of the document: what is gone is left out.
			textes: order.filter(({ here }) => linked.has(here)).map(({ local }) => local)
		};
	};
}

/** Writes them in a new pacte, whose instances are there. */
export async function insertCalendrierArchive(
	trx: Transaction<Schema>,
	pacte_id: string,
	{ phases, seances, scripts }: CalendrierArchive,
	{ idOf, now }: { idOf: (local: string) => string; now: number }
): Promise<void> {
	const phaseIds = phases.map(() => newId());
	for (const [rang, { contenus, ...phase }] of phases.entries()) {
		const id = phaseIds[rang] as string;
		await trx
			.insertInto('phases')
			.values({ id, pacte_id, rang, ...phase })
			.execute();
		for (const [place, texte] of contenus.entries())
			await trx.insertInto('phase_contenus').values({ phase_id: id, rang: place, texte }).execute();
	}
	const instanceIds = (await instancesOf(trx, pacte_id)).map(({ id }) => id);
	const ids = seances.map(() => newId());
	const at = (list: readonly string[], place: number | null) => (place === null ? null : (list[place] ?? null));
	for (const [
		rang,
		{ instance, phase, suite_de: _, points, presences, textes, salle: _salle, ...row }
	] of seances.entries()) {
		const id = ids[rang] as string;
		const places = { instance_id: at(instanceIds, instance), phase_id: at(phaseIds, phase) };
		await trx
			.insertInto('seances')
			.values({ id, pacte_id, rang, ...places, ...row, created_at: now })
			.execute();
		await insertLists(trx, id, { points, presences, textes }, idOf);
	}
	for (const [rang, { suite_de }] of seances.entries())
		if (suite_de !== null)
			await trx
				.updateTable('seances')
				.set({ suite_de: at(ids, suite_de) })
				.where('id', '=', ids[rang] as string)
				.execute();
	for (const [rang, { etapes, ...script }] of scripts.entries())
		await trx
			.insertInto('scripts')
			.values({ id: newId(), pacte_id, rang, ...script, etapes: JSON.stringify(etapes) })
			.execute();
	await insertSallesArchive(
		trx,
		seances.map(({ salle }) => salle),
		{ pacteId: pacte_id, seanceIds: ids, idOf, now }
	);
}

async function insertLists(
	trx: Transaction<Schema>,
	seance_id: string,
	{ points, presences, textes }: Pick<SeanceArchive, 'points' | 'presences' | 'textes'>,
	idOf: (local: string) => string
): Promise<void> {
	for (const [rang, point] of points.entries())
		await trx
			.insertInto('seance_points')
			.values({ seance_id, rang, ...point })
			.execute();
	for (const [rang, { organisme, ...presence }] of presences.entries())
		await trx
			.insertInto('seance_presences')
			.values({ seance_id, rang, organisme_id: organisme === null ? null : idOf(organisme), ...presence })
			.execute();
	for (const texte of new Set(textes)) {
		const [genre, local = ''] = texte.split(':');
		await trx
			.insertInto('seance_textes')
			.values({ seance_id, genre: genre as 'section' | 'noeud', objet: idOf(local) })
			.execute();
	}
}
