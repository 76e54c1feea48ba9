import type { Queryable } from '../database/open.ts';

/** What people did that others may ask about. Past participles: an entry says what is done. */
export type Acte =
	| 'pacte_cree'
	| 'pacte_importe'
	| 'modele_garde'
	| 'modele_renomme'
	| 'modele_retire'
	| 'modele_change'
	| 'modele_retabli'
	| 'sauvegarde_restauree'
	| 'compte_cree'
	| 'compte_modifie'
	| 'mot_de_passe_propose'
	| 'mot_de_passe_change'
	| 'administrateur_donne'
	| 'administrateur_retire'
	| 'invitation_faite'
	| 'invitation_retiree'
	| 'membre_arrive'
	| 'role_change'
	| 'membre_retire'
	| 'membre_organisme'
	| 'fiche_variante'
	| 'organisme_cree'
	| 'organisme_renomme'
	| 'alias_ajoute'
	| 'alias_retire'
	| 'plan_cree'
	| 'section_ajoutee'
	| 'section_modifiee'
	| 'section_deplacee'
	| 'section_retiree'
	| 'section_remise'
	| 'section_redacteurs'
	| 'section_etat'
	| 'constat_relie'
	| 'constat_delie'
	| 'rescape_traite'
	| 'schema_lie'
	| 'schema_modifie'
	| 'schema_delie'
	| 'figure_ajoutee'
	| 'figure_retiree'
	| 'figure_restauree'
	| 'engagement_lie'
	| 'engagement_partage'
	| 'engagement_isole'
	| 'engagement_porteurs'
	| 'engagement_approuve'
	| 'engagements_repris'
	| 'parole_signee'
	| 'instance_ajoutee'
	| 'instance_modifiee'
	| 'instance_retiree'
	| 'instance_deplacee'
	| 'instance_repetee'
	| 'financement_modifie'
	| 'signataire_ajoute'
	| 'signataire_modifie'
	| 'signataire_retire'
	| 'signataire_deplace'
	| 'mise_en_page_modifiee'
	| 'bilan_modifie'
	| 'action_reconduite'
	| 'entree_ajoutee'
	| 'entree_modifiee'
	| 'entree_retiree'
	| 'entrees_collees'
	| 'image_ajoutee'
	| 'phase_ajoutee'
	| 'phase_modifiee'
	| 'phase_deplacee'
	| 'phase_retiree'
	| 'phase_remise'
	| 'seance_ajoutee'
	| 'seance_modifiee'
	| 'seance_retiree'
	| 'seance_remise'
	| 'seances_ajoutees'
	| 'presences_notees'
	| 'abonnement_donne'
	| 'abonnement_retire'
	| 'deroule_modifie'
	| 'salle_preparee'
	| 'rotation_calculee'
	| 'salle_ouverte'
	| 'salle_close'
	| 'etape_changee'
	| 'carte_moderee'
	| 'carte_versee'
	| 'versement_annule'
	| 'recolte_modifiee'
	| 'scrutin_ouvert'
	| 'scrutin_clos'
	| 'voix_comptees'
	| 'seance_emportee'
	| 'seance_rapportee'
	| 'operation_faite'
	| 'operation_annulee'
	| 'fiche_jetee'
	| 'fiche_remise'
	| 'organismes_reunis';

export interface JournalEntry {
	/** null: an act on the installation, not on one pacte. */
	pacteId: string | null;
	/** Who did it; null: the server or a command. */
	compteId: string | null;
	acte: Acte;
	/** Small facts, by name. Never a secret: no token, no password, no e-mail. */
	detail?: Record<string, string | number | boolean | null>;
	now: number;
}

/** Writes an entry in the transaction of the act itself: both are there, or neither. */
export async function addJournalEntry(trx: Queryable, entry: JournalEntry): Promise<void> {
	const { pacteId, compteId, acte, detail = {}, now } = entry;
	await trx
		.insertInto('journal')
		.values({ pacte_id: pacteId, compte_id: compteId, acte, detail: JSON.stringify(detail), created_at: now })
		.execute();
}
