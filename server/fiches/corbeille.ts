import { documentName } from '#lib/documents/document.ts';
import { documentRight } from '#lib/documents/rights.ts';
import type { FicheJetee } from '#lib/fiches/corbeille.ts';
import { JOURS_DE_CORBEILLE } from '#lib/seances/textes.ts';
import {
	bringBack,
	CORBEILLE,
	forgetThrown,
	readArbre,
	subtree,
	throwAway,
	type Arbre
} from '#lib/orientations/arbre.ts';
import type { App } from '../app.ts';
import { DomainError } from '../errors.ts';
import { addJournalEntry } from '../journal/journal.ts';
import { requireDroit, type Acteur, type Droit } from '../pactes/act.ts';
import { FICHE_ABSENTE } from './fiches.ts';

export const DROIT_A_L_ARBRE: Droit = {
	allows: (role) => documentRight(role, 'orientations') === 'write',
	refus: 'Votre rôle permet de lire les orientations, pas de les changer. Demandez-le à l’équipe projet.'
};

const DUREE = JOURS_DE_CORBEILLE * 24 * 3600 * 1000;

/** What was thrown away, the newest first, and until when it can be brought back. */
export async function listCorbeille(app: App, pacteId: string): Promise<FicheJetee[]> {
	const rows = await app.db
		.selectFrom('fiches')
		.select(['id', 'corbeille_at'])
		.where('pacte_id', '=', pacteId)
		.where('corbeille_at', 'is not', null)
		.execute();
	if (rows.length === 0) return [];
	const since = new Map(rows.map(({ id, corbeille_at }) => [id, Number(corbeille_at)]));
	const { corbeille } = await readTree(app, pacteId);
	return corbeille
		.map((noeud) => {
			const below = [...subtree(noeud)];
			const jetee = Math.max(0, ...below.flatMap(({ id }) => since.get(id) ?? []));
			const fiches = below.filter(({ id }) => since.has(id)).length;
			return { id: noeud.id, titre: noeud.titre, fiches, jetee, jusque: jetee + DUREE };
		})
		.sort((a, b) => b.jetee - a.jetee);
}

async function readTree(app: App, pacteId: string): Promise<Arbre> {
	return app.collaboration.read(documentName('orientations', pacteId), readArbre);
}

/** Throws a fiche away, with what hangs below it. Nothing of it is deleted before 30 days. */
export async function jeterFiche(app: App, act: Acteur & { ficheId: string }): Promise<void> {
	await changeTree(app, act, 'fiche_jetee', (doc) => throwAway(doc, act.ficheId));
}

/** Brings a fiche back where it was, or aside when that place is gone. */
export async function reprendreFiche(app: App, act: Acteur & { ficheId: string }): Promise<void> {
	await changeTree(app, act, 'fiche_remise', (doc) => bringBack(doc, act.ficheId));
}

async function changeTree(
	app: App,
	{ pacteId, by, ficheId }: Acteur & { ficheId: string },
	acte: 'fiche_jetee' | 'fiche_remise',
	change: (doc: Parameters<typeof throwAway>[0]) => void
): Promise<void> {
	await requireDroit(app.db, { pacteId, by }, DROIT_A_L_ARBRE);
	const arbre = await readTree(app, pacteId);
	if (!arbre.parId.has(ficheId)) throw new DomainError('introuvable', FICHE_ABSENTE);
	await app.collaboration.edit(documentName('orientations', pacteId), change, by);
	await addJournalEntry(app.db, { pacteId, compteId: by, acte, detail: { fiche: ficheId }, now: app.now() });
	await app.collaboration.settle(pacteId);
	app.collaboration.flux.publish(pacteId, { type: 'parties' });
}

/** What was thrown away more than 30 days ago leaves for good, with its text. */
export async function forgetOldFiches(app: Pick<App, 'db' | 'collaboration' | 'now'>): Promise<void> {
	const old = await app.db
		.selectFrom('fiches')
		.select(['id', 'pacte_id'])
		.where('corbeille_at', '<=', app.now() - DUREE)
		.execute();
	for (const [pacteId, fiches] of Map.groupBy(old, ({ pacte_id }) => pacte_id)) {
		const ids = new Set(fiches.map(({ id }) => id));
		await app.collaboration.edit(
			documentName('orientations', pacteId),
			(doc) => {
				const { corbeille, parId } = readArbre(doc);
				// Brought back a moment ago, or holding what was thrown away since: it waits.
				for (const id of ids) if (parId.get(id) && !isWhollyOld(corbeille, id, ids)) ids.delete(id);
				for (const { id } of corbeille) if (ids.has(id)) forgetThrown(doc, id);
			},
			null
		);
		for (const id of ids)
			await app.db.transaction().execute(async (trx) => {
				await trx.deleteFrom('documents').where('name', '=', documentName('fiche', id)).execute();
				await trx.deleteFrom('fiches').where('id', '=', id).execute();
			});
	}
}

function isWhollyOld(corbeille: Arbre['corbeille'], id: string, old: ReadonlySet<string>): boolean {
	const root = corbeille.find((noeud) => [...subtree(noeud)].some((below) => below.id === id));
	return root?.parent === CORBEILLE && [...subtree(root)].every((below) => old.has(below.id));
}
