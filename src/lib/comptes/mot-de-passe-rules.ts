import type { Identite } from './compte-rules.ts';

const PLUS_LONG_MOT_DE_PASSE = 200;

/** Shortest passwords, in characters as people count them. */
export const LONGUEUR = { compte: 12, administrateur: 16 } as const;
export type Exigence = keyof typeof LONGUEUR;

/**
 * Why a password cannot be chosen; null when it can. Long rather than complicated: no rule asks for digits or signs.
 */
export function passwordFault(
	password: string,
	{ nom, email }: Pick<Identite, 'nom' | 'email'>,
	exigence: Exigence
): string | null {
	const length = [...password].length;
	if (length < LONGUEUR[exigence]) return `Choisissez un mot de passe d’au moins ${LONGUEUR[exigence]} caractères.`;
	if (length > PLUS_LONG_MOT_DE_PASSE)
		return `Choisissez un mot de passe d’au plus ${PLUS_LONG_MOT_DE_PASSE} caractères.`;
	if (repeatsIdentity(password, [nom, email, email.split('@')[0] ?? '']))
		return 'Ce mot de passe reprend votre nom ou votre adresse. Choisissez-en un autre, par exemple plusieurs mots sans rapport.';
	if (isCommon(password))
		return 'Ce mot de passe est parmi les premiers que l’on essaierait. Choisissez-en un autre, par exemple plusieurs mots sans rapport.';
	return null;
}

/** Letters and digits only, without case nor accents. */
function bare(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** Little is left once the name or the address is taken out: what remains is a year or a sign. */
function repeatsIdentity(password: string, identity: string[]): boolean {
	const folded = bare(password);
	const words = identity.map(bare).filter((word) => word.length >= 4);
	return words.some((word) => folded.includes(word) && folded.replaceAll(word, '').length < 6);
}

/** Words that come first to mind, alone, repeated or followed by digits. */
const COMMUNS = [
	'motdepasse',
	'monmotdepasse',
	'password',
	'passe',
	'azerty',
	'azertyuiop',
	'azertyuiopqsdfghjklm',
	'qsdfghjklm',
	'wxcvbn',
	'qwerty',
	'qwertyuiop',
	'abcdefghijkl',
	'abcdefghijklmnop',
	'abcdefghijklmnopqrstuvwxyz',
	'admin',
	'administrateur',
	'administration',
	'bonjour',
	'bienvenue',
	'changezmoi',
	'copacte',
	'conseildepartemental',
	'departement',
	'insertion',
	'pacte',
	'pacteterritorial',
	'pacteterritorialpourlinsertion',
	'soleil',
	'jetaime',
	'jenesaispas',
	'secret',
	'invite',
	'utilisateur',
	'testtest'
].sort((a, b) => b.length - a.length);

function isCommon(password: string): boolean {
	if (new Set(password).size <= 4) return true;
	const folded = bare(password);
	if (isCount(folded)) return true;
	const rest = COMMUNS.reduce((text, word) => text.replaceAll(word, ''), folded);
	return rest.length < folded.length && /^\d{0,8}$/.test(rest);
}

/** « 123456789012 », « 987654321098 »: each digit follows the one before. */
function isCount(text: string): boolean {
	if (!/^\d+$/.test(text)) return false;
	const steps = [...text].slice(1).map((digit, index) => (Number(digit) - Number(text[index]) + 10) % 10);
	return steps.every((step) => step === 1) || steps.every((step) => step === 9);
}
