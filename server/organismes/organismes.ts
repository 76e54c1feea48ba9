import { canNameOrganismes } from '#lib/documents/rights.ts';
import { cleanNom, foldNom, NOM_MAX } from '#lib/organismes/fold.ts';
import type { Organisme, OrganismeUtilise } from '#lib/organismes/organisme.ts';
import { NOM_TROP_LONG, NOM_VIDE, NOMMER_REFUSE, nomPris, ORGANISME_ABSENT } from '#lib/organismes/textes.ts';
import { PILOTES } from '#lib/pactes/modele.ts';
import { changeNames } from '../pactes/act.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';

/** The organismes of a pacte with their aliases, in the order of the alphabet. */
export async function listOrganismes(db: Queryable, pacteId: string): Promise<Organisme[]> {
	const rows = await db.selectFrom('organismes').select(['id', 'nom']).where('pacte_id', '=', pacteId).execute();
	const aliases = await db
		.selectFrom('organisme_alias')
		.select(['organisme_id', 'nom'])
		.where('pacte_id', '=', pacteId)
		.execute();
	const byId = new Map(rows.map(({ id, nom }) => [id, { id, nom, alias: [] as string[] }]));
	for (const { organisme_id, nom } of aliases) byId.get(organisme_id)?.alias.push(nom);
	for (const { alias } of byId.values()) alias.sort(inFrench);
	return [...byId.values()].sort((a, b) => inFrench(a.nom, b.nom));
}

const inFrench = new Intl.Collator('fr', { numeric: true }).compare;

/** The same, with how many fiches each pilots and joins. Fiches set aside in « À classer » count too. */
export async function listOrganismesWithUses(db: Queryable, pacteId: string): Promise<OrganismeUtilise[]> {
	const organismes = await listOrganismes(db, pacteId);
	const uses = await db
		.selectFrom('fiche_organismes')
		.innerJoin('fiches', 'fiches.id', 'fiche_organismes.fiche_id')
		.select(['fiche_id', 'champ', 'organisme_id'])
		.where('fiche_organismes.pacte_id', '=', pacteId)
		.where('corbeille_at', 'is', null)
		.execute();
	const signing = await db
		.selectFrom('signataires')
		.select('organisme_id')
		.distinct()
		.where('pacte_id', '=', pacteId)
		.execute();
	const signataires = new Set(signing.map(({ organisme_id }) => organisme_id));
	const pilotees = fichesByOrganisme(uses.filter(({ champ }) => champ === PILOTES));
	const rejointes = fichesByOrganisme(uses.filter(({ champ }) => champ !== PILOTES));
	return organismes.map((organisme) => ({
		...organisme,
		pilotees: pilotees.get(organisme.id)?.size ?? 0,
		rejointes: rejointes.get(organisme.id)?.size ?? 0,
		signataire: signataires.has(organisme.id)
	}));
}

function fichesByOrganisme(uses: readonly { fiche_id: string; organisme_id: string }[]): Map<string, Set<string>> {
	const byOrganisme = new Map<string, Set<string>>();
	for (const { fiche_id, organisme_id } of uses) {
		const fiches = byOrganisme.get(organisme_id) ?? new Set();
		byOrganisme.set(organisme_id, fiches.add(fiche_id));
	}
	return byOrganisme;
}

/** Who does it, where. */
export interface NommerAct {
	pacteId: string;
	by: string;
}

/** Adds an organisme, or gives the one that has this name or this alias already. */
export async function createOrganisme(
	app: App,
	{ pacteId, by, nom }: NommerAct & { nom: string }
): Promise<{ organisme: Organisme; created: boolean }> {
	const wanted = checkedNom(nom);
	return changeNames(app, { pacteId, by }, NOMMER, async ({ trx, note }) => {
		const existing = await bearerOf(trx, pacteId, wanted);
		if (existing) return { organisme: existing, created: false };
		const organisme: Organisme = { id: newId(), nom: wanted, alias: [] };
		await trx
			.insertInto('organismes')
			.values({
				id: organisme.id,
				pacte_id: pacteId,
				nom: wanted,
				nom_plie: foldNom(wanted),
				rang: await nextRang(trx, pacteId)
			})
			.execute();
		await note('organisme_cree', { organisme: organisme.id, nom: wanted });
		return { organisme, created: true };
	});
}

async function nextRang(trx: Queryable, pacteId: string): Promise<number> {
	const { last } = await trx
		.selectFrom('organismes')
		.select((eb) => eb.fn.max('rang').as('last'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	return Number(last ?? -1) + 1;
}

export interface OrganismeAct extends NommerAct {
	organismeId: string;
	nom: string;
}

/** Gives an organisme another name; the former one stays as an alias, so that texts and habits still find it. */
export async function renameOrganisme(app: App, { pacteId, by, organismeId, nom }: OrganismeAct): Promise<void> {
	const wanted = checkedNom(nom);
	await changeNames(app, { pacteId, by }, NOMMER, async ({ trx, note }) => {
		const organisme = await requireOrganisme(trx, pacteId, organismeId);
		if (organisme.nom === wanted) return;
		await requireFree(trx, pacteId, wanted, organismeId);
		await deleteAlias(trx, pacteId, wanted);
		await trx
			.updateTable('organismes')
			.set({ nom: wanted, nom_plie: foldNom(wanted) })
			.where('id', '=', organismeId)
			.execute();
		if (foldNom(organisme.nom) !== foldNom(wanted)) await insertAlias(trx, pacteId, organismeId, organisme.nom);
		await note('organisme_renomme', { organisme: organismeId, avant: organisme.nom, apres: wanted });
	});
}

/** Gives an organisme another spelling. One that it has already is no fault. */
export async function addAlias(app: App, { pacteId, by, organismeId, nom }: OrganismeAct): Promise<void> {
	const wanted = checkedNom(nom);
	await changeNames(app, { pacteId, by }, NOMMER, async ({ trx, note }) => {
		await requireOrganisme(trx, pacteId, organismeId);
		await requireFree(trx, pacteId, wanted, organismeId);
		if (await bearerOf(trx, pacteId, wanted)) return;
		await insertAlias(trx, pacteId, organismeId, wanted);
		await note('alias_ajoute', { organisme: organismeId, nom: wanted });
	});
}

/** Takes a spelling back; one that is gone already is no fault. */
export async function removeAlias(app: App, { pacteId, by, organismeId, nom }: OrganismeAct): Promise<void> {
	await changeNames(app, { pacteId, by }, NOMMER, async ({ trx, note }) => {
		const { alias } = await requireOrganisme(trx, pacteId, organismeId);
		if (!alias.some((other) => foldNom(other) === foldNom(nom))) return;
		await deleteAlias(trx, pacteId, nom);
		await note('alias_retire', { organisme: organismeId, nom: cleanNom(nom) });
	});
}

const NOMMER = { source: 'organismes', allows: canNameOrganismes, refus: NOMMER_REFUSE } as const;

function checkedNom(nom: string): string {
	const clean = cleanNom(storable(nom));
	if (foldNom(clean) === '') throw new DomainError('invalide', NOM_VIDE);
	if (clean.length > NOM_MAX) throw new DomainError('invalide', NOM_TROP_LONG);
	return clean;
}

async function requireOrganisme(db: Queryable, pacteId: string, id: string): Promise<Organisme> {
	const row = await db
		.selectFrom('organismes')
		.select(['id', 'nom'])
		.where('id', '=', id)
		.where('pacte_id', '=', pacteId)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', ORGANISME_ABSENT);
	const aliases = await db.selectFrom('organisme_alias').select('nom').where('organisme_id', '=', id).execute();
	return { ...row, alias: aliases.map(({ nom }) => nom) };
}

/** The organisme that this name means already, by its own name or by an alias. */
async function bearerOf(db: Queryable, pacteId: string, nom: string): Promise<Organisme | null> {
	const plie = foldNom(nom);
	const named = await db
		.selectFrom('organismes')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('nom_plie', '=', plie)
		.executeTakeFirst();
	const alias = await db
		.selectFrom('organisme_alias')
		.select('organisme_id as id')
		.where('pacte_id', '=', pacteId)
		.where('nom_plie', '=', plie)
		.executeTakeFirst();
	const id = named?.id ?? alias?.id;
	return id === undefined ? null : requireOrganisme(db, pacteId, id);
}

async function requireFree(db: Queryable, pacteId: string, nom: string, except: string): Promise<void> {
	const bearer = await bearerOf(db, pacteId, nom);
	if (bearer && bearer.id !== except) throw new DomainError('conflit', nomPris(nom, bearer.nom));
}

async function insertAlias(db: Queryable, pacteId: string, organismeId: string, nom: string): Promise<void> {
	await db
		.insertInto('organisme_alias')
		.values({ pacte_id: pacteId, organisme_id: organismeId, nom, nom_plie: foldNom(nom) })
		.execute();
}

async function deleteAlias(db: Queryable, pacteId: string, nom: string): Promise<void> {
	await db.deleteFrom('organisme_alias').where('pacte_id', '=', pacteId).where('nom_plie', '=', foldNom(nom)).execute();
}
