import type { EngagementPropose } from '#lib/import/proposition.ts';
import type { Bloc, Item, Liste, Paragraphe, Titre } from './blocs.ts';
import { fold } from './mots.ts';
import { withoutArticle } from './parties.ts';
import { texteDeBlocs } from './prose.ts';

export interface EngagementsLus {
	engagements: EngagementPropose[];
	/** Blocs that the engagements hold whole. */
	pris: Set<Bloc>;
}

/** What each partner commits to: in a chapter of its own, and wherever a sentence says « X s'engage à : ». */
export function readEngagements(blocs: readonly Bloc[]): EngagementsLus {
	const lus: EngagementsLus = { engagements: [], pris: new Set() };
	const chapitre = findChapitre(blocs, CHAPITRE);
	if (chapitre !== null) readChapitre(blocs.slice(chapitre.debut + 1, chapitre.fin), lus);
	readPhrases(
		blocs.filter((bloc) => !lus.pris.has(bloc)),
		lus
	);
	lus.engagements.sort((a, b) => a.ligne - b.ligne);
	return lus;
}

// — The chapter —

const CHAPITRE =
	/\bengagements?\b.*\b(?:signataires|partenaires|parties|acteurs|organismes|institutions|chacun)\b|^(?:les |nos )?engagements?(?: communs| reciproques)?(?: du pacte)?$|\bcontributions? des (?:signataires|partenaires)\b/;
const APRES_LE_CHAPITRE =
	/\b(?:gouvernance|pilotage|evaluation|signatures?|annexes?|glossaire|financement|duree|diagnostic|modalites d'animation|fiches?|entree en vigueur|resiliation)\b/;

/** From the heading that says it to the one that ends it, by their places. */
export function findChapitre(blocs: readonly Bloc[], motif: RegExp): { debut: number; fin: number } | null {
	const debut = blocs.findIndex((bloc) => bloc.genre === 'titre' && motif.test(fold(bloc.texte)));
	if (debut === -1) return null;
	const { style } = blocs[debut] as Titre;
	// Plain headings all look alike: then only their words tell where the chapter ends.
	const distinct = style !== 'c';
	const fin = blocs.findIndex(
		(bloc, i) =>
			i > debut &&
			bloc.genre === 'titre' &&
			(APRES_LE_CHAPITRE.test(fold(bloc.texte)) || (distinct && bloc.style === style) || outranks(bloc, style))
	);
	return { debut, fin: fin === -1 ? blocs.length : fin };
}

/** A heading in Markdown of a higher level. */
function outranks({ style }: Titre, chapitre: string): boolean {
	return style.startsWith('#') && chapitre.startsWith('#') && style.length < chapitre.length;
}

type Rubrique = 'intention' | 'contexte' | 'missions' | 'engagements' | 'moyens_financiers';

/** The headings inside the frame of one partner. */
const RUBRIQUES: [RegExp, Rubrique][] = [
	[/^(?:les? |son |leur )?(?:contexte|cadre)\b/, 'contexte'],
	[/^(?:les? |ses |nos )?missions?\b/, 'missions'],
	[/^(?:les? |ses |nos |leurs )?engagements?\b|^(?:il|elle|ils|nous) s'engage/, 'engagements'],
	[/^(?:les? |ses |leurs )?(?:moyens|budget|financement)/, 'moyens_financiers'],
	[/^(?:les? |ses |leurs )?(?:intentions?|roles?|ambitions?|presentation|conventions?)\b/, 'intention']
];
const TOUS =
	/^(?:en |de maniere )?(?:transversal|commun)|\bcommuns?\b|\btransvers|\b(?:tous les|l'ensemble des|les) (?:signataires|partenaires|parties)\b/;
const TOUS_EN_PHRASE = /^(?:l'ensemble des|tous les|les) (?:signataires|partenaires|parties)\b[^.;:]{0,40}:$/;
const PORTEUR_EN_PHRASE = /^(?:pour|entre) (?:l[ea]s? |l')[^.;:]{2,90}[,:]?$/;

function readChapitre(blocs: readonly Bloc[], lus: EngagementsLus): void {
	// Where the plan numbers the partners, nothing else opens a frame.
	const isNumerote = (bloc: Bloc) => bloc.genre === 'titre' && bloc.numero !== undefined;
	const numerotes = blocs.some(isNumerote);
	const open = (bloc: Bloc, ouvert: Cadre | null = null) =>
		numerotes && !isNumerote(bloc) ? null : openPorteur(bloc, ouvert);
	const preambule = blocs.findIndex((bloc) => open(bloc) !== null);
	readDeclarations(blocs.slice(0, preambule === -1 ? undefined : preambule), lus);
	if (preambule === -1) return;
	let cadre: Cadre | null = null;
	for (const [i, bloc] of blocs.entries()) {
		if (i < preambule) continue;
		const porteur = open(bloc, cadre);
		if (porteur !== null) {
			close(cadre, lus);
			cadre = new Cadre(porteur, bloc.debut);
			cadre.blocs.push(bloc);
		} else cadre!.add(bloc, blocs[i - 1]!);
	}
	close(cadre, lus);
}

/** What one partner writes, where it is known whose words they are. */
export function engagementOf(organisme: string, titre: string | undefined, blocs: readonly Bloc[]): EngagementPropose {
	const cadre = new Cadre({ organisme, ...(titre !== undefined && { titre }), rubrique: 'intention' }, blocs[0]!.debut);
	for (const [i, bloc] of blocs.entries()) cadre.add(bloc, blocs[i - 1] ?? bloc);
	return cadre.toEngagement();
}

function close(cadre: Cadre | null, lus: EngagementsLus): void {
	if (cadre === null) return;
	lus.engagements.push(cadre.toEngagement());
	for (const bloc of cadre.blocs) lus.pris.add(bloc);
}

interface Porteur {
	organisme: string | null;
	titre?: string;
	rubrique: Rubrique;
}

/** The heading that names whose engagements follow; null when the bloc is none, or belongs to the frame that is open. */
function openPorteur(bloc: Bloc, ouvert: Cadre | null = null): Porteur | null {
	if (bloc.genre === 'liste') return null;
	const plie = fold(bloc.texte);
	if (bloc.genre === 'paragraphe') {
		if (TOUS_EN_PHRASE.test(plie)) return { organisme: null, titre: sansFin(bloc.texte), rubrique: 'engagements' };
		if (!PORTEUR_EN_PHRASE.test(plie)) return null;
		const [, nom] = /^(?:pour|entre)\s+(.*?)[,:]?$/iu.exec(bloc.texte) ?? [];
		return plie.startsWith('entre')
			? { organisme: nommeEntre(nom!), titre: sansFin(bloc.texte), rubrique: 'intention' }
			: { organisme: withoutArticle(nom!), rubrique: 'intention' };
	}
	const nom = /^(?:les? |l')?engagements? (?:de la |de l'|des |du |de |d')/.exec(plie);
	if (nom !== null) {
		if (ouvert !== null && ouvert.waits) return null;
		const organisme = bloc.texte.slice(nom[0].length);
		return TOUS.test(`les ${fold(organisme)}`)
			? { organisme: null, titre: bloc.texte, rubrique: 'engagements' }
			: { organisme: withoutArticle(organisme), titre: bloc.texte, rubrique: 'engagements' };
	}
	if (ouvert !== null && /^et\b/.test(plie)) return null;
	if (TOUS.test(plie)) return { organisme: null, titre: bloc.texte, rubrique: 'engagements' };
	if (RUBRIQUES.some(([mot]) => mot.test(plie))) return null;
	return { organisme: withoutArticle(sansFin(bloc.texte)), rubrique: 'intention' };
}

/** « le Département et les institutions partenaires »: the first is the one that answers for them. */
function nommeEntre(nom: string): string {
	return withoutArticle(nom.split(/\s+et\s+/u)[0]!);
}

function sansFin(texte: string): string {
	return texte.replace(/\s*[,:]$/, '').trim();
}

/** What one partner writes. */
class Cadre {
	readonly blocs: Bloc[] = [];
	readonly #porteur: Porteur;
	readonly #ligne: number;
	#rubrique: Rubrique;
	#intention: Bloc[] = [];
	#contexte: Bloc[] = [];
	#missions: string[] = [];
	#engagements: Item[] = [];
	#moyensHumains: { libelle: string; etp: string }[] = [];
	#moyensFinanciers: string[] = [];
	#conventions: NonNullable<EngagementPropose['conventions']> = [];
	#hors = false;

	constructor(porteur: Porteur, ligne: number) {
		this.#porteur = porteur;
		this.#ligne = ligne;
		this.#rubrique = porteur.rubrique;
	}

	/** No list of engagements yet: a heading « Les engagements de… » announces its own. */
	get waits(): boolean {
		return this.#engagements.length === 0;
	}

	add(bloc: Bloc, avant: Bloc): void {
		this.blocs.push(bloc);
		if (bloc.genre === 'titre') this.#addTitre(bloc);
		else if (bloc.genre === 'paragraphe') this.#addParagraphe(bloc);
		else this.#addListe(bloc, avant);
	}

	#addTitre(bloc: Titre): void {
		const rubrique = RUBRIQUES.find(([mot]) => mot.test(fold(bloc.texte)))?.[1];
		if (rubrique === undefined) this.#prose(bloc);
		else {
			this.#rubrique = rubrique;
			// « Les engagements du Conseil départemental » says no more than the frame; another heading may.
			if (rubrique === 'intention' || rubrique === 'moyens_financiers') this.#prose(bloc);
		}
	}

	#addParagraphe(bloc: Paragraphe): void {
		const plie = fold(bloc.texte);
		if (/\bau-dela des signataires\b|\bnon signataires?\b|\bne signent pas\b/.test(plie)) this.#hors = true;
		const moyens =
			/\b(?:enveloppe|budget|moyens financiers|subventions?|credits)\b|\bmoyens\b.*\b(?:politiques|dispositifs)\b/;
		if (this.#rubrique === 'contexte') this.#contexte.push(bloc);
		else if (this.#rubrique === 'moyens_financiers' || (this.#moyensHumains.length > 0 && moyens.test(plie)))
			this.#moyensFinanciers.push(bloc.texte);
		else this.#prose(bloc);
	}

	#prose(bloc: Bloc): void {
		this.#intention.push(bloc);
	}

	#addListe(liste: Liste, avant: Bloc): void {
		const annonce = avant.genre === 'liste' ? '' : fold(avant.texte.slice(-200));
		const textes = liste.items.map(({ texte }) => texte);
		if (textes.filter((texte) => ETP.test(texte)).length * 2 > textes.length) this.#addMoyensHumains(textes);
		else if (isConventions(textes, this.#conventions.length > 0)) this.#addConventions(textes, annonce);
		else if (/\bmissions?\b/.test(annonce) && !/s'engage/.test(annonce) && this.#missions.length === 0)
			this.#missions = textes.map(sansPonctuation);
		else if (this.#rubrique === 'missions' && this.#missions.length === 0) this.#missions = textes.map(sansPonctuation);
		else if (this.#rubrique === 'moyens_financiers') this.#moyensFinanciers.push(...textes.map(sansPonctuation));
		else if (this.waits && (this.#rubrique === 'engagements' || /engage|signataires|contribu/.test(annonce)))
			this.#engagements = liste.items;
		else if (this.#rubrique === 'contexte') this.#contexte.push(liste);
		else this.#prose(liste);
	}

	#addMoyensHumains(textes: readonly string[]): void {
		for (const texte of textes) {
			const [debut, etp] = ETP.exec(texte) ?? ['', ''];
			this.#moyensHumains.push({ libelle: sansPonctuation(texte.slice(debut.length)), etp: etp!.replace('.', ',') });
		}
	}

	#addConventions(textes: readonly string[], annonce: string): void {
		const etat = /perspective|a venir|prevue/.test(annonce)
			? 'en perspective'
			: /en cours|elaboration|actualisation|negociation/.test(annonce)
				? 'en cours'
				: 'existante';
		for (const texte of textes) this.#conventions.push({ intitule: sansPonctuation(texte), etat });
	}

	toEngagement(): EngagementPropose {
		const { organisme, titre } = this.#porteur;
		const items = this.#engagements;
		const retraits = items.flatMap(({ sous }, i) => (sous && i > 0 ? [i] : []));
		return {
			organisme,
			puces: items.map(({ texte }) => sansPonctuation(texte)),
			...(retraits.length > 0 && { retraits }),
			...(titre !== undefined && { titre }),
			...(this.#hors && items.length === 0 && { hors_signataires: true as const }),
			...(this.#intention.length > 0 && { intention: texteDeBlocs(this.#intention) }),
			...(this.#contexte.length > 0 && { contexte: texteDeBlocs(this.#contexte) }),
			...(this.#missions.length > 0 && { missions: this.#missions }),
			...(this.#moyensHumains.length > 0 && { moyens_humains: this.#moyensHumains }),
			...(this.#moyensFinanciers.length > 0 && { moyens_financiers: this.#moyensFinanciers }),
			...(this.#conventions.length > 0 && { conventions: this.#conventions }),
			ligne: this.#ligne
		};
	}
}

const ETP = /^(\d+(?:[.,]\d+)?)\s*(?:ETP|équivalents?[ -]temps[ -]plein)\b\s*[.:,–-]?\s*/iu;
const CONVENTION =
	/^(?:l[ea]s? |l'|des? |d'|une? )?(?:conventions?|contrats?|schemas?|plans?|accords?|chartes?|protocoles?|projet regional)\b/;

function isConventions(textes: readonly string[], deja: boolean): boolean {
	const fois = textes.filter((texte) => CONVENTION.test(fold(texte))).length;
	return deja ? fois > 0 : fois * 2 > textes.length;
}

/** An item of a list, without the mark that separates it from the next. */
function sansPonctuation(texte: string): string {
	return texte.replace(/\s*[,;]$/, '').trim();
}

// — « L'engagement des partenaires à poursuivre : », in the opening of the chapter —

const DECLARATION = /^l'engagement (?:de la |de l'|des |du |de |d')(.{2,80}?)(?: a | en tant que |, |:)/;

function readDeclarations(blocs: readonly Bloc[], lus: EngagementsLus): void {
	let ouvert: EngagementPropose | null = null;
	for (const bloc of blocs) {
		if (bloc.genre !== 'paragraphe') {
			ouvert = null;
			continue;
		}
		const declaration = DECLARATION.exec(fold(bloc.texte));
		if (declaration !== null) {
			const debut = declaration[0].indexOf(declaration[1]!);
			const nom = bloc.texte.slice(debut, debut + declaration[1]!.length);
			const organisme = TOUS.test(`les ${fold(nom)}`) ? null : withoutArticle(nom);
			const seul = !bloc.texte.endsWith(':');
			ouvert = {
				organisme,
				puces: seul ? [bloc.texte] : [],
				titre: seul ? undefined : sansFin(bloc.texte),
				ligne: bloc.debut
			};
			if (ouvert.titre === undefined) delete ouvert.titre;
			lus.engagements.push(ouvert);
			lus.pris.add(bloc);
			if (seul) ouvert = null;
		} else if (bloc.texte.endsWith(':')) ouvert = null;
		else if (ouvert !== null) {
			ouvert.puces.push(sansPonctuation(bloc.texte));
			lus.pris.add(bloc);
		}
	}
}

// — « X s'engage à : », anywhere —

const SUJET =
	/((?:\b(?:l[ea]s?|chaque)\s|\bl['’])[^,.;:]{2,90}?|\b\p{Lu}[^,.;:]{1,90}?)\s+(?:[sS]['’]engage(?:nt)?|prend(?:ront|ra|nent|)?\s+les\s+engagements)[^.;:]{0,80}:$/u;

function readPhrases(blocs: readonly Bloc[], lus: EngagementsLus): void {
	for (const [i, bloc] of blocs.entries()) {
		const liste = blocs[i + 1];
		if (bloc.genre === 'liste' || liste?.genre !== 'liste' || !bloc.texte.endsWith(':')) continue;
		const sujet = SUJET.exec(bloc.texte.slice(-260));
		if (sujet === null) continue;
		const nom = sujet[1]!;
		const tous = /\b(?:signataires|partenaires|parties)\b/.test(fold(nom));
		const retraits = liste.items.flatMap(({ sous }, j) => (sous && j > 0 ? [j] : []));
		lus.engagements.push({
			organisme: tous ? null : withoutArticle(nom),
			puces: liste.items.map(({ texte }) => sansPonctuation(texte)),
			...(retraits.length > 0 && { retraits }),
			intention: bloc.texte,
			ligne: bloc.debut
		});
		lus.pris.add(bloc).add(liste);
	}
}
