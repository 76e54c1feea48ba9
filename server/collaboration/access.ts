import type { IncomingMessage } from 'node:http';
import type { DocumentKind, DocumentName } from '#lib/documents/document.ts';
import { documentRight, type Right, type Role } from '#lib/documents/rights.ts';
import type { Database } from '../database/open.ts';
import { accountsAllowed, sessionCookieName } from '../comptes/transport.ts';
import { hashToken } from '../ids.ts';

/** Who is behind a socket, as the server knows it. */
export interface Person {
	compteId: string;
	nom: string;
	organisme: string;
	/** Hashed, as it is stored. */
	sessionId: string;
}

export interface DocumentAccess {
	pacteId: string;
	kind: DocumentKind;
	right: Right;
}

/** Another web site in a participant's browser must not open a socket in their name. */
export function isAllowedOrigin(request: IncomingMessage, adressePublique: string | null): boolean {
	const { origin, host } = request.headers;
	if (!origin || !host || !URL.canParse(origin)) return false;
	return origin === adressePublique || new URL(origin).host === host.toLowerCase();
}

/** The person of a valid session; null without one. The page's own scheme says which cookie counts, as for the pages. */
export async function authenticate(
	db: Database,
	{ headers }: IncomingMessage,
	now: number,
	modeSalle: boolean
): Promise<Person | null> {
	const page = new URL(headers.origin as string);
	if (!accountsAllowed(page, { modeSalle })) return null;
	const token = cookieOf(headers.cookie ?? '', sessionCookieName(page));
	if (token === null) return null;
	const row = await db
		.selectFrom('sessions')
		.innerJoin('comptes', 'comptes.id', 'sessions.compte_id')
		.select(['sessions.id as sessionId', 'comptes.id as compteId', 'nom', 'organisme'])
		.where('sessions.id', '=', hashToken(token))
		.where('expires_at', '>', now)
		.executeTakeFirst();
	return row ?? null;
}

function cookieOf(header: string, name: string): string | null {
	for (const part of header.split(';')) {
		const equal = part.indexOf('=');
		if (equal > 0 && part.slice(0, equal).trim() === name) return part.slice(equal + 1).trim() || null;
	}
	return null;
}

/** What an account may do with a document. null: there is none by this name. */
export async function accessTo(db: Database, compteId: string, name: DocumentName): Promise<DocumentAccess | null> {
	const row = await db
		.selectFrom('documents')
		.leftJoin('participations', (join) =>
			join.onRef('participations.pacte_id', '=', 'documents.pacte_id').on('participations.compte_id', '=', compteId)
		)
		.select(['documents.pacte_id as pacteId', 'kind', 'role'])
		.where('name', '=', name)
		.executeTakeFirst();
	return row ? { pacteId: row.pacteId, kind: row.kind, right: documentRight(row.role, row.kind) } : null;
}

/** Roles by pacte, by session. A session that is not in it has ended. */
export type CurrentRoles = ReadonlyMap<string, ReadonlyMap<string, Role>>;

/** The roles that open sessions give now: one query for all the sockets of this process. */
export async function currentRoles(db: Database, sessionIds: readonly string[], now: number): Promise<CurrentRoles> {
	const roles = new Map<string, Map<string, Role>>();
	if (sessionIds.length === 0) return roles;
	const rows = await db
		.selectFrom('sessions')
		.leftJoin('participations', 'participations.compte_id', 'sessions.compte_id')
		.select(['sessions.id as sessionId', 'pacte_id', 'role'])
		.where('sessions.id', 'in', [...new Set(sessionIds)])
		.where('expires_at', '>', now)
		.execute();
	for (const { sessionId, pacte_id, role } of rows) {
		const byPacte = roles.get(sessionId) ?? new Map<string, Role>();
		if (pacte_id && role) byPacte.set(pacte_id, role);
		roles.set(sessionId, byPacte);
	}
	return roles;
}
