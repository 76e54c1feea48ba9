import type { Transaction } from 'kysely';
import { canPlanSections, documentRight, type Role } from '#lib/documents/rights.ts';
import { ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import {
	PORTEES,
	porteurInWords,
	type Approbation,
	type Engagement,
	type EngagementsDuPorteur,
	type Miroir,
	type Portee,
	type Porteur
} from '#lib/engagements/engagement.ts';
import { dayInWords } from '#lib/format.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { changePartie, filledLine, knownOrganismes, lineOf, type PartieAct } from '../parties/change.ts';
import { grantOf, readSectionRules } from '../sections/section-rights.ts';
import { readPlan } from '../sections/sections.ts';

export type EngagementAct = PartieAct & { sectionId: string };

/** One bullet, wherever it is. */
export interface Lieu {
	sectionId: string;
	cle: string;
}

// Reading

/** The engagements of a pacte, by section, in the order of the plan, as someone sees them. */
export async function readEngagements(
	db: Queryable,
	pacteId: string,
	compteId: string
): Promise<EngagementsDuPorteur[]> {
	const plan = (await readPlan(db, pacteId, compteId)).filter(({ genre }) => genre === 'engagement');
	const porteurs = await readPorteurs(db, pacteId);
	const etats = await db.selectFrom('engagement_etats').selectAll().where('pacte_id', '=', pacteId).execute();
	const etatOf = new Map(etats.map((row) => [row.section_id, row]));
	const bullets = await readBullets(db, pacteId);
	const written = await sectionsWithFrame(db, pacteId);
	const liens = await db.selectFrom('engagement_liens').selectAll().where('pacte_id', '=', pacteId).execute();
	const noeudsOf = Map.groupBy(liens, ({ section_id, cle }) => keyOf(section_id, cle));
	const names = new Map(plan.map(({ id, titre }) => [id, porteurInWords(porteurs.get(id) ?? NOBODY) || titre]));
	const miroirs = await readMiroirs(db, pacteId, bullets, names);
	const approver = await approverOf(db, pacteId, compteId);
	return plan.map(({ id, titre, mots, redige }) => {
		const engagements = (bullets.get(id) ?? []).map((bullet) => ({
			...bullet,
			noeuds: (noeudsOf.get(keyOf(id, bullet.cle)) ?? []).map(({ noeud_id }) => noeud_id),
			miroirs: miroirs.get(keyOf(id, bullet.cle)) ?? []
		}));
		const approbation = approbationOf(etatOf.get(id));
		const isEmpty = mots === 0 && !written.has(id);
		return {
			section: id,
			titre,
			porteur: porteurs.get(id) ?? NOBODY,
			nom: names.get(id) ?? titre,
			engagements,
			avancement: approbation.approuve ? 'approuve' : isEmpty ? 'vide' : 'redige',
			approbation,
			redige,
			approuve: approver(porteurs.get(id) ?? NOBODY)
		};
	});
}

const NOBODY: Porteur = { portee: 'organisme', organismes: [], libelle: '' };

function keyOf(section: string, cle: string): string {
	return `${section} ${cle}`;
}

function approbationOf(
	row: { approuve: 0 | 1; instance: string; date: string; note: string } | undefined
): Approbation {
	if (!row) return { approuve: false, instance: '', date: '', note: '' };
	const { approuve, instance, date, note } = row;
	return { approuve: approuve === 1, instance, date, note };
}

/** Whose engagements each section holds. */
export async function readPorteurs(db: Queryable, pacteId: string): Promise<Map<string, Porteur>> {
	const organismes = await db.selectFrom('organismes').select(['id', 'nom']).where('pacte_id', '=', pacteId).execute();
	const nomOf = new Map(organismes.map(({ id, nom }) => [id, nom]));
	const sections = await db
		.selectFrom('sections')
		.leftJoin('section_portees', 'section_portees.section_id', 'sections.id')
		.select(['sections.id', 'organisme_id', 'portee', 'libelle'])
		.where('pacte_id', '=', pacteId)
		.where('genre', '=', 'engagement')
		.execute();
	const together = await db
		.selectFrom('section_porteurs')
		.innerJoin('sections', 'sections.id', 'section_id')
		.select(['section_id', 'section_porteurs.organisme_id'])
		.where('pacte_id', '=', pacteId)
		.orderBy('section_porteurs.rang')
		.execute();
	const groupOf = Map.groupBy(together, ({ section_id }) => section_id);
	return new Map(
		sections.map(({ id, organisme_id, portee, libelle }) => {
			const group = (groupOf.get(id) ?? []).map((row) => row.organisme_id);
			const ids = organisme_id === null ? group : [organisme_id];
			const named = ids.map((organisme) => ({ id: organisme, nom: nomOf.get(organisme) ?? '' }));
			return [
				id,
				{ portee: portee ?? (group.length > 0 ? 'groupe' : 'organisme'), organismes: named, libelle: libelle ?? '' }
			];
		})
	);
}

type Bullet = Pick<Engagement, 'cle' | 'texte' | 'sous'>;

/** The engagements of each section as they were last projected, each with its sub-points. */
async function readBullets(db: Queryable, pacteId: string): Promise<Map<string, Bullet[]>> {
	const rows = await db
		.selectFrom('section_champs')
		.select(['section_id', 'cle', 'texte', 'retrait'])
		.where('pacte_id', '=', pacteId)
		.where('champ', '=', ENGAGEMENTS)
		.orderBy('ordre')
		.execute();
	const bullets = new Map<string, Bullet[]>();
	for (const { section_id, cle, texte, retrait } of rows) {
		const own = bullets.get(section_id) ?? [];
		bullets.set(section_id, own);
		if (retrait === 1) own.at(-1)?.sous.push(texte);
		else own.push({ cle, texte, sous: [] });
	}
	return bullets;
}

async function sectionsWithFrame(db: Queryable, pacteId: string): Promise<Set<string>> {
	const rows = await db
		.selectFrom('section_champs')
		.select('section_id')
		.distinct()
		.where('pacte_id', '=', pacteId)
		.execute();
	return new Set(rows.map(({ section_id }) => section_id));
}

/** The other wordings of each engagement that is shared. */
async function readMiroirs(
	db: Queryable,
	pacteId: string,
	bullets: ReadonlyMap<string, readonly Bullet[]>,
	names: ReadonlyMap<string, string>
): Promise<Map<string, Miroir[]>> {
	const rows = await db.selectFrom('engagement_miroirs').selectAll().where('pacte_id', '=', pacteId).execute();
	const members = [...names].flatMap(([section, porteur]) =>
		(bullets.get(section) ?? []).flatMap(({ cle, texte }) => {
			const row = rows.find((each) => each.section_id === section && each.cle === cle);
			return row ? [{ groupe: row.groupe, section, cle, porteur, texte }] : [];
		})
	);
	const groups = Map.groupBy(members, ({ groupe }) => groupe);
	return new Map(
		members.map(({ groupe, section, cle }) => [
			keyOf(section, cle),
			(groups.get(groupe) ?? [])
				.filter((other) => other.section !== section || other.cle !== cle)
				.map((other) => ({ section: other.section, cle: other.cle, porteur: other.porteur, texte: other.texte }))
		])
	);
}

// Rights

interface Part {
	role: Role;
	organismeId: string | null;
}

async function partOf(db: Queryable, pacteId: string, compteId: string): Promise<Part | null> {
	const row = await db
		.selectFrom('participations')
		.select(['role', 'organisme_id as organismeId'])
		.where('pacte_id', '=', pacteId)
		.where('compte_id', '=', compteId)
		.executeTakeFirst();
	return row ?? null;
}

/** The équipe projet, and whoever acts for the bearer, say what its board decided. */
async function approverOf(db: Queryable, pacteId: string, compteId: string): Promise<(porteur: Porteur) => boolean> {
	const part = await partOf(db, pacteId, compteId);
	return ({ organismes }) =>
		part !== null && (canPlanSections(part.role) || organismes.some(({ id }) => id === part.organismeId));
}

/** Whether someone may write the section: its text, its links, who signs it. */
async function writesSection(db: Queryable, { pacteId, by, sectionId }: EngagementAct): Promise<boolean> {
	const part = await partOf(db, pacteId, by);
	const rules = (await readSectionRules(db, [sectionId])).get(sectionId);
	if (!part || !rules) return false;
	return (
		documentRight(part.role, 'redaction', grantOf(rules, { compteId: by, organismeId: part.organismeId })) === 'write'
	);
}

const ABSENTE = 'Cette section n’existe pas, ou n’est plus dans le plan.';

async function requireSection(db: Queryable, { pacteId, sectionId }: EngagementAct, genre: 'engagement' | 'parole') {
	const row = await db
		.selectFrom('sections')
		.select(['titre', 'organisme_id'])
		.where('id', '=', sectionId)
		.where('pacte_id', '=', pacteId)
		.where('genre', '=', genre)
		.where('retiree_at', 'is', null)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', ABSENTE);
	return row;
}

// Acts

/** Whose engagements a section holds. Only the équipe projet says it: it decides who writes. */
export async function setPorteur(
	app: App,
	act: EngagementAct,
	{ portee, organismes, libelle }: { portee: Portee; organismes: readonly string[]; libelle: string }
): Promise<void> {
	await changePartie(
		app,
		act,
		async (trx) => {
			await requireSection(trx, act, 'engagement');
			if (!PORTEES.includes(portee)) throw new DomainError('invalide', 'Choisissez qui porte ces engagements.');
			const known = await knownOrganismes(trx, act.pacteId, organismes);
			if (portee === 'organisme' && known.length !== 1)
				throw new DomainError('invalide', 'Cochez l’organisme qui porte ces engagements, et lui seul.');
			if (portee === 'groupe' && known.length < 2)
				throw new DomainError('invalide', 'Cochez les organismes qui portent ensemble ces engagements.');
			await writePorteur(trx, act.sectionId, {
				portee,
				organismes: known,
				libelle:
					portee === 'hors_signataires'
						? filledLine(libelle, 'Nommez ces acteurs, par exemple « Les entreprises du territoire ».')
						: ''
			});
			const detail = { section: act.sectionId, portee, nombre: known.length };
			return { result: undefined, acte: 'engagement_porteurs', detail };
		},
		canPlanSections
	);
	app.collaboration.flux.publish(act.pacteId, { type: 'sections' });
	await app.collaboration.refreshRights();
}

export async function writePorteur(
	trx: Transaction<Schema>,
	section_id: string,
	{ portee, organismes, libelle }: { portee: Portee; organismes: readonly string[]; libelle: string }
): Promise<void> {
	await trx.deleteFrom('section_porteurs').where('section_id', '=', section_id).execute();
	await trx.deleteFrom('section_portees').where('section_id', '=', section_id).execute();
	const organisme_id = portee === 'organisme' ? (organismes[0] ?? null) : null;
	await trx.updateTable('sections').set({ organisme_id }).where('id', '=', section_id).execute();
	if (portee === 'groupe')
		for (const [rang, organisme] of organismes.entries())
			await trx.insertInto('section_porteurs').values({ section_id, rang, organisme_id: organisme }).execute();
	else if (portee !== 'organisme')
		await trx.insertInto('section_portees').values({ section_id, portee, libelle }).execute();
}

/** Which branches of the tree an engagement serves: these, and no others. */
export function linkEngagement(app: App, act: PartieAct, lieu: Lieu, noeuds: readonly string[]): Promise<void> {
	return changeEngagement(app, act, lieu, async (trx) => {
		const { sectionId: section_id, cle } = lieu;
		const known = await trx.selectFrom('noeuds').select('id').where('pacte_id', '=', act.pacteId).execute();
		await trx.deleteFrom('engagement_liens').where('section_id', '=', section_id).where('cle', '=', cle).execute();
		const chosen = known.filter(({ id }) => noeuds.includes(id));
		for (const { id: noeud_id } of chosen)
			await trx.insertInto('engagement_liens').values({ pacte_id: act.pacteId, section_id, cle, noeud_id }).execute();
		return { result: undefined, acte: 'engagement_lie', detail: { section: section_id, nombre: chosen.length } };
	});
}

/** Says that an engagement is the same as another partner's, in other words. Nothing is copied. */
export function shareEngagement(app: App, act: PartieAct, lieu: Lieu, other: Lieu): Promise<void> {
	return changeEngagement(app, act, lieu, async (trx) => {
		await requireSection(trx, { ...act, sectionId: other.sectionId }, 'engagement');
		if (other.sectionId === lieu.sectionId)
			throw new DomainError('invalide', 'Choisissez l’engagement d’un autre partenaire.');
		const groups = [await groupeOf(trx, lieu), await groupeOf(trx, other)];
		const groupe = groups.find((each) => each !== null) ?? newId();
		// Two groups that meet become one.
		for (const each of groups)
			if (each !== null && each !== groupe)
				await trx.updateTable('engagement_miroirs').set({ groupe }).where('groupe', '=', each).execute();
		for (const { sectionId, cle } of [lieu, other])
			await trx
				.insertInto('engagement_miroirs')
				.values({ pacte_id: act.pacteId, groupe, section_id: sectionId, cle: checkedCle(cle) })
				.onConflict((conflict) => conflict.columns(['section_id', 'cle']).doUpdateSet({ groupe }))
				.execute();
		return {
			result: undefined,
			acte: 'engagement_partage',
			detail: { section: lieu.sectionId, avec: other.sectionId }
		};
	});
}

/** Takes an engagement out of those that say the same. One that remains alone is shared no more. */
export function isolateEngagement(app: App, act: PartieAct, lieu: Lieu): Promise<void> {
	return changeEngagement(app, act, lieu, async (trx) => {
		const groupe = await groupeOf(trx, lieu);
		await trx
			.deleteFrom('engagement_miroirs')
			.where('section_id', '=', lieu.sectionId)
			.where('cle', '=', lieu.cle)
			.execute();
		if (groupe !== null) {
			const left = await trx.selectFrom('engagement_miroirs').select('cle').where('groupe', '=', groupe).execute();
			if (left.length < 2) await trx.deleteFrom('engagement_miroirs').where('groupe', '=', groupe).execute();
		}
		return { result: undefined, acte: 'engagement_isole', detail: { section: lieu.sectionId } };
	});
}

async function groupeOf(trx: Queryable, { sectionId, cle }: Lieu): Promise<string | null> {
	const row = await trx
		.selectFrom('engagement_miroirs')
		.select('groupe')
		.where('section_id', '=', sectionId)
		.where('cle', '=', cle)
		.executeTakeFirst();
	return row?.groupe ?? null;
}

/** What is linked to a bullet, by those who may write it. */
function changeEngagement(
	app: App,
	act: PartieAct,
	lieu: Lieu,
	change: Parameters<typeof changePartie<void>>[2]
): Promise<void> {
	const section = { ...act, sectionId: lieu.sectionId };
	checkedCle(lieu.cle);
	return changePartie(
		app,
		act,
		async (trx) => {
			await requireSection(trx, section, 'engagement');
			return change(trx);
		},
		(_role, trx) => writesSection(trx, section)
	);
}

function checkedCle(cle: string): string {
	if (!/^[A-Za-z0-9_-]{1,64}$/.test(cle))
		throw new DomainError('invalide', 'Cet engagement n’existe pas, ou n’existe plus.');
	return cle;
}

/** What the board of a partner decided on its engagements. */
export function approveEngagements(app: App, act: EngagementAct, approbation: Approbation): Promise<void> {
	return changePartie(
		app,
		act,
		async (trx) => {
			await requireSection(trx, act, 'engagement');
			const { approuve, date } = approbation;
			if (date !== '' && dayInWords(date) === '')
				throw new DomainError('invalide', 'Cette date n’existe pas : écrivez le jour, le mois et l’année.');
			const row = {
				approuve: approuve ? 1 : 0,
				instance: lineOf(approbation.instance),
				date,
				note: lineOf(approbation.note)
			} as const;
			await trx
				.insertInto('engagement_etats')
				.values({ section_id: act.sectionId, pacte_id: act.pacteId, ...row })
				.onConflict((conflict) => conflict.column('section_id').doUpdateSet(row))
				.execute();
			return { result: undefined, acte: 'engagement_approuve', detail: { section: act.sectionId, approuve, date } };
		},
		async (_role, trx) => {
			const porteur = (await readPorteurs(trx, act.pacteId)).get(act.sectionId) ?? NOBODY;
			return (await approverOf(trx, act.pacteId, act.by))(porteur);
		}
	);
}

// Partners' words

export interface SignataireDeParole {
	personne: string;
	fonction: string;
}

export async function readSignatairesDeParole(db: Queryable, sectionId: string): Promise<SignataireDeParole[]> {
	return db
		.selectFrom('section_signataires')
		.select(['personne', 'fonction'])
		.where('section_id', '=', sectionId)
		.orderBy('rang')
		.execute();
}

/** Who signs a partner's words: one person, or two. */
export function signParole(app: App, act: EngagementAct, signataires: readonly SignataireDeParole[]): Promise<void> {
	return changePartie(
		app,
		act,
		async (trx) => {
			await requireSection(trx, act, 'parole');
			const rows = signataires
				.map(({ personne, fonction }) => ({ personne: lineOf(personne), fonction: lineOf(fonction) }))
				.filter(({ personne, fonction }) => personne !== '' || fonction !== '');
			if (rows.length > 2) throw new DomainError('invalide', 'Deux personnes signent au plus.');
			if (rows.some(({ personne }) => personne === ''))
				throw new DomainError('invalide', 'Indiquez le nom de la personne qui signe, avec sa fonction.');
			await trx.deleteFrom('section_signataires').where('section_id', '=', act.sectionId).execute();
			for (const [rang, row] of rows.entries())
				await trx
					.insertInto('section_signataires')
					.values({ section_id: act.sectionId, rang, ...row })
					.execute();
			return { result: undefined, acte: 'parole_signee', detail: { section: act.sectionId, nombre: rows.length } };
		},
		(_role, trx) => writesSection(trx, act)
	);
}
