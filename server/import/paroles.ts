import type { Doute, SectionProposee } from '#lib/import/proposition.ts';
import type { Bloc, Paragraphe } from './blocs.ts';
import { fold, sameForm } from './mots.ts';
import { withoutArticle } from './parties.ts';

export type ParoleLue = Omit<SectionProposee, 'id' | 'parent'>;

export interface ParolesLues {
	paroles: ParoleLue[];
	pris: Set<Bloc>;
	doutes: Doute[];
}

const CITATION_COURTE = 150;

/**
 * The words of partners: quotations, and the lines that sign them. A page often prints the signatures apart from the
 * quotations; a signature goes to the quotation that names its body, the others by what is left.
 */
export function readParoles(blocs: readonly Bloc[]): ParolesLues {
	const citations = blocs.filter(isCitation);
	const signatures = blocs.flatMap((bloc) => {
		const signature = readSignature(bloc);
		return signature === null ? [] : [{ bloc, ...signature }];
	});
	const lues: ParolesLues = { paroles: [], pris: new Set(), doutes: [] };
	if (citations.length < 2 || signatures.length < 2) return lues;
	const paires = pairUp(citations, signatures);
	const signees = citations.flatMap((citation, i) => (paires.has(citation) ? [i] : []));
	// Further on, what stands between quotation marks is quoted, and not said by a partner.
	for (const citation of citations.slice(0, (signees.at(-1) ?? -1) + 1)) {
		const signature = paires.get(citation);
		lues.pris.add(citation);
		const texte = citation.texte.replace(/^«\s*|\s*»$/gu, '');
		if (signature === undefined) {
			lues.paroles.push({ genre: 'parole', titre: '', texte, ligne: citation.debut });
			lues.doutes.push({ ligne: citation.debut, message: "Ce mot d'un partenaire n'est signé de personne." });
			continue;
		}
		lues.pris.add(signature.bloc);
		const { organisme, personnes } = signature;
		lues.paroles.push({ genre: 'parole', titre: organisme, texte, organisme, personnes, ligne: citation.debut });
		if (!signature.nomme)
			lues.doutes.push({
				ligne: citation.debut,
				message: `Ce mot est donné à « ${organisme} » par élimination : il ne le nomme pas.`
			});
	}
	return lues;
}

function isCitation(bloc: Bloc): bloc is Paragraphe {
	return bloc.genre === 'paragraphe' && bloc.texte.length >= CITATION_COURTE && /^«.*»$/su.test(bloc.texte);
}

// — « Camille ROUX, présidente de la CAF et Dominique LEFÈVRE, directeur » —

interface Signature {
	organisme: string;
	personnes: { personne: string; fonction: string }[];
}

const PERSONNE =
	/(?:^|\set\s+)((?:M\.|Mme)?\s?\p{Lu}[\p{Ll}’']+(?:[- ]\p{Lu}[\p{Ll}’']+)*(?: (?:DE |D['’]|LE |LA )?\p{Lu}[\p{Lu}’'-]+)+),\s*/gu;

function readSignature(bloc: Bloc): Signature | null {
	if (bloc.genre === 'liste' || bloc.texte.length > 300) return null;
	const trouves = [...bloc.texte.matchAll(PERSONNE)];
	if (trouves.length === 0 || trouves[0]!.index !== 0) return null;
	const personnes = trouves.slice(0, 2).map((trouve, i) => ({
		personne: trouve[1]!.trim(),
		fonction: bloc.texte.slice(trouve.index + trouve[0].length, trouves[i + 1]?.index).trim()
	}));
	const organisme = personnes.map(({ fonction }) => organismeOf(fonction)).findLast((nom) => nom !== '') ?? '';
	return organisme === '' ? null : { organisme, personnes };
}

/** « Directrice générale de l'Agence régionale de santé » → the body that the function is in. */
function organismeOf(fonction: string): string {
	if (/^préfet/iu.test(fonction)) return 'État';
	const trouve = /^\p{L}[^,]*?\s(?:de la |de l['’]|du |des |de |d['’])\s*(?=\p{Lu})(.+)$/u.exec(fonction);
	const nom = trouve === null ? '' : withoutArticle(trouve[1]!.replace(/[.,;]$/, ''));
	return /^(?:conseil d['’]administration|bureau)\b/iu.test(nom) ? '' : nom;
}

/** Words under the heading of a body, that people of it sign below. */
export interface ParoleSignee {
	organisme: string;
	personnes: Signature['personnes'];
	/** The words, without who signs. */
	mots: Bloc[];
}

const PERSONNE_SEULE = new RegExp(`${PERSONNE.source.replace(/,\\s\*$/, '')}$`, 'u');

/** « … / Camille ROUX / Présidente / CAF »: a name alone, a function, and the heading again; null for other texts. */
export function readParoleSignee(titre: string, blocs: readonly Bloc[]): ParoleSignee | null {
	const debut = blocs.findIndex((bloc) => bloc.genre !== 'liste' && PERSONNE_SEULE.test(bloc.texte));
	const signe = blocs.slice(debut).map((bloc) => (bloc.genre === 'liste' ? '' : bloc.texte));
	if (debut < 1 || sameForm(signe.at(-1)!) !== sameForm(titre)) return null;
	const personnes: Signature['personnes'] = [];
	for (const texte of signe.slice(0, -1)) {
		if (PERSONNE_SEULE.test(texte)) personnes.push({ personne: texte, fonction: '' });
		else if (texte === '' || personnes.at(-1)!.fonction !== '') return null;
		else personnes.at(-1)!.fonction = texte;
	}
	return { organisme: titre, personnes, mots: blocs.slice(0, debut) };
}

// — Which signature under which quotation —

interface Signe extends Signature {
	bloc: Bloc;
	nomme: boolean;
}

function pairUp(
	citations: readonly Paragraphe[],
	signatures: readonly (Signature & { bloc: Bloc })[]
): Map<Paragraphe, Signe> {
	const paires = new Map<Paragraphe, Signe>();
	const libres = new Set(signatures);
	const accords = citations
		.flatMap((citation) =>
			signatures.map((signature) => ({ citation, signature, points: affinity(citation, signature) }))
		)
		.filter(({ points }) => points > 0)
		.sort((a, b) => b.points - a.points);
	for (const { citation, signature } of accords) {
		if (paires.has(citation) || !libres.has(signature)) continue;
		paires.set(citation, { ...signature, nomme: true });
		libres.delete(signature);
	}
	const seules = citations.filter((citation) => !paires.has(citation));
	if (seules.length === 1 && libres.size === 1) paires.set(seules[0]!, { ...[...libres][0]!, nomme: false });
	return paires;
}

const VIDES = new Set([
	'pays',
	'departement',
	'departemental',
	'departementale',
	'general',
	'regional',
	'regionale',
	'conseil',
	'union'
]);

/** How surely a quotation speaks for a body: by its acronym, or by its words, early rather than late. */
function affinity({ texte }: Paragraphe, { organisme }: Signature): number {
	const plie = fold(texte);
	const mots = fold(organisme)
		.split(/[^a-z0-9]+/)
		.filter((mot) => mot.length > 3 && !VIDES.has(mot));
	const initiales = organisme
		.split(/[^\p{L}]+/u)
		.filter((mot) => mot.length > 2 && !/^(?:de|du|des|la|le|les|et)$/iu.test(mot))
		.map((mot) => fold(mot).charAt(0))
		.join('');
	const sigles = [...texte.slice(0, 600).matchAll(/\b\p{Lu}{3,8}\b/gu)].map(([sigle]) => fold(sigle));
	if (sigles.some((sigle) => initiales.startsWith(sigle))) return 10;
	let points = 0;
	for (const mot of mots) {
		const ici = plie.indexOf(mot.slice(0, 6));
		if (ici !== -1) points += ici < 120 ? 3 : 1;
	}
	const debut = plie.slice(0, 200).split(/[^a-z0-9]+/);
	if (debut.some((mot) => mot.length > 7 && mots.some((autre) => autre.includes(mot.replace(/s$/, ''))))) points += 3;
	// « la Région » is « Conseil régional ».
	if (/\bregional\b/.test(fold(organisme)) && /^conseil/.test(fold(organisme)) && /\bregion\b/.test(plie)) points += 4;
	return points;
}
