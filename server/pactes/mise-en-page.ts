import type { Transaction } from 'kysely';
import { canAdministerPacte } from '#lib/documents/rights.ts';
import {
	emptyMiseEnPage,
	isEmptyMiseEnPage,
	LOGOS_MAX,
	miseEnPageAt,
	type Logo,
	type MiseEnPage,
	type PagesDeLaMention
} from '#lib/pactes/mise-en-page.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { DomainError } from '../errors.ts';
import { changeAndTell, filledLine, lineOf, type PartieAct } from '../parties/change.ts';
import { addPiece } from '../pieces/pieces.ts';

const DROIT = {
	allows: canAdministerPacte,
	refus: 'La mise en page se décide dans l’équipe projet. Demandez-lui ce changement.',
	tells: { type: 'parties' } as const
};

/** The logos and the mention of a pacte's documents. */
export async function readMiseEnPage(db: Queryable, pacteId: string): Promise<MiseEnPage> {
	const row = await db.selectFrom('pactes').select('mise_en_page').where('id', '=', pacteId).executeTakeFirst();
	return miseEnPageFrom(row?.mise_en_page ?? '');
}

/** Of a row: empty until something is chosen. */
export function miseEnPageFrom(json: string): MiseEnPage {
	return json === '' ? emptyMiseEnPage() : miseEnPageAt(JSON.parse(json), 'mise_en_page', null);
}

export interface MiseEnPageForm {
	mention: string;
	pages: PagesDeLaMention;
	/** What each logo says, by its image; those that are not named stay as they are. */
	alternatives: ReadonlyMap<string, string>;
	/** Logos to take away. */
	retires: readonly string[];
}

export async function saveMiseEnPage(
	app: App,
	act: PartieAct,
	{ mention, pages, alternatives, retires }: MiseEnPageForm
): Promise<void> {
	await change(app, act, ({ logos }) => ({
		mention: lineOf(mention),
		pages,
		logos: logos
			.filter(({ piece }) => !retires.includes(piece))
			.map(({ piece, alternative }) => ({ piece, alternative: saidBy(alternatives.get(piece) ?? alternative) }))
	}));
}

/** Adds a logo after the others. */
export async function addLogo(
	app: App,
	act: PartieAct,
	{ nom, bytes, alternative }: { nom: string; bytes: Uint8Array; alternative: string }
): Promise<void> {
	const said = saidBy(alternative);
	// The right first: nothing is kept of what a refused act brought.
	await change(app, act, (known) => known);
	const { id: piece } = await addPiece(app, { ...act, nom, bytes });
	await change(app, act, (known) => {
		if (known.logos.some((logo) => logo.piece === piece)) return known;
		if (known.logos.length >= LOGOS_MAX)
			throw new DomainError('invalide', `Il y a déjà ${LOGOS_MAX} logos\u00a0: retirez-en un avant d’en ajouter.`);
		return { ...known, logos: [...known.logos, { piece, alternative: said }] };
	});
}

function saidBy(alternative: string): string {
	return filledLine(
		alternative,
		'Écrivez ce que dit chaque logo (par exemple «\u00a0Union européenne\u00a0»)\u00a0: il est lu à qui ne le voit pas.'
	);
}

async function change(app: App, act: PartieAct, next: (known: MiseEnPage) => MiseEnPage): Promise<void> {
	await changeAndTell(app, act, DROIT, async (trx) => {
		await write(trx, act.pacteId, next(await readMiseEnPage(trx, act.pacteId)));
		return { result: undefined, acte: 'mise_en_page_modifiee' };
	});
}

async function write(trx: Transaction<Schema>, pacteId: string, miseEnPage: MiseEnPage): Promise<void> {
	const kept = isEmptyMiseEnPage(miseEnPage) ? '' : JSON.stringify(miseEnPage);
	await trx.updateTable('pactes').set({ mise_en_page: kept }).where('id', '=', pacteId).execute();
}

// The archive

/** With the ids that the archive gives images; nothing when nothing was chosen. A logo whose image is gone is left out. */
export function archivedMiseEnPage(json: string, pieces: ReadonlyMap<string, string>): { mise_en_page?: MiseEnPage } {
	const { logos, ...rest } = miseEnPageFrom(json);
	const known = logos.flatMap(({ piece, alternative }): Logo[] => {
		const local = pieces.get(piece);
		return local === undefined ? [] : [{ piece: local, alternative }];
	});
	const miseEnPage = { mention: rest.mention, logos: known, pages: rest.pages };
	return isEmptyMiseEnPage(miseEnPage) ? {} : { mise_en_page: miseEnPage };
}

export async function insertMiseEnPage(
	trx: Transaction<Schema>,
	pacteId: string,
	miseEnPage: MiseEnPage | undefined,
	idOf: (local: string) => string
): Promise<void> {
	if (!miseEnPage) return;
	const logos = miseEnPage.logos.map(({ piece, alternative }) => ({ piece: idOf(piece), alternative }));
	await write(trx, pacteId, { ...miseEnPage, logos });
}
