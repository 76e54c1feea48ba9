import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import { doActe } from './acte.ts';
import { Donnees } from './donnees.ts';
import { readSalle } from './read-salle.ts';
import { choosesTable, takeSiege } from './sieges.ts';

/** An open room that one may enter. */
export interface SalleOuverte {
	seanceId: string;
	/** Of its QR code. */
	jeton: string;
}

/** The open room of a QR code; null for one that never was, is not open yet, or is over: all the same to who asks. */
export function salleOfJeton(db: Queryable, jeton: string): Promise<SalleOuverte | null> {
	return openSalle(db, 'jeton', jeton);
}

/** The open room of six digits. */
export function salleOfCode(db: Queryable, code: string): Promise<SalleOuverte | null> {
	return openSalle(db, 'code', code);
}

async function openSalle(db: Queryable, by: 'jeton' | 'code', value: string): Promise<SalleOuverte | null> {
	const row = await db
		.selectFrom('salles')
		.innerJoin('seances', 'seances.id', 'salles.seance_id')
		.select(['seance_id', 'jeton'])
		.where(`salles.${by}`, '=', value)
		.where('etat', '=', 'ouverte')
		.where('corbeille_at', 'is', null)
		.executeTakeFirst();
	return row ? { seanceId: row.seance_id, jeton: row.jeton } : null;
}

/** The séance of the wall's address, open or not: a projector is set up before people come. */
export async function seanceOfMur(db: Queryable, jetonMur: string): Promise<string | null> {
	const row = await db
		.selectFrom('salles')
		.innerJoin('seances', 'seances.id', 'salles.seance_id')
		.select('seance_id')
		.where('jeton_mur', '=', jetonMur)
		.where('corbeille_at', 'is', null)
		.executeTakeFirst();
	return row?.seance_id ?? null;
}

/** What came with a QR code: the number of a table's card, or of a slip. */
export interface Entree {
	table: number | null;
	place: number | null;
	genre: 'personne' | 'table';
}

/** Of who typed six digits. */
export const SANS_ENTREE: Entree = { table: null, place: null, genre: 'personne' };

const NUMERO = { min: 1, max: 9999 };

/** From the address of a QR code; what cannot be understood is as if it were not there. */
export function entreeOf(search: URLSearchParams): Entree {
	return readEntree(Object.fromEntries(search));
}

function readEntree(values: unknown): Entree {
	const donnees = new Donnees(values);
	const numero = (name: string) => {
		try {
			return donnees.maybeInteger(name, NUMERO);
		} catch {
			return null;
		}
	};
	return {
		table: numero('table'),
		place: numero('place'),
		genre: (values as { genre?: unknown } | null)?.genre === 'table' ? 'table' : 'personne'
	};
}

/** Takes the seat of who comes with what a QR code gave; null: the device has nothing that opens this room. */
export async function enterSalle(app: App, seanceId: string, kept: unknown, token: string): Promise<string | null> {
	const jeton = (kept as { jeton?: unknown } | null)?.jeton;
	const salle = typeof jeton === 'string' ? await salleOfJeton(app.db, jeton) : null;
	if (salle?.seanceId !== seanceId) return null;
	const { table, place, genre } = readEntree(kept);
	try {
		const tableId = await tableOf(app.db, seanceId, table);
		return (await takeSiege(app, seanceId, { genre, tableId, place, token })).siegeId;
	} catch (error) {
		if (error instanceof DomainError && error.code === 'conflit') return null; // It closed meanwhile.
		throw error;
	}
}

/** The table of a card. */
export async function tableOf(db: Queryable, seanceId: string, numero: number | null): Promise<string | null> {
	if (numero === null) return null;
	const table = await db
		.selectFrom('seance_tables')
		.select('id')
		.where('seance_id', '=', seanceId)
		.where('numero', '=', numero)
		.executeTakeFirst();
	return table?.id ?? null;
}

/** Someone who comes before the first round, with neither card nor slip, is asked where they sit. */
export async function asksForTable({ db }: Pick<App, 'db'>, seanceId: string, entree: Entree): Promise<boolean> {
	if (entree.table !== null || entree.place !== null) return false;
	const salle = await readSalle(db, seanceId);
	return salle !== null && choosesTable(salle);
}

/** A device that has a seat scans another card or slip: it sits there. false: that slip's seat is taken. */
export async function moveTo(app: App, seanceId: string, siegeId: string, { table, place }: Entree): Promise<boolean> {
	const acte = (nom: string, donnees: Record<string, unknown>) =>
		doActe(app, seanceId, { genre: 'siege', siegeId }, { cle: newId(), acte: nom, donnees: new Donnees(donnees) });
	const tableId = await tableOf(app.db, seanceId, table);
	try {
		if (place !== null) await acte('prendrePlace', { place });
		else if (tableId !== null) await acte('choisirTable', { table: tableId });
		return true;
	} catch (error) {
		if (error instanceof DomainError && error.code === 'conflit') return false;
		throw error;
	}
}

/** Of the QR code of a room. */
export async function jetonOf(db: Queryable, seanceId: string): Promise<string> {
	const { jeton } = await db
		.selectFrom('salles')
		.select('jeton')
		.where('seance_id', '=', seanceId)
		.executeTakeFirstOrThrow();
	return jeton;
}

/** Of the wall's address. */
export async function jetonDuMur(db: Queryable, seanceId: string): Promise<string> {
	const { jeton_mur } = await db
		.selectFrom('salles')
		.select('jeton_mur')
		.where('seance_id', '=', seanceId)
		.executeTakeFirstOrThrow();
	return jeton_mur;
}
