import { setImmediate } from 'node:timers/promises';
import {
	byAlphabet,
	canWriteGlossaire,
	cleanDefinition,
	faultOf,
	type Definition,
	type Entree
} from '#lib/glossaire/entree.ts';
import { ReleveDeSigles, type Rapport } from '#lib/glossaire/rapport.ts';
import { cleOfSigle } from '#lib/glossaire/sigles.ts';
import { ENTREE_ABSENTE, GLOSSAIRE_REFUSE, RIEN_A_COLLER, siglePris } from '#lib/glossaire/textes.ts';
import type { KindTrouve } from '#lib/recherche/resultat.ts';
import { changeNames, requireDroit } from '../pactes/act.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Apercu, Contexte } from '../recherche/source.ts';
import { PRESENTATIONS } from '../recherche/sources.ts';

/** The entries of a pacte's glossary, in the order of the alphabet. */
export async function listGlossaire(db: Queryable, pacteId: string): Promise<Entree[]> {
	const rows = await db
		.selectFrom('glossaire')
		.select(['id', 'sigle', 'developpe', 'definition'])
		.where('pacte_id', '=', pacteId)
		.execute();
	return rows.sort(byAlphabet);
}

/** Who does it, where. */
export interface GlossaireAct {
	pacteId: string;
	by: string;
}

/** Adds an entry; gives its id. */
export async function addEntree(app: App, { pacteId, by, ...entree }: GlossaireAct & Definition): Promise<string> {
	const wanted = checked(entree);
	return changeNames(app, { pacteId, by }, ECRIRE, async ({ trx, note }) => {
		await requireFree(trx, pacteId, wanted.sigle, null);
		const id = await insertEntree(trx, pacteId, wanted, app.now());
		await note('entree_ajoutee', { entree: id, sigle: wanted.sigle });
		return id;
	});
}

export async function changeEntree(app: App, { pacteId, by, id, ...entree }: GlossaireAct & Entree): Promise<void> {
	const wanted = checked(entree);
	return changeNames(app, { pacteId, by }, ECRIRE, async ({ trx, note }) => {
		const before = await requireEntree(trx, pacteId, id);
		if (JSON.stringify(before) === JSON.stringify({ id, ...wanted })) return;
		await requireFree(trx, pacteId, wanted.sigle, id);
		await trx
			.updateTable('glossaire')
			.set({ ...wanted, cle: cleOfSigle(wanted.sigle) })
			.where('id', '=', id)
			.execute();
		await note('entree_modifiee', { entree: id, sigle: wanted.sigle });
	});
}

/** One that is gone already is no fault. */
export function removeEntree(app: App, { pacteId, by, id }: GlossaireAct & { id: string }): Promise<void> {
	return changeNames(app, { pacteId, by }, ECRIRE, async ({ trx, note }) => {
		const entree = await findEntree(trx, pacteId, id);
		if (!entree) return;
		await trx.deleteFrom('glossaire').where('id', '=', id).execute();
		await note('entree_retiree', { entree: id, sigle: entree.sigle });
	});
}

export interface Collage {
	ajoutees: number;
	/** Explained already, and left as they were. */
	connues: string[];
}

/** Which of these are explained already: what the preview of pasted lines says. */
export async function knownAmong(
	{ db }: App,
	{ pacteId, by, entrees }: GlossaireAct & { entrees: readonly Definition[] }
): Promise<boolean[]> {
	await requireDroit(db, { pacteId, by }, ECRIRE);
	const taken = new Set((await listGlossaire(db, pacteId)).map(({ sigle }) => cleOfSigle(sigle)));
	return entrees.map(({ sigle }) => taken.has(cleOfSigle(sigle)));
}

/** Adds many entries at once; those whose sigle is explained already are left as they are. */
export async function addEntrees(
	app: App,
	{ pacteId, by, entrees }: GlossaireAct & { entrees: readonly Definition[] }
): Promise<Collage> {
	const wanted = entrees.map(({ sigle, developpe, definition }) => cleanDefinition({ sigle, developpe, definition }));
	const fit = wanted.filter((entree) => faultOf(entree) === null);
	if (fit.length === 0) throw new DomainError('invalide', RIEN_A_COLLER);
	return changeNames(app, { pacteId, by }, ECRIRE, async ({ trx, note }) => {
		const taken = new Set((await listGlossaire(trx, pacteId)).map(({ sigle }) => cleOfSigle(sigle)));
		const collage: Collage = { ajoutees: 0, connues: [] };
		for (const entree of fit.map(storableEntree)) {
			const cle = cleOfSigle(entree.sigle);
			if (taken.has(cle)) {
				collage.connues.push(entree.sigle);
				continue;
			}
			taken.add(cle);
			await insertEntree(trx, pacteId, entree, app.now());
			collage.ajoutees++;
		}
		if (collage.ajoutees > 0) await note('entrees_collees', { entrees: collage.ajoutees });
		return collage;
	});
}

async function insertEntree(trx: Queryable, pacte_id: string, entree: Definition, created_at: number): Promise<string> {
	const id = newId();
	await trx
		.insertInto('glossaire')
		.values({ id, pacte_id, ...entree, cle: cleOfSigle(entree.sigle), created_at })
		.execute();
	return id;
}

const ECRIRE = { source: 'glossaire', allows: canWriteGlossaire, refus: GLOSSAIRE_REFUSE } as const;

function checked(entree: Definition): Definition {
	const clean = storableEntree(cleanDefinition(entree));
	const fault = faultOf(clean);
	if (fault) throw new DomainError('invalide', fault.message);
	return clean;
}

function storableEntree({ sigle, developpe, definition }: Definition): Definition {
	return { sigle: storable(sigle), developpe: storable(developpe), definition: storable(definition) };
}

async function findEntree(db: Queryable, pacteId: string, id: string): Promise<Entree | undefined> {
	return db
		.selectFrom('glossaire')
		.select(['id', 'sigle', 'developpe', 'definition'])
		.where('id', '=', id)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
}

async function requireEntree(db: Queryable, pacteId: string, id: string): Promise<Entree> {
	const entree = await findEntree(db, pacteId, id);
	if (!entree) throw new DomainError('introuvable', ENTREE_ABSENTE);
	return entree;
}

async function requireFree(db: Queryable, pacteId: string, sigle: string, except: string | null): Promise<void> {
	const bearer = await db
		.selectFrom('glossaire')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('cle', '=', cleOfSigle(sigle))
		.executeTakeFirst();
	if (bearer && bearer.id !== except) throw new DomainError('conflit', siglePris(sigle));
}

const TEXTS_PER_TURN = 200;

/** What the glossary lacks and has in excess: read from the texts that search finds, which are those of the pacte. */
export async function reportGlossaire(contexte: Contexte): Promise<Rapport<Entree>> {
	const { db, pacteId } = contexte;
	const textes = await db
		.selectFrom('recherche_textes')
		.select(['kind', 'objet', 'ancre', 'rang', 'texte'])
		.where('pacte_id', '=', pacteId)
		.where('kind', '!=', 'glossaire')
		.orderBy('id')
		.execute();
	const apercus = new Map<KindTrouve, Map<string, Apercu>>();
	for (const [kind, rows] of Map.groupBy(textes, (row) => row.kind))
		apercus.set(kind, await PRESENTATIONS[kind](contexte, [...new Set(rows.map(({ objet }) => objet))]));
	const releve = new ReleveDeSigles();
	for (const [index, { kind, objet, ancre, rang, texte }] of textes.entries()) {
		const apercu = apercus.get(kind)?.get(objet);
		if (!apercu) continue;
		releve.add({ texte, lieu: lieuOf(apercu, ancre), lien: apercu.lien(ancre, rang) });
		if (index % TEXTS_PER_TURN === TEXTS_PER_TURN - 1) await setImmediate();
	}
	return releve.compare(await listGlossaire(db, pacteId));
}

function lieuOf({ code, titre, lieu }: Apercu, ancre: string): string {
	return [[code, titre].filter(Boolean).join('\u00a0'), lieu(ancre)].filter(Boolean).join(' · ');
}
