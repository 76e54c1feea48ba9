import { sql, type Kysely } from 'kysely';
import type { ColumnDefinitionBuilder } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../open.ts';

/** The other parts of the document: engagements and their links, gouvernance, financement, signatures, bilan. */
export function parties(engine: Engine): Migration {
	const long = engine === 'sqlite' ? sql`integer` : sql`bigint`;
	const required = (column: ColumnDefinitionBuilder) => column.notNull();
	const words = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo('');
	const ofPacte = (column: ColumnDefinitionBuilder) => column.notNull().references('pactes.id').onDelete('cascade');
	const ofOrganisme = (column: ColumnDefinitionBuilder) =>
		column.notNull().references('organismes.id').onDelete('cascade');
	const maybeOrganisme = (column: ColumnDefinitionBuilder) => column.references('organismes.id').onDelete('set null');
	const of = (table: string) => (column: ColumnDefinitionBuilder) =>
		column.notNull().references(`${table}.id`).onDelete('cascade');

	return {
		async up(db: Kysely<unknown>): Promise<void> {
			const { schema } = db;

			// Fields: sub-points and tables in fiches too.
			await schema
				.alterTable('fiche_champs')
				.addColumn('retrait', 'integer', (column) => column.notNull().defaultTo(0))
				.execute();
			await schema.alterTable('fiche_champs').addColumn('cellules', 'text').execute();

			// Engagements
			await schema
				.createTable('engagement_liens')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('section_id', 'text', of('sections'))
				.addColumn('cle', 'text', required)
				.addColumn('noeud_id', 'text', required)
				.addPrimaryKeyConstraint('engagement_liens_pk', ['section_id', 'cle', 'noeud_id'])
				.execute();
			await schema.createIndex('engagement_liens_pacte').on('engagement_liens').column('pacte_id').execute();
			await schema
				.createTable('engagement_miroirs')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('groupe', 'text', required)
				.addColumn('section_id', 'text', of('sections'))
				.addColumn('cle', 'text', required)
				.addPrimaryKeyConstraint('engagement_miroirs_pk', ['section_id', 'cle'])
				.execute();
			await schema.createIndex('engagement_miroirs_pacte').on('engagement_miroirs').column('pacte_id').execute();
			await schema
				.createTable('engagement_etats')
				.addColumn('section_id', 'text', (column) => of('sections')(column).primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('approuve', 'integer', required)
				.addColumn('instance', 'text', required)
				.addColumn('date', 'text', required)
				.addColumn('note', 'text', required)
				.execute();
			await schema
				.createTable('section_porteurs')
				.addColumn('section_id', 'text', of('sections'))
				.addColumn('rang', 'integer', required)
				.addColumn('organisme_id', 'text', ofOrganisme)
				.addPrimaryKeyConstraint('section_porteurs_pk', ['section_id', 'organisme_id'])
				.execute();
			await schema
				.createTable('section_portees')
				.addColumn('section_id', 'text', (column) => of('sections')(column).primaryKey())
				.addColumn('portee', 'text', required)
				.addColumn('libelle', 'text', required)
				.execute();

			// Gouvernance
			await schema
				.createTable('instances')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('nom', 'text', required)
				.addColumn('type', 'text', required)
				.addColumn('portee', 'text', required)
				.addColumn('niveau', 'text', required)
				.addColumn('objet', 'text', required)
				.addColumn('presidence', 'text', required)
				.addColumn('frequence_nombre', 'integer')
				.addColumn('frequence_periode', 'text', required)
				.addColumn('frequence_texte', 'text', required)
				.addColumn('composition', 'text', required)
				.execute();
			await schema.createIndex('instances_pacte').on('instances').columns(['pacte_id', 'rang']).execute();
			for (const table of ['instance_roles', 'instance_territoires'] as const)
				await schema
					.createTable(table)
					.addColumn('instance_id', 'text', of('instances'))
					.addColumn('rang', 'integer', required)
					.addColumn('texte', 'text', required)
					.addPrimaryKeyConstraint(`${table}_pk`, ['instance_id', 'rang'])
					.execute();
			await schema
				.createTable('instance_invites')
				.addColumn('instance_id', 'text', of('instances'))
				.addColumn('rang', 'integer', required)
				.addColumn('theme', 'text', required)
				.addColumn('invites', 'text', required)
				.addPrimaryKeyConstraint('instance_invites_pk', ['instance_id', 'rang'])
				.execute();
			await schema
				.createTable('instance_membres')
				.addColumn('instance_id', 'text', of('instances'))
				.addColumn('rang', 'integer', required)
				.addColumn('organisme_id', 'text', ofOrganisme)
				.addPrimaryKeyConstraint('instance_membres_pk', ['instance_id', 'organisme_id'])
				.execute();

			// Financement: amounts in cents of euro
			await schema
				.createTable('enveloppes')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('libelle', 'text', required)
				.addColumn('montant', long)
				.addColumn('part_fse', long)
				.addColumn('debut', 'integer')
				.addColumn('fin', 'integer')
				.addColumn('exclusions', 'text', required)
				.execute();
			await schema.createIndex('enveloppes_pacte').on('enveloppes').columns(['pacte_id', 'rang']).execute();
			await schema
				.createTable('fse_orientations')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('libelle', 'text', required)
				.execute();
			await schema.createIndex('fse_orientations_pacte').on('fse_orientations').columns(['pacte_id', 'rang']).execute();
			await schema
				.createTable('fse_axes')
				.addColumn('orientation_id', 'text', of('fse_orientations'))
				.addColumn('noeud_id', 'text', required)
				.addPrimaryKeyConstraint('fse_axes_pk', ['orientation_id', 'noeud_id'])
				.execute();
			await schema
				.createTable('fse_dispositifs')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('orientation_id', 'text', of('fse_orientations'))
				.addColumn('rang', 'integer', required)
				.addColumn('libelle', 'text', required)
				.addColumn('mention', 'text', required)
				.addColumn('organisme_id', 'text', maybeOrganisme)
				.execute();
			await schema
				.createIndex('fse_dispositifs_orientation')
				.on('fse_dispositifs')
				.columns(['orientation_id', 'rang'])
				.execute();
			await schema
				.createTable('intermediaires')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('organisme_id', 'text', ofOrganisme)
				.addColumn('perimetre', 'text', required)
				.addPrimaryKeyConstraint('intermediaires_pk', ['pacte_id', 'organisme_id'])
				.execute();

			// Signatures
			await schema.alterTable('signataires').addColumn('id', 'text', words).execute();
			await schema.alterTable('signataires').addColumn('fonction', 'text', words).execute();
			await schema
				.alterTable('signataires')
				.addColumn('statut', 'text', (column) => column.notNull().defaultTo('pressenti'))
				.execute();
			await schema.alterTable('signataires').addColumn('date', 'text', words).execute();
			await schema.alterTable('signataires').addColumn('instance', 'text', words).execute();
			await sql`update signataires set id = pacte_id || '-' || cast(rang as text)`.execute(db);
			await schema.createIndex('signataires_id').unique().on('signataires').column('id').execute();

			// Bilan of the previous pacte
			await schema
				.createTable('bilans')
				.addColumn('pacte_id', 'text', (column) => ofPacte(column).primaryKey())
				.addColumn('intitule', 'text', required)
				.addColumn('annees', 'text', required)
				.execute();
			await schema
				.createTable('bilan_actions')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('titre', 'text', required)
				.addColumn('etat', 'text', required)
				.addColumn('annees', 'text', required)
				.addColumn('commentaire', 'text', required)
				.addColumn('noeud_id', 'text')
				.execute();
			await schema.createIndex('bilan_actions_pacte').on('bilan_actions').columns(['pacte_id', 'rang']).execute();
			await schema
				.createTable('bilan_indicateurs')
				.addColumn('id', 'text', (column) => column.primaryKey())
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('libelle', 'text', required)
				.addColumn('valeurs', 'text', required)
				.execute();
			await schema
				.createIndex('bilan_indicateurs_pacte')
				.on('bilan_indicateurs')
				.columns(['pacte_id', 'rang'])
				.execute();
			await schema
				.createTable('bilan_ameliorations')
				.addColumn('pacte_id', 'text', ofPacte)
				.addColumn('rang', 'integer', required)
				.addColumn('texte', 'text', required)
				.addPrimaryKeyConstraint('bilan_ameliorations_pk', ['pacte_id', 'rang'])
				.execute();
		}
	};
}
