import { sql, type SqlBool } from 'kysely';
import { PACTE_ABSENT } from '#lib/comptes/textes.ts';
import { extraitOf, marked, proximityOf } from '#lib/recherche/extrait.ts';
import { motsOf } from '#lib/recherche/mots.ts';
import { prochesOf } from '#lib/recherche/proches.ts';
import { readRequete, type Requete, type Terme } from '#lib/recherche/requete.ts';
import { KINDS_TROUVES, type Groupe, type KindTrouve, type Reponse, type Trouvaille } from '#lib/recherche/resultat.ts';
import type { Modele } from '#lib/pactes/modele.ts';
import type { Queryable } from '../database/open.ts';
import { DomainError } from '../errors.ts';
import { VERSION_INDEX } from './index-writer.ts';
import type { Apercu } from './source.ts';
import { PRESENTATIONS } from './sources.ts';

export interface Question {
	pacteId: string;
	/** Who asks. */
	by: string;
	question: string;
	/** Only this kind, and then many of it. */
	kind?: KindTrouve | null;
}

/** How many of each kind are shown; of one kind alone. */
const PAR_KIND = 6;
const D_UN_KIND = 200;
/** Words that begin like the last one typed. */
const SUITES = 80;
/** Fewer than these with all the words, and those that lack one are shown after them. */
const ASSEZ = 5;

/** What a pacte holds that answers a question, for someone who takes part in it. */
export async function search(db: Queryable, asked: Question): Promise<Reponse & { prepare: boolean }> {
	const scope = await scopeOf(db, asked);
	const { kind = null } = asked;
	const read = readRequete(asked.question);
	const named = await namedBy(scope, read);
	const requete = await openedTo(scope, named.size > 0 ? withoutLevels(read, scope.modele) : read);
	const { termes } = requete;
	const candidates = rank(await candidatesOf(scope, requete), termes, named);
	const shown = candidates.filter((candidate) => kind === null || candidate.kind === kind);
	const groupes = await Promise.all(
		KINDS_TROUVES.map((one) => groupOf(scope, one, shown, termes, kind === null ? PAR_KIND : D_UN_KIND))
	);
	const absents = named.size > 0 ? [] : termes.filter((_, index) => !candidates.some(({ poids }) => poids[index]! > 0));
	return {
		question: asked.question,
		kind,
		total: shown.length,
		groupes: ordered(groupes, shown),
		absents: absents.map(({ ecrit }) => ecrit),
		proches: await prochesQuestions(scope, asked.question, absents),
		vide: termes.length === 0 && requete.codes.length === 0,
		prepare: scope.prepare
	};
}

interface Scope {
	db: Queryable;
	pacteId: string;
	by: string;
	modele: Modele;
	/** The index is not whole yet. */
	prepare: boolean;
}

/** Absent and forbidden are the same answer. */
async function scopeOf(db: Queryable, { pacteId, by }: Question): Promise<Scope> {
	const row = await db
		.selectFrom('pactes')
		.innerJoin('participations', 'participations.pacte_id', 'pactes.id')
		.leftJoin('recherche_etat', 'recherche_etat.pacte_id', 'pactes.id')
		.select(['modele', 'version'])
		.where('pactes.id', '=', pacteId)
		.where('participations.compte_id', '=', by)
		.executeTakeFirst();
	if (!row) throw new DomainError('introuvable', PACTE_ABSENT);
	return { db, pacteId, by, modele: JSON.parse(row.modele) as Modele, prepare: row.version !== VERSION_INDEX };
}

/** Gives each word the stems under which the pacte knows it, and what it may be the beginning of. */
async function openedTo({ db, pacteId, by }: Scope, requete: Requete): Promise<Requete> {
	const { termes } = requete;
	if (termes.length === 0) return requete;
	const begun = termes.filter(({ prefixe }) => prefixe).map(({ forme }) => forme);
	const rows = await db
		.selectFrom('recherche_formes')
		.innerJoin('participations', 'participations.pacte_id', 'recherche_formes.pacte_id')
		.select(['forme', 'mot'])
		.where('recherche_formes.pacte_id', '=', pacteId)
		.where('compte_id', '=', by)
		.where((eb) =>
			eb.or([
				eb(
					'forme',
					'in',
					termes.map(({ forme }) => forme)
				),
				...begun.map((forme) => eb.and([eb('forme', '>', forme), eb('forme', '<', `${forme}\u{10ffff}`)]))
			])
		)
		.orderBy('forme')
		.limit(termes.length * 10 + SUITES)
		.execute();
	return {
		...requete,
		termes: termes.map((terme) => {
			const exact = rows.filter(({ forme }) => forme === terme.forme).map(({ mot }) => mot);
			const suites = terme.prefixe
				? rows.filter(({ forme }) => forme.startsWith(terme.forme)).map(({ mot }) => mot)
				: [];
			const own = exact.length > 0 ? [...exact, terme.racines[0] as string] : terme.racines;
			return { ...terme, racines: [...new Set([...own, ...suites])] };
		})
	};
}

interface Candidate {
	kind: KindTrouve;
	objet: string;
	passages: number;
	/** The best place of each word of the question; 0: it is not there. */
	poids: number[];
	score: number;
	/** The number that it had, by which it was called. */
	ancien?: string | null;
}

async function candidatesOf({ db, pacteId, by }: Scope, { termes }: Requete): Promise<Candidate[]> {
	const racines = [...new Set(termes.flatMap((terme) => terme.racines))];
	if (racines.length === 0) return [];
	const rows = await db
		.selectFrom('recherche_mots')
		.innerJoin('recherche_textes', 'recherche_textes.id', 'recherche_mots.texte_id')
		.innerJoin('participations', 'participations.pacte_id', 'recherche_mots.pacte_id')
		.select(['kind', 'objet', (eb) => eb.fn.countAll<number>().as('lines')])
		.select((eb) => eb.fn.count<number>('texte_id').distinct().as('passages'))
		.select(termes.map((terme, i) => bestOf(terme).as(`terme${i}`)))
		.where('recherche_mots.pacte_id', '=', pacteId)
		.where('participations.compte_id', '=', by)
		.where('mot', 'in', racines)
		.groupBy(['kind', 'objet'])
		.execute();
	return rows.map((row) => {
		const { kind, objet, passages } = row;
		const values = row as unknown as Record<string, number>;
		return {
			kind,
			objet,
			passages: Number(passages),
			poids: termes.map((_, i) => Number(values[`terme${i}`])),
			score: 0
		};
	});
}

function bestOf({ racines }: Terme) {
	return sql<number>`max(case when ${sql.ref('mot')} in (${sql.join(racines)}) then ${sql.ref('recherche_mots.poids')} else 0 end)`;
}

/** A branch or a fiche that was called by its number. */
interface Nomme {
	kind: KindTrouve;
	/** The number that it had then and has no more; null: it is its number. */
	ancien: string | null;
}

/** The branches and fiches whose number was typed (« 2.3 », « I3a1 »), the one that they have or one that they had. */
async function namedBy({ db, pacteId, by }: Scope, { codes }: Requete): Promise<Map<string, Nomme>> {
	if (codes.length === 0) return new Map();
	const noeuds = () =>
		db
			.selectFrom('noeuds')
			.innerJoin('participations', 'participations.pacte_id', 'noeuds.pacte_id')
			.where('noeuds.pacte_id', '=', pacteId)
			.where('compte_id', '=', by);
	const rows = await noeuds()
		.select(['id', 'porte_fiche'])
		.where(sql<SqlBool>`lower(${sql.ref('noeuds.code')}) in (${sql.join(codes)})`)
		.execute();
	const former = await noeuds()
		.innerJoin('anciens_codes', (join) =>
			join.onRef('anciens_codes.noeud_id', '=', 'noeuds.id').onRef('anciens_codes.pacte_id', '=', 'noeuds.pacte_id')
		)
		.select(['id', 'porte_fiche', 'anciens_codes.code as ancien'])
		.where(sql<SqlBool>`lower(${sql.ref('anciens_codes.code')}) in (${sql.join(codes)})`)
		.execute();
	const named = (row: { porte_fiche: number; ancien?: string }): Nomme => ({
		kind: row.porte_fiche === 1 ? 'fiche' : 'orientation',
		ancien: row.ancien ?? null
	});
	return new Map([...former, ...rows].map((row) => [row.id, named(row)]));
}

/** « fiche 2.3 » asks for that fiche, not for each text in which there is a fiche, a 2 or a 3. */
function withoutLevels(requete: Requete, { niveaux }: Modele): Requete {
	const levels = new Set(niveaux.flatMap(({ nom }) => motsOf(nom).map(({ forme }) => forme)));
	const isName = ({ forme }: Terme) =>
		levels.has(forme) || forme === 'fiche' || requete.codes.some((code) => code.split('.').includes(forme));
	return requete.termes.every(isName) ? { ...requete, termes: [] } : requete;
}

const NOMME = 1_000;
const COUVERTURE = 100;

/** All the words before some, rare words before common ones, titles before texts; first what was called by its number, then by a former one. */
function rank(candidates: Candidate[], termes: readonly Terme[], named: ReadonlyMap<string, Nomme>): Candidate[] {
	const rarity = termes.map((_, i) => {
		const holding = candidates.filter(({ poids }) => poids[i]! > 0).length;
		return 1 / Math.log2(2 + holding);
	});
	for (const candidate of candidates) {
		const words = candidate.poids.reduce((sum, poids, i) => sum + poids * rarity[i]!, 0);
		candidate.score = COUVERTURE * coverageOf(candidate) + words + Math.log2(1 + candidate.passages) / 10;
	}
	const kept = enough(candidates, termes.length);
	for (const [objet, { kind, ancien }] of named) {
		const found = kept.find((candidate) => candidate.kind === kind && candidate.objet === objet);
		const score = ancien === null ? NOMME : NOMME / 2;
		if (found) Object.assign(found, { score: found.score + score, ancien });
		else kept.push({ kind, objet, passages: 0, poids: termes.map(() => 0), score, ancien });
	}
	return kept.sort((a, b) => b.score - a.score || (a.objet < b.objet ? -1 : 1));
}

function coverageOf({ poids }: Candidate): number {
	return poids.filter((value) => value > 0).length;
}

/** Those that have most of the words; when they are few, those that lack one more too. */
function enough(candidates: readonly Candidate[], count: number): Candidate[] {
	const best = candidates.reduce((most, candidate) => Math.max(most, coverageOf(candidate)), 0);
	const kept = candidates.filter((candidate) => coverageOf(candidate) >= best);
	if (kept.length >= ASSEZ || best < 2 || count < 3) return kept;
	return candidates.filter((candidate) => coverageOf(candidate) >= best - 1);
}

async function groupOf(
	scope: Scope,
	kind: KindTrouve,
	candidates: readonly Candidate[],
	termes: readonly Terme[],
	limit: number
): Promise<Groupe> {
	const ofKind = candidates.filter((candidate) => candidate.kind === kind);
	const first = ofKind.slice(0, limit);
	if (first.length === 0) return { kind, total: 0, trouvailles: [] };
	const objets = first.map(({ objet }) => objet);
	const apercus = await PRESENTATIONS[kind](scope, objets);
	const passages = await bestPassages(scope, kind, objets, termes);
	const found = first.flatMap((candidate) => {
		const apercu = apercus.get(candidate.objet);
		if (!apercu) return [];
		const best = bestOfPassages(passages.get(candidate.objet) ?? [], termes);
		return [{ score: candidate.score + (best?.proximity ?? 0), trouvaille: show(candidate, apercu, best, termes) }];
	});
	found.sort((a, b) => b.score - a.score);
	return { kind, total: ofKind.length, trouvailles: found.map(({ trouvaille }) => trouvaille) };
}

interface PassageTrouve {
	objet: string;
	ancre: string;
	rang: number;
	texte: string;
	termes: number;
	poids: number;
}

/** Texts are read for a few passages of each object only: those that have most of the words. */
const LUS_PAR_OBJET = 4;

async function bestPassages(
	{ db, pacteId, by }: Scope,
	kind: KindTrouve,
	objets: readonly string[],
	termes: readonly Terme[]
): Promise<Map<string, PassageTrouve[]>> {
	const racines = [...new Set(termes.flatMap((terme) => terme.racines))];
	if (racines.length === 0) return new Map();
	const rows = await db
		.selectFrom('recherche_textes')
		.innerJoin('recherche_mots', 'recherche_mots.texte_id', 'recherche_textes.id')
		.innerJoin('participations', 'participations.pacte_id', 'recherche_textes.pacte_id')
		.select(['recherche_textes.id', 'objet', 'ancre', 'rang'])
		.select(termes.map((terme, i) => bestOf(terme).as(`terme${i}`)))
		.where('recherche_textes.pacte_id', '=', pacteId)
		.where('recherche_mots.pacte_id', '=', pacteId)
		.where('compte_id', '=', by)
		.where('kind', '=', kind)
		.where('objet', 'in', objets)
		.where('mot', 'in', racines)
		.groupBy(['recherche_textes.id', 'objet', 'ancre', 'rang'])
		.execute();
	const scored = rows.map((row) => {
		const values = termes.map((_, i) => Number((row as unknown as Record<string, number>)[`terme${i}`]));
		const { id, objet, ancre, rang } = row;
		const poids = values.reduce((sum, value) => sum + value, 0);
		return { id, objet, ancre, rang, termes: values.filter((value) => value > 0).length, poids };
	});
	scored.sort((a, b) => b.termes - a.termes || b.poids - a.poids || a.rang - b.rang || a.id - b.id);
	const kept = [...Map.groupBy(scored, ({ objet }) => objet).values()].flatMap((list) => {
		// The title is shown anyway: a text says more, where there is one.
		const texts = list.filter(({ ancre }) => ancre !== '');
		return (texts.length > 0 ? texts : list).slice(0, LUS_PAR_OBJET);
	});
	if (kept.length === 0) return new Map();
	const texts = await db
		.selectFrom('recherche_textes')
		.select(['id', 'texte'])
		.where('pacte_id', '=', pacteId)
		.where(
			'id',
			'in',
			kept.map(({ id }) => id)
		)
		.execute();
	const texteOf = new Map(texts.map(({ id, texte }) => [id, texte]));
	return Map.groupBy(
		kept.map(({ id, ...passage }) => ({ ...passage, texte: texteOf.get(id) ?? '' })),
		({ objet }) => objet
	);
}

interface Best extends PassageTrouve {
	proximity: number;
}

function bestOfPassages(passages: readonly PassageTrouve[], termes: readonly Terme[]): Best | null {
	const scored = passages.map((passage) => ({ ...passage, proximity: proximityOf(passage.texte, termes) }));
	scored.sort((a, b) => b.termes - a.termes || b.proximity - a.proximity || b.poids - a.poids);
	return scored[0] ?? null;
}

function show(
	{ kind, objet, passages, ancien }: Candidate,
	apercu: Apercu,
	best: Best | null,
	termes: readonly Terme[]
): Trouvaille {
	const ancre = best?.ancre ?? '';
	return {
		kind,
		id: objet,
		code: apercu.code,
		titre: marked(apercu.titre, termes),
		lieu: [ancien ? `${ancien} (ancien numéro)` : '', apercu.lieu(ancre)].filter(Boolean).join(' · '),
		extrait: best === null || ancre === '' || isInTitre(apercu, best) ? null : extraitOf(best.texte, termes),
		lien: apercu.lien(ancre, best?.rang ?? 0),
		passages
	};
}

function isInTitre({ titre }: Apercu, { texte }: Best): boolean {
	return titre.includes(texte);
}

/** The kind of the best answer comes first. */
function ordered(groupes: readonly Groupe[], shown: readonly Candidate[]): Groupe[] {
	const first = (kind: KindTrouve) => shown.findIndex((candidate) => candidate.kind === kind);
	return groupes.filter(({ trouvailles }) => trouvailles.length > 0).sort((a, b) => first(a.kind) - first(b.kind));
}

const ESSAYES = 12;

/** The question with its unknown words replaced by those of the pacte that are spelt almost like them. */
async function prochesQuestions(scope: Scope, question: string, absents: readonly Terme[]): Promise<string[]> {
	const [premier, ...suite] = absents;
	if (!premier) return [];
	const choix = await prochesMots(scope, premier);
	let rest = question;
	for (const terme of suite) {
		const [mot] = await prochesMots(scope, terme);
		if (mot !== undefined) rest = rest.replaceAll(terme.ecrit, mot);
	}
	return choix.map((mot) => rest.replaceAll(premier.ecrit, mot));
}

async function prochesMots({ db, pacteId, by }: Scope, { forme }: Terme): Promise<string[]> {
	const connus = await db
		.selectFrom('recherche_formes')
		.innerJoin('participations', 'participations.pacte_id', 'recherche_formes.pacte_id')
		.select(['forme', 'mot', 'ecrit'])
		.where('recherche_formes.pacte_id', '=', pacteId)
		.where('compte_id', '=', by)
		.where(sql<SqlBool>`length(${sql.ref('forme')}) between ${forme.length - 3} and ${forme.length + 3}`)
		.execute();
	const motOf = new Map(connus.map((connu) => [connu.forme, connu.mot]));
	const near = prochesOf(
		forme,
		connus.map((connu) => ({ ...connu, passages: 0 })),
		ESSAYES
	);
	if (near.length === 0) return [];
	const counts = await db
		.selectFrom('recherche_mots')
		.select(['mot', (eb) => eb.fn.countAll<number>().as('passages')])
		.where('pacte_id', '=', pacteId)
		.where(
			'mot',
			'in',
			near.map((connu) => motOf.get(connu.forme) as string)
		)
		.groupBy('mot')
		.execute();
	const passagesOf = new Map(counts.map(({ mot, passages }) => [mot, Number(passages)]));
	const weighed = near.map((connu) => ({ ...connu, passages: passagesOf.get(motOf.get(connu.forme) as string) ?? 0 }));
	return prochesOf(
		forme,
		weighed.filter(({ passages }) => passages > 0)
	).map(({ ecrit }) => ecrit);
}
