import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../open.ts';

/** Figures: small tables of data, with what is derived from their live documents. */
export function figures(engine: Engine): Migration {
	const instant = engine === 'sqlite' ? sql`integer` : sql`bigint`;
	const real = engine === 'sqlite' ? sql`real` : sql`double precision`;
	const required = (column: ColumnDefinitionBuilder) => column.notNull();
	const text = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo('');
	const ofPacte = (column: ColumnDefinitionBuilder) => column.notNull().references('pactes.id').onDelete('cascade');
	const ofFigure = (column: ColumnDefinitionBuilder) => column.notNull().references('figures.id').onDelete('cascade');

	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;

			await schema
				.createTable('figures')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('titre', 'text', text)
				.addColumn('phrase', 'text', text)
				.addColumn('source', 'text', text)
				.addColumn('date', 'text', text)
				.addColumn('territoire', 'text', text)
				.addColumn('unite', 'text', text)
				.addColumn('forme', 'text', required)
				.addColumn('created_at', instant, required)
				.addColumn('corbeille_at', instant)
				.execute();
			await schema.createIndex('figures_pacte').on('figures').columns(['pacte_id', 'rang']).execute();

			await schema
				.createTable('figure_series')
				.addColumn('figure_id', 'text', ofFigure)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('id', 'text', required)
				.addColumn('ordre', 'integer', required)
				.addColumn('nom', 'text', required)
				// Their ids are made by browsers: unique in a figure only.
				.addPrimaryKeyConstraint('figure_series_pk', ['figure_id', 'id'])
				.execute();
			await schema.createIndex('figure_series_pacte').on('figure_series').column('pacte_id').execute();

			await schema
				.createTable('figure_lignes')
				.addColumn('figure_id', 'text', ofFigure)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('id', 'text', required)
				.addColumn('ordre', 'integer', required)
				.addColumn('libelle', 'text', required)
				.addPrimaryKeyConstraint('figure_lignes_pk', ['figure_id', 'id'])
				.execute();
			await schema.createIndex('figure_lignes_pacte').on('figure_lignes').column('pacte_id').execute();

			await schema
				.createTable('figure_valeurs')
				.addColumn('figure_id', 'text', ofFigure)
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('ligne_id', 'text', required)
				.addColumn('serie_id', 'text', required)
				.addColumn('texte', 'text', required)
				.addColumn('nombre', real)
				.addPrimaryKeyConstraint('figure_valeurs_pk', ['figure_id', 'ligne_id', 'serie_id'])
				.execute();
			await schema.createIndex('figure_valeurs_pacte').on('figure_valeurs').column('pacte_id').execute();
		}
	};
}
