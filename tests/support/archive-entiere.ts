// A pacte that holds one of everything that a document prints, each text with a word of its own: what a format leaves out is seen.
import { createHash } from 'node:crypto';
import { PARTIES_VIDES, type ArchivePacte, type SectionArchive } from '#lib/pactes/archive.ts';
import { CADRE_ENGAGEMENT } from '#lib/engagements/cadre.ts';
import { emptyValeur } from '#lib/pactes/archive-schema.ts';
import type { Champ, Modele } from '#lib/pactes/modele.ts';
import type { Inline, Paragraphe, Prose } from '#lib/editor/prose.ts';
import type { GenreSection } from '#lib/sections/section.ts';

/** One pixel. */
const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);

export interface ArchiveEntiere {
	archive: ArchivePacte;
	/** The words that each document of the whole pacte must say. */
	mots: string[];
}

export function archiveEntiere(): ArchiveEntiere {
	const mots: string[] = [];
	/** A word that is nowhere else. */
	const mot = (quoi: string): string => {
		const word = `${quoi}${String(mots.length + 1).padStart(3, '0')}`;
		mots.push(word);
		return word;
	};
	const texte = (words: string): Inline => ({ type: 'texte', texte: words });
	const p = (quoi: string, more: Partial<Paragraphe> = {}): Paragraphe => ({
		type: 'paragraphe',
		contenu: [texte(mot(quoi))],
		...more
	});
	const prose: Prose = [
		p('titre', { titre: 2 }),
		{
			type: 'paragraphe',
			contenu: [
				texte(`${mot('prose')} `),
				{ type: 'texte', texte: mot('gras'), gras: true },
				texte(' '),
				{ type: 'texte', texte: mot('penche'), italique: true },
				{ type: 'note', contenu: [{ type: 'texte', texte: mot('note'), lien: 'https://observatoire.example/2027' }] },
				texte(' voir '),
				{ type: 'renvoi', cible: 'noeud:n3' },
				texte(' et '),
				{ type: 'chiffre', figure: 'g1', ligne: 'l1', serie: 's1' },
				{ type: 'saut' },
				{ type: 'texte', texte: mot('lien'), lien: 'https://exemple.example/?a=1&b=2' }
			]
		},
		p('point', { liste: 'puce' }),
		p('sousPoint', { liste: 'numero', retrait: 1 }),
		p('citation', { citation: true }),
		p('constat', { constat: { cle: 'c1', nature: 'enjeu', theme: mot('theme'), noeud: 'n1', origine: '' } }),
		{
			type: 'tableau',
			legende: mot('legende'),
			rangees: [
				[
					{ entete: true, colonnes: 2, contenu: [p('entete')] },
					{ entete: true, contenu: [p('entete')] }
				],
				[{ lignes: 2, contenu: [p('haute')] }, { contenu: [p('cellule')] }, { contenu: [p('cellule'), p('cellule')] }],
				[{ contenu: [p('cellule')] }, { contenu: [] }]
			]
		},
		{
			type: 'tableau',
			legende: mot('large'),
			rangees: [
				Array.from({ length: 8 }, () => ({ entete: true as const, contenu: [p('colonne')] })),
				Array.from({ length: 8 }, () => ({ contenu: [p('valeur')] }))
			]
		},
		{ type: 'figure', figure: 'g1' },
		{ type: 'image', piece: 'p1', alternative: mot('alternative'), legende: mot('imagee') }
	];
	const section = (id: string, genre: GenreSection, more: Partial<SectionArchive> = {}): SectionArchive => ({
		id,
		parent: null,
		genre,
		titre: mot(genre),
		organisme: null,
		noeud: null,
		etat: 'brouillon',
		longueur: '',
		...more,
		prose: more.prose ?? [p(`texte${id}`)]
	});
	const champ = <T extends Champ['type']>(type: T, more: object = {}) =>
		({ id: type, type, etiquette: mot(type), requis: false, ...more }) as unknown as Champ;
	const modele: Modele = {
		id: 'essai',
		nom: 'Essai',
		description: '',
		niveaux: [
			{ id: 'axe', nom: 'axe', pluriel: 'axes', genre: 'm', parents: [null], numerotation: '1', fiche: false },
			{
				id: 'piste',
				nom: 'piste',
				pluriel: 'pistes',
				genre: 'f',
				parents: ['axe'],
				numerotation: 'aucune',
				fiche: false
			},
			{ id: 'fiche', nom: 'fiche', pluriel: 'fiches', genre: 'f', parents: ['axe'], numerotation: '1', fiche: true }
		],
		champs: [
			champ('texte'),
			champ('court'),
			champ('puces', { puce: 'un point', sousPoints: true }),
			champ('organismes', { ouverte: true }),
			champ('schemas'),
			champ('echeance'),
			champ('ouinon'),
			champ('choix', { choix: ['alpha', 'beta'] }),
			champ('tableau', {
				ligne: 'un livrable',
				colonnes: ['un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept'].map((id, i) => ({
					id,
					etiquette: mot(id),
					type: i === 1 ? ('liste' as const) : ('texte' as const)
				}))
			}),
			champ('indicateurs'),
			champ('montants', { annees: [2031, 2032] })
		]
	};
	const cadres = CADRE_ENGAGEMENT.map((each) => {
		const empty = emptyValeur(each);
		if ('puces' in empty) return [each.id, { puces: [mot('engagement')] }] as const;
		if ('texte' in empty && !('organismes' in empty)) return [each.id, { texte: mot('cadre') }] as const;
		return [each.id, empty] as const;
	});
	const archive: ArchivePacte = {
		format: 'copacte/pacte',
		version: 1,
		intitule: `Pacte ${mot('intitule')}`,
		territoire: mot('territoire'),
		debut: 2031,
		fin: 2035,
		modele,
		organismes: [1, 2].map((n) => ({ id: `o${n}`, nom: mot('organisme'), alias: [] })),
		noeuds: [
			{ id: 'n1', parent: null, niveau: 'axe', titre: mot('axe') },
			{ id: 'n2', parent: 'n1', niveau: 'piste', titre: mot('piste') },
			{ id: 'n3', parent: 'n1', niveau: 'fiche', titre: mot('fiche') },
			{ id: 'n4', parent: 'n1', niveau: 'fiche', titre: mot('vide') }
		],
		fiches: [
			{
				noeud: 'n3',
				champs: {
					texte: { texte: `${mot('paragraphe')}\n${mot('paragraphe')}` },
					court: { texte: mot('court') },
					puces: { puces: [mot('puce'), mot('retrait')], retraits: [1] },
					organismes: { organismes: ['o1'], ouverte: true, texte: mot('phrase') },
					schemas: { schemas: ['k1'], texte: mot('lienSchema') },
					echeance: { texte: mot('date') },
					ouinon: { texte: 'oui' },
					choix: { texte: 'alpha' },
					tableau: {
						lignes: [
							{ un: mot('haute'), deux: `${mot('val')}\n${mot('val')}`, sept: mot('bout') },
							{ un: 'cachee', deux: mot('val') }
						].map((row) => ({ trois: '', quatre: '', cinq: '', six: '', sept: '', ...row })),
						suites: [{ ligne: 1, colonne: 'un' }]
					},
					indicateurs: {
						lignes: [{ libelle: mot('indicateur'), nature: 'nombre', cible: mot('cible'), ventilation: '' }]
					},
					montants: { lignes: [{ financeur: mot('financeur'), a2031: '1234', a2032: '4321' }] }
				}
			},
			{ noeud: 'n4', champs: Object.fromEntries(modele.champs.map((each) => [each.id, emptyValeur(each)])) }
		],
		signataires: [
			{
				organisme: 'o1',
				personne: mot('personne'),
				fonction: mot('fonction'),
				statut: 'sous_reserve',
				date: '',
				instance: mot('conseil')
			}
		],
		engagements: [{ organisme: 'o2', puces: [mot('promesse')] }],
		textes: [],
		...PARTIES_VIDES,
		figures: [
			{
				id: 'g1',
				titre: mot('figure'),
				phrase: mot('lecture'),
				source: mot('source'),
				date: '2030',
				territoire: mot('lieu'),
				unite: '%',
				forme: 'groupees',
				series: [
					{ id: 's1', nom: mot('serie') },
					{ id: 's2', nom: mot('serie') }
				],
				lignes: [
					{ id: 'l1', libelle: mot('ligne'), valeurs: ['7,7', '8,8'] },
					{ id: 'l2', libelle: mot('ligne'), valeurs: ['9,9', '10,1'] }
				]
			}
		],
		glossaire: [{ sigle: mot('SIGLE'), developpe: mot('developpe'), definition: mot('definition') }],
		pieces: [
			{
				id: 'p1',
				nom: 'point.png',
				type: 'image/png',
				largeur: 1,
				hauteur: 1,
				sha256: createHash('sha256').update(PIXEL).digest('hex'),
				base64: PIXEL.toString('base64')
			}
		],
		schemas: [{ intitule: mot('schema'), dans: '', precision: mot('precision') }],
		sections: [
			section('s1', 'texte', { prose }),
			section('s2', 'parole', { organisme: 'o1' }),
			section('s3', 'bilan'),
			section('s4', 'partenaires'),
			section('s5', 'schemas'),
			section('s6', 'methode'),
			section('s7', 'constats'),
			section('s8', 'orientations'),
			section('s9', 'texte', {
				noeud: 'n1',
				prose: [p('diagnostic'), { type: 'image', piece: 'p1', alternative: '', legende: mot('carte') }]
			}),
			section('s10', 'synthese'),
			section('s11', 'engagements'),
			section('s12', 'engagement', { parent: 's11', organisme: 'o2' }),
			section('s13', 'gouvernance'),
			section('s14', 'financement'),
			section('s15', 'evaluation'),
			section('s16', 'signatures'),
			section('s17', 'figures'),
			section('s18', 'glossaire')
		],
		reponses: [{ constat: 'c1', noeud: 'n1' }],
		parties: {
			cadres: [
				{
					section: 's12',
					portee: 'organisme',
					organismes: [],
					libelle: '',
					champs: Object.fromEntries(cadres),
					approbation: { approuve: true, instance: mot('approbation'), date: '2031-02-03', note: '' },
					liens: []
				}
			],
			miroirs: [],
			paroles: [{ section: 's2', signataires: [{ personne: mot('signe'), fonction: mot('presidente') }] }],
			instances: [
				{
					nom: mot('instance'),
					type: mot('comite'),
					portee: 'suivi',
					niveau: 'departemental',
					objet: mot('objet'),
					presidence: mot('presidence'),
					frequence: { nombre: 2, periode: 'an' },
					frequence_texte: mot('frequence'),
					composition: mot('composition'),
					roles: [mot('role')],
					membres: ['o2'],
					invites: [{ theme: mot('invite'), invites: mot('invites') }],
					territoires: [mot('territoires')]
				}
			],
			financement: {
				enveloppes: [
					{
						libelle: mot('enveloppe'),
						montant: 12_300,
						part_fse: null,
						debut: 2031,
						fin: 2032,
						exclusions: mot('exclusion')
					}
				],
				orientations: [
					{
						libelle: mot('fse'),
						axes: ['n1'],
						dispositifs: [{ libelle: mot('dispositif'), mention: mot('mention'), operateur: 'o1' }]
					}
				],
				intermediaires: [{ organisme: 'o2', perimetre: mot('perimetre') }]
			},
			bilan: {
				intitule: mot('precedent'),
				annees: [2026],
				actions: [
					{ titre: mot('action'), etat: 'realisee', annees: mot('quand'), commentaire: mot('commentaire'), fiche: null }
				],
				indicateurs: [{ libelle: mot('mesure'), valeurs: { 2026: '4747' } }],
				ameliorations: [mot('amelioration')]
			}
		},
		phases: [
			{
				titre: mot('phase'),
				sous_titre: mot('sousTitre'),
				debut: '2031-01',
				fin: '2031-06',
				periode: '',
				contenus: [mot('contenu')]
			}
		],
		seances: [
			{
				instance: 0,
				phase: 0,
				titre: 'Réunion',
				format: 'comite',
				theme: '',
				tour: null,
				date: '2031-02-03',
				heure_debut: '',
				heure_fin: '',
				lieu: '',
				objet: mot('seance'),
				compte_rendu: '',
				participants: null,
				suite_de: null,
				points: [],
				presences: [],
				textes: [],
				salle: null
			}
		],
		scripts: [],
		mise_en_page: {
			mention: mot('cofinance'),
			logos: [{ piece: 'p1', alternative: mot('alternativeDuLogo') }],
			pages: 'fiches'
		}
	};
	return { archive, mots };
}
