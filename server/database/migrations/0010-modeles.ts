import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../open.ts';

/** Models as data: forms of fiches, former codes, models kept for the next pacte, acts on many fiches that can be taken back. */
export function modeles(engine: Engine): Migration {
	const instant = engine === 'sqlite' ? sql`integer` : sql`bigint`;
	type Column = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
	const id: Column = (column) => column.primaryKey();
	const required: Column = (column) => column.notNull();
	const words: Column = (column) => column.notNull().defaultTo('');
	const no: Column = (column) => column.notNull().defaultTo(0);
	const of =
		(table: string): Column =>
		(column) =>
			column.notNull().references(`${table}.id`).onDelete('cascade');
	const maybe =
		(table: string): Column =>
		(column) =>
			column.references(`${table}.id`).onDelete('set null');

	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;
			await schema
				.alterTable('pactes')
				.addColumn('modele_version', 'integer', (column) => column.notNull().defaultTo(1))
				.execute();
			await schema.alterTable('pactes').addColumn('mise_en_page', 'text', words).execute();
			await schema.alterTable('fiches').addColumn('variante', 'text').execute();
			await schema.alterTable('fiches').addColumn('corbeille_at', instant).execute();
			await schema.alterTable('fiche_champs').addColumn('cle', 'text', words).execute();
			await schema.alterTable('noeuds').addColumn('porte_fiche', 'integer', no).execute();
			await sql`update noeuds set porte_fiche = 1 where exists
				(select 1 from fiches where fiches.id = noeuds.id and fiches.pacte_id = noeuds.pacte_id)`.execute(db);

			await schema
				.createTable('fiche_schemas')
				.addColumn('fiche_id', 'text', of('fiches'))
				.addColumn('pacte_id', 'text', of('pactes'))
				.addColumn('champ', 'text', required)
				.addColumn('ordre', 'integer', required)
				.addColumn('schema_id', 'text', required)
				.addPrimaryKeyConstraint('fiche_schemas_pk', ['fiche_id', 'champ', 'ordre'])
				.execute();
			await schema.createIndex('fiche_schemas_pacte').on('fiche_schemas').column('pacte_id').execute();

			await schema
				.createTable('anciens_codes')
				.addColumn('pacte_id', 'text', of('pactes'))
				.addColumn('noeud_id', 'text', required)
				.addColumn('code', 'text', required)
				.addColumn('rang', 'integer', required)
				.addPrimaryKeyConstraint('anciens_codes_pk', ['pacte_id', 'noeud_id', 'code'])
				.execute();

			await schema
				.createTable('fiche_filiations')
				.addColumn('pacte_id', 'text', of('pactes'))
				.addColumn('fiche_id', 'text', required)
				.addColumn('de_id', 'text', required)
				.addColumn('nature', 'text', required)
				.addColumn('titre', 'text', words)
				.addColumn('created_at', instant, required)
				.addPrimaryKeyConstraint('fiche_filiations_pk', ['pacte_id', 'fiche_id', 'de_id', 'nature'])
				.execute();

			await schema
				.createTable('operations')
				.addColumn('id', 'text', id)
				.addColumn('pacte_id', 'text', of('pactes'))
				.addColumn('compte_id', 'text', maybe('comptes'))
				.addColumn('acte', 'text', required)
				.addColumn('libelle', 'text', required)
				.addColumn('inverse', 'text', required)
				.addColumn('created_at', instant, required)
				.addColumn('annulee_at', instant)
				.execute();
			await schema.createIndex('operations_pacte').on('operations').columns(['pacte_id', 'created_at']).execute();

			await schema
				.createTable('modeles')
				.addColumn('id', 'text', id)
				.addColumn('nom', 'text', required)
				.addColumn('description', 'text', words)
				.addColumn('contenu', 'text', required)
				.addColumn('created_by', 'text', maybe('comptes'))
				.addColumn('created_at', instant, required)
				.execute();
		}
	};
}
