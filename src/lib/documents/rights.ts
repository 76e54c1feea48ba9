import type { DocumentKind } from './document.ts';

/** Roles on a pacte, from the widest to the narrowest. */
export const ROLES = ['equipe_projet', 'animateur', 'redacteur', 'partenaire', 'relecteur', 'lecteur'] as const;
export type Role = (typeof ROLES)[number];

export type Right = 'write' | 'comment' | 'read' | 'none';

/** What a section says of one person: whether it is theirs, kept for some, or closed to all. */
export interface SectionGrant {
	/** Named among its writers, or acting for its organisme. */
	isOwn: boolean;
	/** It has writers of its own: a rédacteur who is none of them reads it. */
	isReserved: boolean;
	/** Validated: nobody writes it until the équipe projet opens it again. */
	isFrozen: boolean;
}

/**
 * What a role may do with a live document: the only place where it is decided, for pages, forms and sockets alike.
 * Until comments and propositions exist, a relecteur reads; the équipe projet and animateurs write the tree; a partenaire writes the
 * sections that are theirs. `section`: for a `redaction`; without it, what the role may do with one that is open to it.
 */
export function documentRight(role: Role | null, kind: DocumentKind, section: SectionGrant = OPEN_SECTION): Right {
	if (role === null) return 'none';
	if (kind === 'redaction' && section.isFrozen) return 'read';
	switch (role) {
		case 'equipe_projet':
			return 'write';
		case 'animateur': // What a séance writes and leads to, besides.
			return kind === 'orientations' || kind === 'synthese' ? 'write' : documentRight('redacteur', kind, section);
		case 'redacteur':
			if (kind === 'redaction' && section.isReserved && !section.isOwn) return 'read';
			return kind === 'orientations' || kind === 'synthese' ? 'read' : 'write';
		case 'partenaire':
			if (kind === 'figure') return 'write'; // Its sections show figures, that somebody must fill.
			return kind === 'redaction' && section.isOwn ? 'write' : 'read';
		case 'relecteur':
		case 'lecteur':
			return 'read';
		default:
			return role satisfies never;
	}
}

const OPEN_SECTION: SectionGrant = { isOwn: false, isReserved: false, isFrozen: false };

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

/** Adding figures to the pacte, putting them aside. */
export function canWriteFigures(role: Role | null): boolean {
	return documentRight(role, 'figure') === 'write';
}

/** Adding images to the texts: whoever may write some section. */
export function canAddImages(role: Role | null): boolean {
	return role !== null && role !== 'relecteur' && role !== 'lecteur';
}

/** The plan of the document: its sections, who writes them, their state. */
export function canPlanSections(role: Role | null): boolean {
	return role === 'equipe_projet';
}

/** Gouvernance, financement, bilan of the previous pacte: what is filled in by forms. */
export function canWriteParties(role: Role | null): boolean {
	return documentRight(role, 'fiche') === 'write';
}

/** The list of signatories and where each stands. */
export function canManageSignatures(role: Role | null): boolean {
	return canPlanSections(role);
}

/** Preparing and leading séances: their instances, their dates, their rooms. */
export function canAnimate(role: Role | null): boolean {
	return role === 'equipe_projet' || role === 'animateur';
}
