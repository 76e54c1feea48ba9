import { describe, expect, it } from 'vitest';
import { monthToShow, weeksOf } from './calendrier.ts';
import { readEntretiens } from './entretiens.ts';
import { tableOf } from './methode.ts';
import { alternativeOf, planningOf, planningSvg } from './planning.ts';
import { agendaInLines, hoursInWords, readAgenda, readHour, totalsOf, whenInWords } from './seance.ts';
import { seancesOf, type Serie } from './serie.ts';

describe('a séance', () => {
	it('says when it is: a day and its hours, a month, or « à fixer »', () => {
		const at = (date: string, heureDebut = '', heureFin = '') =>
			whenInWords({ date, heureDebut, heureFin }).replaceAll('\u00a0', ' ');
		expect([at('2027-03-12', '14:30', '17:00'), at('2027-03'), at('')]).toEqual([
			'12 mars 2027, de 14 h 30 à 17 h',
			'mars 2027',
			'à fixer'
		]);
		expect(hoursInWords({ heureDebut: '', heureFin: '' })).toBe('');
	});

	it('has hours as people type them', () => {
		expect(['14h30', '14 h', '9:05', ' ', '25h', 'midi', '9'].map(readHour)).toEqual([
			'14:30',
			'14:00',
			'09:05',
			'',
			null,
			null,
			null
		]);
	});

	it('has an agenda with minutes where they are written, and gives it back as it was', () => {
		const points = readAgenda('Tour de table (10 min)\n\nDécisions – 20 mn\nQuestions diverses\n');
		expect(points).toEqual([
			{ texte: 'Tour de table', minutes: 10 },
			{ texte: 'Décisions', minutes: 20 },
			{ texte: 'Questions diverses', minutes: null }
		]);
		expect(readAgenda(agendaInLines(points))).toEqual(points);
	});

	it('adds up who came, of what is known', () => {
		const line = { organismeId: null, nom: 'CAF' };
		expect(
			totalsOf([
				{ ...line, attendus: 3, presents: 2, sansTelephone: 1 },
				{ ...line, attendus: null, presents: 4, sansTelephone: null }
			])
		).toEqual({ attendus: 3, presents: 6, sansTelephone: 1 });
	});
});

describe('a series of séances', () => {
	const SERIE: Serie = { titre: 'Comité', themes: [], reunions: 1, dates: [], objets: [] };
	const made = (serie: Partial<Serie>) => {
		const found = seancesOf({ ...SERIE, ...serie });
		if ('erreurs' in found) throw new Error(found.erreurs.join(' '));
		return found.seances;
	};
	const faults = (serie: Partial<Serie>) => {
		const found = seancesOf({ ...SERIE, ...serie });
		return 'erreurs' in found ? found.erreurs : [];
	};

	it('is themes × meetings, round by round, each with its date, or « à fixer »', () => {
		const seances = made({
			themes: ['Mobilité', 'Logement'],
			reunions: 2,
			dates: ['2 juillet 2027', '4/7/2027', 'à fixer'],
			objets: ['Partager le diagnostic', 'Écrire les fiches']
		});
		expect(seances.map(({ theme, tour, date, objet }) => [theme, tour, date, objet])).toEqual([
			['Mobilité', 1, '2027-07-02', 'Partager le diagnostic'],
			['Logement', 1, '2027-07-04', 'Partager le diagnostic'],
			['Mobilité', 2, '', 'Écrire les fiches'],
			['Logement', 2, '', 'Écrire les fiches']
		]);
	});

	it('is only counted without a theme', () => {
		expect(made({ reunions: 11 }).map(({ titre }) => titre)[10]).toBe('Comité n°\u00a011');
	});

	it('says which line of dates is wrong, and that there are too many', () => {
		expect(faults({ reunions: 2, dates: ['12/03/2027', 'bientôt'] })[0]).toMatch(/^Ligne 2, «\u00a0bientôt\u00a0»/);
		expect(faults({ reunions: 1, dates: ['mars 2027', 'avril 2027'] })[0]).toMatch(/2\u00a0dates pour 1\u00a0séance/);
		expect(faults({ reunions: 0 })[0]).toMatch(/combien de réunions/);
		expect(faults({ themes: ['A', 'B', 'C'], reunions: 100 })[0]).toMatch(/300/);
	});
});

describe('a list of interviews', () => {
	it('is read with the names of its columns, in any order, or without', () => {
		const [first] = readEntretiens('Date;Structure;Interlocuteur;Besoins\n12/05/2027;CAF;la directrice;Du temps');
		expect(first).toMatchObject({
			organisme: 'CAF',
			personne: 'la directrice',
			date: '2027-05-12',
			besoins: 'Du temps',
			erreur: ''
		});
		expect(readEntretiens('CAF\tmai 2027\nMSA').map(({ organisme, date }) => [organisme, date])).toEqual([
			['CAF', '2027-05'],
			['MSA', '']
		]);
	});

	it('says what is wrong on which line, and keeps long words whole', () => {
		const needs = 'mot '.repeat(400).trim();
		const read = readEntretiens(`organisme;date;besoins\nCAF;hier;x\n;12/05/2027;y\nMSA;;${needs}`);
		expect(read.map(({ ligne, erreur }) => [ligne, erreur !== ''])).toEqual([
			[2, true],
			[3, true],
			[4, false]
		]);
		expect(read[2]?.besoins).toBe(needs);
	});
});

describe('the table of the method', () => {
	const seance = (date: string, objet = '', theme = '', tour: number | null = null) => ({
		titre: theme,
		theme,
		tour,
		date,
		objet
	});

	it('has a row for each object of an instance, one for all those that have none, in the order of dates', () => {
		const rows = tableOf([
			{
				nom: 'Comité de pilotage',
				objet: 'Piloter',
				seances: [seance('2019-11-27', 'Pistes'), seance('2019-04', 'Lancement')]
			},
			{ nom: 'Entretiens', objet: 'Recenser les besoins', seances: [seance('2019-07-12'), seance('2019-05-06')] },
			{ nom: 'Équipe projet', objet: 'Suivre', seances: [] }
		]);
		expect(rows.map(({ instance, periode, objet }) => [instance, periode, objet])).toEqual([
			['Comité de pilotage', 'avril 2019', 'Lancement'],
			['Entretiens', 'mai à juillet 2019', 'Recenser les besoins'],
			['Comité de pilotage', '27 novembre 2019', 'Pistes']
		]);
	});

	it('has a row for each round of a series, with the day of each theme', () => {
		const rows = tableOf([
			{
				nom: 'Groupe de travail',
				objet: '',
				seances: [
					seance('2019-07-02', 'Diagnostic', 'Mobilité', 1),
					seance('2019-10-07', 'Diagnostic', 'Jeunes', 1),
					seance('2019-09-05', 'Fiches', 'Mobilité', 2),
					seance('', 'Fiches', 'Jeunes', 2)
				]
			}
		]);
		expect(rows.map(({ instance, periode }) => [instance, periode])).toEqual([
			['Groupe de travail – 1re\u00a0réunion', 'juillet à octobre 2019'],
			['Groupe de travail – 2e\u00a0réunion', '5 septembre 2019']
		]);
		expect(rows[1]?.dates).toEqual([
			{ theme: 'Mobilité', quand: '5 septembre 2019' },
			{ theme: 'Jeunes', quand: '' }
		]);
	});
});

describe('the planning', () => {
	const PHASES = [
		{ titre: 'Diagnostic', debut: '2014-03', fin: '2014-05', periode: '' },
		{ titre: 'Écriture <b>', debut: '2014-10', fin: '2015-06', periode: '' },
		{ titre: 'Suite', debut: '', fin: '', periode: 'plus tard' }
	];

	it('covers the months from the first phase or séance to the last', () => {
		const { mois } = planningOf(PHASES, [{ nom: 'Comité', seances: [{ date: '2014-02-16' }, { date: '' }] }]);
		expect([mois[0], mois.at(-1), mois.length]).toEqual(['2014-02', '2015-06', 17]);
	});

	it('draws a bar a dated phase and a mark a dated séance, says the rest in words, and what is typed stays text', () => {
		const planning = planningOf(PHASES, [
			{ nom: 'Comité', seances: [{ date: '2014-03-16' }, { date: '2014-04' }, { date: '' }] }
		]);
		const svg = planningSvg(planning);
		expect(svg.match(/height="20" rx="3"/g)).toHaveLength(2);
		expect(svg).toContain('Écriture &lt;b&gt;');
		expect(svg).not.toContain('<b>');
		expect(svg).toContain('plus tard');
		expect(svg).toContain('(1 à fixer)');
		expect(alternativeOf(planning).replaceAll('\u00a0', ' ')).toBe(
			'Planning, mars 2014 à juin 2015. Phase 1 : Diagnostic (mars à mai 2014), Phase 2 : Écriture <b> (octobre 2014 à juin 2015), Phase 3 : Suite (plus tard) et Comité : 3 séances.'
		);
	});

	it('is not drawn over a century because one year was typed wrong', () => {
		expect(planningOf([{ titre: 'X', debut: '1014-03', fin: '2015-06', periode: '' }], []).mois).toHaveLength(120);
	});
});

describe('a month of the calendar', () => {
	it('is whole weeks from Monday to Sunday', () => {
		const weeks = weeksOf('2027-02');
		expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7]);
		expect([weeks[0]?.[0]?.iso, weeks[3]?.[6]?.iso]).toEqual(['2027-02-01', '2027-02-28']);
		expect(weeksOf('2026-11')[0]?.map(({ jour, autreMois }) => (autreMois ? 0 : jour))).toEqual([0, 0, 0, 0, 0, 0, 1]);
	});

	it('opens on that of the next séance, else of the last', () => {
		expect(monthToShow(['2026-10-02', '2027-01', '2027-03-02'], '2026-11-21')).toBe('2027-01');
		expect(monthToShow(['2026-10-02', ''], '2026-11-21')).toBe('2026-10');
		expect(monthToShow([], '2026-11-21')).toBe('2026-11');
	});
});
