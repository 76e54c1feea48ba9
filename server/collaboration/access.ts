import type { IncomingMessage } from 'node:http';
import { parseDocumentName, VERSIONS, type DocumentKind, type DocumentName } from '#lib/documents/document.ts';
import { documentRight, type Right, type Role, type SectionGrant } from '#lib/documents/rights.ts';
import { grantOf, readSectionRules, type SectionRules } from '../sections/section-rights.ts';
import type { Database } from '../database/open.ts';
import { accountsAllowed, sessionCookieName, siegeCookieName } from '../comptes/transport.ts';
import { siegeOf } from '../salles/sieges.ts';
import { accessOfSiege, currentSieges, isSiege, ownerOfSiege, sessionOfSiege } from '../salles/siege-access.ts';
import { hashToken } from '../ids.ts';

/** Who is behind a socket, as the server knows it. */
export interface Person {
	/** Who owns what they write: an account, or a seat (`siege.<id>`) in the room of a séance. */
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
	/** The page knows an older shape of this kind: it may only read, until it is loaded again. */
	isOutdated?: true;
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
	{ headers, url }: IncomingMessage,
	now: number,
	modeSalle: boolean
): Promise<Person | null> {
	const seanceId = new URL(url ?? '/', 'http://localhost').searchParams.get('salle');
	if (seanceId !== null) return authenticateSiege(db, headers, seanceId);
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

/** A device that holds a seat in the room of a séance: it opens what its table writes together, over plain HTTP too. */
async function authenticateSiege(
	db: Database,
	headers: IncomingMessage['headers'],
	seanceId: string
): Promise<Person | null> {
	const token = cookieOf(headers.cookie ?? '', siegeCookieName(new URL(headers.origin as string), seanceId));
	const siege = token === null ? null : await siegeOf(db, seanceId, token);
	if (siege === null || token === null) return null;
	return {
		compteId: ownerOfSiege(siege),
		nom: 'Quelqu’un de la table',
		organisme: '',
		sessionId: sessionOfSiege(hashToken(token))
	};
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
	if (isSiege(compteId)) return accessOfSiege(db, compteId, name);
	const row = await db
		.selectFrom('documents')
		.leftJoin('participations', (join) =>
			join.onRef('participations.pacte_id', '=', 'documents.pacte_id').on('participations.compte_id', '=', compteId)
		)
		.select(['documents.pacte_id as pacteId', 'kind', 'role', 'organisme_id as organismeId'])
		.where('name', '=', name)
		.executeTakeFirst();
	if (!row) return null;
	const { pacteId, kind, role, organismeId } = row;
	const rules = kind === 'redaction' ? await readSectionRules(db, [idOf(name)]) : NO_RULES;
	const section = sectionGrant(name, rules, { compteId, organismeId });
	return { pacteId, kind, right: documentRight(role, kind, section) };
}

/** The right of a page that knows these shapes: one that knows an older shape would delete what it does not know. */
export function forPage(access: DocumentAccess, version: number): DocumentAccess {
	if (version >= VERSIONS[access.kind]) return access;
	return { ...access, right: forVersion(true, access.right), isOutdated: true };
}

function forVersion(isOutdated: boolean | undefined, right: Right): Right {
	return isOutdated && right === 'write' ? 'read' : right;
}

const NO_RULES: ReadonlyMap<string, SectionRules> = new Map();

/** What a section says of a person; undefined for what is no section. */
function sectionGrant(
	name: DocumentName,
	rules: ReadonlyMap<string, SectionRules>,
	person: { compteId: string; organismeId: string | null }
): SectionGrant | undefined {
	const section = rules.get(idOf(name));
	return section && grantOf(section, person);
}

function idOf(name: DocumentName): string {
	return parseDocumentName(name)?.id ?? '';
}

/** What someone is on a pacte. */
interface Part {
	role: Role;
	organismeId: string | null;
}

/** What everyone may do now: by session their parts in pactes, and the rules of the sections that are open. */
export interface CurrentRights {
	/** A session that is not in it has ended. */
	has(sessionId: string): boolean;
	/** The right of a person on a document of a pacte, as `accessTo` would say it. */
	on(person: Person, name: DocumentName, access: DocumentAccess): Right;
}

/** Three queries for all the sockets of this process. `names`: the documents that are open. */
export async function currentRights(
	db: Database,
	sessionIds: readonly string[],
	names: readonly DocumentName[],
	now: number
): Promise<CurrentRights> {
	const parts = await currentParts(db, sessionIds, now);
	const sieges = await currentSieges(db, sessionIds);
	const sections = names.filter((name) => name.startsWith('redaction.')).map(idOf);
	const rules = await readSectionRules(db, [...new Set(sections)]);
	return {
		has: (sessionId) => parts.has(sessionId) || sieges.has(sessionId),
		on({ sessionId, compteId }, name, access) {
			if (isSiege(compteId)) return forVersion(access.isOutdated, sieges.get(sessionId)?.(name) ?? 'none');
			const { role = null, organismeId = null } = parts.get(sessionId)?.get(access.pacteId) ?? {};
			const right = documentRight(role, access.kind, sectionGrant(name, rules, { compteId, organismeId }));
			return forVersion(access.isOutdated, right);
		}
	};
}

async function currentParts(
	db: Database,
	sessionIds: readonly string[],
	now: number
): Promise<Map<string, Map<string, Part>>> {
	const parts = new Map<string, Map<string, Part>>();
	if (sessionIds.length === 0) return parts;
	const rows = await db
		.selectFrom('sessions')
		.leftJoin('participations', 'participations.compte_id', 'sessions.compte_id')
		.select(['sessions.id as sessionId', 'pacte_id', 'role', 'organisme_id'])
		.where('sessions.id', 'in', [...new Set(sessionIds)])
		.where('expires_at', '>', now)
		.execute();
	for (const { sessionId, pacte_id, role, organisme_id } of rows) {
		const byPacte = parts.get(sessionId) ?? new Map<string, Part>();
		if (pacte_id && role) byPacte.set(pacte_id, { role, organismeId: organisme_id });
		parts.set(sessionId, byPacte);
	}
	return parts;
}
