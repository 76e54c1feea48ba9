import { describe, expect, it } from 'vitest';
import { archiveFromProposition } from '#lib/import/archive-from-proposition.ts';
import { readPacte } from './read-pacte.ts';

const SIGNATURES = `SIGNATURES

Le Département de la Haute-Rivière, représenté par

La Mission locale du Val, représentée par

La Caisse d'allocations familiales (CAF), représentée par

La Fédération des Artisans du Bois, représentée par

L'Union des Jardins de Sorne, représentée par

La Chambre des mariniers, représentée par
`;

/** Texts apart by three blank lines, as a page sets them. */
const pacte = (...textes: string[]) =>
	['LES PARTENAIRES SIGNATAIRES\n\nLes parties signataires s’engagent à :\n\n- se prévenir\n- se répondre', ...textes]
		.join('\n\n\n\n')
		.concat('\n\nLA GOUVERNANCE\n\nUn comité se réunit chaque année.\n\n', SIGNATURES);

const DEPARTEMENT =
	'Le Département de la Haute-Rivière : Chef de file de l’insertion, il ouvre trois maisons et accompagne chaque ménage qui le demande.';
const CAF = `La Caisse d’allocations familiales s’engage à :

- Répondre sous dix jours
- Tenir une permanence à Sorne`;
const MISSION_LOCALE = `jeunes de la vallée. Elle les reçoit sans rendez-vous, chaque mercredi.

La Mission locale du Val accompagne depuis vingt ans les

Elle prête aussi ses vélos à ceux qui n’ont aucun moyen de venir.`;
const MAISON = `Maison des solidarités

La Maison des solidarités (MDS) reçoit les personnes que les autres guichets ne reçoivent plus, le soir et le samedi.`;

const read = (...textes: string[]) => readPacte(pacte(...textes));
const messages = (texte: ReturnType<typeof readPacte>) => texte.doutes.map(({ message }) => message);

describe('what each partner writes, under a heading that speaks of them', () => {
	it('is one text each: its words, its list of engagements, the name that signs', () => {
		const { engagements } = read(DEPARTEMENT, CAF, MISSION_LOCALE, MAISON);
		expect(engagements.map(({ organisme, puces }) => [organisme, puces])).toEqual([
			[null, ['se prévenir', 'se répondre']],
			['Département de la Haute-Rivière', []],
			["Caisse d'allocations familiales (CAF)", ['Répondre sous dix jours', 'Tenir une permanence à Sorne']],
			['Mission locale du Val', []],
			['Maison des solidarités', []]
		]);
	});

	it('a passage printed before the one that it follows goes back below it, and it is told', () => {
		const lu = read(DEPARTEMENT, CAF, MISSION_LOCALE, MAISON);
		expect(lu.engagements[3]?.intention).toBe(
			'La Mission locale du Val accompagne depuis vingt ans les jeunes de la vallée. Elle les reçoit sans rendez-vous, chaque mercredi.\n' +
				'Elle prête aussi ses vélos à ceux qui n’ont aucun moyen de venir.'
		);
		expect(messages(lu).filter((message) => message.includes('dans le désordre'))).toEqual([
			expect.stringContaining('« Mission locale du Val »')
		]);
	});

	it('those who write without signing and sign without writing are told', () => {
		expect(messages(read(DEPARTEMENT, CAF, MISSION_LOCALE, MAISON))).toContainEqual(
			'4 textes de partenaires et 6 signataires : « Maison des solidarités » sans signature, « Fédération des Artisans du Bois », « Union des Jardins de Sorne » et « Chambre des mariniers » sans texte.'
		);
	});

	it('texts printed as one tangle: each passage goes to the partner that it names, the one without a name stays apart', () => {
		const lu = read(
			DEPARTEMENT,
			CAF,
			'adhérents, l’adresse des maisons ouvertes.\n\nEn hiver, quand les chantiers s’arrêtent et que la rivière monte, les artisans du bois manquent de',
			'jardiniers, l’Union des Jardins confie ses serres à des personnes sans emploi, chaque printemps.\n\nSes récoltes partent sur les marchés de la vallée, où elles se vendent moins cher qu’ailleurs aux familles qui le demandent, et paient ensuite les',
			`Vallée. Elle s’engage aussi à dire ses besoins avant la

La Fédération des Artisans du Bois diffuse à tous ses

L’Union des Jardins de Sorne : Créée par des

bras, et la Fédération des Artisans du Bois forme des apprentis.

outils de l’Union des Jardins pour la saison d’après.`
		);
		const siens = lu.engagements.slice(3).map(({ organisme, intention }) => [organisme, intention]);
		expect(siens).toEqual([
			['', expect.stringMatching(/^Vallée\. Elle s’engage aussi/)],
			[
				'Fédération des Artisans du Bois',
				expect.stringMatching(/diffuse à tous ses adhérents, .*manquent de bras, et/s)
			],
			['Union des Jardins de Sorne', expect.stringMatching(/Créée par des jardiniers, .*paient ensuite les outils/s)]
		]);
		expect(messages(lu)).toContainEqual(expect.stringMatching(/sont imprimés mêlés, des lignes \d+ à \d+/));
		expect(messages(lu)).toContainEqual("Ce texte ne nomme pas le partenaire qui l'écrit.");
		const { sections } = archiveFromProposition(lu, { intitule: 'P', territoire: 'T', debut: null, fin: null });
		const sansNom = sections.find(({ titre }) => titre.includes('à nommer'));
		expect(sansNom).toMatchObject({ genre: 'engagement', organisme: null });
	});

	it('a list that the text above announces is given back to it', () => {
		const lu = read(
			DEPARTEMENT,
			`${MAISON}\n\nElle s’engage à :`,
			`La Mission locale du Val accompagne les

- ouvrir le samedi
- prêter ses salles.

jeunes de la vallée, sans rendez-vous, chaque mercredi, avec leurs familles et leurs amis.`,
			CAF
		);
		expect(lu.engagements.map(({ organisme, puces }) => [organisme, puces.length])).toEqual([
			[null, 2],
			['Département de la Haute-Rivière', 0],
			['Maison des solidarités', 2],
			['Mission locale du Val', 0],
			["Caisse d'allocations familiales (CAF)", 2]
		]);
		expect(messages(lu)).toContainEqual(
			expect.stringMatching(/donnée à celui qui l'annonce \(« Maison des solidarités »\)/)
		);
	});

	it('texts as close as their paragraphs are told apart by their names', () => {
		const serre = pacte().replace(
			'- se répondre',
			`- se répondre\n\n${DEPARTEMENT}\n\nIl finance aussi les permis.\n\n${MISSION_LOCALE.split('\n\n')[1]} jeunes.\n\nUnion des Jardins de Sorne\n\nElle confie ses serres à des personnes sans emploi, chaque printemps, puis à l’année.\n\nLa Chambre des mariniers : Elle ouvre ses péniches aux apprentis de la vallée, deux fois par an.`
		);
		expect(readPacte(serre).engagements.map(({ organisme }) => organisme)).toContain('Chambre des mariniers');
	});

	it('a heading about partners that no series of texts follows gives none', () => {
		const lu = read('Les partenaires se réunissent trois fois par an, à l’invitation du Département et de la CAF.');
		expect(lu.engagements.filter(({ organisme }) => organisme !== null)).toEqual([]);
	});
});
