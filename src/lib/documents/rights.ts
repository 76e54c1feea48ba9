import type { DocumentKind } from './document.ts';

/** Roles on a pacte, from the widest to the narrowest. */
export const ROLES = ['equipe_projet', 'redacteur', 'relecteur', 'lecteur'] as const;
export type Role = (typeof ROLES)[number];

export type Right = 'write' | 'comment' | 'read' | 'none';

/**
 * What a role may do with a live document: the only place where it is decided, for pages, forms and sockets alike.
 * Until comments and propositions exist, a relecteur reads; only the équipe projet writes the tree.
 */
export function documentRight(role: Role | null, kind: DocumentKind): Right {
	if (role === null) return 'none';
	switch (role) {
		case 'equipe_projet':
			return 'write';
		case 'redacteur':
			return kind === 'orientations' ? 'read' : 'write';
		case 'relecteur':
		case 'lecteur':
			return 'read';
		default:
			return role satisfies never;
	}
}

/** Inviting people, changing roles, taking the pacte out of the list. */
export function canAdministerPacte(role: Role | null): boolean {
	return role === 'equipe_projet';
}

/** Reading pages, tables and exports. */
export function canReadPacte(role: Role | null): boolean {
	return role !== null;
}

/** Adding an organisme while writing, giving it another spelling. */
export function canNameOrganismes(role: Role | null): boolean {
	return documentRight(role, 'fiche') === 'write';
}
