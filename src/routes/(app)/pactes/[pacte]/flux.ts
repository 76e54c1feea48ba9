import { invalidate } from '$app/navigation';
import { oneReadingAtATime } from '#lib/collaboration/one-reading-at-a-time.ts';
import type { FluxEvent } from '#lib/collaboration/flux-event.ts';
import type { DocumentKind } from '#lib/documents/document.ts';

const readAgain = oneReadingAtATime((key: string) => invalidate(key));

/** Follows what changes in a pacte, so that what is derived (tree, table, lists) is read again. Gives the way to stop. */
export function followPacte(base: string): () => void {
	const source = new EventSource(`${base}/flux`);
	let lost = false;
	source.onmessage = ({ data }) => refresh(JSON.parse(data) as FluxEvent);
	source.onerror = () => (lost = true);
	source.onopen = () => {
		// Something may have happened while the stream was cut.
		if (lost) for (const key of [...Object.values(KEY_OF_KIND), ...OTHERS]) readAgain(key);
		lost = false;
	};
	return () => source.close();
}

const OTHERS = [
	'pacte:sections',
	'pacte:organismes',
	'pacte:parties',
	'pacte:variantes',
	'pacte:seances',
	'pacte:glossaire'
];

/** What a page that shows texts of this kind depends on. */
const KEY_OF_KIND: Record<DocumentKind, `pacte:${string}`> = {
	orientations: 'pacte:noeuds',
	fiche: 'pacte:fiches',
	redaction: 'pacte:textes',
	figure: 'pacte:figures',
	synthese: 'pacte:syntheses'
};

/** Texts that several people write at once are projected again and again: what is derived of them may be a moment late. */
function isTyped(kind: DocumentKind): boolean {
	return kind === 'redaction' || kind === 'figure';
}

const PAUSE = 3_000;
const waiting = new Set<string>();
const late = new Set<string>();

/** The first change is read at once, those that follow together. */
function readSoon(key: `pacte:${string}`): void {
	if (waiting.has(key)) return void late.add(key);
	readAgain(key);
	waiting.add(key);
	setTimeout(() => {
		waiting.delete(key);
		if (late.delete(key)) readSoon(key);
	}, PAUSE);
}

function refresh(event: FluxEvent): void {
	switch (event.type) {
		case 'projection':
			if (isTyped(event.kind)) readSoon(KEY_OF_KIND[event.kind]);
			else readAgain(KEY_OF_KIND[event.kind]);
			return;
		case 'sections':
			readAgain('pacte:sections');
			return;
		case 'parties':
			readAgain('pacte:parties');
			return;
		case 'variantes':
			readAgain('pacte:variantes');
			return;
		case 'seances':
			readAgain('pacte:seances');
			return;
		case 'organismes':
			readAgain('pacte:organismes');
			return;
		case 'glossaire':
			readAgain('pacte:glossaire');
			return;
		case 'pacte':
			readAgain('pacte:reglages');
			return;
		default:
			event satisfies never;
	}
}
