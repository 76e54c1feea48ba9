import { foldNom } from '#lib/organismes/fold.ts';
import type { Figure } from './figure.ts';
import { formatNombre, isAbsent, readNombre, uniteIn } from './nombre.ts';

/** Something that a reader would stumble on. Advice: nothing is blocked by it. */
export interface Defaut {
	genre: 'vide' | 'titre_vide' | 'source' | 'date' | 'titre' | 'parts' | 'valeur';
	/** In a few words, for a list. */
	nom: string;
	/** In full, saying what to do. */
	phrase: string;
	/** The cell, for one that holds no number. */
	cellule?: { ligne: string; serie: string };
}

/** A way to divide people, and the words that belong to each of its parts. */
interface Dimension {
	nom: string;
	/** How a title announces it, after « par » or « selon ». */
	annonce: RegExp;
	/** How its parts are called. */
	mots: RegExp;
}

// Read on folded text: no accents, no capitals.
const DIMENSIONS: readonly Dimension[] = [
	{
		nom: 'le sexe',
		annonce: /\b(sexe|genre)\b/,
		mots: /\b(hommes?|femmes?|masculin|feminin|garcons?|filles?)\b/
	},
	{
		nom: 'l’âge',
		annonce: /\b(age|ages|tranches? d age)\b/,
		mots: /\b\d+ (a|et) \d+ ans\b|\b(moins|plus) de \d+ ans\b|\b\d+ \d+ ans\b|\b\d+ ans (et|ou) plus\b|\b(jeunes|seniors)\b/
	},
	{
		nom: 'la situation familiale',
		annonce:
			/\b(situations? familiales?|compositions? familiales?|structures? familiales?|types? de familles?|menages?)\b/,
		mots: /\b(personnes? seules?|isolee?s?|celibataires?|monoparentales?|couples?|mariee?s?|avec enfants?|sans enfants?|divorcee?s?|veu(f|ve)s?)\b/
	},
	{
		nom: 'l’ancienneté',
		annonce: /\b(ancienn?etes?|durees?)\b/,
		mots: /\b\d+ mois\b|\bmoins (de|d)( un)? (six|trois|an|ans|\d+ mois)\b|\bdepuis\b/
	},
	{
		nom: 'le niveau de formation',
		annonce: /\b(diplomes?|qualifications?|(niveaux?|niveau) (de formation|d etudes?|scolaires?)|formation)\b/,
		mots: /\b(bac|baccalaureat|cap|bep|brevet|licence|master|diplomee?s?|sans diplome|niveaux? (i|ii|iii|iv|v|vi|bis|\d))\b/
	},
	{
		nom: 'le territoire',
		annonce:
			/\b(territoires?|commissions?|cantons?|communes?|epci|intercommunalites?|arrondissements?|agglomerations?)\b/,
		mots: /\b(departement|region|france|canton|commune|communaute de communes|agglomeration|commission|metropole)\b/
	}
];

/** What is amiss with a figure, the gravest first. A pure function of its data. */
export function figureFaults(figure: Figure): Defaut[] {
	return [
		...emptiness(figure),
		...valueFaults(figure),
		...titleFaults(figure),
		...partsFaults(figure),
		...originFaults(figure)
	];
}

function emptiness({ titre, lignes }: Figure): Defaut[] {
	const found: Defaut[] = [];
	if (titre.trim() === '')
		found.push({
			genre: 'titre_vide',
			nom: 'Titre manquant',
			phrase: 'Donnez un titre à la figure\u00a0: ce qu’elle montre, en quelques mots.'
		});
	const isFilled = lignes.some(({ valeurs }) => Object.values(valeurs).some((valeur) => valeur.trim() !== ''));
	if (!isFilled)
		found.push({
			genre: 'vide',
			nom: 'Données manquantes',
			phrase: 'Aucune valeur n’est saisie\u00a0: écrivez-les dans le tableau, ou collez-les d’un tableur.'
		});
	return found;
}

function originFaults({ source, date }: Figure): Defaut[] {
	const found: Defaut[] = [];
	if (source.trim() === '')
		found.push({
			genre: 'source',
			nom: 'Source manquante',
			phrase: 'La source manque\u00a0: sans elle, personne ne peut vérifier ces données.'
		});
	if (date.trim() === '')
		found.push({
			genre: 'date',
			nom: 'Date manquante',
			phrase: 'La date des données manque\u00a0: dites de quelle année, ou de quel jour, elles sont.'
		});
	return found;
}

function valueFaults({ lignes, series }: Figure): Defaut[] {
	return lignes.flatMap(({ id, libelle, valeurs }, i) =>
		series.flatMap((serie) => {
			const valeur = valeurs[serie.id] ?? '';
			if (isAbsent(valeur) || readNombre(valeur) !== null) return [];
			const where = `«\u00a0${libelle.trim() || `ligne ${i + 1}`}\u00a0»${serie.nom.trim() ? `, «\u00a0${serie.nom.trim()}\u00a0»` : ''}`;
			return [
				{
					genre: 'valeur' as const,
					nom: 'Valeur qui n’est pas un nombre',
					phrase: `${where}\u00a0: «\u00a0${shortened(valeur)}\u00a0» n’est pas un nombre. Écrivez-le en chiffres, ou «\u00a0n.\u00a0d.\u00a0» s’il n’est pas connu.`,
					cellule: { ligne: id, serie: serie.id }
				}
			];
		})
	);
}

/** « Par sexe » over family situations: flagged only when the title announces one thing and the rows clearly are another. */
function titleFaults({ titre, lignes, series }: Figure): Defaut[] {
	const announced = announcedIn(titre);
	if (announced.length === 0) return [];
	const axes = [lignes.map(({ libelle }) => libelle), series.map(({ nom }) => nom)];
	const shown = axes.map(dimensionOf);
	const foreign = shown.find((dimension) => dimension && !announced.includes(dimension));
	const missing = announced.find(({ mots, nom }) => nom !== 'le territoire' && !axes.flat().some(matches(mots)));
	if (!foreign || !missing) return [];
	const labels = axes.flat().filter(matches(foreign.mots)).slice(0, 3);
	return [
		{
			genre: 'titre',
			nom: 'Titre qui contredit les données',
			phrase: `Le titre annonce ${missing.nom}, mais les données montrent ${foreign.nom} (${labels.map((label) => `«\u00a0${shortened(label)}\u00a0»`).join(', ')}). Corrigez le titre, ou les données.`
		}
	];
}

const ANNONCE = /\b(?:par|selon|suivant)\b/;

function announcedIn(titre: string): Dimension[] {
	const folded = words(titre);
	const at = folded.search(ANNONCE);
	if (at < 0) return [];
	const after = folded.slice(at);
	return DIMENSIONS.filter(({ annonce }) => annonce.test(after));
}

/** The dimension that most of the labels belong to; none when fewer than two do. */
function dimensionOf(labels: readonly string[]): Dimension | undefined {
	const filled = labels.filter((label) => label.trim() !== '');
	return DIMENSIONS.find(({ mots }) => {
		const own = filled.filter(matches(mots)).length;
		return own >= 2 && own >= 0.6 * filled.length;
	});
}

function matches(mots: RegExp): (label: string) => boolean {
	return (label) => mots.test(words(label));
}

function words(text: string): string {
	return foldNom(text)
		.replace(/[^a-z0-9]+/g, ' ')
		.trim();
}

const TOLERANCE = 1;

/** Shares that are given in per cent make 100; counts are turned into shares. */
function partsFaults(figure: Figure): Defaut[] {
	if (figure.forme !== 'parts') return [];
	return figure.series.flatMap(({ id, nom }) => {
		const typed = figure.lignes.map(({ valeurs }) => valeurs[id] ?? '');
		const nombres = typed.flatMap((valeur) => readNombre(valeur) ?? []);
		if (nombres.length === 0) return [];
		const of = nom.trim() === '' ? '' : ` de «\u00a0${nom.trim()}\u00a0»`;
		if (nombres.some((nombre) => nombre < 0))
			return [parts(`Une des parts${of} est négative\u00a0: choisissez une autre forme.`)];
		if (!isPercent(figure, typed)) return [];
		const sum = nombres.reduce((total, nombre) => total + nombre, 0);
		if (Math.abs(sum - 100) <= TOLERANCE) return [];
		return [
			parts(
				`Les parts${of} font ${formatNombre(sum)}\u00a0%, pas 100\u00a0%\u00a0: vérifiez les valeurs, ou choisissez une autre forme.`
			)
		];
	});
}

function parts(phrase: string): Defaut {
	return { genre: 'parts', nom: 'Parts qui ne font pas 100 %', phrase };
}

export function isPercent({ unite }: Pick<Figure, 'unite'>, typed: readonly string[]): boolean {
	return unite.trim().startsWith('%') || typed.some((valeur) => uniteIn(valeur).startsWith('%'));
}

function shortened(text: string): string {
	const one = text.replace(/\s+/g, ' ').trim();
	return one.length > 40 ? `${one.slice(0, 40)}…` : one;
}
