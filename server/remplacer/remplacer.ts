import { counted } from '#lib/format.ts';
import { cleanNom, foldNom } from '#lib/organismes/fold.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import { extraitOf, occurrencesOf } from '#lib/remplacer/chercher.ts';
import { MOST, type Demande, type Trouvaille } from '#lib/remplacer/remplacer.ts';
import type { App } from '../app.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { Operation } from '../operations/operations.ts';
import { listOrganismes, renameOrganisme } from '../organismes/organismes.ts';
import { requireDroit, type Acteur, type Droit } from '../pactes/act.ts';
import { findInDocument, listDocuments, replaceIn } from './documents.ts';
import { saidWith } from './lieux.ts';
import { findInTexte, listTextes, replacedIn } from './rangees.ts';

const REMPLACER: Droit = {
	allows: (role) => role === 'equipe_projet',
	refus: 'Remplacer dans tout le pacte est un geste de l’équipe projet. Demandez-le-lui.'
};

export interface Pacte {
	id: string;
	modele: Modele;
}

/** Every place of a pacte that says something, in the order of its parts; no more than a page can show. */
export async function findAll(app: App, by: string, pacte: Pacte, demande: Demande): Promise<Trouvaille[]> {
	await requireDroit(app.db, { pacteId: pacte.id, by }, REMPLACER);
	await app.collaboration.settle(pacte.id);
	const found = await findOrganismes(app.db, pacte.id, demande);
	for (const document of await listDocuments(app.db, pacte)) {
		if (found.length >= MOST) break;
		found.push(...(await findInDocument(app, document, demande)));
	}
	for (const texte of await listTextes(app.db, pacte.id)) found.push(...findInTexte(texte, demande));
	return found.slice(0, MOST);
}

/** Puts other words in the chosen places that still say it. */
export async function replaceAll(
	app: App,
	acteur: Acteur,
	pacte: Pacte,
	demande: Demande & { cles: readonly string[] }
): Promise<{ operation: string; faits: number; manques: number }> {
	await requireDroit(app.db, acteur, REMPLACER);
	const { cherche, remplace } = demande;
	const cles = new Set(demande.cles);
	if (cles.size === 0) throw new DomainError('invalide', 'Cochez au moins un endroit où remplacer.');
	await app.collaboration.settle(pacte.id);
	const said = `«\u00a0${cherche}\u00a0» remplacé par «\u00a0${remplace}\u00a0»`;
	const operation = await Operation.begin(app, acteur, 'remplacer', said);
	await renameChosen(app, acteur, operation, { ...demande, cles });
	const chosen = new Set([...cles].map((cle) => cle.split('~', 1)[0]));
	const open = (await listDocuments(app.db, pacte)).filter(({ name, verrou }) => !verrou && chosen.has(name));
	for (const [name, documents] of Map.groupBy(open, (document) => document.name))
		await operation.edit(name, (doc) => documents.flatMap((document) => replaceIn(doc, document, demande, cles)));
	const rows = (await listTextes(app.db, pacte.id)).flatMap((texte) => replacedIn(texte, demande, cles) ?? []);
	await operation.editRows(new Map(rows.map(({ geste, count }) => [geste, count])));
	await operation.end(`${said}, ${counted(operation.faits, 'fois', 'fois')}`);
	await app.collaboration.settle(pacte.id);
	return { operation: operation.id, faits: operation.faits, manques: cles.size - operation.faits };
}

// Organismes

/** An organisme that is called so is renamed: what it is linked to follows, and its former name stays as an alias. */
async function findOrganismes(db: Queryable, pacteId: string, demande: Demande): Promise<Trouvaille[]> {
	const organismes = await listOrganismes(db, pacteId);
	return organismes.flatMap(({ id, nom }) => {
		const [occurrence] = occurrencesOf(nom, demande.cherche, demande);
		if (!occurrence) return [];
		const apres = renamed(nom, demande);
		const bearer = organismes.find(
			(other) => other.id !== id && [other.nom, ...other.alias].some((each) => foldNom(each) === foldNom(apres))
		);
		const taken = `«\u00a0${apres}\u00a0» existe déjà\u00a0: réunissez les deux dans Partenaires.`;
		const empty = foldNom(apres) === '' ? 'Un organisme garde un nom.' : null;
		return [
			{
				...extraitOf(nom, occurrence),
				cle: `organisme~${id}`,
				partie: 'organismes' as const,
				ou: 'Nom de l’organisme ; l’ancien reste une autre appellation',
				href: `/pactes/${pacteId}/organismes#organisme-${id}`,
				verrou: bearer ? taken : empty
			}
		];
	});
}

function renamed(nom: string, demande: Demande): string {
	return cleanNom(saidWith(nom, occurrencesOf(nom, demande.cherche, demande), demande.remplace));
}

async function renameChosen(
	app: App,
	{ pacteId, by }: Acteur,
	operation: Operation,
	demande: Demande & { cles: ReadonlySet<string> }
): Promise<void> {
	for (const { id, nom, alias } of await listOrganismes(app.db, pacteId)) {
		if (!demande.cles.has(`organisme~${id}`)) continue;
		const apres = renamed(nom, demande);
		if (apres === nom) continue;
		try {
			await renameOrganisme(app, { pacteId, by, organismeId: id, nom: apres });
		} catch (error) {
			if (error instanceof DomainError) continue; // It is counted among what could not be done.
			throw error;
		}
		const isNew = !alias.some((other) => foldNom(other) === foldNom(apres));
		await operation.note(1, { nature: 'nom', organisme: id, avant: nom, apres, alias: isNew });
	}
}
