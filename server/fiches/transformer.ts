import * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { prepareFiche, readFiche, SHAPE_FICHE } from '#lib/fiches/fiche.ts';
import type { NatureDeFiliation, PlacePossible } from '#lib/fiches/transformation.ts';
import {
	addNoeud,
	A_CLASSER,
	canHold,
	childrenOf,
	codesOf,
	CORBEILLE,
	isBelow,
	isThrown,
	moveNoeud,
	readArbre,
	subtree,
	throwAway,
	type Noeud
} from '#lib/orientations/arbre.ts';
import { cite } from '#lib/orientations/textes.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import { allChamps, niveauOf, type Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import { insertDocument } from '../collaboration/documents.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { turnAttributes } from '../operations/gestes.ts';
import { Operation } from '../operations/operations.ts';
import { addLink, turnLink, type TableDeLiens } from '../operations/rows.ts';
import { requireDroit, type Acteur } from '../pactes/act.ts';
import { DROIT_A_L_ARBRE } from './corbeille.ts';
import { projectFiche } from './fiche-projection.ts';
import { FICHE_ABSENTE } from './fiches.ts';
import { mergeChamp, retire, valeursEmportees } from './fusion.ts';

export interface FicheAct extends Acteur {
	ficheId: string;
}

interface Pacte {
	id: string;
	modele: Modele;
}

/** Makes another fiche that says the same, after this one, with what it answers to. */
export async function dupliquerFiche(app: App, act: FicheAct, pacte: Pacte): Promise<string> {
	const { noeud, valeurs } = await openNode(app, act, pacte);
	const operation = await Operation.begin(app, act, 'dupliquer', `Copie de ${cite(noeud.titre)}`);
	const id = await bear(app, act, pacte, operation, {
		like: noeud,
		titre: `${noeud.titre.trim() || 'Sans titre'} (copie)`,
		valeurs,
		nature: 'copie'
	});
	await copyLinks(app, act, operation, noeud.id, id);
	return ended(app, act, operation, `Copie de ${cite(noeud.titre)}`, id);
}

/** Makes a fiche of a part of another. What both are about goes with both. */
export async function scinderFiche(
	app: App,
	act: FicheAct,
	pacte: Pacte,
	{ titre, cles }: { titre: string; cles: readonly string[] }
): Promise<string> {
	if (titre.trim() === '') throw new DomainError('invalide', 'Donnez un titre à la nouvelle fiche.');
	if (cles.length === 0) throw new DomainError('invalide', 'Cochez ce qui part dans la nouvelle fiche.');
	const { noeud } = await openNode(app, act, pacte);
	const champs = allChamps(pacte.modele);
	const going = new Set(cles);
	const document = documentName('fiche', act.ficheId);
	const valeurs = await app.collaboration.read(document, (doc) => valeursEmportees(doc, champs, going));
	const said = `${cite(titre)} séparée de ${cite(noeud.titre)}`;
	const operation = await Operation.begin(app, act, 'scinder', said);
	const id = await bear(app, act, pacte, operation, { like: noeud, titre: titre.trim(), valeurs, nature: 'scission' });
	// The other half holds it already: nothing is anywhere but here and there.
	await operation.edit(document, (doc) => retire(doc, champs, going));
	await copyLinks(app, act, operation, noeud.id, id);
	return ended(app, act, operation, said, id);
}

export interface Fusion {
	operation: string;
	/** The fields that may say one thing only, and said two: the other one is in the corbeille. */
	aChoisir: string[];
}

/** Brings into a fiche all that another says and is linked to; the other goes to the corbeille. */
export async function fusionnerFiches(app: App, act: FicheAct, pacte: Pacte, absorbeeId: string): Promise<Fusion> {
	const { noeud: garde } = await openNode(app, act, pacte);
	const { noeud: absorbee, valeurs, code } = await openNode(app, { ...act, ficheId: absorbeeId }, pacte);
	if (garde.id === absorbee.id)
		throw new DomainError('invalide', 'Choisissez une autre fiche à fusionner avec celle-ci.');
	await requireJoinable(app, act, pacte, garde, absorbee);
	const said = `${cite(absorbee.titre)} fusionnée dans ${cite(garde.titre)}`;
	const operation = await Operation.begin(app, act, 'fusionner', said);
	const aChoisir: string[] = [];
	await operation.edit(documentName('fiche', garde.id), (doc) => {
		prepareFiche(doc, { champs: allChamps(pacte.modele) });
		return allChamps(pacte.modele).flatMap((champ) => {
			const gestes = mergeChamp(doc, champ, valeurs[champ.id]);
			if (gestes === null) aChoisir.push(champ.etiquette);
			return gestes ?? [];
		});
	});
	await turnReferences(app, operation, act.pacteId, absorbee.id, garde.id);
	await copyLinks(app, act, operation, absorbee.id, garde.id);
	await operation.edit(documentName('orientations', act.pacteId), (doc) => {
		const parent = readArbre(doc).parId.get(absorbee.id)?.parent ?? null;
		const below = childrenOf(readArbre(doc), absorbee.id).map(({ id }) => id);
		for (const id of below) moveNoeud(doc, id, garde.id);
		throwAway(doc, absorbee.id);
		return [
			...below.map((id) => ({ nature: 'noeud' as const, id, avant: absorbee.id, apres: garde.id })),
			{ nature: 'noeud', id: absorbee.id, avant: parent, apres: CORBEILLE }
		];
	});
	await noteFiliation(app, act, operation, { fiche: garde.id, de: absorbee, nature: 'fusion' });
	await keepCode(app, act, operation, garde.id, code);
	await ended(app, act, operation, said, garde.id);
	return { operation: operation.id, aChoisir };
}

/** Moves a fiche, with what hangs below it; the codes follow, the former ones are kept. */
export async function deplacerFiche(app: App, act: FicheAct, pacte: Pacte, parent: string): Promise<void> {
	const { noeud } = await openNode(app, act, pacte);
	const target = parent === RACINE ? null : parent;
	const possible = (await placesPossibles(app, act, pacte)).some((place) => place.id === parent);
	if (!possible) throw new DomainError('invalide', 'Cette place n’existe plus. Choisissez-en une autre.');
	const said = `${cite(noeud.titre)} déplacée`;
	const operation = await Operation.begin(app, act, 'deplacer', said);
	await operation.edit(documentName('orientations', act.pacteId), (doc) => {
		moveNoeud(doc, noeud.id, target);
		return [{ nature: 'noeud', id: noeud.id, avant: noeud.parent, apres: target }];
	});
	await ended(app, act, operation, said, noeud.id);
}

export const RACINE = 'racine';

/** Where a fiche may hang, in the order of reading; not where it is. */
export async function placesPossibles(app: App, act: FicheAct, { modele }: Pacte): Promise<PlacePossible[]> {
	return app.collaboration.read(documentName('orientations', act.pacteId), (doc) => {
		const arbre = readArbre(doc);
		const codes = codesOf(arbre, modele);
		const noeud = arbre.parId.get(act.ficheId);
		if (!noeud) return [];
		const tops = canHold(modele, arbre, null, noeud.niveau) ? [{ id: RACINE, nom: 'En tête de l’arbre' }] : [];
		const below = arbre.racines
			.flatMap((racine) => [...subtree(racine)])
			.filter(({ id, parent }) => id !== noeud.id && parent !== noeud.id && !isBelow(arbre, id, noeud.id))
			.filter(({ id }) => canHold(modele, arbre, id, noeud.niveau))
			.map(({ id, niveau, titre }) => ({
				id,
				nom: [niveauOf(modele, niveau)?.nom ?? '', codes.get(id) ?? '', titre].filter(Boolean).join(' ')
			}));
		return [...tops, ...below].filter(({ id }) => id !== (noeud.parent ?? RACINE));
	});
}

/** A node that carries a fiche, which is not in the corbeille, with what it says; whoever asks may change the tree. */
async function openNode(
	app: App,
	act: FicheAct,
	{ modele }: Pacte
): Promise<{ noeud: Noeud; valeurs: Record<string, ValeurChamp>; code: string }> {
	await requireDroit(app.db, act, DROIT_A_L_ARBRE);
	await app.collaboration.settle(act.pacteId);
	const { noeud, code } = await app.collaboration.read(documentName('orientations', act.pacteId), (doc) => {
		const arbre = readArbre(doc);
		const found = isThrown(arbre, act.ficheId) ? undefined : arbre.parId.get(act.ficheId);
		return { noeud: found, code: codesOf(arbre, modele).get(act.ficheId) ?? '' };
	});
	const row = await app.db
		.selectFrom('fiches')
		.select('id')
		.where('id', '=', act.ficheId)
		.where('pacte_id', '=', act.pacteId)
		.executeTakeFirst();
	if (!noeud || !row) throw new DomainError('introuvable', FICHE_ABSENTE);
	const champs = allChamps(modele);
	const valeurs = await app.collaboration.read(documentName('fiche', act.ficheId), (doc) => readFiche(doc, { champs }));
	return { noeud, valeurs, code };
}

/** What hangs below a fiche must be able to hang below the one that takes it in. */
async function requireJoinable(app: App, act: Acteur, { modele }: Pacte, garde: Noeud, absorbee: Noeud): Promise<void> {
	const fits = await app.collaboration.read(documentName('orientations', act.pacteId), (doc) => {
		const arbre = readArbre(doc);
		return (
			!isBelow(arbre, garde.id, absorbee.id) &&
			childrenOf(arbre, absorbee.id).every(({ niveau }) => canHold(modele, arbre, garde.id, niveau))
		);
	});
	if (!fits)
		throw new DomainError(
			'conflit',
			'Ce qui est placé sous l’autre fiche ne peut pas suivre. Déplacez-le d’abord dans les orientations.'
		);
}

interface Naissance {
	like: Noeud;
	titre: string;
	valeurs: Record<string, ValeurChamp>;
	nature: 'copie' | 'scission';
}

/** The birth of a fiche that says something already, after the one it is made from: its text is there before its place is. */
async function bear(
	app: App,
	act: FicheAct,
	{ modele }: Pacte,
	operation: Operation,
	{ like, titre, valeurs, nature }: Naissance
): Promise<string> {
	const { pacteId } = act;
	const id = newId();
	const now = app.now();
	const doc = new Y.Doc();
	prepareFiche(doc, { champs: allChamps(modele) }, valeurs);
	await app.db.transaction().execute(async (trx) => {
		const { variante } = await trx
			.selectFrom('fiches')
			.select('variante')
			.where('id', '=', like.id)
			.executeTakeFirstOrThrow();
		await trx.insertInto('fiches').values({ id, pacte_id: pacteId, variante, created_at: now }).execute();
		const name = documentName('fiche', id);
		await insertDocument(trx, { name, kind: 'fiche', pacteId, shape: SHAPE_FICHE, doc, now });
		await projectFiche(trx, doc, { id, pacteId, modele, now });
	});
	doc.destroy();
	await operation.edit(documentName('orientations', pacteId), (tree) => {
		const arbre = readArbre(tree);
		const here = arbre.parId.get(like.id);
		const parent = here ? here.parent : A_CLASSER;
		const brothers = childrenOf(arbre, parent);
		const next = brothers[brothers.findIndex((brother) => brother.id === like.id) + 1];
		addNoeud(tree, { id, parent, niveau: like.niveau, titre }, next?.id ?? null);
		return [{ nature: 'noeud', id, avant: CORBEILLE, apres: readArbre(tree).parId.get(id)?.parent ?? null }];
	});
	await noteFiliation(app, act, operation, { fiche: id, de: like, nature });
	return id;
}

async function noteFiliation(
	app: App,
	{ pacteId }: Acteur,
	operation: Operation,
	{ fiche, de, nature }: { fiche: string; de: Noeud; nature: NatureDeFiliation }
): Promise<void> {
	await link(app, operation, 'fiche_filiations', {
		pacte_id: pacteId,
		fiche_id: fiche,
		de_id: de.id,
		nature,
		titre: de.titre,
		created_at: app.now()
	});
}

/** The code that a fiche was printed with leads to the one that took it in. */
async function keepCode(
	app: App,
	{ pacteId }: Acteur,
	operation: Operation,
	fiche: string,
	code: string
): Promise<void> {
	if (code === '') return;
	const { rang } = await app.db
		.selectFrom('anciens_codes')
		.select(({ fn }) => fn.max('rang').as('rang'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	await link(app, operation, 'anciens_codes', {
		pacte_id: pacteId,
		noeud_id: fiche,
		code,
		rang: Number(rang ?? 0) + 1
	});
}

async function link(
	app: App,
	operation: Operation,
	table: TableDeLiens,
	ligne: Record<string, string | number | null>
): Promise<void> {
	const geste = { nature: 'lien' as const, table, ligne };
	if (await addLink(app.db, geste)) await operation.note(1, geste);
}

/** What a fiche is linked to, the other is too: constats, engagements, axes of the FSE+, séances and their harvest, the former pacte. */
async function copyLinks(app: App, { pacteId }: Acteur, operation: Operation, from: string, to: string): Promise<void> {
	const { db } = app;
	const reponses = await db
		.selectFrom('constat_reponses')
		.selectAll()
		.where('pacte_id', '=', pacteId)
		.where('noeud_id', '=', from)
		.execute();
	for (const row of reponses) await link(app, operation, 'constat_reponses', { ...row, noeud_id: to });
	const engagements = await db
		.selectFrom('engagement_liens')
		.selectAll()
		.where('pacte_id', '=', pacteId)
		.where('noeud_id', '=', from)
		.execute();
	for (const row of engagements) await link(app, operation, 'engagement_liens', { ...row, noeud_id: to });
	const fse = await db.selectFrom('fse_axes').selectAll().where('noeud_id', '=', from).execute();
	for (const row of fse) await link(app, operation, 'fse_axes', { ...row, noeud_id: to });
	const versements = await db
		.selectFrom('versements')
		.selectAll()
		.where('pacte_id', '=', pacteId)
		.where('cible_id', '=', from)
		.execute();
	for (const row of versements) await link(app, operation, 'versements', { ...row, id: newId(), cible_id: to });
	const seances = await db
		.selectFrom('seance_textes')
		.selectAll()
		.where('genre', '=', 'noeud')
		.where('objet', '=', from)
		.execute();
	const known = new Set(
		(
			await db
				.selectFrom('seance_textes')
				.select('seance_id')
				.where('genre', '=', 'noeud')
				.where('objet', '=', to)
				.execute()
		).map(({ seance_id }) => seance_id)
	);
	for (const { seance_id, genre } of seances)
		if (!known.has(seance_id)) await link(app, operation, 'seance_textes', { seance_id, genre, objet: to });
}

/** What leads to one fiche leads to the other: the former pacte’s actions, and the references and constats of the prose. */
async function turnReferences(
	app: App,
	operation: Operation,
	pacteId: string,
	from: string,
	to: string
): Promise<void> {
	const actions = await app.db
		.selectFrom('bilan_actions')
		.select('id')
		.where('pacte_id', '=', pacteId)
		.where('noeud_id', '=', from)
		.execute();
	for (const { id } of actions) {
		const geste = { nature: 'renvoi' as const, table: 'bilan_actions' as const, id, avant: from, apres: to };
		if (await turnLink(app.db, geste)) await operation.note(1, geste);
	}
	const sections = await app.db
		.selectFrom('section_textes')
		.select('section_id')
		.where('pacte_id', '=', pacteId)
		.where('blocs', 'like', `%${from}%`)
		.execute();
	for (const { section_id } of sections)
		await operation.edit(documentName('redaction', section_id), (doc) => [
			...turnAttributes(doc, 'cible', `noeud:${from}`, `noeud:${to}`),
			...turnAttributes(doc, 'noeud', from, to)
		]);
}

async function ended(
	app: App,
	{ pacteId }: Acteur,
	operation: Operation,
	libelle: string,
	id: string
): Promise<string> {
	await operation.end(libelle);
	await app.collaboration.settle(pacteId);
	app.collaboration.flux.publish(pacteId, { type: 'parties' });
	return id;
}
