import { listed } from '#lib/format.ts';
import { foldNom } from '#lib/organismes/fold.ts';
import type { Figure, Ligne, Serie } from './figure.ts';
import { formatValeur, isAbsent, readNombre } from './nombre.ts';

/** The figure in words: what people wrote, else what can be said of its data. Empty when there is nothing to say. */
export function phraseOf(figure: Figure): string {
	return figure.phrase.trim() || proposePhrase(figure);
}

/** « En 2014, le taux de pauvreté est de 7 % dans le département, contre 10,5 % en France. » A proposal, to be rewritten. */
export function proposePhrase(figure: Figure): string {
	const said = figure.lignes.flatMap((ligne) => {
		const values = valuesOf(figure, ligne);
		return values.length === 0 ? [] : [{ ligne, values }];
	});
	const [first] = said;
	if (!first) return '';
	if (said.length === 1) return sentence(figure, subjectOf(figure, first.ligne), compared(first.values));
	const { series } = figure;
	if (series.length === 1) return sentence(figure, nounOf(figure.titre), listOf(said));
	const most = mostOf(figure, said);
	return most === '' ? '' : sentence(figure, `${figure.titre.trim()}\u00a0:`, most);
}

interface Value {
	serie: Serie;
	nombre: number;
	/** As printed. */
	texte: string;
}

interface Said {
	ligne: Ligne;
	values: Value[];
}

function valuesOf({ series, unite }: Figure, { valeurs }: Ligne): Value[] {
	return series.flatMap((serie) => {
		const typed = valeurs[serie.id] ?? '';
		const nombre = readNombre(typed);
		return nombre === null || isAbsent(typed) ? [] : [{ serie, nombre, texte: formatValeur(typed, unite) }];
	});
}

/** « 7 % dans le département, contre 9,1 % dans la région et 10,5 % en France ». */
function compared(values: readonly Value[]): string {
	const [first, ...others] = values.map(({ serie, texte }) => [texte, placeOf(serie.nom)].filter(Boolean).join(' '));
	if (others.length === 0) return first ?? '';
	return `${first}, contre ${listed(others)}`;
}

const PLACES: readonly [RegExp, string][] = [
	[/^(le )?departement$/, 'dans le département'],
	[/^(la )?region$/, 'dans la région'],
	[/^(la )?france( entiere| metropolitaine)?$/, 'en France'],
	[/^national$|^niveau national$/, 'en France'],
	[/^(19|20)\d\d$/, 'en ']
];

function placeOf(nom: string): string {
	const folded = foldNom(nom);
	const known = PLACES.find(([pattern]) => pattern.test(folded))?.[1];
	if (known?.endsWith(' ')) return `${known}${nom.trim()}`;
	return known ?? (nom.trim() === '' ? '' : `(${nom.trim()})`);
}

/** Up to four rows are all said; of more, the highest and the lowest. */
function listOf(said: readonly Said[]): string {
	const one = ({ ligne, values }: Said) => `${values[0]?.texte} (${ligne.libelle.trim() || 'sans libellé'})`;
	if (said.length <= 4) return listed(said.map(one));
	const sorted = said.toSorted((a, b) => (b.values[0]?.nombre ?? 0) - (a.values[0]?.nombre ?? 0));
	return `de ${one(sorted.at(-1) as Said)} à ${one(sorted[0] as Said)}`;
}

/** With several columns: the row that comes first in each. */
function mostOf({ series }: Figure, said: readonly Said[]): string {
	const named = series.filter(({ nom }) => nom.trim() !== '');
	const tops = named.slice(0, SERIES_DITES).flatMap((serie) => {
		const inSerie = said.flatMap(({ ligne, values }) => {
			const value = values.find((one) => one.serie.id === serie.id);
			return value ? [{ ligne, value }] : [];
		});
		return inSerie.toSorted((a, b) => b.value.nombre - a.value.nombre).slice(0, 1);
	});
	const [first] = tops;
	if (!first) return '';
	const end = named.length > SERIES_DITES ? '…' : '';
	const label = (ligne: Ligne) => `«\u00a0${ligne.libelle.trim() || 'sans libellé'}\u00a0»`;
	if (tops.every(({ ligne }) => ligne.id === first.ligne.id)) {
		const values = tops.map(({ value }) => `${value.texte} (${value.serie.nom.trim()})`);
		return `${label(first.ligne)} vient en tête, avec ${listed(values)}${end}`;
	}
	const each = tops.map(({ ligne, value }) => `${label(ligne)} pour ${value.serie.nom.trim()} (${value.texte})`);
	return `en tête, ${listed(each)}${end}`;
}

/** Of more columns, the first are enough for a sentence. */
const SERIES_DITES = 4;

function subjectOf({ titre, lignes }: Figure, ligne: Ligne): string {
	return nounOf(lignes.length === 1 && titre.trim() !== '' ? titre : ligne.libelle);
}

const MASCULINS = /^(taux|nombre|montant|revenu|delai|effectif|cout|niveau|pourcentage|ratio|budget|solde)\b/;
const FEMININS = /^(part|densite|population|proportion|duree|moyenne|mediane|depense|somme)\b/;

/** « le taux de pauvreté est de », or the title itself and a colon. */
function nounOf(titre: string): string {
	const clean = titre.trim().replace(/[.:\s]+$/, '');
	const folded = foldNom(clean);
	const lower = `${clean.charAt(0).toLowerCase()}${clean.slice(1)}`;
	if (MASCULINS.test(folded)) return `le ${lower} est de`;
	if (FEMININS.test(folded)) return `la ${lower} est de`;
	return clean === '' ? '' : `${clean}\u00a0:`;
}

/** With its date before, its capital and its full stop. */
function sentence({ date }: Figure, subject: string, rest: string): string {
	const when = whenOf(date);
	const isNoun = !subject.endsWith(':') && subject !== '';
	const wording = [subject, rest].filter((part) => part !== '').join(' ');
	const whole = when === '' ? wording : isNoun ? `${when}, ${wording}` : `${wording}, ${lowerFirst(when)}`;
	const capital = `${whole.charAt(0).toUpperCase()}${whole.slice(1)}`;
	return capital.endsWith('…') ? capital : `${capital}.`;
}

/** « En 2014 », « Au 30 novembre 2019 ». */
function whenOf(date: string): string {
	const clean = date.trim();
	if (clean === '') return '';
	if (/^(19|20)\d\d(\s?[-–]\s?(19|20)?\d\d)?$/.test(clean)) return `En ${clean}`;
	if (/^1er |^\d{1,2} |^\d{1,2}[/.]\d/.test(clean)) return `Au ${clean}`;
	if (/^(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) /i.test(clean))
		return `En ${lowerFirst(clean)}`;
	return clean;
}

function lowerFirst(text: string): string {
	return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
