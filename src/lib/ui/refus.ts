import { createContext } from 'svelte';

/** Why a form was refused, and what it held by the name of its controls. */
export interface Refus {
	erreur: string;
	saisie: Record<string, string[]>;
}

/** For the fields of a form: it says here that it was refused. */
export const [getRefus, setRefus] = createContext<() => Refus | null>();

/** What controls show: what was typed in a form that was refused, else what is stored. */
export function typedIn(refus: () => Refus | null): (name: string, stored?: string) => string {
	return (name, stored = '') => {
		const refused = refus();
		return refused ? (refused.saisie[name]?.[0] ?? '') : stored;
	};
}

/** The same, for boxes that say « oui ». */
export function tickedIn(refus: () => Refus | null): (name: string, stored?: boolean) => boolean {
	return (name, stored = false) => {
		const refused = refus();
		return refused ? refused.saisie[name]?.[0] === 'oui' : stored;
	};
}
