import { invalidate } from '$app/navigation';
import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import type { DocumentKind } from '#lib/documents/document.ts';

/** Follows what changes in a pacte, so that what is derived (tree, table, lists) is read again. Gives the way to stop. */
export function followPacte(base: string): () => void {
	const source = new EventSource(`${base}/flux`);
	let lost = false;
	source.onmessage = ({ data }) => refresh(JSON.parse(data) as FluxEvent);
	source.onerror = () => (lost = true);
	source.onopen = () => {
		// Something may have happened while the stream was cut.
		if (lost)
			for (const key of [...Object.values(KEY_OF_KIND), 'pacte:organismes', 'pacte:parties', 'pacte:glossaire'])
				void invalidate(key);
		lost = false;
	};
	return () => source.close();
}

/** What a page that shows texts of this kind depends on. */
const KEY_OF_KIND: Record<DocumentKind, `pacte:${string}`> = {
	orientations: 'pacte:noeuds',
	fiche: 'pacte:fiches',
	redaction: 'pacte:sections',
	figure: 'pacte:figures'
};

function refresh(event: FluxEvent): void {
	switch (event.type) {
		case 'projection':
			void invalidate(KEY_OF_KIND[event.kind]);
			return;
		case 'sections':
			void invalidate('pacte:sections');
			return;
		case 'parties':
			void invalidate('pacte:parties');
			return;
		case 'organismes':
			void invalidate('pacte:organismes');
			return;
		case 'glossaire':
			void invalidate('pacte:glossaire');
			return;
		case 'pacte':
			void invalidate('pacte:reglages');
			return;
		default:
			event satisfies never;
	}
}
