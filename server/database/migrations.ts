import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import { sections } from './migrations/0003-sections.ts';
import { figures } from './migrations/0004-figures.ts';
import { recherche } from './migrations/0005-recherche.ts';
import { parties } from './migrations/0006-parties.ts';
import { schemas } from './migrations/0008-schemas.ts';
import { seances } from './migrations/0009-seances.ts';
import { modeles } from './migrations/0010-modeles.ts';
import { piecesJointes } from './migrations/0007-pieces-jointes.ts';
import type { Engine } from './open.ts';

/** Migrations only go forward; one is never edited after its release. */
export function migrations(engine: Engine): MigrationProvider {
	return { getMigrations: () => Promise.resolve(all(engine)) };
}

export function knownMigrations(engine: Engine): string[] {
	return Object.keys(all(engine));
}

function all(engine: Engine): Record<string, Migration> {
	return {
		'0001_fondations': fondations(engine),
		'0002_recuperation': recuperation,
		'0003_sections': sections(engine),
		'0004_figures': figures(engine),
		'0005_recherche': recherche(engine),
		'0006_parties': parties(engine),
		'0007_pieces_jointes': piecesJointes(engine),
		'0008_schemas': schemas(engine),
		'0009_seances': seances(engine),
		'0010_modeles': modeles(engine)
	};
}

function fondations(engine: Engine): Migration {
	const bytes = engine === 'sqlite' ? sql`blob` : sql`bytea`;
	const instant = engine === 'sqlite' ? sql`integer` : sql`bigint`;
	const serial = engine === 'sqlite' ? sql`integer` : sql`bigserial`;
	const identity = (column: ColumnDefinitionBuilder) =>
		engine === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey();
	const required = (column: ColumnDefinitionBuilder) => column.notNull();

	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;
			const ofCompte = (column: ColumnDefinitionBuilder) => column.references('comptes.id').onDelete('cascade');
			const ofPacte = (column: ColumnDefinitionBuilder) => column.notNull().references('pactes.id').onDelete('cascade');
			const ofFiche = (column: ColumnDefinitionBuilder) => column.notNull().references('fiches.id').onDelete('cascade');
			const ofDocument = (column: ColumnDefinitionBuilder) =>
				column.notNull().references('documents.name').onDelete('cascade');
			const ofOrganisme = (column: ColumnDefinitionBuilder) => column.references('organismes.id').onDelete('cascade');

			await schema
				.createTable('reglages')
				.addColumn('cle', 'text', (column) => column.primaryKey())
				.addColumn('valeur', 'text', required)
				.execute();

			await schema
				.createTable('comptes')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('email', 'text', (column) => column.notNull().unique())
				.addColumn('nom', 'text', required)
				.addColumn('organisme', 'text', required)
				.addColumn('mot_de_passe', 'text')
				.addColumn('administrateur', 'integer', required)
				.addColumn('demo', 'integer', required)
				.addColumn('created_at', instant, required)
				.execute();

			await schema
				.createTable('sessions')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('compte_id', 'text', (column) => ofCompte(column).notNull())
				.addColumn('expires_at', instant, required)
				.addColumn('created_at', instant, required)
				.execute();
			await schema.createIndex('sessions_compte').on('sessions').column('compte_id').execute();

			await schema
				.createTable('essais_de_connexion')
				.addColumn('email_hash', 'text', (column) => column.primaryKey())
				.addColumn('echecs', 'integer', required)
				.addColumn('prochain_essai', instant, required)
				.execute();

			await schema
				.createTable('pactes')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('intitule', 'text', required)
				.addColumn('territoire', 'text', required)
				.addColumn('debut', 'integer')
				.addColumn('fin', 'integer')
				.addColumn('modele', 'text', required)
				.addColumn('demo', 'integer', required)
				.addColumn('created_at', instant, required)
				.execute();

			await schema
				.createTable('participations')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('compte_id', 'text', (column) => ofCompte(column).notNull())
				.addColumn('role', 'text', required)
				.addColumn('created_at', instant, required)
				.addPrimaryKeyConstraint('participations_pk', ['pacte_id', 'compte_id'])
				.execute();
			await schema.createIndex('participations_compte').on('participations').column('compte_id').execute();

			await schema
				.createTable('liens')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('usage', 'text', required)
				.addColumn('pacte_id', 'text', (column) => column.references('pactes.id').onDelete('cascade'))
				.addColumn('role', 'text')
				.addColumn('compte_id', 'text', ofCompte)
				.addColumn('pour', 'text', required)
				.addColumn('created_by', 'text', ofCompte)
				.addColumn('created_at', instant, required)
				.addColumn('expires_at', instant)
				.addColumn('used_at', instant)
				.execute();

			await schema
				.createTable('organismes')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('nom', 'text', required)
				.addColumn('nom_plie', 'text', required)
				.addColumn('rang', 'integer', required)
				.addUniqueConstraint('organismes_nom', ['pacte_id', 'nom_plie'])
				.execute();

			await schema
				.createTable('organisme_alias')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('organisme_id', 'text', (column) => ofOrganisme(column).notNull())
				.addColumn('nom', 'text', required)
				.addColumn('nom_plie', 'text', required)
				.addPrimaryKeyConstraint('organisme_alias_pk', ['pacte_id', 'nom_plie'])
				.execute();

			await schema
				.createTable('signataires')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('organisme_id', 'text', (column) => ofOrganisme(column).notNull())
				.addColumn('personne', 'text', required)
				.addPrimaryKeyConstraint('signataires_pk', ['pacte_id', 'rang'])
				.execute();

			await schema
				.createTable('engagements')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('organisme_id', 'text', ofOrganisme)
				.addColumn('puces', 'text', required)
				.addPrimaryKeyConstraint('engagements_pk', ['pacte_id', 'rang'])
				.execute();

			await schema
				.createTable('textes_importes')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('ligne_debut', 'integer', required)
				.addColumn('ligne_fin', 'integer', required)
				.addColumn('texte', 'text', required)
				.addPrimaryKeyConstraint('textes_importes_pk', ['pacte_id', 'rang'])
				.execute();

			await schema
				.createTable('documents')
				.addColumn('name', 'text', (column) => column.primaryKey())
				.addColumn('kind', 'text', required)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('shape', 'integer', required)
				.addColumn('snapshot', bytes)
				.addColumn('created_at', instant, required)
				.execute();
			await schema.createIndex('documents_pacte').on('documents').column('pacte_id').execute();

			await schema
				.createTable('mises_a_jour')
				.addColumn('id', serial, identity)
				.addColumn('document', 'text', ofDocument)
				.addColumn('compte_id', 'text')
				.addColumn('data', bytes, required)
				.addColumn('created_at', instant, required)
				.execute();
			await schema.createIndex('mises_a_jour_document').on('mises_a_jour').columns(['document', 'id']).execute();

			await schema
				.createTable('auteurs')
				.addColumn('document', 'text', ofDocument)
				.addColumn('client_id', instant, required)
				.addColumn('compte_id', 'text')
				.addColumn('created_at', instant, required)
				.addPrimaryKeyConstraint('auteurs_pk', ['document', 'client_id'])
				.execute();

			await schema
				.createTable('ecritures')
				.addColumn('id', serial, identity)
				.addColumn('document', 'text', ofDocument)
				.addColumn('compte_id', 'text')
				.addColumn('nature', 'text', required)
				.addColumn('client_id', instant, required)
				.addColumn('debut', instant, required)
				.addColumn('fin', instant, required)
				.addColumn('created_at', instant, required)
				.execute();
			await schema.createIndex('ecritures_document').on('ecritures').columns(['document', 'id']).execute();

			await schema
				.createTable('quarantaine')
				.addColumn('id', serial, identity)
				.addColumn('document', 'text', required)
				.addColumn('compte_id', 'text')
				.addColumn('raison', 'text', required)
				.addColumn('data', bytes, required)
				.addColumn('created_at', instant, required)
				.execute();

			await schema
				.createTable('noeuds')
				.addColumn('id', 'text', required)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('parent', 'text')
				.addColumn('niveau', 'text', required)
				.addColumn('titre', 'text', required)
				.addColumn('code', 'text', required)
				.addColumn('ordre', 'integer', required)
				.addColumn('a_classer', 'integer', required)
				// Ids of nodes are made by browsers: one pacte's cannot stand in the way of another's.
				.addPrimaryKeyConstraint('noeuds_pk', ['pacte_id', 'id'])
				.execute();
			await schema.createIndex('noeuds_pacte').on('noeuds').columns(['pacte_id', 'ordre']).execute();

			await schema
				.createTable('fiches')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('created_at', instant, required)
				.execute();
			await schema.createIndex('fiches_pacte').on('fiches').column('pacte_id').execute();

			await schema
				.createTable('fiche_champs')
				.addColumn('fiche_id', 'text', ofFiche)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('champ', 'text', required)
				.addColumn('ordre', 'integer', required)
				.addColumn('texte', 'text', required)
				.addColumn('ouverte', 'integer', required)
				.addPrimaryKeyConstraint('fiche_champs_pk', ['fiche_id', 'champ', 'ordre'])
				.execute();
			await schema.createIndex('fiche_champs_pacte').on('fiche_champs').column('pacte_id').execute();

			await schema
				.createTable('fiche_organismes')
				.addColumn('fiche_id', 'text', ofFiche)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('champ', 'text', required)
				.addColumn('ordre', 'integer', required)
				.addColumn('organisme_id', 'text', required)
				.addPrimaryKeyConstraint('fiche_organismes_pk', ['fiche_id', 'champ', 'ordre'])
				.execute();
			await schema.createIndex('fiche_organismes_pacte').on('fiche_organismes').column('pacte_id').execute();

			await schema
				.createTable('journal')
				.addColumn('id', serial, identity)
				.addColumn('pacte_id', 'text')
				.addColumn('compte_id', 'text')
				.addColumn('acte', 'text', required)
				.addColumn('detail', 'text', required)
				.addColumn('created_at', instant, required)
				.execute();
			await schema.createIndex('journal_pacte').on('journal').columns(['pacte_id', 'id']).execute();
		}
	};
}

/** Text that someone else brought back after a restoration, and rows of the log that cannot be read. */
const recuperation: Migration = {
	async up(db: Kysely<unknown>): Promise<void> {
		const no = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);
		await db.schema.alterTable('mises_a_jour').addColumn('recupere', 'integer', no).execute();
		await db.schema
			.alterTable('quarantaine')
			.addColumn('origine', 'text', (column) => column.notNull().defaultTo('refus'))
			.execute();
	}
};
