import { readFileSync } from 'node:fs';
import type { Proposition } from '#lib/import/proposition.ts';

/** Texts of our own, each in its layout, with what is understood of them. */
export const EXEMPLES = ['exemple', 'fiches-en-ligne', 'minuscules-windows-1252', 'cadres-avant', 'rubriques-simples'] as const;
export type NomDExemple = (typeof EXEMPLES)[number];

export function readExemple(nom: NomDExemple): { octets: Uint8Array; attendu: Proposition } {
	const octets = readFileSync(new URL(`${nom}.txt`, import.meta.url));
	const attendu = JSON.parse(readFileSync(new URL(`${nom}.json`, import.meta.url), 'utf8')) as Proposition;
	return { octets, attendu };
}
