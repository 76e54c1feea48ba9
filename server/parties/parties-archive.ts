import type { Transaction } from 'kysely';
import { ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import type { Portee } from '#lib/engagements/engagement.ts';
import { firstPuce } from '#lib/fiches/fiche.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import type { CadreArchive, LieuArchive, ParoleArchive, PartiesArchive } from '#lib/parties/parties-archive.ts';
import { readBilan } from '../bilan/bilan.ts';
import type { Schema } from '../database/schema.ts';
import { readCadres, valeursOf } from '../engagements/cadre.ts';
import { readPorteurs, writePorteur } from '../engagements/engagements.ts';
import { readFinancement } from '../financement/financement.ts';
import { listInstances } from '../gouvernance/instances.ts';
import { newId } from '../ids.ts';

type Ids = ReadonlyMap<string, string>;

/** The archive's ids, by those of this installation. */
export interface LocalIds {
	organismes: Ids;
	noeuds: Ids;
	/** In the order of the plan. */
	sections: Ids;
}

type Kept = (texte: string) => string;

/** The other parts of a pacte, as its archive holds them. */
export async function readPartiesArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	ids: LocalIds,
	kept: Kept
): Promise<PartiesArchive> {
	const places = await readPlaces(trx, pacteId);
	return {
		cadres: await readCadresArchive(trx, pacteId, ids, places, kept),
		miroirs: await readMiroirsArchive(trx, pacteId, ids, places),
		paroles: await readParoles(trx, ids, kept),
		instances: await readInstances(trx, pacteId, ids, kept),
		financement: await readFinancementArchive(trx, pacteId, ids, kept),
		bilan: await readBilanArchive(trx, pacteId, ids, kept)
	};
}

/** The place of each engagement in its section, from 0, by section then bullet. */
async function readPlaces(trx: Transaction<Schema>, pacteId: string): Promise<Map<string, Map<string, number>>> {
	const rows = await trx
		.selectFrom('section_champs')
		.select(['section_id', 'cle', 'ordre'])
		.where('pacte_id', '=', pacteId)
		.where('champ', '=', ENGAGEMENTS)
		.orderBy('ordre')
		.execute();
	const bySection = Map.groupBy(rows, ({ section_id }) => section_id);
	return new Map([...bySection].map(([section, own]) => [section, new Map(own.map(({ cle }, i) => [cle, i]))]));
}

type Places = Awaited<ReturnType<typeof readPlaces>>;

async function readCadresArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	ids: LocalIds,
	places: Places,
	kept: Kept
): Promise<CadreArchive[]> {
	const porteurs = await readPorteurs(trx, pacteId);
	const cadres = await readCadres(trx, pacteId);
	const etats = await trx.selectFrom('engagement_etats').selectAll().where('pacte_id', '=', pacteId).execute();
	const liens = await trx.selectFrom('engagement_liens').selectAll().where('pacte_id', '=', pacteId).execute();
	const noeuds = [...ids.noeuds];
	const cadreOf = (id: string, section: string): CadreArchive[] => {
		const porteur = porteurs.get(id);
		if (!porteur) return [];
		const etat = etats.find(({ section_id }) => section_id === id);
		const own = liens.filter(({ section_id }) => section_id === id);
		return [
			{
				section,
				portee: porteur.portee,
				organismes:
					porteur.portee === 'groupe' ? porteur.organismes.map((each) => ids.organismes.get(each.id) as string) : [],
				libelle: kept(porteur.libelle),
				champs: keptChamps(cadres.get(id) ?? valeursOf([]), kept),
				approbation: {
					approuve: etat?.approuve === 1,
					instance: kept(etat?.instance ?? ''),
					date: etat?.date ?? '',
					note: kept(etat?.note ?? '')
				},
				liens: [...(places.get(id) ?? [])].flatMap(([cle, puce]) => {
					const served = noeuds.filter(([noeud]) => own.some((lien) => lien.cle === cle && lien.noeud_id === noeud));
					return served.length === 0 ? [] : [{ puce, noeuds: served.map(([, local]) => local) }];
				})
			}
		];
	};
	return [...ids.sections].flatMap(([id, section]) => cadreOf(id, section));
}

function keptChamps(champs: Record<string, ValeurChamp>, kept: Kept): Record<string, ValeurChamp> {
	return JSON.parse(JSON.stringify(champs), (_key, value: unknown) =>
		typeof value === 'string' ? kept(value) : value
	) as Record<string, ValeurChamp>;
}

/** Each group in the order of its first wording. One that is left alone is shared no more. */
async function readMiroirsArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	ids: LocalIds,
	places: Places
): Promise<LieuArchive[][]> {
	const rows = await trx.selectFrom('engagement_miroirs').selectAll().where('pacte_id', '=', pacteId).execute();
	const groupOf = new Map(rows.map(({ section_id, cle, groupe }) => [`${section_id} ${cle}`, groupe]));
	const groups = new Map<string, LieuArchive[]>();
	for (const [id, section] of ids.sections)
		for (const [cle, puce] of places.get(id) ?? []) {
			const groupe = groupOf.get(`${id} ${cle}`);
			if (groupe !== undefined) groups.set(groupe, [...(groups.get(groupe) ?? []), { section, puce }]);
		}
	return [...groups.values()].filter(({ length }) => length > 1);
}

async function readParoles(trx: Transaction<Schema>, ids: LocalIds, kept: Kept): Promise<ParoleArchive[]> {
	const sections = [...ids.sections.keys()];
	if (sections.length === 0) return [];
	const rows = await trx
		.selectFrom('section_signataires')
		.innerJoin('sections', 'sections.id', 'section_id')
		.select(['section_id', 'personne', 'fonction'])
		.where('section_id', 'in', sections)
		.where('genre', '=', 'parole')
		.orderBy('section_signataires.rang')
		.execute();
	const bySection = Map.groupBy(rows, ({ section_id }) => section_id);
	return [...ids.sections].flatMap(([id, section]) => {
		const signataires = (bySection.get(id) ?? []).map(({ personne, fonction }) => ({
			personne: kept(personne),
			fonction: kept(fonction)
		}));
		return signataires.length === 0 ? [] : [{ section, signataires }];
	});
}

async function readInstances(trx: Transaction<Schema>, pacteId: string, { organismes }: LocalIds, kept: Kept) {
	return (await listInstances(trx, pacteId)).map((instance) => ({
		nom: kept(instance.nom),
		type: kept(instance.type),
		portee: instance.portee,
		niveau: instance.niveau,
		objet: kept(instance.objet),
		presidence: kept(instance.presidence),
		frequence: instance.frequence,
		frequence_texte: kept(instance.frequenceTexte),
		composition: kept(instance.composition),
		roles: instance.roles.map(kept),
		membres: instance.membres.map(({ id }) => organismes.get(id) as string),
		invites: instance.invites.map(({ theme, invites }) => ({ theme: kept(theme), invites: kept(invites) })),
		territoires: instance.territoires.map(kept)
	}));
}

async function readFinancementArchive(
	trx: Transaction<Schema>,
	pacteId: string,
	{ organismes, noeuds }: LocalIds,
	kept: Kept
) {
	const { enveloppes, orientations, intermediaires } = await readFinancement(trx, pacteId);
	return {
		enveloppes: enveloppes.map(({ libelle, montant, partFse, debut, fin, exclusions }) => ({
			libelle: kept(libelle),
			montant,
			part_fse: partFse,
			debut,
			fin,
			exclusions: kept(exclusions)
		})),
		orientations: orientations.map(({ libelle, axes, dispositifs }) => ({
			libelle: kept(libelle),
			axes: axes.flatMap(({ id }) => noeuds.get(id) ?? []),
			dispositifs: dispositifs.map((dispositif) => ({
				libelle: kept(dispositif.libelle),
				mention: kept(dispositif.mention),
				operateur: dispositif.operateur === null ? null : (organismes.get(dispositif.operateur.id) ?? null)
			}))
		})),
		intermediaires: intermediaires.map(({ organisme, perimetre }) => ({
			organisme: organismes.get(organisme.id) as string,
			perimetre: kept(perimetre)
		}))
	};
}

async function readBilanArchive(trx: Transaction<Schema>, pacteId: string, { noeuds }: LocalIds, kept: Kept) {
	const { intitule, annees, actions, indicateurs, ameliorations } = await readBilan(trx, pacteId);
	return {
		intitule: kept(intitule),
		annees,
		actions: actions.map(({ titre, etat, annees: quand, commentaire, reconduite }) => ({
			titre: kept(titre),
			etat,
			annees: kept(quand),
			commentaire: kept(commentaire),
			fiche: reconduite === null ? null : (noeuds.get(reconduite.noeud) ?? null)
		})),
		indicateurs: indicateurs.map(({ libelle, valeurs }) => ({
			libelle: kept(libelle),
			valeurs: Object.fromEntries(
				Object.keys(valeurs)
					.sort()
					.map((year) => [year, kept(valeurs[year] ?? '')])
			)
		})),
		ameliorations: ameliorations.map(kept)
	};
}

// Writing

export interface NewParties {
	pacteId: string;
	parties: PartiesArchive;
	/** The id in this installation of what the archive calls so. */
	idOf: (local: string) => string;
}

/** Writes what stands beside the texts: the sections, organismes and nodes are there already. */
export async function insertPartiesArchive(trx: Transaction<Schema>, news: NewParties): Promise<void> {
	await insertCadres(trx, news);
	await insertInstances(trx, news);
	await insertFinancement(trx, news);
	await insertBilan(trx, news);
}

async function insertCadres(trx: Transaction<Schema>, { pacteId: pacte_id, parties, idOf }: NewParties): Promise<void> {
	for (const { section, portee, organismes, libelle, approbation, liens } of parties.cadres) {
		const section_id = idOf(section);
		if (portee !== 'organisme')
			await writePorteur(trx, section_id, {
				portee: portee satisfies Portee,
				organismes: organismes.map(idOf),
				libelle
			});
		const { approuve, instance, date, note } = approbation;
		if (approuve || instance !== '' || date !== '' || note !== '')
			await trx
				.insertInto('engagement_etats')
				.values({ section_id, pacte_id, approuve: approuve ? 1 : 0, instance, date, note })
				.execute();
		for (const { puce, noeuds } of liens)
			for (const noeud of new Set(noeuds))
				await trx
					.insertInto('engagement_liens')
					.values({ pacte_id, section_id, cle: firstPuce(puce), noeud_id: idOf(noeud) })
					.execute();
	}
	for (const group of parties.miroirs) {
		const groupe = newId();
		for (const { section, puce } of group)
			await trx
				.insertInto('engagement_miroirs')
				.values({ pacte_id, groupe, section_id: idOf(section), cle: firstPuce(puce) })
				.onConflict((conflict) => conflict.columns(['section_id', 'cle']).doNothing())
				.execute();
	}
	for (const { section, signataires } of parties.paroles)
		for (const [rang, signataire] of signataires.entries())
			await trx
				.insertInto('section_signataires')
				.values({ section_id: idOf(section), rang, ...signataire })
				.execute();
}

async function insertInstances(
	trx: Transaction<Schema>,
	{ pacteId: pacte_id, parties, idOf }: NewParties
): Promise<void> {
	for (const [rang, instance] of parties.instances.entries()) {
		const { frequence, frequence_texte, roles, membres, invites, territoires, ...row } = instance;
		const instance_id = newId();
		await trx
			.insertInto('instances')
			.values({
				id: instance_id,
				pacte_id,
				rang,
				...row,
				frequence_nombre: frequence?.nombre ?? null,
				frequence_periode: frequence?.periode ?? 'an',
				frequence_texte
			})
			.execute();
		for (const [place, texte] of roles.entries())
			await trx.insertInto('instance_roles').values({ instance_id, rang: place, texte }).execute();
		for (const [place, texte] of territoires.entries())
			await trx.insertInto('instance_territoires').values({ instance_id, rang: place, texte }).execute();
		for (const [place, invite] of invites.entries())
			await trx
				.insertInto('instance_invites')
				.values({ instance_id, rang: place, ...invite })
				.execute();
		for (const [place, organisme] of [...new Set(membres)].entries())
			await trx
				.insertInto('instance_membres')
				.values({ instance_id, rang: place, organisme_id: idOf(organisme) })
				.execute();
	}
}

async function insertFinancement(
	trx: Transaction<Schema>,
	{ pacteId: pacte_id, parties, idOf }: NewParties
): Promise<void> {
	const { enveloppes, orientations, intermediaires } = parties.financement;
	for (const [rang, enveloppe] of enveloppes.entries())
		await trx
			.insertInto('enveloppes')
			.values({ id: newId(), pacte_id, rang, ...enveloppe })
			.execute();
	for (const [rang, { libelle, axes, dispositifs }] of orientations.entries()) {
		const orientation_id = newId();
		await trx.insertInto('fse_orientations').values({ id: orientation_id, pacte_id, rang, libelle }).execute();
		for (const axe of new Set(axes))
			await trx
				.insertInto('fse_axes')
				.values({ orientation_id, noeud_id: idOf(axe) })
				.execute();
		for (const [place, { operateur, ...dispositif }] of dispositifs.entries())
			await trx
				.insertInto('fse_dispositifs')
				.values({
					id: newId(),
					orientation_id,
					rang: place,
					...dispositif,
					organisme_id: operateur === null ? null : idOf(operateur)
				})
				.execute();
	}
	const seen = new Set<string>();
	for (const { organisme, perimetre } of intermediaires) {
		if (seen.has(organisme)) continue;
		await trx
			.insertInto('intermediaires')
			.values({ pacte_id, rang: seen.size, organisme_id: idOf(organisme), perimetre })
			.execute();
		seen.add(organisme);
	}
}

async function insertBilan(trx: Transaction<Schema>, { pacteId: pacte_id, parties, idOf }: NewParties): Promise<void> {
	const { intitule, annees, actions, indicateurs, ameliorations } = parties.bilan;
	if (intitule !== '' || annees.length > 0)
		await trx
			.insertInto('bilans')
			.values({ pacte_id, intitule, annees: JSON.stringify(annees) })
			.execute();
	for (const [rang, { fiche, ...action }] of actions.entries())
		await trx
			.insertInto('bilan_actions')
			.values({ id: newId(), pacte_id, rang, ...action, noeud_id: fiche === null ? null : idOf(fiche) })
			.execute();
	for (const [rang, { libelle, valeurs }] of indicateurs.entries())
		await trx
			.insertInto('bilan_indicateurs')
			.values({ id: newId(), pacte_id, rang, libelle, valeurs: JSON.stringify(valeurs) })
			.execute();
	for (const [rang, texte] of ameliorations.entries())
		await trx.insertInto('bilan_ameliorations').values({ pacte_id, rang, texte }).execute();
}
