import type * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { canWriteParties } from '#lib/documents/rights.ts';
import { counted, listed } from '#lib/format.ts';
import { FORME_COURANTE, type ApercuDeFiche, type ChangementDEnsemble } from '#lib/fiches/ensemble.ts';
import { texteOf } from '#lib/fiches/fiche.ts';
import type { NoeudLu } from '#lib/orientations/arbre-from-rows.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { changeOrganismes, plainOf, replaceText, type Geste } from '../operations/gestes.ts';
import { Operation } from '../operations/operations.ts';
import { listNoeuds } from '../orientations/noeuds.ts';
import { listOrganismes } from '../organismes/organismes.ts';
import { requireDroit, type Acteur, type Droit } from '../pactes/act.ts';
import { readFiches } from './fiches.ts';
import { readVariantes, setVariantes } from './variante.ts';

export const ECRIRE_LES_FICHES: Droit = {
	allows: canWriteParties,
	refus: 'Votre rôle permet de lire les fiches, pas de les changer. Demandez-le à l’équipe projet.'
};

type ChangementDeForme = Extract<ChangementDEnsemble, { geste: 'forme' }>;
type ChangementDeChamp = Exclude<ChangementDEnsemble, ChangementDeForme>;

interface Pacte {
	id: string;
	modele: Modele;
}

/** What a change would do to each of the chosen fiches. */
export async function apercuDEnsemble(
	app: App,
	{ id: pacteId, modele }: Pacte,
	fiches: readonly string[],
	changement: ChangementDEnsemble | null
): Promise<ApercuDeFiche[]> {
	const noeuds = await listNoeuds(app.db, pacteId);
	if (changement?.geste === 'forme')
		return apercuDeFormes(app.db, { id: pacteId, modele }, noeuds, { fiches, changement });
	const valeurs = await readFiches(app.db, pacteId, modele);
	const noms = new Map((await listOrganismes(app.db, pacteId)).map(({ id, nom }) => [id, nom]));
	return noeuds
		.filter(({ id, fiche }) => fiche && fiches.includes(id))
		.map(({ id, code, titre }) => {
			const valeur = changement ? valeurs.get(id)?.[changement.champ] : undefined;
			const avant = said(valeur, noms);
			const after = changement ? said(changed(valeur, changement), noms) : avant;
			return { id, code, titre, avant, apres: after === avant ? null : after };
		});
}

async function apercuDeFormes(
	db: Queryable,
	{ id: pacteId, modele }: Pacte,
	noeuds: readonly NoeudLu[],
	{ fiches, changement }: { fiches: readonly string[]; changement: ChangementDeForme }
): Promise<ApercuDeFiche[]> {
	const variantes = await readVariantes(db, pacteId);
	const nomOf = (variante: string | null | undefined) =>
		modele.variantes?.find(({ id }) => id === variante)?.nom ?? FORME_COURANTE;
	const apres = nomOf(changement.variante);
	return noeuds
		.filter(({ id, fiche }) => fiche && fiches.includes(id))
		.map(({ id, code, titre }) => {
			const avant = nomOf(variantes.get(id));
			return { id, code, titre, avant, apres: avant === apres ? null : apres };
		});
}

function said(valeur: ValeurChamp | undefined, noms: ReadonlyMap<string, string>): string {
	if (!valeur) return '';
	if ('organismes' in valeur)
		return [listed(valeur.organismes.map((id) => noms.get(id) ?? 'Organisme inconnu')), valeur.texte.trim()]
			.filter(Boolean)
			.join('. ');
	return 'texte' in valeur ? valeur.texte.trim() : '';
}

function changed(valeur: ValeurChamp | undefined, changement: ChangementDeChamp): ValeurChamp | undefined {
	if (!valeur) return valeur;
	if (changement.geste === 'ecrire') return 'organismes' in valeur ? valeur : { texte: changement.texte };
	if (!('organismes' in valeur)) return valeur;
	const { organisme, geste } = changement;
	const others = valeur.organismes.filter((id) => id !== organisme);
	switch (geste) {
		case 'ajouter':
			return {
				...valeur,
				organismes: valeur.organismes.includes(organisme) ? valeur.organismes : [...others, organisme]
			};
		case 'retirer':
			return { ...valeur, organismes: others };
		case 'remplacer':
			return { ...valeur, organismes: [organisme] };
		default:
			return geste satisfies never;
	}
}

/** Changes one field, or the form, of several fiches, as one act. */
export async function changeEnsemble(
	app: App,
	acteur: Acteur,
	{ modele }: Pacte,
	{ fiches, changement }: { fiches: readonly string[]; changement: ChangementDEnsemble }
): Promise<{ operation: string; faits: number }> {
	if (changement.geste === 'forme') return setVariantes(app, acteur, { fiches, variante: changement.variante });
	await requireDroit(app.db, acteur, ECRIRE_LES_FICHES);
	const champ = modele.champs.find(({ id }) => id === changement.champ);
	if (!champ) throw new DomainError('invalide', 'Ce champ n’est plus dans la fiche. Rechargez la page.');
	const organismes = new Map((await listOrganismes(app.db, acteur.pacteId)).map(({ id, nom }) => [id, nom]));
	if (changement.geste !== 'ecrire' && !organismes.has(changement.organisme))
		throw new DomainError('invalide', 'Cet organisme n’existe plus. Choisissez-en un autre.');
	const placed = (await listNoeuds(app.db, acteur.pacteId)).filter(({ id, fiche }) => fiche && fiches.includes(id));
	if (placed.length === 0) throw new DomainError('invalide', 'Choisissez au moins une fiche.');
	const operation = await Operation.begin(app, acteur, 'ensemble', champ.etiquette);
	for (const { id } of placed)
		await operation.edit(documentName('fiche', id), (doc) =>
			gestesOf(doc, changement).filter((geste) => geste !== null)
		);
	const nom = changement.geste === 'ecrire' ? changement.texte : (organismes.get(changement.organisme) as string);
	await operation.end(
		`${champ.etiquette}\u00a0: ${SAID[changement.geste]} «\u00a0${nom}\u00a0» dans ${counted(operation.faits, 'fiche')}`
	);
	await app.collaboration.settle(acteur.pacteId);
	return { operation: operation.id, faits: operation.faits };
}

const SAID: Record<ChangementDeChamp['geste'], string> = {
	ajouter: 'ajout de',
	retirer: 'retrait de',
	remplacer: 'remplacé par',
	ecrire: 'écrit'
};

function gestesOf(doc: Y.Doc, changement: ChangementDeChamp): (Geste | null)[] {
	const { champ, geste } = changement;
	switch (geste) {
		case 'ajouter':
			return [changeOrganismes(doc, champ, { ajouter: [changement.organisme] })];
		case 'retirer':
			return [changeOrganismes(doc, champ, { retirer: [changement.organisme] })];
		case 'remplacer':
			return [changeOrganismes(doc, champ, { ajouter: [changement.organisme], retirer: 'tous' })];
		case 'ecrire': {
			const texte = texteOf(doc, champ);
			const avant = texte ? plainOf(texte) : changement.texte;
			return texte && avant !== changement.texte ? [replaceText(texte, 0, avant.length, changement.texte)] : [];
		}
		default:
			return geste satisfies never;
	}
}
