import { NOM_DE_L_ETAT_ACTION } from '#lib/bilan/bilan.ts';
import { CADRE_ENGAGEMENT, ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import { NOM_DE_LA_PORTEE } from '#lib/engagements/engagement.ts';
import { listed } from '#lib/format.ts';
import {
	frequenceInWords,
	invitationInWords,
	NOM_DE_LA_PORTEE_INSTANCE,
	NOM_DU_NIVEAU_INSTANCE
} from '#lib/gouvernance/instance.ts';
import type { ArchivePacte, ValeurPuces } from '#lib/pactes/archive.ts';
import { asTableau, isEnLignes, PILOTES } from '#lib/pactes/modele.ts';
import type { CadreArchive } from '#lib/parties/parties-archive.ts';
import { NOM_DU_STATUT } from '#lib/signatures/signature.ts';
import { fusionsOfSuites } from './fiches.ts';
import type { Reperes } from './reperes.ts';
import { column, countable, lines, type Cellule, type Table } from './valeurs.ts';

/** The bodies that the pacte names, and how much it counts on each. */
export function organismes({ organismes: all, fiches, signataires }: ArchivePacte): Table {
	const named = (champ: (id: string) => boolean, organisme: string) =>
		fiches.filter(({ champs }) =>
			Object.entries(champs).some(
				([id, valeur]) => champ(id) && 'organismes' in valeur && valeur.organismes.includes(organisme)
			)
		).length;
	return {
		id: 'organismes',
		nom: 'Organismes',
		colonnes: [
			column('Organisme', 40),
			column('Autres noms', 40),
			column('Fiches pilotées', 12),
			column('Fiches où il est partenaire', 14),
			column('Signataire', 12)
		],
		lignes: all.map(({ id, nom, alias }) => [
			nom,
			alias.join(', '),
			named((champ) => champ === PILOTES, id),
			named((champ) => champ !== PILOTES, id),
			signataires.some(({ organisme }) => organisme === id) ? 'oui' : 'non'
		])
	};
}

export function signataires(archive: ArchivePacte, reperes: Reperes): Table {
	return {
		id: 'signataires',
		nom: 'Signataires',
		colonnes: [
			column('Organisme', 40),
			column('Personne', 30),
			column('Fonction', 30),
			column('Statut', 14),
			column('Date', 12),
			column('Instance', 30)
		],
		lignes: archive.signataires.map(
			({ organisme, personne, fonction = '', statut = 'pressenti', date = '', instance = '' }) => [
				reperes.organisme(organisme),
				personne,
				fonction,
				NOM_DU_STATUT[statut],
				date === '' ? null : new Date(date),
				instance
			]
		)
	};
}

/** Each engagement on its row, with what it serves; then means and conventions. */
export function engagements(archive: ArchivePacte, reperes: Reperes): Table[] {
	const { cadres } = archive.parties;
	const written = cadres.flatMap((cadre) => engagementsOf(cadre, archive, reperes));
	const older = archive.engagements.flatMap(({ organisme, puces }) =>
		puces
			.filter((puce) => puce.trim() !== '')
			.map((puce): Cellule[] => [
				organisme === null ? NOM_DE_LA_PORTEE.tous : reperes.organisme(organisme),
				'Engagements',
				puce.trim(),
				'',
				''
			])
	);
	return [
		{
			id: 'engagements',
			nom: 'Engagements',
			colonnes: [
				column('Qui s’engage', 34),
				column('Rubrique', 20),
				column('Engagement', 70),
				column('Sous-points', 50),
				column('Relié à', 36)
			],
			lignes: [...written, ...older]
		},
		matrice(archive, reperes),
		...CADRE_ENGAGEMENT.filter(isEnLignes).map((champ): Table => {
			const { colonnes } = asTableau(champ);
			const lignes: Cellule[][] = [];
			const fusions = cadres.flatMap((cadre) => {
				const valeur = cadre.champs[champ.id];
				if (!valeur || !('lignes' in valeur)) return [];
				const before = lignes.length;
				for (const ligne of valeur.lignes)
					lignes.push([
						porteurOf(cadre, archive, reperes),
						...colonnes.map(({ id, type }) =>
							type === 'nombre' ? countable(ligne[id] ?? '') : (ligne[id] ?? '').trim()
						)
					]);
				return fusionsOfSuites(valeur, colonnes).map((fusion) => ({
					...fusion,
					ligne: fusion.ligne + before,
					colonne: fusion.colonne + 1
				}));
			});
			return {
				id: 'engagements',
				nom: champ.etiquette,
				colonnes: [
					column('Qui s’engage', 34),
					...colonnes.map(({ etiquette, type }) => column(etiquette, type === 'nombre' ? 12 : 40))
				],
				lignes,
				fusions
			};
		})
	];
}

/** How many engagements each bearer took on what stands at the top of the tree. */
function matrice(archive: ArchivePacte, reperes: Reperes): Table {
	const tops = archive.noeuds.filter(({ parent }) => parent === null);
	const cadres = archive.parties.cadres.filter(({ champs }) => {
		const valeur = champs[ENGAGEMENTS];
		return valeur !== undefined && 'puces' in valeur && valeur.puces.length > 0;
	});
	const countOn = ({ liens }: CadreArchive, axe: string) =>
		liens.filter(({ noeuds }) => noeuds.some((noeud) => reperes.top(noeud)?.id === axe)).length;
	return {
		id: 'engagements',
		nom: 'Engagements par axe',
		colonnes: [column('Qui s’engage', 40), ...tops.map(({ id }) => column(reperes.noeud(id), 24))],
		lignes:
			tops.length === 0
				? []
				: cadres.map((cadre) => [porteurOf(cadre, archive, reperes), ...tops.map(({ id }) => countOn(cadre, id))])
	};
}

function engagementsOf(cadre: CadreArchive, archive: ArchivePacte, reperes: Reperes): Cellule[][] {
	return CADRE_ENGAGEMENT.flatMap(({ id, etiquette }) => {
		const valeur = cadre.champs[id];
		if (!valeur || !('puces' in valeur)) return [];
		return pointsOf(valeur).map(({ texte, sous, place }) => [
			porteurOf(cadre, archive, reperes),
			etiquette,
			texte,
			lines(sous),
			id === ENGAGEMENTS
				? lines(
						cadre.liens
							.filter(({ puce }) => puce === place)
							.flatMap(({ noeuds }) => noeuds.map((n) => reperes.noeud(n)))
					)
				: ''
		]);
	});
}

/** Bullets with their sub-points. */
function pointsOf({ puces, retraits = [] }: ValeurPuces): { texte: string; sous: string[]; place: number }[] {
	const points: { texte: string; sous: string[]; place: number }[] = [];
	puces.forEach((puce, place) => {
		const texte = puce.trim();
		if (texte === '') return;
		const above = points.at(-1);
		if (above && retraits.includes(place)) above.sous.push(texte);
		else points.push({ texte, sous: [], place });
	});
	return points;
}

function porteurOf(
	{ portee, organismes: ids, libelle, section }: CadreArchive,
	archive: ArchivePacte,
	reperes: Reperes
) {
	if (portee === 'tous') return NOM_DE_LA_PORTEE.tous;
	if (portee === 'hors_signataires') return libelle || reperes.section(section);
	const own = archive.sections.find(({ id }) => id === section)?.organisme ?? null;
	const names = portee === 'groupe' ? ids : own === null ? [] : [own];
	return listed(names.map((id) => reperes.organisme(id))) || reperes.section(section);
}

export function instances({ parties }: ArchivePacte, reperes: Reperes): Table {
	return {
		id: 'instances',
		nom: 'Gouvernance',
		colonnes: [
			column('Instance', 34),
			column('Type', 22),
			column('Niveau', 16),
			column('Pour', 20),
			column('Objet', 50),
			column('Présidence', 30),
			column('Fréquence', 26),
			column('Rôles', 60),
			column('Composition', 40),
			column('Membres', 50),
			column('Invités', 40),
			column('Territoires', 30)
		],
		lignes: parties.instances.map((instance) => [
			instance.nom,
			instance.type,
			NOM_DU_NIVEAU_INSTANCE[instance.niveau],
			NOM_DE_LA_PORTEE_INSTANCE[instance.portee],
			instance.objet,
			instance.presidence,
			frequenceInWords({ frequence: instance.frequence, frequenceTexte: instance.frequence_texte }),
			lines(instance.roles.map((role) => `• ${role}`)),
			instance.composition,
			reperes.organismes(instance.membres),
			lines(instance.invites.map(invitationInWords)),
			instance.territoires.join(', ')
		])
	};
}

/** Amounts in euros. */
export function financement({ parties }: ArchivePacte, reperes: Reperes): Table[] {
	const { enveloppes, orientations, intermediaires } = parties.financement;
	const euros = (cents: number | null) => (cents === null ? null : cents / 100);
	return [
		{
			id: 'financement',
			nom: 'Enveloppes',
			colonnes: [
				column('Enveloppe', 40),
				column('Montant (€)', 16),
				column('Dont FSE (€)', 16),
				column('Début', 9),
				column('Fin', 9),
				column('Exclusions', 40)
			],
			lignes: enveloppes.map(({ libelle, montant, part_fse, debut, fin, exclusions }) => [
				libelle,
				euros(montant),
				euros(part_fse),
				debut,
				fin,
				exclusions
			])
		},
		{
			id: 'financement',
			nom: 'Dispositifs financés',
			colonnes: [
				column('Orientation', 40),
				column('Axes', 40),
				column('Dispositif', 50),
				column('Mention', 24),
				column('Opérateur', 30)
			],
			lignes: orientations.flatMap(({ libelle, axes, dispositifs }) => {
				const names = lines(axes.map((axe) => reperes.noeud(axe)));
				if (dispositifs.length === 0) return [[libelle, names, '', '', '']];
				return dispositifs.map(({ libelle: nom, mention, operateur }) => [
					libelle,
					names,
					nom,
					mention,
					operateur === null ? '' : reperes.organisme(operateur)
				]);
			})
		},
		{
			id: 'financement',
			nom: 'Organismes intermédiaires',
			colonnes: [column('Organisme', 40), column('Périmètre', 60)],
			lignes: intermediaires.map(({ organisme, perimetre }) => [reperes.organisme(organisme), perimetre])
		}
	];
}

/** What the previous pacte did. */
export function bilan({ parties }: ArchivePacte, reperes: Reperes): Table[] {
	const { annees, actions, indicateurs, ameliorations } = parties.bilan;
	return [
		{
			id: 'bilan',
			nom: 'Bilan, actions',
			colonnes: [
				column('Action', 60),
				column('Résultat', 18),
				column('Années', 14),
				column('Commentaire', 60),
				column('Reconduite dans', 36)
			],
			lignes: actions.map(({ titre, etat, annees: quand, commentaire, fiche }) => [
				titre,
				NOM_DE_L_ETAT_ACTION[etat],
				quand,
				commentaire,
				fiche === null ? '' : reperes.noeud(fiche)
			])
		},
		{
			id: 'bilan',
			nom: 'Bilan, indicateurs',
			colonnes: [column('Indicateur', 60), ...annees.map((annee) => column(String(annee), 12))],
			lignes: indicateurs.map(({ libelle, valeurs }) => [
				libelle,
				...annees.map((annee) => countable(valeurs[annee] ?? ''))
			])
		},
		{
			id: 'bilan',
			nom: 'Bilan, améliorations',
			colonnes: [column('Axe d’amélioration', 90)],
			lignes: ameliorations.map((amelioration) => [amelioration])
		}
	];
}
