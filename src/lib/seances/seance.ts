import { A_FIXER, quandInWords, type Precision } from '#lib/quand.ts';

/** How people work in a séance. */
export const FORMATS = ['world_cafe', 'groupe_de_travail', 'panel_usagers', 'comite', 'entretien'] as const;
export type Format = (typeof FORMATS)[number];

export const NOM_DU_FORMAT: Record<Format, string> = {
	world_cafe: 'World café',
	groupe_de_travail: 'Groupe de travail',
	panel_usagers: 'Groupe d’usagers',
	comite: 'Comité',
	entretien: 'Entretien'
};

/** Whether people meet there around tables: it is prepared, led and harvested. */
export function hasSalle(format: Format): boolean {
	return format === 'world_cafe' || format === 'groupe_de_travail' || format === 'panel_usagers';
}

export const PRECISIONS_DE_SEANCE: readonly Precision[] = ['jour', 'mois'];

/** A meeting of an instance. */
export interface Seance {
	id: string;
	instanceId: string | null;
	phaseId: string | null;
	titre: string;
	format: Format;
	theme: string;
	/** Of a series: first meeting, second meeting… */
	tour: number | null;
	/** As `quand.ts` writes it; empty: « à fixer ». */
	date: string;
	/** `14:30`; may be empty. */
	heureDebut: string;
	heureFin: string;
	lieu: string;
	objet: string;
	/** How many came, when that is all that is known. */
	participants: number | null;
	suiteDe: string | null;
}

/** A line of the agenda. */
export interface Point {
	texte: string;
	minutes: number | null;
}

/** Who is expected and who came, of one organisme. */
export interface Presence {
	/** null: of none that the pacte knows; `nom` says who. */
	organismeId: string | null;
	nom: string;
	attendus: number | null;
	presents: number | null;
	/** Among those who came. */
	sansTelephone: number | null;
}

export type Totaux = Record<'attendus' | 'presents' | 'sansTelephone', number>;

/** What the lines of an attendance add up to. */
export function totalsOf(presences: readonly Presence[]): Totaux {
	const sum = (of: keyof Totaux) => presences.reduce((total, presence) => total + (presence[of] ?? 0), 0);
	return { attendus: sum('attendus'), presents: sum('presents'), sansTelephone: sum('sansTelephone') };
}

/** « 14 h 30 », « 9 h ». */
export function hourInWords(hour: string): string {
	const [hours = '', minutes = ''] = hour.split(':');
	if (hours === '') return '';
	return `${Number(hours)}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
}

/** « de 14 h à 17 h », « à 14 h », or nothing. */
export function hoursInWords({ heureDebut, heureFin }: Pick<Seance, 'heureDebut' | 'heureFin'>): string {
	if (heureDebut === '') return '';
	return heureFin === '' ? `à ${hourInWords(heureDebut)}` : `de ${hourInWords(heureDebut)} à ${hourInWords(heureFin)}`;
}

/** « 12 mars 2027, de 14 h à 17 h », « mars 2027 », « à fixer ». */
export function whenInWords(seance: Pick<Seance, 'date' | 'heureDebut' | 'heureFin'>): string {
	return [quandInWords(seance.date) || A_FIXER, hoursInWords(seance)].filter(Boolean).join(', ');
}

/** « 1re réunion », « 2e réunion ». */
export function roundInWords(tour: number): string {
	return `${tour === 1 ? '1re' : `${tour}e`}\u00a0réunion`;
}

/** `14:30` from « 14h30 », « 14 h », « 9:05 »; empty from nothing; null when it is no hour. */
export function readHour(text: string): string | null {
	const words = text.trim().toLowerCase();
	if (words === '') return '';
	const [, hours, minutes = '0'] = /^(\d{1,2})\s*[h:]\s*(\d{1,2})?(?:\s*min)?$/.exec(words) ?? [];
	if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
	return `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`;
}

/** Lines of an agenda: « Tour de table (10 min) », « Décisions – 20 min »; the minutes may lack. */
export function readAgenda(text: string): Point[] {
	return text
		.split(/\r?\n/)
		.map((line) => line.replace(/\s+/g, ' ').trim())
		.filter(Boolean)
		.map((line) => {
			const [whole = '', minutes] = /\s*[(–—-]?\s*(\d{1,3})\s*(?:min|mn|minutes)\.?\s*\)?$/i.exec(line) ?? [];
			if (minutes === undefined) return { texte: line, minutes: null };
			return { texte: line.slice(0, line.length - whole.length).replace(/\s*[:,]$/, ''), minutes: Number(minutes) };
		})
		.filter(({ texte }) => texte !== '');
}

/** The same, as it is typed again. */
export function agendaInLines(points: readonly Point[]): string {
	return points.map(({ texte, minutes }) => (minutes === null ? texte : `${texte} (${minutes} min)`)).join('\n');
}
