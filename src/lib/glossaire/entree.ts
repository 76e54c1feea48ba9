import { canNameOrganismes } from '#lib/documents/rights.ts';
import type { Role } from '#lib/documents/rights.ts';
import { cleOfSigle, clesOfEntree } from './sigles.ts';
import { DEVELOPPE_TROP_LONG, DEVELOPPE_VIDE, SIGLE_TROP_LONG, SIGLE_VIDE } from './textes.ts';

/** What an entry of the glossary says. */
export interface Definition {
	/** « RSA »; « CCAS – CIAS » when two are explained together. */
	sigle: string;
	developpe: string;
	/** More than what the letters stand for, or nothing. */
	definition: string;
}

export interface Entree extends Definition {
	id: string;
}

export const SIGLE_MAX = 60;
export const DEVELOPPE_MAX = 300;
export const DEFINITION_MAX = 2_000;

/** Whoever writes explains the words that they use. */
export function canWriteGlossaire(role: Role | null): boolean {
	return canNameOrganismes(role) || role === 'partenaire';
}

/** As it is kept: no space around, one between words. */
export function cleanDefinition({ sigle, developpe, definition }: Definition): Definition {
	const clean = (text: string) => text.replace(/\s+/g, ' ').trim();
	return { sigle: clean(sigle), developpe: clean(developpe), definition: clean(definition) };
}

/** What keeps an entry from being written, in French; null when nothing does. */
export function faultOf({
	sigle,
	developpe,
	definition
}: Definition): { champ: keyof Definition; message: string } | null {
	if (cleOfSigle(sigle) === '') return { champ: 'sigle', message: SIGLE_VIDE };
	if (sigle.length > SIGLE_MAX) return { champ: 'sigle', message: SIGLE_TROP_LONG };
	if (developpe === '') return { champ: 'developpe', message: DEVELOPPE_VIDE };
	if (developpe.length > DEVELOPPE_MAX || definition.length > DEFINITION_MAX)
		return { champ: developpe.length > DEVELOPPE_MAX ? 'developpe' : 'definition', message: DEVELOPPE_TROP_LONG };
	return null;
}

const inFrench = new Intl.Collator('fr', { numeric: true }).compare;

/** The order of a glossary: the alphabet; two sigles that it holds for equal keep one order everywhere. */
export function byAlphabet(a: Definition, b: Definition): number {
	return inFrench(a.sigle, b.sigle) || (a.sigle < b.sigle ? -1 : a.sigle > b.sigle ? 1 : 0);
}

/** Each sigle that a glossary explains, by its key. */
export function indexGlossaire<E extends Definition>(entrees: readonly E[]): Map<string, E> {
	const index = new Map<string, E>();
	for (const entree of entrees)
		for (const cle of clesOfEntree(entree.sigle)) if (!index.has(cle)) index.set(cle, entree);
	for (const entree of entrees) index.set(cleOfSigle(entree.sigle), entree);
	return index;
}
