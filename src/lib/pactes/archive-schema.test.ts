import { describe, expect, test } from 'vitest';
import { ArchiveError, parseArchive } from './archive-schema.ts';
import { PARTIES_VIDES, type ArchivePacte } from './archive.ts';
import { MODELE_ORNE, MODELE_VIERGE } from './modeles/structures.ts';

describe('what was exported is read as it was written', () => {
	test('the same bytes come out, key order included', () => {
		const json = JSON.stringify(archive());
		expect(JSON.stringify(parseArchive(JSON.parse(json)))).toBe(json);
	});

	test('keys in another order come out in the order of the export', () => {
		expect(JSON.stringify(parseArchive(reversed(archive())))).toBe(JSON.stringify(archive()));
	});

	test('a field that a fiche does not name is empty', () => {
		const partial = structuredClone(archive());
		partial.fiches[0]!.champs = { echeance: { texte: '2027' } };
		expect(parseArchive(partial).fiches[0]?.champs).toMatchObject({
			objectifs: { puces: [] },
			echeance: { texte: '2027' },
			pilotes: { organismes: [], ouverte: false, texte: '' }
		});
	});

	test('a file from before there were figures has none', () => {
		const { figures: _, ...older } = archive();
		expect(parseArchive(older).figures).toEqual([]);
	});

	test('an empty pacte without period is a pacte', () => {
		const empty = { ...archive(), debut: null, fin: null, organismes: [], noeuds: [], fiches: [], signataires: [] };
		expect(parseArchive({ ...empty, engagements: [], textes: [], modele: MODELE_VIERGE }).debut).toBeNull();
	});

	test('a fiche at the top of the tree, or kept aside, is taken as it is', () => {
		const source = archive();
		source.noeuds.push({ id: 'n9', parent: null, niveau: 'action', titre: '' });
		expect(parseArchive(source).noeuds.map(({ parent }) => parent)).toEqual([null, 'n1', 'n1', 'a_classer', null]);
	});
});

describe('what is not a pacte is refused, and the sentence says where and why', () => {
	test.each<[string, (source: Loose) => unknown, RegExp]>([
		['nothing', () => null, /un objet est attendu, pas « null »/],
		['a list', () => [], /un objet est attendu, pas une liste/],
		['another file', () => ({ nom: 'x' }), /« format » : ce n’est pas un pacte exporté/],
		['a version to come', (a) => ({ ...a, version: 2 }), /« version » : la version « 2 » n’est pas connue/],
		['an unknown key', (a) => ({ ...a, budgets: [] }), /la clé « budgets » n’est pas connue ici/],
		['no title', (a) => ({ ...a, intitule: ' ' }), /« intitule » : ce texte ne peut pas être vide/],
		['a year that is text', (a) => ({ ...a, debut: '2026' }), /« debut » : un nombre entier .* pas « 2026 »/],
		['an end before its start', (a) => ({ ...a, fin: 2020 }), /« fin » : l’année de fin \(2020\) précède/],
		[
			'a level of no parent',
			(a) => at(a, 'modele.niveaux.1.parents.0', 'region'),
			/« modele\.niveaux\[1\]\.parents\[0\] »/
		],
		['two fields of one id', (a) => at(a, 'modele.champs.1.id', 'finalite'), /« modele\.champs\[1\]\.id » .*déjà pris/],
		[
			'a field of no known type',
			(a) => at(a, 'modele.champs.0.type', 'video'),
			/puces, texte, court, organismes, schemas, echeance, ouinon, choix, tableau, indicateurs, montants ; pas « video »/
		],
		['a model that would hide a key', (a) => at(a, 'modele.champs.0.id', '__proto__'), /n’est pas un identifiant/],
		[
			'an organisme named twice',
			(a) => at(a, 'organismes.1.nom', 'Caf'),
			/« organismes\[1\] » : « Caf » est déjà le nom/
		],
		['an alias that is another’s name', (a) => at(a, 'organismes.1.alias.0', 'CAF'), /« organismes\[1\] »/],
		[
			'a child before its parent',
			(a) => at(a, 'noeuds.0.parent', 'n2'),
			/« noeuds\[0\]\.parent » : « n2 » n’est pas un nœud placé avant/
		],
		['a node below itself', (a) => at(a, 'noeuds.1.parent', 'n2'), /« noeuds\[1\]\.parent »/],
		['two nodes of one id', (a) => at(a, 'noeuds.1.id', 'n1'), /« noeuds\[1\]\.id » .*déjà pris/],
		['a node called as the parking area', (a) => at(a, 'noeuds.0.id', 'a_classer'), /« noeuds\[0\]\.id »/],
		['an unknown level', (a) => at(a, 'noeuds.0.niveau', 'pilier'), /le niveau « pilier » n’existe pas/],
		['a fiche of no node', (a) => at(a, 'fiches.0.noeud', 'n77'), /aucun nœud n’a l’identifiant « n77 »/],
		['two fiches of one node', (a) => ({ ...a, fiches: [a.fiches[0], a.fiches[0]] }), /« n3 » a déjà une fiche/],
		['a figure of no known form', (a) => at(a, 'figures.0.forme', 'camembert'), /barres, groupees, lignes, parts/],
		['a row short of a value', (a) => at(a, 'figures.0.lignes.0.valeurs', ['7']), /il y a 2 colonnes/],
		['a row of too many values', (a) => at(a, 'figures.0.lignes.0.valeurs', ['7', '8', '9']), /3 éléments/],
		['two columns of one id', (a) => at(a, 'figures.0.series.1.id', 's1'), /« figures\[0\]\.series\[1\]\.id »/],
		[
			'a column whose id no figure may bear',
			(a) => at(a, 'figures.0.series.0.id', 's'.repeat(41)),
			/est un identifiant trop long/
		],
		[
			'a field that the model lacks',
			(a) => at(a, 'fiches.0.champs.budget', { texte: '' }),
			/la clé « budget » n’est pas connue/
		],
		[
			'a text where bullets are',
			(a) => at(a, 'fiches.0.champs.objectifs', { texte: 'x' }),
			/« fiches\[0\]\.champs\.objectifs » : la clé « texte »/
		],
		[
			'a bullet that is a number',
			(a) => at(a, 'fiches.0.champs.objectifs.puces.1', 3),
			/puces\[1\] » : un texte est attendu, pas « 3 »/
		],
		[
			'an unknown organisme',
			(a) => at(a, 'fiches.0.champs.pilotes.organismes.0', 'o9'),
			/aucun organisme n’a l’identifiant « o9 »/
		],
		[
			'an organisme twice in a list',
			(a) => at(a, 'fiches.0.champs.partenaires.organismes.1', 'o1'),
			/un organisme y est deux fois/
		],
		['a signatory of no organisme', (a) => at(a, 'signataires.0.organisme', 'o9'), /« signataires\[0\]\.organisme »/],
		['an engagement of no organisme', (a) => at(a, 'engagements.1.organisme', 'o9'), /« engagements\[1\]\.organisme »/],
		['a line that is no number', (a) => at(a, 'textes.0.ligne_debut', 1.5), /« textes\[0\]\.ligne_debut »/],
		['a null character', (a) => at(a, 'noeuds.0.titre', 'a\0b'), /un caractère qui ne peut pas être enregistré/],
		['half a character', (a) => at(a, 'noeuds.0.titre', 'a\ud83d'), /un caractère qui ne peut pas être enregistré/],
		[
			'a title without end',
			(a) => at(a, 'noeuds.0.titre', 'a'.repeat(10_001)),
			/10001 caractères, plus que les 10000 permis/
		],
		['too many bullets', (a) => at(a, 'fiches.0.champs.objectifs.puces', Array(5_001).fill('')), /5001 éléments/],
		['a tree without bottom', (a) => ({ ...a, noeuds: chain(101), fiches: [] }), /100 niveaux de profondeur/]
	])('%s', (_title, mutate, sentence) => {
		const read = () => parseArchive(mutate(structuredClone(archive()) as unknown as Loose));
		expect(read).toThrow(ArchiveError);
		expect(read).toThrow(spaced(sentence));
	});
});

/** Sentences are written here with plain spaces. */
function spaced(sentence: RegExp): RegExp {
	return new RegExp(sentence.source.replace(/ /g, '[ \\u00a0]'));
}

type Loose = Record<string, unknown> & { fiches: unknown[] };

/** Puts a value at a path such as `noeuds.0.titre`. */
function at(source: Loose, path: string, value: unknown): unknown {
	const keys = path.split('.');
	const last = keys.pop() as string;
	const holder = keys.reduce<Record<string, unknown>>((found, key) => found[key] as Record<string, unknown>, source);
	Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
	return source;
}

function chain(length: number) {
	return Array.from({ length }, (_, i) => ({
		id: `n${i}`,
		parent: i === 0 ? null : `n${i - 1}`,
		niveau: 'axe',
		titre: ''
	}));
}

/** The same, each object's keys last first. */
function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, item]) => [key, reversed(item)])
	);
}

function archive(): ArchivePacte {
	return structuredClone({
		format: 'copacte/pacte',
		version: 1,
		intitule: 'Pacte de la Haute-Rivière',
		territoire: 'Haute-Rivière',
		debut: 2026,
		fin: 2030,
		modele: MODELE_ORNE,
		organismes: [
			{ id: 'o1', nom: 'CAF', alias: ['Caisse d’allocations familiales'] },
			{ id: 'o2', nom: 'Mission locale', alias: ['La ML'] }
		],
		noeuds: [
			{ id: 'n1', parent: null, niveau: 'axe', titre: 'Répondre vite' },
			{ id: 'n2', parent: 'n1', niveau: 'perspective', titre: 'Recevoir en dix jours' },
			{ id: 'n3', parent: 'n1', niveau: 'action', titre: 'Un agenda partagé' },
			{ id: 'n4', parent: 'a_classer', niveau: 'action', titre: 'À reprendre' }
		],
		fiches: [
			{
				noeud: 'n3',
				champs: {
					finalite: { puces: ['Ne laisser personne sans réponse'] },
					objectifs: { puces: ['Appeler', '', 'Recevoir'] },
					modalites: { puces: [] },
					indicateurs: { puces: [] },
					echeance: { texte: '2026 ou 2027' },
					partenaires: { organismes: ['o1', 'o2'], ouverte: true, texte: '' },
					pilotes: { organismes: ['o1'], ouverte: false, texte: '' }
				}
			}
		],
		signataires: [
			{
				organisme: 'o1',
				personne: 'Camille Martin',
				fonction: 'Directrice',
				statut: 'signe',
				date: '2026-12-01',
				instance: ''
			}
		],
		engagements: [
			{ organisme: null, puces: ['Se réunir'] },
			{ organisme: 'o2', puces: [] }
		],
		textes: [{ ligne_debut: 3, ligne_fin: 4, texte: 'Un passage.\nSur deux lignes.' }],
		...PARTIES_VIDES,
		figures: [
			{
				id: 'g1',
				titre: 'Taux de chômage',
				phrase: '',
				source: 'Insee',
				date: '2014',
				territoire: '',
				unite: '%',
				forme: 'barres',
				series: [
					{ id: 's1', nom: 'Département' },
					{ id: 's2', nom: 'France' }
				],
				lignes: [{ id: 'l1', libelle: 'Taux', valeurs: ['7', '10,5'] }]
			}
		],
		glossaire: [
			{ sigle: 'CAF', developpe: 'Caisse d’allocations familiales', definition: '' },
			{ sigle: 'RSA', developpe: 'Revenu de solidarité active', definition: 'Un minimum.' }
		],
		pieces: [
			{
				id: 'p1',
				nom: 'carte.png',
				type: 'image/png',
				largeur: 30,
				hauteur: 20,
				sha256: 'a'.repeat(64),
				base64: 'iVBORw0K'
			}
		]
	} satisfies ArchivePacte);
}
