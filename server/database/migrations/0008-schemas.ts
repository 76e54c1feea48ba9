import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../open.ts';

/** The plans and schemas of the territory that a pacte belongs to, or has to agree with. */
export function schemas(engine: Engine): Migration {
	const instant = engine === 'sqlite' ? sql`integer` : sql`bigint`;
	const required = (column: ColumnDefinitionBuilder) => column.notNull();
	return {
		async up(db: Kysely<unknown>): Promise<void> {
			await db.schema
				.createTable('schemas_lies')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', (column) => column.notNull().references('pactes.id').onDelete('cascade'))
				.addColumn('rang', 'integer', required)
				.addColumn('intitule', 'text', required)
				.addColumn('dans', 'text', required)
				.addColumn('precision', 'text', required)
				.addColumn('created_at', instant, required)
				.execute();
			await db.schema.createIndex('schemas_lies_pacte').on('schemas_lies').columns(['pacte_id', 'rang']).execute();
		}
	};
}
