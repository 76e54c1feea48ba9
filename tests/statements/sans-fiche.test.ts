// What is read of the printed pactes beside their fiches, and what becomes of it (domain.md §11). Read in place.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveFromProposition } from '#lib/import/archive-from-proposition.ts';
import type { EngagementPropose, Proposition } from '#lib/import/proposition.ts';
import { codesOf } from '#lib/orientations/arbre.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import type { CadreArchive } from '#lib/parties/parties-archive.ts';
import { exportPacte } from '#server/export/export.ts';
import { decodeTexte } from '#server/import/decode.ts';
import { readPacte } from '#server/import/read-pacte.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { openTestApp } from '../support/app.ts';
import { readPdf } from '../support/pdf.ts';
import { ALLIER, MAYENNE, MEUSE, missingSeeds, SARTHE } from '../support/seeds.ts';

const missing = missingSeeds();
const read = (path: string): Proposition => readPacte(decodeTexte(readFileSync(path)));
const archived = (proposition: Proposition): ArchivePacte =>
	archiveFromProposition(proposition, {
		intitule: proposition.titre ?? 'Pacte territorial',
		territoire: 'Haute-Rivière',
		debut: proposition.periode.debut,
		fin: proposition.periode.fin
	});

describe.skipIf(missing !== null)(
	`what is no fiche in the printed pactes${missing === null ? '' : ` (skipped: ${missing})`}`,
	() => {
		let app: Awaited<ReturnType<typeof openTestApp>>;
		beforeAll(async () => void (app = await openTestApp()));
		afterAll(() => app.end());

		/** Created, exported, imported and exported again: the bytes of the first export, which must be those of the second. */
		async function roundTrip(archive: ArchivePacte): Promise<{ json: ArchivePacte; pdf: string }> {
			const create = (source: ArchivePacte) =>
				createPacteFromArchive(app, source, { compteId: null, acte: 'pacte_importe' });
			const first = await create(parseArchive(JSON.parse(JSON.stringify(archive))));
			const { bytes } = await exportPacte(app, first, 'json');
			const json = parseArchive(JSON.parse(new TextDecoder().decode(bytes)));
			const again = await exportPacte(app, await create(json), 'json');
			expect(new TextDecoder().decode(again.bytes)).toBe(new TextDecoder().decode(bytes));
			const pdf = readPdf((await exportPacte(app, first, 'pdf')).bytes).replace(/\s+/g, ' ');
			return { json, pdf };
		}

		describe('Meuse', () => {
			const lu = missing === null ? read(MEUSE) : vide();
			const at = (niveau: string) => lu.noeuds.filter((noeud) => noeud.niveau === niveau);

			it('Meuse 13: importing finds 24 préconisations, 21 parties and 0 fiche, despite a blank line between every two lines', () => {
				expect(lu.fiches).toEqual([]);
				expect(lu.doutes).toContainEqual({ ligne: 1, message: "Aucune fiche n'a été reconnue dans ce texte." });
				expect(lu.signataires).toHaveLength(21);
				expect(at('préconisation')).toHaveLength(24);
				// Each is whole: a line that goes on below a blank one is not another préconisation.
				expect(at('préconisation').every(({ titre }) => /^\p{Lu}/u.test(titre) && !/[-,]$/.test(titre))).toBe(true);
			});

			it('Meuse 2: intertitles split axe 1 as 1-4, 5-8, 9-12 with continuous numbers; axes 2 and 3 restart at 1', () => {
				const axes = at('axe');
				expect(axes.map(({ code }) => code)).toEqual(['1', '2', '3']);
				const codesUnder = (parent: string) =>
					lu.noeuds.filter((noeud) => noeud.parent === parent).map(({ code }) => code);
				expect(at('intertitre').map(({ id, parent }) => [parent, codesUnder(id)])).toEqual([
					[axes[0]?.id, ['1', '2', '3', '4']],
					[axes[0]?.id, ['5', '6', '7', '8']],
					[axes[0]?.id, ['9', '10', '11', '12']]
				]);
				expect(codesUnder(axes[1]!.id)).toEqual(['1', '2', '3', '4']);
				expect(codesUnder(axes[2]!.id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
			});

			it('Meuse 3: 6 strategic orientations, each with its explanation, stand above the axes', () => {
				const orientations = at('orientation stratégique');
				expect(orientations).toHaveLength(6);
				expect(lu.noeuds.indexOf(orientations[5]!)).toBeLessThan(lu.noeuds.indexOf(at('axe')[0]!));
				const explained = new Set((lu.sections ?? []).map(({ noeud }) => noeud));
				expect(orientations.every(({ id }) => explained.has(id))).toBe(true);
			});

			it('Meuse 4: 21 parties before the text, 20 of them « sous réserve d’une décision »', () => {
				const { signataires } = archived(lu);
				expect(signataires.map(({ statut }) => statut)).toEqual([
					'pressenti',
					...Array.from({ length: 20 }, () => 'sous_reserve')
				]);
				expect(signataires[1]?.instance).toMatch(/décision/);
				expect(lu.signataires.every(({ ligne }) => ligne < 86)).toBe(true);
			});

			it('Meuse 5, 6, 7: engagements by scope; 10 + 2 + 3 + 2 conventions with their state; 4, 14 and 1 ETP', () => {
				expect(lu.engagements.map(({ organisme, puces }) => [organisme, puces.length])).toEqual([
					[null, 2],
					['Conseil départemental de la Meuse', 1],
					['Conseil départemental de la Meuse', 0],
					['Conseil départemental de la Meuse', 0],
					['Conseil départemental de la Meuse', 0],
					['Région Grand Est', 0]
				]);
				const conventions = lu.engagements.flatMap((engagement) => engagement.conventions ?? []);
				const etats = conventions.map(({ etat }) => etat);
				expect(etats).toEqual([
					...Array.from({ length: 10 }, () => 'existante'),
					...Array.from({ length: 2 }, () => 'en cours'),
					...Array.from({ length: 3 }, () => 'existante'),
					...Array.from({ length: 2 }, () => 'en perspective')
				]);
				const moyens = lu.engagements.flatMap(({ moyens_humains = [] }) => moyens_humains);
				expect(moyens.map(({ etp }) => etp)).toEqual(['4', '14', '1']);
				expect(lu.engagements.flatMap(({ moyens_financiers = [] }) => moyens_financiers)).toHaveLength(3);
			});

			it('Meuse 1: 3 axes, 24 préconisations and no fiche are a whole pacte: printed, exported, imported back alike', async () => {
				const { json, pdf } = await roundTrip(archived(lu));
				expect(json.modele.id).toBe('meuse');
				expect(json.fiches).toEqual([]);
				const codes = codesOf(arbreFromRows(json.noeuds.map((noeud) => ({ ...noeud, aClasser: false }))), json.modele);
				const preconisations = json.noeuds.filter(({ niveau }) => niveau === 'preconisation');
				expect(preconisations.map(({ id }) => codes.get(id)).join(' ')).toBe(
					'1 2 3 4 5 6 7 8 9 10 11 12 1 2 3 4 1 2 3 4 5 6 7 8'
				);
				expect(preconisations.flatMap(({ anciens = [] }) => anciens)).toEqual([]);
				for (const { titre } of preconisations) expect(pdf).toContain(asPrinted(titre).slice(0, 40));
				expect(pdf).toMatch(/Sous réserve/i);
				expect(pdf).toMatch(/en perspective/);
				expect(json.parties.cadres.map(etpOf).flat()).toEqual(['4', '14', '1']);
			});
		});

		describe('Allier', () => {
			const lu = missing === null ? read(ALLIER) : vide();

			it('Allier 13: importing finds 5 axes, 4 partners and 10/6/7/5 engagements, 0 fiche, 0 signature block', () => {
				expect(lu.noeuds.map(({ niveau, parent, code }) => [niveau, parent, code])).toEqual(
					['1', '2', '3', '4', '5'].map((code) => ['axe', null, code])
				);
				expect(lu.fiches).toEqual([]);
				expect(lu.signataires).toEqual([]);
				const partenaires = lu.engagements.filter(
					({ organisme, hors_signataires }) => organisme !== null && !hors_signataires
				);
				expect(partenaires.map(countTop)).toEqual([10, 6, 7, 5]);
				expect(partenaires.map(({ organisme }) => organisme?.split(' ').slice(0, 2).join(' '))).toEqual([
					'Conseil départemental',
					'Conseil régional',
					'Services de',
					'Pôle Emploi'
				]);
			});

			it('Allier 2, 3, 4, 5: one frame per partner, 8 missions, 8 sub-points under one engagement, 7 for all, one who does not sign', () => {
				const contextes = lu.engagements.filter(({ contexte }) => contexte !== undefined);
				expect(contextes).toHaveLength(4);
				expect(contextes.every(({ intention }) => (intention ?? '').length > 100)).toBe(true);
				const pole = lu.engagements[3];
				expect(pole?.missions).toHaveLength(8);
				expect(pole?.retraits).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
				expect(lu.engagements.filter(({ organisme }) => organisme === null).map(countTop)).toEqual([7]);
				expect(
					lu.engagements.filter(({ hors_signataires }) => hors_signataires).map(({ organisme }) => organisme)
				).toEqual(['Entreprises du territoire']);
			});

			it('Allier 12: it is exported without fiches, synthesis table or signature block, and comes back alike', async () => {
				const { json, pdf } = await roundTrip(archived(lu));
				expect(json.modele.id).toBe('allier');
				expect(json.sections.map(({ genre }) => genre)).not.toContain('signatures');
				expect(json.sections.filter(({ genre }) => genre === 'engagement')).toHaveLength(6);
				expect(json.parties.cadres.map(({ portee }) => portee)).toEqual([
					...Array.from({ length: 4 }, () => 'organisme'),
					'hors_signataires',
					'tous'
				]);
				expect(json.engagements).toEqual([]);
				expect(pdf).not.toMatch(/Tableau de synthèse/i);
			});
		});

		describe('Mayenne', () => {
			const lu = missing === null ? read(MAYENNE) : vide();

			it('Mayenne 14: importing finds 0 fiche and says so', () => {
				expect(lu.fiches).toEqual([]);
				expect(lu.doutes[0]).toEqual({ ligne: 1, message: "Aucune fiche n'a été reconnue dans ce texte." });
			});

			it('Mayenne 7: 5 axes known by a keyword, and told so', () => {
				expect(lu.noeuds.map(({ titre }) => titre)).toEqual([
					'Accompagnement',
					'Santé',
					'Environnement',
					'Emploi',
					'Gouvernance'
				]);
				expect(lu.doutes.some(({ message }) => message.includes('mots-clés'))).toBe(true);
			});

			it('Mayenne 8: 10 partners’ words before the contexte, each with its organisme and one or two who sign it', () => {
				const sections = lu.sections ?? [];
				const paroles = sections.filter(({ genre }) => genre === 'parole');
				expect(paroles.map(({ personnes }) => personnes?.length)).toEqual([1, 1, 1, 1, 1, 2, 2, 1, 1, 1]);
				expect(paroles.map(({ organisme = '' }) => organisme.split(/[\s’]/)[0])).toEqual(
					'Agence Pôle État Conseil Laval Caisse Mutualité Mission Association Union'.split(' ')
				);
				const contexte = sections.findIndex(({ titre }) => /contexte/i.test(titre));
				expect(contexte).toBeGreaterThan(sections.indexOf(paroles.at(-1)!));
			});

			it('Mayenne 10: 3 FSE orientations with 4, 2 and 2 dispositifs, two of them of the PLIE, and the budget, its € sign repaired', () => {
				const { financement } = archived(lu).parties;
				expect(financement.enveloppes).toEqual([
					{
						libelle: 'Enveloppe, dont fonds social européen',
						montant: 4_624_000_00,
						part_fse: 2_312_000_00,
						debut: 2015,
						fin: 2017,
						exclusions: 'hors assistance technique'
					}
				]);
				const { orientations } = financement;
				expect(orientations.map(({ dispositifs }) => dispositifs.length)).toEqual([4, 2, 2]);
				const mentions = orientations.flatMap(({ dispositifs }) => dispositifs.map(({ mention }) => mention));
				expect(mentions.filter((mention) => mention.startsWith('PLIE'))).toHaveLength(2);
				expect(lu.doutes.some(({ message }) => message.includes('« 4 624 000 m » est lu « 4 624 000 € »'))).toBe(true);
			});

			it('Mayenne 9: the 6 enjeux become enjeux of the text; it is exported and comes back alike', async () => {
				const { json, pdf } = await roundTrip(archived(lu));
				const enjeux = json.sections
					.flatMap(({ prose }) => prose)
					.filter((bloc) => bloc.type === 'paragraphe' && bloc.constat?.nature === 'enjeu');
				expect(enjeux).toHaveLength(6);
				expect(json.parties.paroles).toHaveLength(10);
				expect(pdf).toMatch(/Axe 1[ .:]*Accompagnement/);
			});
		});

		describe('Sarthe', () => {
			const lu = missing === null ? read(SARTHE) : vide();

			it('Sarthe 11: 28 signature blocks', () => {
				expect(lu.signataires).toHaveLength(28);
				expect(lu.signataires.every(({ organisme }) => organisme.length > 3 && !/représent/.test(organisme))).toBe(
					true
				);
				expect(lu.signataires.filter(({ organisme }) => /CFTC|MEDEF/.test(organisme))).toHaveLength(2);
			});

			it('Sarthe 11: 28 partner texts, one that has lost its name to a logo, 27 in common with the 28 signature blocks but for one, and the difference told', () => {
				const textes = lu.engagements.filter(({ organisme }) => organisme !== null);
				expect(textes).toHaveLength(28);
				const signent = new Set(lu.signataires.map(({ organisme }) => organisme));
				const hors = textes.filter(({ organisme }) => !signent.has(organisme!));
				expect(hors.map(({ organisme }) => organisme)).toEqual([expect.stringContaining('Handicapées'), '']);
				expect(new Set(textes.map(({ organisme }) => organisme)).size).toBe(28);
				expect(lu.doutes.map(({ message }) => message)).toContainEqual(
					expect.stringMatching(
						/^28 textes de partenaires et 28 signataires : .*Handicapées » sans signature, .*MEDEF.*CFTC.* sans texte/
					)
				);
				// Each is its own words, from its first: what columns had put in disorder is told.
				for (const sigle of ['CPAM', 'CAPEB', 'CFE-CGC', 'COORACE', 'URIOPSS'])
					expect(textes.find(({ organisme }) => organisme!.includes(sigle))?.intention?.slice(0, 120)).toMatch(
						/^\p{Lu}/u
					);
				expect(
					lu.doutes.filter(({ message }) => /dans le désordre|imprimés mêlés/.test(message)).length
				).toBeGreaterThan(5);
			});

			it('Sarthe 11: each text is a section that its partner may write, in the part of engagements', async () => {
				const { json } = await roundTrip(archived(lu));
				const chapitre = json.sections.find(({ genre }) => genre === 'engagements');
				const siennes = json.sections.filter(({ genre }) => genre === 'engagement');
				expect(siennes).toHaveLength(29);
				expect(siennes.every(({ parent }) => parent === chapitre?.id)).toBe(true);
				expect(siennes.filter(({ organisme }) => organisme !== null)).toHaveLength(27);
			});

			it('Sarthe 12: the 5 common commitments of signatories', () => {
				expect(lu.engagements.filter(({ organisme }) => organisme === null).map(countTop)).toEqual([5]);
			});
		});
	}
);

/** Without their sub-points. */
function countTop({ puces, retraits = [] }: EngagementPropose): number {
	return puces.length - retraits.length;
}

function etpOf({ champs }: CadreArchive): string[] {
	const { moyens_humains } = champs;
	return moyens_humains && 'lignes' in moyens_humains ? moyens_humains.lignes.map(({ etp = '' }) => etp) : [];
}

/** Spaces as a PDF gives them back. */
function asPrinted(titre: string): string {
	return titre.replace(/\s+/g, ' ');
}

function vide(): Proposition {
	return {
		titre: null,
		periode: { debut: null, fin: null },
		noeuds: [],
		fiches: [],
		signataires: [],
		engagements: [],
		doutes: [],
		restes: []
	};
}
