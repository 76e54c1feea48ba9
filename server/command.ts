import { removeUnusedPieces } from './pieces/pieces.ts';
import { isFormatDeTable, type FormatDeTable } from '#lib/exports/tables.ts';
import { counted } from '#lib/format.ts';
import type { App } from './app.ts';
import { offerNewPassword } from './comptes/administration.ts';
import { backUp } from './database/backup.ts';
import type { Queryable } from './database/open.ts';
import { DomainError } from './errors.ts';
import { archiveFromJson } from './export/archive.ts';
import { exportPacte, type ExportFormat } from './export/export.ts';
import { exportTables } from './export/export-tables.ts';
import { createPacteFromArchive } from './pactes/create-pacte.ts';
import { rebuildIndex } from './recherche/fill-index.ts';

/** What the command line may ask of the server, or do by itself on a stopped one. */
export type Command =
	| { nom: 'reconstruire' }
	| { nom: 'sauvegarder'; fichier: string }
	| { nom: 'recuperation'; ouverte: boolean }
	| { nom: 'importer'; archive: unknown; email: string | null }
	| { nom: 'exporter'; pacte: string; format: ExportFormat | FormatDeTable }
	| { nom: 'mot-de-passe'; email: string };

export interface CommandResult {
	ok: boolean;
	/** For people, in French. */
	message: string;
	/** What `exporter` made, in base64. */
	fichier?: string;
}

export async function runCommand(app: App, command: Command): Promise<CommandResult> {
	switch (command.nom) {
		case 'reconstruire': {
			const { documents } = await app.collaboration.rebuild();
			await rebuildIndex(app.db);
			await removeUnusedPieces(app);
			return {
				ok: true,
				message: `Tout ce qui est dérivé a été reconstruit depuis ${counted(documents, 'document')}.`
			};
		}
		case 'sauvegarder':
			await backUp(app.db, command.fichier);
			return { ok: true, message: '' };
		case 'recuperation':
			return setRecovery(app, command.ouverte);
		case 'importer':
			return importArchive(app, command.archive, command.email);
		case 'exporter':
			return exportToFile(app, command.pacte, command.format);
		case 'mot-de-passe':
			return offerPassword(app, command.email);
		default:
			return command satisfies never;
	}
}

async function setRecovery({ db, recovery, config, now }: App, ouverte: boolean): Promise<CommandResult> {
	const minutes = ouverte ? config.dureeDeRecuperation : 0;
	await recovery.openUntil(db, now() + minutes * 60_000);
	const message = ouverte
		? `Pendant ${counted(minutes, 'minute')}, chacun peut rapporter aussi le texte des autres.`
		: 'Chacun ne peut de nouveau rapporter que son propre texte.';
	return { ok: true, message };
}

async function importArchive(app: App, json: unknown, email: string | null): Promise<CommandResult> {
	const archive = archiveFromJson(json);
	const compteId = await ownerOf(app, email);
	const id = await createPacteFromArchive(app, archive, { compteId, acte: 'pacte_importe' });
	const fiches = counted(archive.fiches.length, 'fiche-action', 'fiches-actions');
	const owner = compteId === null ? ' Le premier administrateur en sera l’équipe projet.' : '';
	return { ok: true, message: `« ${archive.intitule} » est importé : ${fiches}. Identifiant : ${id}.${owner}` };
}

/** Whose pacte it will be: the account that was named, else the oldest administrateur, else nobody yet. */
async function ownerOf({ db }: App, email: string | null): Promise<string | null> {
	if (email === null) {
		const admin = await db
			.selectFrom('comptes')
			.select('id')
			.where('administrateur', '=', 1)
			.where('demo', '=', 0)
			.orderBy('created_at')
			.executeTakeFirst();
		return admin?.id ?? null;
	}
	return compteOf(db, email);
}

async function compteOf(db: Queryable, email: string): Promise<string> {
	const compte = await db
		.selectFrom('comptes')
		.select('id')
		.where('email', '=', email.trim().toLowerCase())
		.executeTakeFirst();
	if (!compte) throw new DomainError('introuvable', `Aucun compte n’a l’adresse ${email}.`);
	return compte.id;
}

/** For whoever holds the machine: the way back in when the only administrateur forgot their password. */
async function offerPassword(app: App, email: string): Promise<CommandResult> {
	const path = await offerNewPassword(app, null, await compteOf(app.db, email));
	const address = app.config.adressePublique ?? `http://localhost:${app.config.port}`;
	return {
		ok: true,
		message: `Pour choisir un nouveau mot de passe, une fois, pendant 24 heures :\n  ${address}${path}`
	};
}

async function exportToFile(app: App, pacte: string, format: ExportFormat | FormatDeTable): Promise<CommandResult> {
	const { id, intitule } = await findPacte(app, pacte);
	const { bytes, remplacements } = isFormatDeTable(format)
		? await exportTables(app, id, format)
		: await exportPacte(app, id, format);
	const lines = remplacements.map(({ caractere, lieu }) => `  ${caractere} (${lieu})`);
	const replaced = lines.length === 0 ? '' : `\nCaractères remplacés, faute de police :\n${lines.join('\n')}`;
	return {
		ok: true,
		message: `« ${intitule} » : ${counted(bytes.length, 'octet')}.${replaced}`,
		fichier: Buffer.from(bytes).toString('base64')
	};
}

/** By id, or by its exact title when only one has it. */
async function findPacte({ db }: App, pacte: string): Promise<{ id: string; intitule: string }> {
	const found = await db
		.selectFrom('pactes')
		.select(['id', 'intitule'])
		.where((eb) => eb.or([eb('id', '=', pacte), eb('intitule', '=', pacte)]))
		.limit(2)
		.execute();
	if (found.length === 1) return found[0] as { id: string; intitule: string };
	if (found.length > 1)
		throw new DomainError('conflit', `Plusieurs pactes s’appellent « ${pacte} » : donnez l’identifiant.`);
	const all = await db.selectFrom('pactes').select(['id', 'intitule']).orderBy('created_at').limit(20).execute();
	const list = all.map(({ id, intitule }) => `\n  ${id}  ${intitule}`).join('');
	throw new DomainError('introuvable', `Aucun pacte « ${pacte} ».${list && ` Il y a :${list}`}`);
}
