/*
 * How long the importer takes on 5 MB of text, of a believable pacte and of shapes made to slow it down.
 *   npx node bench/import.ts
 */
import { readFileSync } from 'node:fs';
import { ORNE, missingSeeds } from '../tests/support/seeds.ts';
import { importText } from '../server/import/import.ts';
import { TAILLE_MAXIMALE } from '../server/import/limites.ts';
import { readPacte } from '../server/import/read-pacte.ts';

const FICHE = `FICHE ACTION 1
Tenir une permanence itinérante
FINALITÉ
- Rencontrer les habitants des vallées qui ne viennent pas, et béné fi cier de leur avis dans la défini-
tion des tournées
OBJECTIFS
- Être présent dans huit communes
- Orienter sur place, sans second
rendez-vous
INDICATEURS DE RÉALISATION
- Nombre de permanences tenues
Échéance de mise en œuvre : 2025 ou 2026 Partenaires à mobiliser : CAF, MSA, mairies…
Axe 1 \t Pilote :
Aller vers les personnes \uFFFD Conseil départemental

`;

const FORMES: Record<string, string> = {
	'des fiches sans axe': FICHE,
	'des mentions d’axes dans une fiche': 'Axe 1 : Aller vers\n',
	'des étiquettes': 'OBJECTIFS\n',
	'des étiquettes différentes': 'Liens avec le schéma numéro\n',
	'des étiquettes sur une ligne': 'Pilote : CAF Partenaires : MSA Public : tous\n',
	'une seule ligne': 'mot '.repeat(20),
	'une seule lettre': 'a',
	'un seul mot accentué': 'é',
	'un seul signe': '!',
	'des émojis': '😀',
	'des fins de phrase': '. A',
	'des virgules': 'Partenaires : CAF, ',
	'un seul retour à la ligne': '\n',
	'des espaces': ' ',
	'des tabulations': '\t\n',
	'des points': '.',
	'des points de suite': 'Axe 1 : Titre .......................... \n',
	'des tirets': '- \n',
	'des ligatures': 'fi a ',
	'des caractères perdus': '\uFFFD ',
	'des mots coupés': 'dépar-\n',
	'des parenthèses': '(',
	'des majuscules': 'SIGNATAIRES\nCamille ROUX\n',
	'des têtes de fiche': 'FICHE ACTION 1\n',
	'des listes': "Perspectives de l'axe 1\n- Un\n",
	'des rangées': 'Livrables\tCalendrier\nUn guide\t2027\n',
	'des têtes de tableau': 'Livrables\tCalendrier\tPublic\n',
	'des colonnes d’espaces': 'Livrables    Calendrier    Public\nUn guide     2027          tous\n',
	'des lignes de synthèse': 'Axes\tActions\tPilote\n1 : Un\ta. Deux\tCAF\n',
	'des balises': '<li>',
	'des balises ouvertes': '<td <p ',
	'des rangées de Markdown': '| Livrables | Calendrier |\n|---|---|\n| a | b |\n',
	'des titres sans fiche': 'Action 1 : Alpha\n\n',
	'des titres et des étiquettes': 'Action 1 : Alpha\nPilote : CAF\nContexte : un\nIndicateurs : deux\n\n',
	'des codes': 'I3a1 – Titre\nContexte\n',
	'des capitales': 'TITRE EN CAPITALES\n\nCONTEXTE\n',
	'des intitulés fautifs': 'SCONTEXTE ET ENJEUX :\nCONTEXTE ET ENJEUX :\n',
	'des en-têtes': '\nEn-tête de page\n\nContexte\n',
	'des exposants': '1^{er} ',
	'des numéros de page': '\n12\n\nTitre courant\n'
};

function pacte(): string {
	const axes = Array.from({ length: 12 }, (_, i) => `Axe ${i + 1} : Titre de l’axe ${i + 1}`);
	const fiches = Math.floor(TAILLE_MAXIMALE / FICHE.length / axes.length) - 30;
	const sections = axes.map((axe, i) =>
		[axe, "Perspectives de l'axe", '- Une perspective', numberFiches(fiches, i + 1)].join('\n')
	);
	return [...axes, '', ...sections].join('\n');
}

function numberFiches(nombre: number, axe: number): string {
	return Array.from({ length: nombre }, (_, i) =>
		FICHE.replace('ACTION 1', `ACTION ${(i % 999) + 1}`).replace('Axe 1', `Axe ${axe}`)
	).join('');
}

if (missingSeeds() === null) {
	const orne = readFileSync(ORNE, 'utf8');
	await measure('un vrai pacte, autant de fois qu’il tient', orne.repeat(Math.floor(TAILLE_MAXIMALE / orne.length)));
}
await measure('un pacte de 12 axes et de milliers de petites fiches', pacte());
for (const [nom, motif] of Object.entries(FORMES)) {
	const suite = motif.repeat(Math.floor((TAILLE_MAXIMALE - 40) / motif.length));
	await measure(nom, `FICHE ACTION 1\nOBJECTIFS\n${suite}`);
	await measure(`${nom}, sans tête de fiche`, `OBJECTIFS\n${suite}`);
}

async function measure(nom: string, texte: string): Promise<void> {
	const debut = performance.now();
	const processeur = process.cpuUsage();
	const resultat = await read(texte).catch((error: unknown) => (error as Error).message);
	const duree = Math.round(performance.now() - debut);
	const { user, system } = process.cpuUsage(processeur);
	const calcul = Math.round((user + system) / 1000);
	console.log(`${String(duree).padStart(6)} ms, ${String(calcul).padStart(6)} de calcul  ${nom} : ${resultat}`);
}

async function read(texte: string): Promise<string> {
	const { fiches, doutes } = process.argv.includes('--sur-place') ? readPacte(texte) : await importText(texte);
	return `${fiches.length} fiches, ${doutes.length} doutes`;
}
