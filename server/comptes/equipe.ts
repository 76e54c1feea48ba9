import { leavesNoEquipeProjet } from '#lib/comptes/compte-rules.ts';
import { DERNIERE_EQUIPE_PROJET, PACTE_ABSENT, RESERVE_A_L_EQUIPE_PROJET } from '#lib/comptes/textes.ts';
import { canAdministerPacte, canReadPacte, ROLES, type Role } from '#lib/documents/rights.ts';
import { holdPacte } from '../pactes/act.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { roleOf } from '../pactes/pactes.ts';
import { createLien, DUREE_D_INVITATION, isUsable } from './liens.ts';

export interface Membre {
	compteId: string;
	nom: string;
	organisme: string;
	/** null: for the équipe projet only. */
	email: string | null;
	role: Role;
}

export interface Invitation {
	id: string;
	role: Role;
	pour: string;
	/** Who made it. */
	par: string | null;
	expiresAt: number;
}

export interface Equipe {
	/** What the reader may do here. */
	peutGerer: boolean;
	membres: Membre[];
	/** Those that still wait for their person; empty for those who may not invite. */
	invitations: Invitation[];
}

/** The people of a pacte, for one of them. */
export async function readEquipe({ db, now }: Pick<App, 'db' | 'now'>, pacteId: string, by: string): Promise<Equipe> {
	const peutGerer = canAdministerPacte(await requirePart(db, pacteId, by));
	const membres = await listMembres(db, pacteId);
	return {
		peutGerer,
		membres: peutGerer ? membres : membres.map((membre) => ({ ...membre, email: null })),
		invitations: peutGerer ? await listInvitations(db, pacteId, now()) : []
	};
}

async function listMembres(db: Queryable, pacteId: string): Promise<Membre[]> {
	const membres = await db
		.selectFrom('participations')
		.innerJoin('comptes', 'comptes.id', 'participations.compte_id')
		.select(['comptes.id as compteId', 'nom', 'organisme', 'email', 'role'])
		.where('pacte_id', '=', pacteId)
		.execute();
	return membres.sort(
		(a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.nom.localeCompare(b.nom, 'fr', { numeric: true })
	);
}

async function listInvitations(db: Queryable, pacteId: string, now: number): Promise<Invitation[]> {
	const rows = await db
		.selectFrom('liens')
		.leftJoin('comptes', 'comptes.id', 'liens.created_by')
		.select(['liens.id', 'role', 'pour', 'nom as par', 'expires_at'])
		.where('usage', '=', 'invitation')
		.where('pacte_id', '=', pacteId)
		.where((eb) => isUsable(now)(eb))
		.orderBy('liens.created_at', 'desc')
		.execute();
	return rows.flatMap(({ role, expires_at, ...row }) =>
		role && expires_at !== null ? [{ ...row, role, expiresAt: expires_at }] : []
	);
}

/** Makes an invitation and gives its path, to be shown once. */
export async function invite(
	{ db, now }: Pick<App, 'db' | 'now'>,
	{ pacteId, role, pour, by }: { pacteId: string; role: Role; pour: string; by: string }
): Promise<string> {
	const instant = now();
	return db.transaction().execute(async (trx) => {
		await requireEquipeProjet(trx, pacteId, by);
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'invitation_faite', detail: { role }, now: instant });
		return createLien(trx, {
			usage: 'invitation',
			pacteId,
			role,
			pour,
			createdBy: by,
			now: instant,
			expiresAt: instant + DUREE_D_INVITATION
		});
	});
}

/** Withdraws an invitation that nobody has used; one that is gone already is no fault. */
export async function withdrawInvitation(
	{ db, now }: Pick<App, 'db' | 'now'>,
	{ pacteId, invitationId, by }: { pacteId: string; invitationId: string; by: string }
): Promise<void> {
	await db.transaction().execute(async (trx) => {
		await requireEquipeProjet(trx, pacteId, by);
		const withdrawn = await trx
			.deleteFrom('liens')
			.where('id', '=', invitationId)
			.where('usage', '=', 'invitation')
			.where('pacte_id', '=', pacteId)
			.where('used_at', 'is', null)
			.returning('role')
			.executeTakeFirst();
		if (!withdrawn) return;
		const detail = { role: withdrawn.role };
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'invitation_retiree', detail, now: now() });
	});
}

export interface MembreAct {
	pacteId: string;
	compteId: string;
	by: string;
}

/** Gives a member another role, in force at once on open connections. */
export async function changeRole(app: App, { pacteId, compteId, by, role }: MembreAct & { role: Role }): Promise<void> {
	await app.db.transaction().execute(async (trx) => {
		const before = await prepareMembreAct(trx, { pacteId, compteId, by }, role);
		if (before === role) return;
		await trx
			.updateTable('participations')
			.set({ role })
			.where('pacte_id', '=', pacteId)
			.where('compte_id', '=', compteId)
			.execute();
		if (!canAdministerPacte(role)) await dropInvitationsBy(trx, pacteId, compteId);
		const detail = { compte: compteId, avant: before, apres: role };
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'role_change', detail, now: app.now() });
	});
	await publishRights(app, pacteId);
}

/** For whom each partenaire writes: ids of organismes, by account. */
export async function readPartenaires(db: Queryable, pacteId: string): Promise<Record<string, string>> {
	const rows = await db
		.selectFrom('participations')
		.select(['compte_id', 'organisme_id'])
		.where('pacte_id', '=', pacteId)
		.execute();
	return Object.fromEntries(
		rows.flatMap(({ compte_id, organisme_id }) => (organisme_id === null ? [] : [[compte_id, organisme_id]]))
	);
}

/** Says for which organisme someone writes (null: none): a partenaire writes its sections, in force at once. */
export async function changeOrganisme(
	app: App,
	{ pacteId, compteId, by, organismeId }: MembreAct & { organismeId: string | null }
): Promise<void> {
	await app.db.transaction().execute(async (trx) => {
		await requireEquipeProjet(trx, pacteId, by);
		const organismes = await trx.selectFrom('organismes').select('id').where('pacte_id', '=', pacteId).execute();
		if (organismeId !== null && !organismes.some(({ id }) => id === organismeId))
			throw new DomainError('conflit', 'Cet organisme n’est plus dans ce pacte : choisissez-en un autre.');
		const { numUpdatedRows } = await trx
			.updateTable('participations')
			.set({ organisme_id: organismeId })
			.where('pacte_id', '=', pacteId)
			.where('compte_id', '=', compteId)
			.executeTakeFirst();
		if (Number(numUpdatedRows) === 0)
			throw new DomainError('introuvable', 'Cette personne ne participe pas à ce pacte.');
		const detail = { compte: compteId, organisme: organismeId };
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'membre_organisme', detail, now: app.now() });
	});
	await publishRights(app, pacteId);
}

/** Takes someone out of a pacte; what they wrote stays. */
export async function removeMembre(app: App, { pacteId, compteId, by }: MembreAct): Promise<void> {
	await app.db.transaction().execute(async (trx) => {
		const before = await prepareMembreAct(trx, { pacteId, compteId, by }, null);
		await trx.deleteFrom('participations').where('pacte_id', '=', pacteId).where('compte_id', '=', compteId).execute();
		await dropInvitationsBy(trx, pacteId, compteId);
		const detail = { compte: compteId, avant: before };
		await addJournalEntry(trx, { pacteId, compteId: by, acte: 'membre_retire', detail, now: app.now() });
	});
	await publishRights(app, pacteId);
}

/** The rules of both acts, once nobody else can change the members under them. Gives the role before. */
async function prepareMembreAct(
	trx: Queryable,
	{ pacteId, compteId, by }: MembreAct,
	role: Role | null
): Promise<Role> {
	// Two members of the équipe projet cannot leave at the same time.
	await holdPacte(trx, pacteId);
	await requireEquipeProjet(trx, pacteId, by);
	const membres = await listMembres(trx, pacteId);
	const membre = membres.find((candidate) => candidate.compteId === compteId);
	if (!membre) throw new DomainError('introuvable', 'Cette personne ne participe pas à ce pacte.');
	if (leavesNoEquipeProjet(membres, compteId, role)) throw new DomainError('conflit', DERNIERE_EQUIPE_PROJET);
	return membre.role;
}

/** Whoever may not invite any more must not come back, nor let others in, by a link made before. */
async function dropInvitationsBy(trx: Queryable, pacteId: string, compteId: string): Promise<void> {
	await trx
		.deleteFrom('liens')
		.where('usage', '=', 'invitation')
		.where('pacte_id', '=', pacteId)
		.where('created_by', '=', compteId)
		.where('used_at', 'is', null)
		.execute();
}

async function publishRights({ collaboration }: App, pacteId: string): Promise<void> {
	await collaboration.refreshRights();
	collaboration.flux.publish(pacteId, { type: 'pacte' });
}

async function requireEquipeProjet(db: Queryable, pacteId: string, compteId: string): Promise<void> {
	if (!canAdministerPacte(await requirePart(db, pacteId, compteId)))
		throw new DomainError('interdit', RESERVE_A_L_EQUIPE_PROJET);
}

/** Absent and forbidden are the same answer. */
async function requirePart(db: Queryable, pacteId: string, compteId: string): Promise<Role> {
	const role = await roleOf(db, compteId, pacteId);
	if (role === null || !canReadPacte(role)) throw new DomainError('introuvable', PACTE_ABSENT);
	return role;
}
