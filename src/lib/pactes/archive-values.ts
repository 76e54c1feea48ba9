/** An archive that cannot be read: says where and why, in French. */
export class ArchiveError extends Error {
	constructor(lieu: string, raison: string) {
		super(`Ce fichier ne peut pas être repris. ${lieu === '' ? '' : `À « ${lieu} »\u00a0: `}${raison}`);
		this.name = 'ArchiveError';
	}
}

/** Far above what people write, below what would stop the server. */
export const LIMITES = {
	intitule: 1_000,
	nom: 1_000,
	titre: 10_000,
	texte: 1_000_000,
	/** A text that was not understood may be a whole imported file. */
	texteImporte: 8_000_000,
	niveaux: 20,
	champs: 60,
	colonnes: 20,
	choix: 50,
	lignes: 5_000,
	organismes: 10_000,
	alias: 200,
	noeuds: 20_000,
	profondeur: 100,
	puces: 5_000,
	signataires: 5_000,
	engagements: 5_000,
	textes: 100_000
};

// The kinds of values

export type Source = Record<string, unknown>;

export function objectAt(value: unknown, lieu: string): Source {
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		throw new ArchiveError(lieu, `un objet est attendu, pas ${quoted(value)}.`);
	return value as Source;
}

/** A key that this version does not know would be lost in silence. */
export function onlyKeys(source: Source, lieu: string, keys: readonly string[]): void {
	const unknown = Object.keys(source).find((key) => !keys.includes(key));
	if (unknown !== undefined)
		throw new ArchiveError(lieu, `la clé «\u00a0${shortened(unknown)}\u00a0» n’est pas connue ici.`);
}

export function listAt<T>(
	value: unknown,
	lieu: string,
	longest: number,
	read: (item: unknown, lieu: string) => T
): T[] {
	if (!Array.isArray(value)) throw new ArchiveError(lieu, `une liste est attendue, pas ${quoted(value)}.`);
	if (value.length > longest)
		throw new ArchiveError(lieu, `${value.length} éléments, c’est plus que les ${longest} permis.`);
	return value.map((item, i) => read(item, `${lieu}[${i}]`));
}

export function textAt(value: unknown, lieu: string, longest: number): string {
	if (typeof value !== 'string') throw new ArchiveError(lieu, `un texte est attendu, pas ${quoted(value)}.`);
	if (value.length > longest)
		throw new ArchiveError(lieu, `ce texte a ${value.length} caractères, plus que les ${longest} permis.`);
	if (!value.isWellFormed() || value.includes('\0'))
		throw new ArchiveError(lieu, 'ce texte contient un caractère qui ne peut pas être enregistré.');
	return value;
}

export function filledAt(value: unknown, lieu: string, longest: number): string {
	const text = textAt(value, lieu, longest);
	if (text.trim() === '') throw new ArchiveError(lieu, 'ce texte ne peut pas être vide.');
	return text;
}

export const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

export function idAt(value: unknown, lieu: string): string {
	const id = textAt(value, lieu, LIMITES.titre);
	if (!ID.test(id))
		throw new ArchiveError(
			lieu,
			`«\u00a0${shortened(id)}\u00a0» n’est pas un identifiant (lettres sans accent et chiffres).`
		);
	return id;
}

export function knownAt(value: unknown, lieu: string, ids: ReadonlySet<string>, quoi: string): string {
	const id = idAt(value, lieu);
	if (!ids.has(id)) throw new ArchiveError(lieu, `aucun ${quoi} n’a l’identifiant «\u00a0${id}\u00a0».`);
	return id;
}

/** A day, or nothing. */
export function dateAt(value: unknown, lieu: string): string {
	const date = textAt(value, lieu, 10);
	if (date !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(date))
		throw new ArchiveError(lieu, 'une date est attendue (2027-02-16), ou rien.');
	return date;
}

export function yearAt(value: unknown, lieu: string): number | null {
	return value === null ? null : integerAt(value, lieu, 1900, 2200);
}

export function integerAt(value: unknown, lieu: string, min: number, max: number): number {
	if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
		throw new ArchiveError(lieu, `un nombre entier de ${min} à ${max} est attendu, pas ${quoted(value)}.`);
	return value;
}

export function booleanAt(value: unknown, lieu: string): boolean {
	if (typeof value !== 'boolean')
		throw new ArchiveError(lieu, `«\u00a0true\u00a0» ou «\u00a0false\u00a0» est attendu.`);
	return value;
}

export function trueAt(value: unknown, lieu: string): true {
	if (value !== true) throw new ArchiveError(lieu, `«\u00a0true\u00a0» est attendu.`);
	return value;
}

export function oneOf<T extends string>(value: unknown, lieu: string, values: readonly T[]): T {
	const found = values.find((known) => known === value);
	if (found === undefined)
		throw new ArchiveError(
			lieu,
			`une de ces valeurs est attendue\u00a0: ${values.join(', ')}\u00a0; pas ${quoted(value)}.`
		);
	return found;
}

export function unique(items: readonly { id: string }[], lieu: string): void {
	const seen = new Set<string>();
	items.forEach(({ id }, i) => {
		if (seen.has(id)) throw new ArchiveError(`${lieu}[${i}].id`, `l’identifiant «\u00a0${id}\u00a0» est déjà pris.`);
		seen.add(id);
	});
}

export function idsOf(items: readonly { id: string }[]): Set<string> {
	return new Set(items.map(({ id }) => id));
}

/** What was found instead, short enough for a sentence. */
export function quoted(value: unknown): string {
	if (value === undefined) return 'rien';
	if (Array.isArray(value)) return 'une liste';
	if (typeof value === 'object' && value !== null) return 'un objet';
	return `«\u00a0${shortened(String(value))}\u00a0»`;
}

export function shortened(text: string): string {
	return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
