import type { Transaction } from 'kysely';
import * as Y from 'yjs';
import type { ConstatLu, ReponseLue } from '#lib/constats/constat.ts';
import { documentName } from '#lib/documents/document.ts';
import { documentRight } from '#lib/documents/rights.ts';
import { corpsOf, writeProse, type NatureConstat } from '#lib/editor/prose.ts';
import type { References } from '#lib/editor/references.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { beginAct } from '../pactes/act.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { addJournalEntry, type Acte } from '../journal/journal.ts';
import { readReferences } from './references.ts';
import { readPlan, readSection, type PlanAct } from './sections.ts';

/** The constats and enjeux of a pacte in the order of its plan, each with what answers it. */
export async function listConstats(
	db: Queryable,
	pacteId: string,
	compteId: string,
	references: References
): Promise<ConstatLu[]> {
	const plan = await readPlan(db, pacteId, compteId);
	const rows = await db.selectFrom('constats').selectAll().where('pacte_id', '=', pacteId).orderBy('ordre').execute();
	const links = await db
		.selectFrom('constat_reponses')
		.select(['constat_id', 'noeud_id'])
		.where('pacte_id', '=', pacteId)
		.execute();
	const targets = Object.keys(references.renvois);
	const answersOf = (constat: string): ReponseLue[] =>
		links
			.filter(({ constat_id, noeud_id }) => constat_id === constat && references.renvois[`noeud:${noeud_id}`])
			.sort((a, b) => targets.indexOf(`noeud:${a.noeud_id}`) - targets.indexOf(`noeud:${b.noeud_id}`))
			.map(({ noeud_id }) => {
				const { texte, titre, href } = references.renvois[`noeud:${noeud_id}`] as References['renvois'][string];
				return { noeud: noeud_id, repere: texte, titre, href };
			});
	return plan.flatMap((section) =>
		rows
			.filter(({ section_id }) => section_id === section.id)
			.map(({ id, nature, texte, theme, origine, noeud_id }) => ({
				id,
				nature,
				texte,
				theme,
				origine,
				noeud: noeud_id,
				section: { id: section.id, numero: section.numero, titre: section.titre },
				redige: section.redige,
				reponses: answersOf(id)
			}))
	);
}

/** Those that one of these branches answers. Reads no more when there are none: every fiche asks. */
export async function listConstatsAnsweredBy(
	db: Queryable,
	{ id, modele }: { id: string; modele: Modele },
	compteId: string,
	noeuds: readonly string[]
): Promise<ConstatLu[]> {
	const link = await db
		.selectFrom('constat_reponses')
		.select('noeud_id')
		.where('pacte_id', '=', id)
		.where('noeud_id', 'in', [...noeuds])
		.executeTakeFirst();
	if (!link) return [];
	const constats = await listConstats(db, id, compteId, await readReferences(db, { id, modele }));
	return constats.filter(({ reponses }) => reponses.some(({ noeud }) => noeuds.includes(noeud)));
}

export type ReponseAct = PlanAct & { constatId: string; noeudId: string };

/** Says that a branch of the tree, or a fiche, answers a constat. */
export async function linkConstat(app: App, act: ReponseAct): Promise<void> {
	const { pacteId, by, constatId, noeudId } = act;
	await changeReponses(app, act, 'constat_relie', async (trx) => {
		const constat = await trx
			.selectFrom('constats')
			.select('id')
			.where('pacte_id', '=', pacteId)
			.where('id', '=', constatId)
			.executeTakeFirst();
		const noeud = await trx
			.selectFrom('noeuds')
			.select('id')
			.where('pacte_id', '=', pacteId)
			.where('id', '=', noeudId)
			.executeTakeFirst();
		if (!constat) throw new DomainError('introuvable', 'Ce constat n’est plus dans le texte.');
		if (!noeud) throw new DomainError('invalide', 'Choisissez l’orientation ou la fiche qui y répond.');
		const created_at = app.now();
		await trx
			.insertInto('constat_reponses')
			.values({ pacte_id: pacteId, constat_id: constatId, noeud_id: noeudId, compte_id: by, created_at })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	});
}

export async function unlinkConstat(app: App, act: ReponseAct): Promise<void> {
	const { pacteId, constatId, noeudId } = act;
	await changeReponses(app, act, 'constat_delie', async (trx) => {
		await trx
			.deleteFrom('constat_reponses')
			.where('pacte_id', '=', pacteId)
			.where('constat_id', '=', constatId)
			.where('noeud_id', '=', noeudId)
			.execute();
	});
}

/** One transaction, for those who write fiches; then the pages are told. */
async function changeReponses(
	app: App,
	{ pacteId, by, constatId, noeudId }: ReponseAct,
	acte: Acte,
	change: (trx: Transaction<Schema>) => Promise<void>
): Promise<void> {
	await app.db.transaction().execute(async (trx) => {
		await beginAct(
			trx,
			{ pacteId, by },
			{ allows: (role) => documentRight(role, 'fiche') === 'write', refus: LIRE_SEULEMENT }
		);
		await change(trx);
		const detail = { constat: constatId, noeud: noeudId };
		await addJournalEntry(trx, { pacteId, compteId: by, acte, detail, now: app.now() });
	});
	app.collaboration.flux.publish(pacteId, { type: 'sections' });
}

const LIRE_SEULEMENT = 'Votre rôle permet de lire les constats, pas de dire ce qui y répond.';

export interface DetailsDuConstat {
	theme: string;
	noeud: string;
	origine: string;
}

export interface NewConstat extends DetailsDuConstat {
	/** Chosen by an act that links something to it. */
	id?: string;
	sectionId: string;
	nature: NatureConstat;
	texte: string;
}

const TEXTE_MAX = 4_000;
const DETAIL_MAX = 200;

/** Notes a constat without opening the text: it is written last in the section. */
export async function addConstat(app: App, { pacteId, by }: PlanAct, constat: NewConstat): Promise<void> {
	await requireWriter(app, pacteId, constat.sectionId, by);
	const texte = storable(constat.texte.replace(/\s+/gu, ' ').trim());
	if (texte === '') throw new DomainError('invalide', 'Écrivez le constat en une phrase.');
	if (texte.length > TEXTE_MAX) throw new DomainError('invalide', `Un constat a ${TEXTE_MAX} caractères au plus.`);
	const details = cleaned(constat);
	await app.collaboration.edit(
		documentName('redaction', constat.sectionId),
		(doc) =>
			writeProse(corpsOf(doc), [
				{
					type: 'paragraphe',
					constat: { cle: constat.id ?? newId(), nature: constat.nature, ...details },
					contenu: [{ type: 'texte', texte }]
				}
			]),
		by
	);
	await app.collaboration.settle(pacteId);
}

/** Changes what is said of a constat, not its words. */
export async function changeConstat(
	app: App,
	{ pacteId, by }: PlanAct,
	change: DetailsDuConstat & { constatId: string; sectionId: string }
): Promise<void> {
	await requireWriter(app, pacteId, change.sectionId, by);
	const details = cleaned(change);
	let isFound = false;
	await app.collaboration.edit(
		documentName('redaction', change.sectionId),
		(doc) => {
			const found = paragrapheOf(corpsOf(doc), change.constatId);
			if (!found) return;
			isFound = true;
			for (const [name, value] of Object.entries(details))
				if (value !== '') found.setAttribute(name, value);
				else if (found.getAttribute(name) !== undefined) found.removeAttribute(name);
		},
		by
	);
	if (!isFound) throw new DomainError('introuvable', 'Ce constat n’est plus dans le texte.');
	await app.collaboration.settle(pacteId);
}

/** Takes a constat out of the text, with its words. */
export async function removeConstat(
	app: App,
	{ pacteId, by }: PlanAct,
	{ constatId, sectionId }: { constatId: string; sectionId: string }
): Promise<void> {
	await requireWriter(app, pacteId, sectionId, by);
	await app.collaboration.edit(
		documentName('redaction', sectionId),
		(doc) => {
			const found = paragrapheOf(corpsOf(doc), constatId);
			const parent = found?.parent as Y.XmlFragment | undefined;
			if (found && parent) parent.delete(parent.toArray().indexOf(found), 1);
		},
		by
	);
	await app.collaboration.settle(pacteId);
}

/** Refuses who may not write in this section. */
export async function requireWriter(app: App, pacteId: string, sectionId: string, by: string): Promise<void> {
	const section = await readSection(app.db, pacteId, sectionId, by);
	if (!section.redige) throw new DomainError('interdit', 'Vous ne pouvez pas écrire dans cette section.');
}

function cleaned({ theme, noeud, origine }: DetailsDuConstat): DetailsDuConstat {
	const clean = (text: string) => storable(text.replace(/\s+/gu, ' ').trim().slice(0, DETAIL_MAX));
	return { theme: clean(theme), noeud: clean(noeud), origine: clean(origine) };
}

function paragrapheOf(parent: Y.XmlFragment, cle: string): Y.XmlElement | null {
	for (const child of parent.toArray()) {
		if (!(child instanceof Y.XmlElement)) continue;
		if (child.nodeName === 'paragraphe' && child.getAttribute('cle') === cle) return child;
		const inner = child.nodeName === 'paragraphe' ? null : paragrapheOf(child, cle);
		if (inner) return inner;
	}
	return null;
}
