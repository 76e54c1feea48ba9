import type { DocumentName } from '#lib/documents/document.ts';
import type { Right } from '#lib/documents/rights.ts';
import { parseDocumentName } from '#lib/documents/document.ts';
import type { DocumentAccess } from '../collaboration/access.ts';
import type { Database } from '../database/open.ts';

/** What the device of a seat may open: the synthesis of the table where it sits, and nothing else. */

const SIEGE = 'siege.';

export function ownerOfSiege(siegeId: string): string {
	return `${SIEGE}${siegeId}`;
}

export function isSiege(owner: string): boolean {
	return owner.startsWith(SIEGE);
}

/** The name of a seat's session: the hash of its token, as it is stored. */
export function sessionOfSiege(hash: string): string {
	return `${SIEGE}${hash}`;
}

interface Seated {
	table_id: string | null;
	etat: 'preparation' | 'ouverte' | 'close';
}

function rightOf({ table_id, etat }: Seated, name: DocumentName): Right {
	const document = parseDocumentName(name);
	if (document?.kind !== 'synthese' || document.id !== table_id) return 'none';
	return etat === 'ouverte' ? 'write' : 'read';
}

export async function accessOfSiege(db: Database, owner: string, name: DocumentName): Promise<DocumentAccess | null> {
	const seated = await seats(db).where('sieges.id', '=', owner.slice(SIEGE.length)).executeTakeFirst();
	if (!seated) return null;
	return { pacteId: seated.pacte_id, kind: 'synthese', right: rightOf(seated, name) };
}

/** The seats that are still held, by session; each says what it may do with a document. */
export async function currentSieges(
	db: Database,
	sessionIds: readonly string[]
): Promise<Map<string, (name: DocumentName) => Right>> {
	const hashes = sessionIds.filter(isSiege).map((session) => session.slice(SIEGE.length));
	if (hashes.length === 0) return new Map();
	const rows = await seats(db)
		.where('jeton_hash', 'in', [...new Set(hashes)])
		.execute();
	return new Map(
		rows.map((row) => [sessionOfSiege(row.jeton_hash as string), (name: DocumentName) => rightOf(row, name)])
	);
}

function seats(db: Database) {
	return db
		.selectFrom('sieges')
		.innerJoin('salles', 'salles.seance_id', 'sieges.seance_id')
		.innerJoin('seances', 'seances.id', 'sieges.seance_id')
		.select(['sieges.table_id', 'sieges.jeton_hash', 'salles.etat', 'seances.pacte_id'])
		.where('seances.corbeille_at', 'is', null);
}
