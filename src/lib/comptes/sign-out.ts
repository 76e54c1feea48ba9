import { removeSavedCopies } from './local-copies.ts';

const LEAVING = 'copacte:sortie';

/** Noted before the form of signing out leaves: the copies are removed by the next page, when no text is open any more. */
export function noteSignOut(compteId: string): void {
	try {
		sessionStorage.setItem(LEAVING, compteId);
	} catch {
		// A browser that keeps nothing has no copies either.
	}
}

/** On the page that follows signing out. */
export async function finishSignOut(): Promise<void> {
	let compteId: string | null = null;
	try {
		compteId = sessionStorage.getItem(LEAVING);
		sessionStorage.removeItem(LEAVING);
	} catch {
		return;
	}
	if (compteId) await removeSavedCopies(compteId);
}
