import { sql, type ColumnDefinitionBuilder, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../open.ts';

/** Phases, séances of the instances, and what happens in their rooms: steps, tables, seats, cards, votes. */
export function seances(engine: Engine): Migration {
	const instant = engine === 'sqlite' ? sql`integer` : sql`bigint`;
	const bytes = engine === 'sqlite' ? sql`blob` : sql`bytea`;
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
				.createTable('phases')
				.addColumn('id', 'text', id)
				.addColumn('pacte_id', 'text', of('pactes'))
				.addColumn('rang', 'integer', required)
				.addColumn('titre', 'text', required)
				.addColumn('sous_titre', 'text', words)
				.addColumn('debut', 'text', words)
				.addColumn('fin', 'text', words)
				.addColumn('periode', 'text', words)
				.addColumn('corbeille_at', instant)
				.execute();
			await schema.createIndex('phases_pacte').on('phases').columns(['pacte_id', 'rang']).execute();
			await schema
				.createTable('phase_contenus')
				.addColumn('phase_id', 'text', of('phases'))
				.addColumn('rang', 'integer', required)
				.addColumn('texte', 'text', required)
				.addPrimaryKeyConstraint('phase_contenus_pk', ['phase_id', 'rang'])
				.execute();

			await schema
				.createTable('seances')
				.addColumn('id', 'text', id)
				.addColumn('pacte_id', 'text', of('pactes'))
				.addColumn('instance_id', 'text', maybe('instances'))
				.addColumn('phase_id', 'text', maybe('phases'))
				.addColumn('rang', 'integer', required)
				.addColumn('titre', 'text', required)
				.addColumn('format', 'text', required)
				.addColumn('theme', 'text', words)
				.addColumn('tour', 'integer')
				.addColumn('date', 'text', words)
				.addColumn('heure_debut', 'text', words)
				.addColumn('heure_fin', 'text', words)
				.addColumn('lieu', 'text', words)
				.addColumn('objet', 'text', words)
				.addColumn('compte_rendu', 'text', words)
				.addColumn('participants', 'integer')
				.addColumn('suite_de', 'text', maybe('seances'))
				.addColumn('created_at', instant, required)
				.addColumn('corbeille_at', instant)
				.execute();
			await schema.createIndex('seances_pacte').on('seances').columns(['pacte_id', 'rang']).execute();
			await schema
				.createTable('seance_points')
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('rang', 'integer', required)
				.addColumn('texte', 'text', required)
				.addColumn('minutes', 'integer')
				.addPrimaryKeyConstraint('seance_points_pk', ['seance_id', 'rang'])
				.execute();
			await schema
				.createTable('seance_presences')
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('rang', 'integer', required)
				.addColumn('organisme_id', 'text', (column) => column.references('organismes.id').onDelete('cascade'))
				.addColumn('libelle', 'text', words)
				.addColumn('attendus', 'integer')
				.addColumn('presents', 'integer')
				.addColumn('sans_telephone', 'integer')
				.addPrimaryKeyConstraint('seance_presences_pk', ['seance_id', 'rang'])
				.execute();
			await schema
				.createTable('seance_textes')
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('genre', 'text', required)
				.addColumn('objet', 'text', required)
				.addPrimaryKeyConstraint('seance_textes_pk', ['seance_id', 'genre', 'objet'])
				.execute();

			await schema
				.createTable('abonnements')
				.addColumn('pacte_id', 'text', of('pactes'))
				.addColumn('compte_id', 'text', of('comptes'))
				.addColumn('jeton_hash', 'text', (column) => column.notNull().unique())
				.addColumn('created_at', instant, required)
				.addPrimaryKeyConstraint('abonnements_pk', ['pacte_id', 'compte_id'])
				.execute();

			await schema
				.createTable('scripts')
				.addColumn('id', 'text', id)
				.addColumn('pacte_id', 'text', of('pactes'))
				.addColumn('rang', 'integer', required)
				.addColumn('titre', 'text', required)
				.addColumn('format', 'text', required)
				.addColumn('etapes', 'text', required)
				.execute();

			await schema
				.createTable('salles')
				.addColumn('seance_id', 'text', (column) => of('seances')(column).primaryKey())
				.addColumn('etat', 'text', required)
				.addColumn('revision', 'integer', no)
				.addColumn('repetition', 'integer', no)
				.addColumn('code', 'text', (column) => column.unique())
				.addColumn('jeton', 'text', (column) => column.notNull().unique())
				.addColumn('jeton_mur', 'text', (column) => column.notNull().unique())
				.addColumn('etape_id', 'text')
				.addColumn('etape_debut', instant)
				.addColumn('etape_fin', instant)
				.addColumn('pause_at', instant)
				.addColumn('avant', 'text', words)
				.addColumn('reglages', 'text', words)
				.addColumn('vue', 'text', words)
				.addColumn('emportee', 'text', words)
				.addColumn('created_at', instant, required)
				.addColumn('ouverte_at', instant)
				.addColumn('close_at', instant)
				.execute();
			await schema
				.createTable('codes_de_salle')
				.addColumn('code', 'text', id)
				.addColumn('libre_at', instant, required)
				.execute();
			await schema
				.createTable('etapes')
				.addColumn('id', 'text', id)
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('rang', 'integer', required)
				.addColumn('genre', 'text', required)
				.addColumn('tour', 'integer')
				.addColumn('titre', 'text', required)
				.addColumn('consigne', 'text', words)
				.addColumn('duree', 'integer')
				.addColumn('ecrire', 'text', required)
				.addColumn('voir', 'text', required)
				.addColumn('voter', 'integer', no)
				.addColumn('vue', 'text', required)
				.addColumn('question_id', 'text')
				.addColumn('commencee_at', instant)
				.addColumn('finie_at', instant)
				.execute();
			await schema.createIndex('etapes_seance').on('etapes').columns(['seance_id', 'rang']).execute();
			await schema
				.createTable('seance_questions')
				.addColumn('id', 'text', id)
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('rang', 'integer', required)
				.addColumn('texte', 'text', required)
				.execute();
			await schema
				.createTable('seance_tables')
				.addColumn('id', 'text', id)
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('numero', 'integer', required)
				.addColumn('nom', 'text', words)
				.addColumn('forme', 'text', required)
				.addColumn('question_id', 'text', maybe('seance_questions'))
				.addColumn('hote', 'text', words)
				.addColumn('synthese', 'text', words)
				.addColumn('places', 'integer')
				.addColumn('aide_at', instant)
				.addColumn('finie_at', instant)
				.addColumn('cedee_at', instant)
				.execute();
			await schema.createIndex('seance_tables_seance').on('seance_tables').columns(['seance_id', 'numero']).execute();
			await schema
				.createTable('sieges')
				.addColumn('id', 'text', id)
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('numero', 'integer', required)
				.addColumn('genre', 'text', required)
				.addColumn('jeton_hash', 'text', (column) => column.unique())
				.addColumn('table_id', 'text', maybe('seance_tables'))
				.addColumn('hote', 'integer', no)
				.addColumn('organisme_id', 'text', maybe('organismes'))
				.addColumn('organisme', 'text', words)
				.addColumn('usager', 'integer', no)
				.addColumn('nom', 'text', words)
				.addColumn('absent', 'integer', no)
				.addColumn('created_at', instant, required)
				.addColumn('vu_at', instant)
				.execute();
			await schema.createIndex('sieges_seance').on('sieges').columns(['seance_id', 'numero']).execute();
			await schema
				.createTable('passages')
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('tour', 'integer', required)
				.addColumn('siege_id', 'text', of('sieges'))
				.addColumn('table_id', 'text', of('seance_tables'))
				.addPrimaryKeyConstraint('passages_pk', ['seance_id', 'tour', 'siege_id'])
				.execute();
			await schema
				.createTable('groupes')
				.addColumn('id', 'text', id)
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('rang', 'integer', required)
				.addColumn('titre', 'text', required)
				.addColumn('question_id', 'text', maybe('seance_questions'))
				.addColumn('reuni_dans', 'text')
				.addColumn('created_at', instant, required)
				.execute();
			await schema.createIndex('groupes_seance').on('groupes').column('seance_id').execute();
			await schema
				.createTable('cartes')
				.addColumn('id', 'text', id)
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('table_id', 'text', maybe('seance_tables'))
				.addColumn('etape_id', 'text', maybe('etapes'))
				.addColumn('question_id', 'text', maybe('seance_questions'))
				.addColumn('tour', 'integer')
				.addColumn('siege_id', 'text', maybe('sieges'))
				.addColumn('nature', 'text', required)
				.addColumn('texte', 'text', required)
				.addColumn('source', 'text', required)
				.addColumn('revelee', 'integer', no)
				.addColumn('pepite', 'integer')
				.addColumn('surprise', 'integer', no)
				.addColumn('groupe_id', 'text', maybe('groupes'))
				.addColumn('retiree_at', instant)
				.addColumn('attente', 'integer', no)
				.addColumn('moderee_at', instant)
				.addColumn('motif', 'text', words)
				.addColumn('compte_id', 'text', maybe('comptes'))
				.addColumn('photo_id', 'text')
				.addColumn('created_at', instant, required)
				.execute();
			await schema.createIndex('cartes_seance').on('cartes').columns(['seance_id', 'created_at']).execute();
			await schema
				.createTable('photos_de_salle')
				.addColumn('id', 'text', id)
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('table_id', 'text', maybe('seance_tables'))
				.addColumn('type', 'text', required)
				.addColumn('contenu', bytes, required)
				.addColumn('created_at', instant, required)
				.addColumn('transcrite_at', instant)
				.execute();
			await schema
				.createTable('scrutins')
				.addColumn('id', 'text', id)
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('rang', 'integer', required)
				.addColumn('titre', 'text', required)
				.addColumn('sur', 'text', required)
				.addColumn('objets', 'text', required)
				.addColumn('budget', 'integer', required)
				.addColumn('etat', 'text', required)
				.addColumn('created_at', instant, required)
				.execute();
			await schema
				.createTable('voix')
				.addColumn('scrutin_id', 'text', of('scrutins'))
				.addColumn('siege_id', 'text', of('sieges'))
				.addColumn('objet', 'text', required)
				.addColumn('points', 'integer', required)
				.addPrimaryKeyConstraint('voix_pk', ['scrutin_id', 'siege_id', 'objet'])
				.execute();
			await schema
				.createTable('voix_comptees')
				.addColumn('scrutin_id', 'text', of('scrutins'))
				.addColumn('objet', 'text', required)
				.addColumn('mode', 'text', required)
				.addColumn('nombre', 'integer', required)
				.addPrimaryKeyConstraint('voix_comptees_pk', ['scrutin_id', 'objet', 'mode'])
				.execute();
			await schema
				.createTable('evaluations')
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('objet', 'text', required)
				.addColumn('impact', 'integer', required)
				.addColumn('faisabilite', 'integer', required)
				.addPrimaryKeyConstraint('evaluations_pk', ['seance_id', 'objet'])
				.execute();
			await schema
				.createTable('versements')
				.addColumn('id', 'text', id)
				.addColumn('pacte_id', 'text', of('pactes'))
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('source_genre', 'text', required)
				.addColumn('source_id', 'text', required)
				.addColumn('texte', 'text', required)
				.addColumn('cible_genre', 'text', required)
				.addColumn('cible_id', 'text', required)
				.addColumn('cible_section', 'text', words)
				.addColumn('compte_id', 'text', maybe('comptes'))
				.addColumn('created_at', instant, required)
				.execute();
			await schema.createIndex('versements_cible').on('versements').columns(['pacte_id', 'cible_id']).execute();
			await schema
				.createTable('messages_de_salle')
				.addColumn('id', 'text', id)
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('table_id', 'text')
				.addColumn('texte', 'text', required)
				.addColumn('created_at', instant, required)
				.execute();
			await schema
				.createTable('actes_de_salle')
				.addColumn('seance_id', 'text', of('seances'))
				.addColumn('cle', 'text', required)
				.addColumn('resultat', 'text', words)
				.addColumn('created_at', instant, required)
				.addPrimaryKeyConstraint('actes_de_salle_pk', ['seance_id', 'cle'])
				.execute();
		}
	};
}
