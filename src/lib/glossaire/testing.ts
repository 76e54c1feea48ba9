import type { Definition } from './entree.ts';
import { KEY } from './glossaire-context.ts';

/** What a component finds as its glossary when it is tested alone. */
export function siglesContext(index: ReadonlyMap<string, Definition>): Map<unknown, unknown> {
	return new Map([[KEY, { index }]]);
}
