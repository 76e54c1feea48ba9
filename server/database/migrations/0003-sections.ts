import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../open.ts';

/** The plan of the document: its sections, who writes them, and what is derived from their texts. */
export function sections(engine: Engine): Migration {
	const instant = engine === 'sqlite' ? sql`integer` : sql`bigint`;
	const serial = engine === 'sqlite' ? sql`integer` : sql`bigserial`;
	const identity = (column: ColumnDefinitionBuilder) =>
		engine === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey();
	const required = (column: ColumnDefinitionBuilder) => column.notNull();
	const ofPacte = (column: ColumnDefinitionBuilder) => column.notNull().references('pactes.id').onDelete('cascade');
	const ofSection = (column: ColumnDefinitionBuilder) => column.notNull().references('sections.id').onDelete('cascade');

	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;

			await schema
				.createTable('sections')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('parent_id', 'text', (column) => column.references('sections.id').onDelete('cascade'))
				.addColumn('rang', 'integer', required)
				.addColumn('genre', 'text', required)
				.addColumn('titre', 'text', required)
				.addColumn('organisme_id', 'text', (column) => column.references('organismes.id').onDelete('set null'))
				.addColumn('noeud_id', 'text')
				.addColumn('etat', 'text', required)
				.addColumn('longueur', 'text', required)
				.addColumn('created_at', instant, required)
				.addColumn('retiree_at', instant)
				.execute();
			await schema.createIndex('sections_pacte').on('sections').columns(['pacte_id', 'rang']).execute();

			await schema
				.createTable('section_redacteurs')
				.addColumn('section_id', 'text', ofSection)
				.addColumn('compte_id', 'text', (column) => column.notNull().references('comptes.id').onDelete('cascade'))
				.addPrimaryKeyConstraint('section_redacteurs_pk', ['section_id', 'compte_id'])
				.execute();

			await schema
				.createTable('section_signataires')
				.addColumn('section_id', 'text', ofSection)
				.addColumn('rang', 'integer', required)
				.addColumn('personne', 'text', required)
				.addColumn('fonction', 'text', required)
				.addPrimaryKeyConstraint('section_signataires_pk', ['section_id', 'rang'])
				.execute();

			await schema
				.createTable('section_textes')
				.addColumn('section_id', 'text', (column) => ofSection(column).primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('blocs', 'text', required)
				.addColumn('mots', 'integer', required)
				.execute();
			await schema.createIndex('section_textes_pacte').on('section_textes').column('pacte_id').execute();

			await schema
				.createTable('section_champs')
				.addColumn('section_id', 'text', ofSection)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('champ', 'text', required)
				.addColumn('ordre', 'integer', required)
				.addColumn('cle', 'text', required)
				.addColumn('texte', 'text', required)
				.addColumn('retrait', 'integer', required)
				.addColumn('cellules', 'text')
				.addPrimaryKeyConstraint('section_champs_pk', ['section_id', 'champ', 'ordre'])
				.execute();
			await schema.createIndex('section_champs_pacte').on('section_champs').column('pacte_id').execute();

			await schema
				.createTable('constats')
				.addColumn('id', 'text', required)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('section_id', 'text', ofSection)
				.addColumn('ordre', 'integer', required)
				.addColumn('nature', 'text', required)
				.addColumn('texte', 'text', required)
				.addColumn('theme', 'text', required)
				.addColumn('noeud_id', 'text')
				.addColumn('origine', 'text', required)
				// Their ids are made by browsers: one section's cannot stand in the way of another's.
				.addPrimaryKeyConstraint('constats_pk', ['section_id', 'id'])
				.execute();
			await schema.createIndex('constats_pacte').on('constats').columns(['pacte_id', 'ordre']).execute();

			await schema
				.createTable('constat_reponses')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('constat_id', 'text', required)
				.addColumn('noeud_id', 'text', required)
				.addColumn('compte_id', 'text')
				.addColumn('created_at', instant, required)
				.addPrimaryKeyConstraint('constat_reponses_pk', ['pacte_id', 'constat_id', 'noeud_id'])
				.execute();

			await schema
				.createTable('rescapes')
				.addColumn('id', serial, identity)
				.addColumn('document', 'text', (column) => column.notNull().references('documents.name').onDelete('cascade'))
				.addColumn('client_id', instant, required)
				.addColumn('debut', instant, required)
				.addColumn('fin', instant, required)
				.addColumn('compte_id', 'text')
				.addColumn('texte', 'text', required)
				.addColumn('created_at', instant, required)
				.addColumn('traite_at', instant)
				.execute();
			await schema
				.createIndex('rescapes_document')
				.on('rescapes')
				.columns(['document', 'client_id', 'debut'])
				.execute();

			await schema.alterTable('participations').addColumn('organisme_id', 'text').execute();
		}
	};
}
