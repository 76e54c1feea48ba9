import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../open.ts';

/** The glossary of a pacte, and the inverted index by which everything in it is found. */
export function recherche(engine: Engine): Migration {
	const instant = engine === 'sqlite' ? sql`integer` : sql`bigint`;
	const serial = engine === 'sqlite' ? sql`integer` : sql`bigserial`;
	// Words are compared byte by byte on both engines: those that begin alike stand side by side.
	const word = engine === 'sqlite' ? sql`text` : sql`text collate "C"`;
	const compact = engine === 'sqlite' ? sql`without rowid` : sql``;
	const identity = (column: ColumnDefinitionBuilder) =>
		engine === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey();
	const required = (column: ColumnDefinitionBuilder) => column.notNull();
	const ofPacte = (column: ColumnDefinitionBuilder) => column.notNull().references('pactes.id').onDelete('cascade');

	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;

			await schema
				.createTable('glossaire')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('sigle', 'text', required)
				.addColumn('cle', 'text', required)
				.addColumn('developpe', 'text', required)
				.addColumn('definition', 'text', required)
				.addColumn('created_at', instant, required)
				.addUniqueConstraint('glossaire_sigle', ['pacte_id', 'cle'])
				.execute();

			await schema
				.createTable('recherche_textes')
				.addColumn('id', serial, identity)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('source', 'text', required)
				.addColumn('kind', 'text', required)
				.addColumn('objet', 'text', required)
				.addColumn('ancre', 'text', required)
				.addColumn('rang', 'integer', required)
				.addColumn('poids', 'integer', required)
				.addColumn('texte', 'text', required)
				.execute();
			await schema
				.createIndex('recherche_textes_source')
				.on('recherche_textes')
				.columns(['pacte_id', 'source'])
				.execute();

			await schema
				.createTable('recherche_mots')
				.addColumn('pacte_id', 'text', required)
				.addColumn('mot', word, required)
				.addColumn('texte_id', instant, (column) =>
					column.notNull().references('recherche_textes.id').onDelete('cascade')
				)
				.addColumn('poids', 'integer', required)
				.addPrimaryKeyConstraint('recherche_mots_pk', ['pacte_id', 'mot', 'texte_id'])
				.modifyEnd(compact)
				.execute();
			await schema.createIndex('recherche_mots_texte').on('recherche_mots').column('texte_id').execute();

			await schema
				.createTable('recherche_formes')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('forme', word, required)
				.addColumn('mot', word, required)
				.addColumn('ecrit', 'text', required)
				.addPrimaryKeyConstraint('recherche_formes_pk', ['pacte_id', 'forme', 'mot'])
				.modifyEnd(compact)
				.execute();
			await schema.createIndex('recherche_formes_mot').on('recherche_formes').columns(['pacte_id', 'mot']).execute();

			await schema
				.createTable('recherche_etat')
				.addColumn('pacte_id', 'text', (column) => ofPacte(column).primaryKey())
				.addColumn('version', 'integer', required)
				.execute();
		}
	};
}
