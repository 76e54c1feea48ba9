import type { Transaction } from 'kysely';
import type { EtapeDeScript } from '#lib/salles/cafe.ts';
import type { SalleArchive, VoixArchive } from '#lib/salles/salle-archive.ts';
import type { Carte, Etape, Salle } from '#lib/salles/salle.ts';
import type { Schema } from '../database/schema.ts';
import { newId } from '../ids.ts';
import { newSalle } from './new-salle.ts';
import { readSalle } from './read-salle.ts';
import { ensureSyntheses } from './syntheses.ts';

type Ids = ReadonlyMap<string, string>;

/** The archive's ids of what a room refers to, by their ids in this installation. */
export interface LocalIds {
	organismes: Ids;
	noeuds: Ids;
	sections: Ids;
	constats: Ids;
}

/** What the archive keeps of the rooms of these séances, each at the place of its séance; null: it has none. */
export async function readSallesArchive(
	trx: Transaction<Schema>,
	seanceIds: readonly string[],
	ids: LocalIds,
	kept: (texte: string) => string
): Promise<(SalleArchive | null)[]> {
	const salles: (Salle | null)[] = [];
	for (const id of seanceIds) salles.push(await readSalle(trx, id));
	const cartes = new Map(
		salles.flatMap((salle, seance) => shownCartes(salle).map(({ id }, i) => [id, `carte:${seance}.${i}`] as const))
	);
	const read: (SalleArchive | null)[] = [];
	for (const salle of salles)
		read.push(salle && { ...factsOf(salle, ids, kept), versements: await versementsOf(trx, salle, ids, cartes, kept) });
	return read;
}

/** What everyone there may have seen. */
function shownCartes(salle: Salle | null): Carte[] {
	if (!salle || salle.repetition) return [];
	return salle.cartes.filter(
		({ revelee, attente, retireeAt, modereeAt }) => revelee && !attente && retireeAt === null && modereeAt === null
	);
}

function factsOf(salle: Salle, ids: LocalIds, kept: (texte: string) => string): Omit<SalleArchive, 'versements'> {
	const cartes = shownCartes(salle);
	const groupes = salle.repetition ? [] : salle.groupes;
	const place = (list: readonly { id: string }[], id: string | null) => {
		const found = list.findIndex((each) => each.id === id);
		return found < 0 ? null : found;
	};
	const objet = objetIn(cartes, groupes);
	const question = (id: string | null) => place(salle.questions, id);
	return {
		etat: salle.etat === 'preparation' || salle.repetition ? 'preparation' : 'close',
		reglages: {
			rotation: salle.reglages.rotation,
			questions: salle.reglages.questions,
			noms: salle.reglages.noms,
			moderation: salle.reglages.moderation
		},
		questions: salle.questions.map(({ texte }) => kept(texte)),
		tables: salle.tables.map(({ numero, nom, forme, hote, synthese, places, questionId }) => ({
			numero,
			nom: kept(nom),
			forme,
			hote: kept(hote),
			synthese: kept(synthese),
			places,
			question: question(questionId)
		})),
		etapes: salle.etapes.map((etape) => ({
			...stepOf(etape, kept),
			question: question(etape.questionId),
			commencee: salle.repetition ? null : etape.commenceeAt,
			finie: salle.repetition ? null : etape.finieAt
		})),
		participants: participantsOf(salle, ids, kept),
		groupes: groupes.map(({ titre, questionId }) => ({ titre: kept(titre), question: question(questionId) })),
		cartes: cartes.map((carte) => ({
			tour: carte.tour,
			nature: carte.nature,
			texte: kept(carte.texte),
			source: carte.source,
			pepite: carte.pepite,
			surprise: carte.surprise,
			table: place(salle.tables, carte.tableId),
			etape: place(salle.etapes, carte.etapeId),
			question: question(carte.questionId),
			groupe: place(groupes, carte.groupeId),
			notee: carte.createdAt
		})),
		scrutins: salle.scrutins
			.filter(({ etat }) => etat === 'clos' && !salle.repetition)
			.map((scrutin) => ({
				titre: kept(scrutin.titre),
				sur: scrutin.sur,
				budget: scrutin.budget,
				objets: scrutin.objets.flatMap((id) => objet(id) ?? []),
				voix: voixOf(salle, scrutin.id, scrutin.objets).flatMap(({ objet: id, ...voix }) => {
					const named = objet(id);
					return named === null ? [] : [{ objet: named, ...voix }];
				})
			})),
		evaluations: salle.evaluations
			.flatMap(({ objet: id, impact, faisabilite }) => {
				const named = objet(id);
				return named === null ? [] : [{ objet: named, impact, faisabilite }];
			})
			.sort((a, b) => a.objet.localeCompare(b.objet, 'en', { numeric: true }))
	};
}

/** A step as a room or a script has it, but what it asks. */
export function stepOf(etape: Etape | EtapeDeScript, kept: (texte: string) => string) {
	return {
		genre: etape.genre,
		tour: etape.tour,
		titre: kept(etape.titre),
		consigne: kept(etape.consigne),
		duree: etape.duree,
		ecrire: etape.ecrire,
		voir: etape.voir,
		voter: etape.voter,
		vue: etape.vue
	};
}

function objetIn(cartes: readonly { id: string }[], groupes: readonly { id: string }[]) {
	const names = new Map([
		...cartes.map(({ id }, i) => [id, `carte:${i}`] as const),
		...groupes.map(({ id }, i) => [id, `groupe:${i}`] as const)
	]);
	return (id: string) => names.get(id) ?? null;
}

/** Counted by organisme, in the order in which they came: never one by one. */
function participantsOf(
	{ sieges, repetition }: Salle,
	{ organismes }: LocalIds,
	kept: (texte: string) => string
): SalleArchive['participants'] {
	const counted = new Map<string, SalleArchive['participants'][number]>();
	for (const siege of sieges) {
		if (siege.genre !== 'personne' || siege.absent || repetition) continue;
		const organisme = siege.organismeId === null ? null : (organismes.get(siege.organismeId) ?? null);
		const line = { organisme, libelle: kept(siege.organisme), usager: siege.usager, nombre: 0 };
		const key = JSON.stringify(line);
		const known = counted.get(key) ?? line;
		known.nombre++;
		counted.set(key, known);
	}
	return [...counted.values()];
}

/** Totals, in the order of what is voted for. */
function voixOf({ voix, voixComptees }: Salle, scrutinId: string, objets: readonly string[]): VoixArchive[] {
	return objets.flatMap((objet) => {
		const points = voix
			.filter((each) => each.scrutinId === scrutinId && each.objet === objet)
			.reduce((sum, each) => sum + each.points, 0);
		const counted = (['mains', 'papier'] as const).map((mode) => ({
			objet,
			mode,
			nombre:
				voixComptees.find((each) => each.scrutinId === scrutinId && each.objet === objet && each.mode === mode)
					?.nombre ?? 0
		}));
		return [{ objet, mode: 'ecran' as const, nombre: points }, ...counted].filter(({ nombre }) => nombre > 0);
	});
}

async function versementsOf(
	trx: Transaction<Schema>,
	salle: Salle,
	{ noeuds, sections, constats }: LocalIds,
	cartes: Ids,
	kept: (texte: string) => string
): Promise<SalleArchive['versements']> {
	const rows = await trx
		.selectFrom('versements')
		.select(['source_id', 'texte', 'cible_genre', 'cible_id', 'cible_section'])
		.where('seance_id', '=', salle.seanceId)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
	const objet = objetIn(shownCartes(salle), salle.groupes);
	return rows
		.flatMap(({ source_id, texte, cible_genre, cible_id, cible_section }) => {
			const source = objet(source_id);
			const local = cible_genre === 'constat' ? constats.get(cible_id) : noeuds.get(cible_id);
			const cible = cible_genre === 'carte' ? cartes.get(cible_id) : local && `${cible_genre}:${local}`;
			if (source === null || cible === undefined || cible === '') return [];
			return [{ source, texte: kept(texte), cible, section: sections.get(cible_section) ?? null }];
		})
		.sort((a, b) => (`${a.source} ${a.cible}` < `${b.source} ${b.cible}` ? -1 : 1));
}

// Writing

export interface NewSalles {
	pacteId: string;
	/** The séances, in the order of the archive. */
	seanceIds: readonly string[];
	idOf: (local: string) => string;
	now: number;
}

/** Writes the rooms of the séances of a new pacte, with addresses of their own. */
export async function insertSallesArchive(
	trx: Transaction<Schema>,
	salles: readonly (SalleArchive | null)[],
	news: NewSalles
): Promise<void> {
	const written: { cartes: string[]; groupes: string[] }[] = [];
	for (const [place, salle] of salles.entries()) {
		const seanceId = news.seanceIds[place] as string;
		written.push(salle ? await insertSalle(trx, seanceId, salle, news) : { cartes: [], groupes: [] });
	}
	for (const [place, salle] of salles.entries())
		for (const [rang, versement] of (salle?.versements ?? []).entries()) {
			const [genre, at] = versement.source.split(':') as ['carte' | 'groupe', string];
			const source = written[place]?.[`${genre}s`][Number(at)];
			const cible = cibleOf(versement.cible, written, news.idOf);
			if (source === undefined || cible === undefined) continue;
			await trx
				.insertInto('versements')
				.values({
					id: newId(),
					pacte_id: news.pacteId,
					seance_id: news.seanceIds[place] as string,
					source_genre: genre,
					source_id: source,
					texte: versement.texte,
					cible_genre: versement.cible.split(':')[0] as 'noeud',
					cible_id: cible,
					cible_section: versement.section === null ? '' : news.idOf(versement.section),
					created_at: news.now + rang
				})
				.execute();
		}
}

function cibleOf(
	cible: string,
	written: readonly { cartes: string[] }[],
	idOf: (local: string) => string
): string | undefined {
	const [genre, id = ''] = cible.split(':');
	if (genre !== 'carte') return idOf(id);
	const [seance, carte] = id.split('.');
	return written[Number(seance)]?.cartes[Number(carte)];
}

async function insertSalle(
	trx: Transaction<Schema>,
	seance_id: string,
	salle: SalleArchive,
	{ pacteId, idOf, now }: NewSalles
): Promise<{ cartes: string[]; groupes: string[] }> {
	const idsFor = (list: readonly unknown[]) => list.map(() => newId());
	const [questions, tables, etapes, groupes, cartes] = [
		idsFor(salle.questions),
		idsFor(salle.tables),
		idsFor(salle.etapes),
		idsFor(salle.groupes),
		idsFor(salle.cartes)
	];
	const at = (ids: readonly string[], place: number | null) => (place === null ? null : (ids[place] ?? null));
	const bit = (is: boolean) => (is ? (1 as const) : (0 as const));
	const objetOf = (objet: string) => {
		const [genre, place] = objet.split(':');
		return (genre === 'carte' ? cartes : groupes)[Number(place)] as string;
	};
	await trx
		.insertInto('salles')
		.values({
			...newSalle(seance_id, now),
			etat: salle.etat,
			reglages: JSON.stringify(salle.reglages),
			close_at: salle.etat === 'close' ? now : null
		})
		.execute();
	for (const [rang, texte] of salle.questions.entries())
		await trx
			.insertInto('seance_questions')
			.values({ id: questions[rang] as string, seance_id, rang, texte })
			.execute();
	for (const [i, { question, ...table }] of salle.tables.entries())
		await trx
			.insertInto('seance_tables')
			.values({ id: tables[i] as string, seance_id, ...table, question_id: at(questions, question) })
			.execute();
	for (const [rang, { question, commencee, finie, voter, ...etape }] of salle.etapes.entries())
		await trx
			.insertInto('etapes')
			.values({
				id: etapes[rang] as string,
				seance_id,
				rang,
				...etape,
				voter: bit(voter),
				question_id: at(questions, question),
				commencee_at: commencee,
				finie_at: finie
			})
			.execute();
	let numero = 0;
	for (const { organisme, libelle, usager, nombre } of salle.participants)
		for (let i = 0; i < nombre; i++)
			await trx
				.insertInto('sieges')
				.values({
					id: newId(),
					seance_id,
					numero: ++numero,
					genre: 'personne',
					organisme_id: organisme === null ? null : idOf(organisme),
					organisme: libelle,
					usager: bit(usager),
					created_at: now
				})
				.execute();
	for (const [rang, { titre, question }] of salle.groupes.entries())
		await trx
			.insertInto('groupes')
			.values({
				id: groupes[rang] as string,
				seance_id,
				rang,
				titre,
				question_id: at(questions, question),
				created_at: now + rang
			})
			.execute();
	for (const [i, { table, etape, question, groupe, notee, surprise, ...carte }] of salle.cartes.entries())
		await trx
			.insertInto('cartes')
			.values({
				id: cartes[i] as string,
				seance_id,
				...carte,
				surprise: bit(surprise),
				revelee: 1,
				table_id: at(tables, table),
				etape_id: at(etapes, etape),
				question_id: at(questions, question),
				groupe_id: at(groupes, groupe),
				created_at: notee
			})
			.execute();
	for (const [rang, { objets, voix, ...scrutin }] of salle.scrutins.entries()) {
		const scrutin_id = newId();
		await trx
			.insertInto('scrutins')
			.values({
				id: scrutin_id,
				seance_id,
				rang,
				...scrutin,
				objets: JSON.stringify(objets.map(objetOf)),
				etat: 'clos',
				created_at: now + rang
			})
			.execute();
		for (const { objet, mode, nombre } of voix)
			await trx
				.insertInto('voix_comptees')
				.values({ scrutin_id, objet: objetOf(objet), mode, nombre })
				.execute();
	}
	for (const { objet, ...evaluation } of salle.evaluations)
		await trx
			.insertInto('evaluations')
			.values({ seance_id, objet: objetOf(objet), ...evaluation })
			.execute();
	await ensureSyntheses(trx, { pacteId, seanceId: seance_id, now });
	return { cartes, groupes };
}
