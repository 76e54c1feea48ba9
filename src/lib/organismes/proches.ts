import { foldNom } from './fold.ts';
import type { Organisme } from './organisme.ts';

/** Two organismes that may be one, and why one may think so. */
export interface Paire {
	a: Organisme;
	b: Organisme;
	raison: string;
}

/** Pairs of organismes that may be one written in two ways. Each pair once; names that differ by a number are two. */
export function pairesProches(organismes: readonly Organisme[]): Paire[] {
	const pairs: Paire[] = [];
	const read = organismes.map((organisme) => ({ organisme, noms: [organisme.nom, ...organisme.alias].map(nomLu) }));
	read.forEach((first, i) => {
		for (const second of read.slice(i + 1)) {
			const raison = first.noms.flatMap((a) => second.noms.map((b) => raisonOf(a, b))).find((found) => found !== null);
			if (raison) pairs.push({ a: first.organisme, b: second.organisme, raison });
		}
	});
	return pairs;
}

interface NomLu {
	/** Letters and numbers only, words one space apart, without small words nor plurals. */
	nu: string;
	mots: string[];
	initiales: string;
	chiffres: string;
}

const PETITS = new Set([
	'de',
	'du',
	'des',
	'la',
	'le',
	'les',
	'l',
	'd',
	'et',
	'a',
	'au',
	'aux',
	'en',
	'pour',
	'un',
	'une'
]);

function nomLu(nom: string): NomLu {
	const words = foldNom(nom)
		.replace(/\b(?:\p{L}\.){2,}/gu, (sigle) => sigle.replaceAll('.', ''))
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '' && !PETITS.has(word));
	const mots = words.map((word) => (word.length > 3 ? word.replace(/[sx]$/u, '') : word));
	return {
		nu: mots.join(' '),
		mots,
		initiales: words.map((word) => word[0]).join(''),
		chiffres: nom.replace(/\D/g, '')
	};
}

function raisonOf(a: NomLu, b: NomLu): string | null {
	if (a.nu === '' || b.nu === '' || a.chiffres !== b.chiffres) return null;
	if (a.nu === b.nu) return 'Même nom, à un article ou un pluriel près';
	if (a.mots.toSorted().join(' ') === b.mots.toSorted().join(' ')) return 'Mêmes mots, dans un autre ordre';
	if (isSigle(a, b) || isSigle(b, a)) return 'L’un est le sigle de l’autre';
	const shortest = Math.min(a.nu.length, b.nu.length);
	const allowed = shortest >= 14 ? 2 : shortest >= 6 ? 1 : 0;
	return allowed > 0 && distance(a.nu, b.nu, allowed) <= allowed ? 'Une ou deux lettres de différence' : null;
}

/** « caf » is that of « caisse allocations familiales ». */
function isSigle(short: NomLu, long: NomLu): boolean {
	return short.mots.length === 1 && short.nu.length >= 3 && long.mots.length >= 3 && long.initiales === short.nu;
}

/** How many letters to change, add or take away; counted no further than what matters. */
function distance(a: string, b: string, most: number): number {
	if (Math.abs(a.length - b.length) > most) return most + 1;
	let before = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const now = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = a[i - 1] === b[j - 1] ? 0 : 1;
			now[j] = Math.min((before[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + change);
		}
		before = now;
	}
	return before[b.length] ?? 0;
}
