import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../open.ts';

/** Attachments: images of a pacte, in the database so that its backup holds them. */
export function piecesJointes(engine: Engine): Migration {
	const bytes = engine === 'sqlite' ? sql`blob` : sql`bytea`;
	const instant = engine === 'sqlite' ? sql`integer` : sql`bigint`;
	const required = (column: ColumnDefinitionBuilder) => column.notNull();
	const ofPacte = (column: ColumnDefinitionBuilder) => column.notNull().references('pactes.id').onDelete('cascade');
	const byCompte = (column: ColumnDefinitionBuilder) => column.references('comptes.id').onDelete('set null');

	return {
		async up({ schema }: Kysely<unknown>): Promise<void> {
			await schema
				.createTable('pieces_jointes')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('nom', 'text', required)
				.addColumn('type', 'text', required)
				.addColumn('octets', 'integer', required)
				.addColumn('largeur', 'integer', required)
				.addColumn('hauteur', 'integer', required)
				.addColumn('sha256', 'text', required)
				.addColumn('created_by', 'text', byCompte)
				.addColumn('created_at', instant, required)
				// The last: what is before it is read without it.
				.addColumn('contenu', bytes, required)
				.addUniqueConstraint('pieces_jointes_contenu', ['pacte_id', 'sha256'])
				.execute();
			await schema.createIndex('pieces_jointes_pacte').on('pieces_jointes').columns(['pacte_id', 'rang']).execute();
		}
	};
}
