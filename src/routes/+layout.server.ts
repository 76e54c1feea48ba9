import { MODE_SALLE } from '#lib/comptes/textes.ts';
import { isConfidential } from '#server/comptes/transport.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, url, untrack }) => {
	// The address of the page changes; how it came here does not.
	const open = untrack(() => !isConfidential(url));
	return { avertissement: open && locals.app.config.modeSalle ? MODE_SALLE : null };
};
