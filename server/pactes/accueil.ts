import { parseDocumentName } from '#lib/documents/document.ts';
import { codesOf, subtree, type Noeud } from '#lib/orientations/arbre.ts';
import { totalOf } from '#lib/orientations/avancement.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { currentPhases } from '#lib/phases/phase.ts';
import { boundsOf, dayAt } from '#lib/quand.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import { listNoeuds, readAvancement } from '../orientations/noeuds.ts';
import { listPhases } from '../phases/phases.ts';
import { listSeances, type SeanceListee } from '../seances/seances.ts';

export interface AxeAvancement {
	id: string;
	code: string;
	titre: string;
	fiches: number;
	completes: number;
}

export interface Accueil {
	axes: AxeAvancement[];
	fiches: number;
	completes: number;
	aClasser: number;
	textes: number;
	/** Rows of the texts' log that could not be read. */
	misDeCote: number;
	/** The fiche where this person wrote last, else the first that is not complete. */
	reprise: { id: string; code: string; titre: string; dejaEcrite: boolean } | null;
	/** The séance under way, or the next one that has a date. */
	prochaine: SeanceListee | null;
	/** Titles of the phases under way. */
	phases: string[];
	/** How many of each the pacte began with, while its tree is empty. */
	depart: Depart | null;
}

export type Depart = Record<'sections' | 'phases' | 'instances' | 'seances', number>;

/** What the first page of a pacte says: how far it is, and where this person left it. */
export async function readAccueil(app: App, pacteId: string, compteId: string, modele: Modele): Promise<Accueil> {
	const [noeuds, avancement, textes, misDeCote, derniere, seances, phases] = await Promise.all([
		listNoeuds(app.db, pacteId),
		readAvancement(app, pacteId, modele),
		countOf(app, 'textes_importes', pacteId),
		countMisDeCote(app, pacteId),
		lastWritten(app, pacteId, compteId),
		listSeances(app.db, pacteId),
		listPhases(app.db, pacteId)
	]);
	const today = dayAt(app.now());
	const arbre = arbreFromRows(noeuds);
	const codes = codesOf(arbre, modele);
	const portants = new Set(noeuds.filter(({ fiche }) => fiche).map(({ id }) => id));
	const fichesBelow = (racines: readonly Noeud[]) =>
		racines.flatMap((racine) => [...subtree(racine)]).filter(({ id }) => portants.has(id));
	const isComplete = ({ id }: Noeud) => (avancement.remplis[id] ?? 0) === totalOf(avancement, id);
	const placed = fichesBelow(arbre.racines);
	const resumed = arbre.parId.get(derniere ?? '') ?? placed.find((fiche) => !isComplete(fiche));
	return {
		axes: arbre.racines.map((axe) => {
			const own = fichesBelow(axe.enfants);
			const code = codes.get(axe.id) ?? '';
			return { id: axe.id, code, titre: axe.titre, fiches: own.length, completes: own.filter(isComplete).length };
		}),
		fiches: placed.length,
		completes: placed.filter(isComplete).length,
		aClasser: arbre.aClasser.length,
		textes,
		misDeCote,
		reprise: resumed
			? {
					id: resumed.id,
					code: codes.get(resumed.id) ?? '',
					titre: resumed.titre,
					dejaEcrite: resumed.id === derniere
				}
			: null,
		prochaine: nextOf(seances, today),
		phases: currentPhases(phases, today).map(({ titre }) => titre),
		depart:
			noeuds.length > 0
				? null
				: {
						sections: await countOf(app, 'sections', pacteId),
						phases: phases.length,
						instances: await countOf(app, 'instances', pacteId),
						seances: seances.length
					}
	};
}

function nextOf(seances: readonly SeanceListee[], today: string): SeanceListee | null {
	const underWay = seances.find(({ salle }) => salle === 'ouverte');
	return underWay ?? seances.find(({ date }) => (boundsOf(date)?.fin ?? '') >= today) ?? null;
}

async function countOf({ db }: App, table: 'textes_importes' | 'sections' | 'instances', pacteId: string) {
	const { n } = await db
		.selectFrom(table)
		.select((eb) => eb.fn.countAll<number>().as('n'))
		.where('pacte_id', '=', pacteId)
		.executeTakeFirstOrThrow();
	return Number(n);
}

async function countMisDeCote({ db }: App, pacteId: string): Promise<number> {
	const { n } = await db
		.selectFrom('quarantaine')
		.innerJoin('documents', 'documents.name', 'quarantaine.document')
		.select((eb) => eb.fn.countAll<number>().as('n'))
		.where('pacte_id', '=', pacteId)
		.where('origine', '=', 'journal')
		.executeTakeFirstOrThrow();
	return Number(n);
}

/** From the log, or from what stays of it when it is compacted. */
async function lastWritten({ db }: App, pacteId: string, compteId: string): Promise<string | null> {
	const latest = await Promise.all(
		(['mises_a_jour', 'ecritures'] as const).map((table) =>
			db
				.selectFrom(table)
				.innerJoin('documents', 'documents.name', `${table}.document`)
				.select(['document', `${table}.created_at as at`])
				.where('documents.pacte_id', '=', pacteId)
				.where('documents.kind', '=', 'fiche')
				.where(`${table}.compte_id`, '=', compteId)
				.orderBy(`${table}.id`, 'desc')
				.limit(1)
				.executeTakeFirst()
		)
	);
	const found = latest.filter((row) => row !== undefined).sort((a, b) => b.at - a.at)[0];
	return found ? (parseDocumentName(found.document)?.id ?? null) : null;
}
