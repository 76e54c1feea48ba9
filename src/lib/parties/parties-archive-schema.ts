import { ETATS_ACTION } from '#lib/bilan/bilan.ts';
import { ENGAGEMENTS } from '#lib/engagements/cadre.ts';
import { PORTEES } from '#lib/engagements/engagement.ts';
import { NIVEAUX_INSTANCE, PERIODES, PORTEES_INSTANCE } from '#lib/gouvernance/instance.ts';
import type { ValeurChamp } from '#lib/pactes/archive.ts';
import {
	ArchiveError,
	booleanAt,
	dateAt,
	integerAt,
	knownAt,
	LIMITES,
	listAt,
	objectAt,
	oneOf,
	onlyKeys,
	textAt,
	yearAt
} from '#lib/pactes/archive-values.ts';
import {
	emptyParties,
	type BilanArchive,
	type CadreArchive,
	type FinancementArchive,
	type InstanceArchive,
	type LieuArchive,
	type ParoleArchive,
	type PartiesArchive
} from './parties-archive.ts';

/** What the rest of the archive has made known. */
export interface KnownToParties {
	organismes: ReadonlySet<string>;
	noeuds: ReadonlySet<string>;
	/** The genre of each section. */
	sections: ReadonlyMap<string, string>;
	/** Reads the fields of a frame. */
	champsAt(value: unknown, lieu: string): Record<string, ValeurChamp>;
}

/** Far above what a pacte holds. */
const MANY = 5_000;
/** 20 000 milliards d’euros, in cents: exact, and no pacte is as rich. */
const MONTANT_MAX = 2_000_000_000_000_000;

/** A file from before there were other parts has none of them. */
export function partiesAt(value: unknown, known: KnownToParties): PartiesArchive {
	if (value === undefined) return emptyParties();
	const source = objectAt(value, 'parties');
	onlyKeys(source, 'parties', ['cadres', 'miroirs', 'paroles', 'instances', 'financement', 'bilan']);
	const cadres = listAt(source.cadres, 'parties.cadres', MANY, (cadre, lieu) => cadreAt(cadre, lieu, known));
	once(cadres, 'parties.cadres');
	const paroles = listAt(source.paroles, 'parties.paroles', MANY, (parole, lieu) => paroleAt(parole, lieu, known));
	once(paroles, 'parties.paroles');
	return {
		cadres,
		miroirs: listAt(source.miroirs, 'parties.miroirs', MANY, (group, lieu) =>
			listAt(group, lieu, MANY, (item, at) => lieuAt(item, at, cadres))
		),
		paroles,
		instances: listAt(source.instances, 'parties.instances', MANY, (item, lieu) => instanceAt(item, lieu, known)),
		financement: financementAt(source.financement, 'parties.financement', known),
		bilan: bilanAt(source.bilan, 'parties.bilan', known)
	};
}

function once(items: readonly { section: string }[], lieu: string): void {
	const seen = new Set<string>();
	items.forEach(({ section }, i) => {
		if (seen.has(section))
			throw new ArchiveError(`${lieu}[${i}].section`, `la section «\u00a0${section}\u00a0» y est déjà.`);
		seen.add(section);
	});
}

function sectionAt(value: unknown, lieu: string, genre: string, { sections }: KnownToParties): string {
	const id = knownAt(value, lieu, new Set(sections.keys()), 'section');
	if (sections.get(id) !== genre)
		throw new ArchiveError(lieu, `la section «\u00a0${id}\u00a0» n’est pas de genre «\u00a0${genre}\u00a0».`);
	return id;
}

const organismesAt = (value: unknown, lieu: string, { organismes }: KnownToParties): string[] =>
	listAt(value, lieu, MANY, (id, at) => knownAt(id, at, organismes, 'organisme'));
const noeudsAt = (value: unknown, lieu: string, { noeuds }: KnownToParties): string[] =>
	listAt(value, lieu, MANY, (id, at) => knownAt(id, at, noeuds, 'nœud'));
const textsAt = (value: unknown, lieu: string): string[] =>
	listAt(value, lieu, MANY, (text, at) => textAt(text, at, LIMITES.titre));

function cadreAt(value: unknown, lieu: string, known: KnownToParties): CadreArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['section', 'portee', 'organismes', 'libelle', 'champs', 'approbation', 'liens']);
	const champs = known.champsAt(source.champs, `${lieu}.champs`);
	const approbation = objectAt(source.approbation, `${lieu}.approbation`);
	onlyKeys(approbation, `${lieu}.approbation`, ['approuve', 'instance', 'date', 'note']);
	return {
		section: sectionAt(source.section, `${lieu}.section`, 'engagement', known),
		portee: oneOf(source.portee, `${lieu}.portee`, PORTEES),
		organismes: organismesAt(source.organismes, `${lieu}.organismes`, known),
		libelle: textAt(source.libelle, `${lieu}.libelle`, LIMITES.nom),
		champs,
		approbation: {
			approuve: booleanAt(approbation.approuve, `${lieu}.approbation.approuve`),
			instance: textAt(approbation.instance, `${lieu}.approbation.instance`, LIMITES.titre),
			date: dateAt(approbation.date, `${lieu}.approbation.date`),
			note: textAt(approbation.note, `${lieu}.approbation.note`, LIMITES.titre)
		},
		liens: listAt(source.liens, `${lieu}.liens`, MANY, (lien, at) => {
			const own = objectAt(lien, at);
			onlyKeys(own, at, ['puce', 'noeuds']);
			return { puce: puceAt(own.puce, `${at}.puce`, champs), noeuds: noeudsAt(own.noeuds, `${at}.noeuds`, known) };
		})
	};
}

/** The place of an engagement that is there. */
function puceAt(value: unknown, lieu: string, champs: Record<string, ValeurChamp>): number {
	const valeur = champs[ENGAGEMENTS];
	const count = valeur && 'puces' in valeur ? valeur.puces.length : 0;
	if (count === 0) throw new ArchiveError(lieu, 'cette section n’a pas d’engagement.');
	return integerAt(value, lieu, 0, count - 1);
}

function lieuAt(value: unknown, lieu: string, cadres: readonly CadreArchive[]): LieuArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['section', 'puce']);
	const section = knownAt(source.section, `${lieu}.section`, new Set(cadres.map((cadre) => cadre.section)), 'cadre');
	const cadre = cadres.find((each) => each.section === section);
	return { section, puce: puceAt(source.puce, `${lieu}.puce`, cadre?.champs ?? {}) };
}

function paroleAt(value: unknown, lieu: string, known: KnownToParties): ParoleArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['section', 'signataires']);
	return {
		section: sectionAt(source.section, `${lieu}.section`, 'parole', known),
		signataires: listAt(source.signataires, `${lieu}.signataires`, 2, (signataire, at) => {
			const own = objectAt(signataire, at);
			onlyKeys(own, at, ['personne', 'fonction']);
			return {
				personne: textAt(own.personne, `${at}.personne`, LIMITES.nom),
				fonction: textAt(own.fonction, `${at}.fonction`, LIMITES.nom)
			};
		})
	};
}

const CLES_INSTANCE = [
	'nom',
	'type',
	'portee',
	'niveau',
	'objet',
	'presidence',
	'frequence',
	'frequence_texte',
	'composition',
	'roles',
	'membres',
	'invites',
	'territoires'
];

function instanceAt(value: unknown, lieu: string, known: KnownToParties): InstanceArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, CLES_INSTANCE);
	const text = (cle: string) => textAt(source[cle], `${lieu}.${cle}`, LIMITES.titre);
	return {
		nom: text('nom'),
		type: text('type'),
		portee: oneOf(source.portee, `${lieu}.portee`, PORTEES_INSTANCE),
		niveau: oneOf(source.niveau, `${lieu}.niveau`, NIVEAUX_INSTANCE),
		objet: text('objet'),
		presidence: text('presidence'),
		frequence: source.frequence === null ? null : frequenceAt(source.frequence, `${lieu}.frequence`),
		frequence_texte: text('frequence_texte'),
		composition: text('composition'),
		roles: textsAt(source.roles, `${lieu}.roles`),
		membres: organismesAt(source.membres, `${lieu}.membres`, known),
		invites: listAt(source.invites, `${lieu}.invites`, MANY, (invite, at) => {
			const own = objectAt(invite, at);
			onlyKeys(own, at, ['theme', 'invites']);
			return {
				theme: textAt(own.theme, `${at}.theme`, LIMITES.titre),
				invites: textAt(own.invites, `${at}.invites`, LIMITES.titre)
			};
		}),
		territoires: textsAt(source.territoires, `${lieu}.territoires`)
	};
}

function frequenceAt(value: unknown, lieu: string): InstanceArchive['frequence'] {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['nombre', 'periode']);
	return {
		nombre: integerAt(source.nombre, `${lieu}.nombre`, 1, 366),
		periode: oneOf(source.periode, `${lieu}.periode`, PERIODES)
	};
}

function financementAt(value: unknown, lieu: string, known: KnownToParties): FinancementArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['enveloppes', 'orientations', 'intermediaires']);
	return {
		enveloppes: listAt(source.enveloppes, `${lieu}.enveloppes`, MANY, enveloppeAt),
		orientations: listAt(source.orientations, `${lieu}.orientations`, MANY, (item, at) =>
			orientationAt(item, at, known)
		),
		intermediaires: listAt(source.intermediaires, `${lieu}.intermediaires`, MANY, (item, at) => {
			const own = objectAt(item, at);
			onlyKeys(own, at, ['organisme', 'perimetre']);
			return {
				organisme: knownAt(own.organisme, `${at}.organisme`, known.organismes, 'organisme'),
				perimetre: textAt(own.perimetre, `${at}.perimetre`, LIMITES.titre)
			};
		})
	};
}

function enveloppeAt(value: unknown, lieu: string): FinancementArchive['enveloppes'][number] {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['libelle', 'montant', 'part_fse', 'debut', 'fin', 'exclusions']);
	const amount = (cle: string) =>
		source[cle] === null ? null : integerAt(source[cle], `${lieu}.${cle}`, 0, MONTANT_MAX);
	return {
		libelle: textAt(source.libelle, `${lieu}.libelle`, LIMITES.titre),
		montant: amount('montant'),
		part_fse: amount('part_fse'),
		debut: yearAt(source.debut, `${lieu}.debut`),
		fin: yearAt(source.fin, `${lieu}.fin`),
		exclusions: textAt(source.exclusions, `${lieu}.exclusions`, LIMITES.titre)
	};
}

function orientationAt(
	value: unknown,
	lieu: string,
	known: KnownToParties
): FinancementArchive['orientations'][number] {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['libelle', 'axes', 'dispositifs']);
	return {
		libelle: textAt(source.libelle, `${lieu}.libelle`, LIMITES.titre),
		axes: noeudsAt(source.axes, `${lieu}.axes`, known),
		dispositifs: listAt(source.dispositifs, `${lieu}.dispositifs`, MANY, (item, at) => {
			const own = objectAt(item, at);
			onlyKeys(own, at, ['libelle', 'mention', 'operateur']);
			return {
				libelle: textAt(own.libelle, `${at}.libelle`, LIMITES.titre),
				mention: textAt(own.mention, `${at}.mention`, LIMITES.nom),
				operateur:
					own.operateur === null ? null : knownAt(own.operateur, `${at}.operateur`, known.organismes, 'organisme')
			};
		})
	};
}

function bilanAt(value: unknown, lieu: string, known: KnownToParties): BilanArchive {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['intitule', 'annees', 'actions', 'indicateurs', 'ameliorations']);
	return {
		intitule: textAt(source.intitule, `${lieu}.intitule`, LIMITES.titre),
		annees: listAt(source.annees, `${lieu}.annees`, 200, (year, at) => integerAt(year, at, 1900, 2200)),
		actions: listAt(source.actions, `${lieu}.actions`, MANY, (item, at) => actionAt(item, at, known)),
		indicateurs: listAt(source.indicateurs, `${lieu}.indicateurs`, MANY, indicateurAt),
		ameliorations: textsAt(source.ameliorations, `${lieu}.ameliorations`)
	};
}

function actionAt(value: unknown, lieu: string, known: KnownToParties): BilanArchive['actions'][number] {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['titre', 'etat', 'annees', 'commentaire', 'fiche']);
	return {
		titre: textAt(source.titre, `${lieu}.titre`, LIMITES.titre),
		etat: oneOf(source.etat, `${lieu}.etat`, ETATS_ACTION),
		annees: textAt(source.annees, `${lieu}.annees`, LIMITES.titre),
		commentaire: textAt(source.commentaire, `${lieu}.commentaire`, LIMITES.titre),
		fiche: source.fiche === null ? null : knownAt(source.fiche, `${lieu}.fiche`, known.noeuds, 'nœud')
	};
}

function indicateurAt(value: unknown, lieu: string): BilanArchive['indicateurs'][number] {
	const source = objectAt(value, lieu);
	onlyKeys(source, lieu, ['libelle', 'valeurs']);
	const valeurs = objectAt(source.valeurs, `${lieu}.valeurs`);
	const years = Object.keys(valeurs).sort();
	const wrong = years.find((year) => !/^\d{4}$/.test(year));
	if (wrong !== undefined) throw new ArchiveError(`${lieu}.valeurs`, `«\u00a0${wrong}\u00a0» n’est pas une année.`);
	return {
		libelle: textAt(source.libelle, `${lieu}.libelle`, LIMITES.titre),
		valeurs: Object.fromEntries(
			years.map((year) => [year, textAt(valeurs[year], `${lieu}.valeurs.${year}`, LIMITES.titre)])
		)
	};
}
