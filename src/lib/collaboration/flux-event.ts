import type { DocumentKind } from '#lib/documents/document.ts';

/** What the live feed of a pacte says: that something changed, never its content. */
export type FluxEvent =
	| { type: 'projection'; kind: DocumentKind; id: string }
	| { type: 'organismes' }
	| { type: 'pacte' }
	/** The forms that fiches have. */
	| { type: 'variantes' }
	| { type: 'sections' }
	/** Gouvernance, financement, signatures, bilan, what engagements are linked to. */
	| { type: 'parties' }
	/** Phases and séances, not what goes on in a room. */
	| { type: 'seances' }
	| { type: 'glossaire' };
