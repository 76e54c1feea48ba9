import type { Transaction } from 'kysely';
import type * as Y from 'yjs';
import type { DocumentKind } from '#lib/documents/document.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { Schema } from '../database/schema.ts';
import { projectFiche } from '../fiches/fiche-projection.ts';
import { projectFigure } from '../figures/figure-projection.ts';
import { projectOrientations } from '../orientations/orientations-projection.ts';
import { projectSynthese } from '../salles/syntheses.ts';
import { projectRedaction } from '../sections/redaction-projection.ts';

export interface ProjectionContext {
	/** The id of the document's name. */
	id: string;
	pacteId: string;
	modele: Modele;
	now: number;
}

/** Writes the rows that are derived from a document: a pure function of it, which replaces all that it wrote before. */
export type Projection = (trx: Transaction<Schema>, doc: Y.Doc, context: ProjectionContext) => Promise<void>;

export const PROJECTIONS: Record<DocumentKind, Projection> = {
	orientations: projectOrientations,
	fiche: projectFiche,
	redaction: projectRedaction,
	figure: projectFigure,
	synthese: projectSynthese
};
