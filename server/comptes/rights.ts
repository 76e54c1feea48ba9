import { isAdministrateur } from '#lib/comptes/compte-rules.ts';
import { DomainError } from '../errors.ts';
import type { CompteConnecte } from './session.ts';

/** Creating pactes and inviting administrateurs is a right of the account. */
export function requireAdministrateur(compte: CompteConnecte | null): CompteConnecte {
	const connecte = requireCompte(compte);
	if (isAdministrateur(connecte)) return connecte;
	throw new DomainError(
		'interdit',
		'Seul un administrateur peut faire cela. Demandez-lui de le faire, ou de vous en donner le droit.'
	);
}

export function requireCompte(compte: CompteConnecte | null): CompteConnecte {
	if (compte) return compte;
	throw new DomainError('non_connecte', 'Connectez-vous pour continuer.');
}
