import { documentName } from '#lib/documents/document.ts';
import { ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import { addPuces } from '#lib/fiches/fiche.ts';
import { newId } from '../ids.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { changePartie, type PartieAct } from '../parties/change.ts';
import { canPlanSections } from '#lib/documents/rights.ts';
import { addSection, createPlanType, readPlan } from '../sections/sections.ts';
import { setPorteur } from './engagements.ts';

export interface EngagementsImportes {
	rang: number;
	organisme: { id: string; nom: string } | null;
	puces: string[];
}

/** Engagements that an import or an older archive left as lists, not yet in the plan. */
export async function listImportes(db: Queryable, pacteId: string): Promise<EngagementsImportes[]> {
	const rows = await db
		.selectFrom('engagements')
		.leftJoin('organismes', 'organismes.id', 'organisme_id')
		.select(['engagements.rang', 'organisme_id', 'nom', 'puces'])
		.where('engagements.pacte_id', '=', pacteId)
		.orderBy('engagements.rang')
		.execute();
	return rows.map(({ rang, organisme_id, nom, puces }) => ({
		rang,
		organisme: organisme_id === null ? null : { id: organisme_id, nom: nom ?? '' },
		puces: JSON.parse(puces) as string[]
	}));
}

/**
 * Makes a section of each of them, with its engagements in the frame, under « Engagements » where the plan has it. A pacte without
 * a plan gets the plan type first: a plan of engagements alone would print nothing else. Gives how many. Each list leaves the rows
 * once its section holds it, so that an interruption loses nothing and can be taken up again.
 */
export async function adoptImportes(app: App, act: PartieAct): Promise<number> {
	const importes = (await listImportes(app.db, act.pacteId)).filter(({ puces }) => puces.some((puce) => puce.trim()));
	if (importes.length === 0) return 0;
	if ((await readPlan(app.db, act.pacteId, act.by)).length === 0) await createPlanType(app, act);
	const parent = (await readPlan(app.db, act.pacteId, act.by)).find(({ genre }) => genre === 'engagements')?.id ?? null;
	for (const importe of importes) await adopt(app, act, importe, parent);
	return importes.length;
}

async function adopt(
	app: App,
	act: PartieAct,
	{ rang, organisme, puces }: EngagementsImportes,
	parent: string | null
): Promise<void> {
	const titre = organisme ? `Engagements\u00a0: ${organisme.nom}` : 'Engagements de tous les signataires';
	const organismeId = organisme?.id ?? null;
	const sectionId = await addSection(app, act, { genre: 'engagement', titre, parent, organismeId });
	if (!organisme) await setPorteur(app, { ...act, sectionId }, { portee: 'tous', organismes: [], libelle: '' });
	const lines = puces.filter((puce) => puce.trim() !== '').map((texte) => ({ id: newId(), texte }));
	await app.collaboration.edit(
		documentName('redaction', sectionId),
		(doc) => addPuces(doc, ENGAGEMENTS, lines),
		act.by
	);
	await changePartie(
		app,
		act,
		async (trx) => {
			await trx.deleteFrom('engagements').where('pacte_id', '=', act.pacteId).where('rang', '=', rang).execute();
			return { result: undefined, acte: 'engagements_repris', detail: { section: sectionId, nombre: lines.length } };
		},
		canPlanSections
	);
	await app.collaboration.settle(act.pacteId);
}
