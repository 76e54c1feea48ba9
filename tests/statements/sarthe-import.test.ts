import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { archiveFromProposition } from '#lib/import/archive-from-proposition.ts';
import type { ChampPropose, Proposition } from '#lib/import/proposition.ts';
import { codesOf } from '#lib/orientations/arbre.ts';
import { arbreFromRows } from '#lib/orientations/arbre-from-rows.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { decodeTexte } from '#server/import/decode.ts';
import { readPacte } from '#server/import/read-pacte.ts';
import { CODES_SARTHE } from '../support/sarthe-entiere.ts';
import { missingSeeds, ORNE, SARTHE } from '../support/seeds.ts';

const missing = missingSeeds();
const read = (path: string): Proposition => readPacte(decodeTexte(readFileSync(path)));

describe.skipIf(missing !== null)(
	`the printed pactes, read again${missing === null ? '' : ` (skipped: ${missing})`}`,
	() => {
		const sarthe = missing === null ? read(SARTHE) : ({ noeuds: [], fiches: [], doutes: [] } as unknown as Proposition);
		const champsOf = (cle: string): ChampPropose[] =>
			sarthe.fiches.flatMap(({ champs }) => champs.filter((champ) => champ.cle === cle));
		const messagesAt = (ligne: number) =>
			sarthe.doutes.filter((doute) => doute.ligne === ligne).map(({ message }) => message);

		it('Sarthe 16: importing finds 27 fiches and 27 table rows, under 3 → 8 → 17 → 20 levels', () => {
			const count = (niveau: string) => sarthe.noeuds.filter((noeud) => noeud.niveau === niveau).length;
			expect(['objectif stratégique', 'objectif opérationnel', 'action', 'sous-action'].map(count)).toEqual([
				3, 8, 17, 20
			]);
			expect(sarthe.fiches).toHaveLength(27);
			// Each row of the table has its fiche, and each fiche its row.
			expect(
				sarthe.doutes
					.map(({ message }) => message)
					.filter((message) => /que le texte ne donne pas|n'est pas dans le tableau/.test(message))
			).toEqual([]);
			expect(sarthe.fiches.map(({ code_imprime }) => code_imprime)).toEqual(
				'I1a I1b I2a1 I2a2 I2a3 I3a1 I3a2 I3b1 I3b2 I3c1 I3c2 I3d1 I3d2 I4a1 I4a2 I4a3 I4b I4c 15a1 15a2 15b1 15b2 116a 116b 117a III8a III8b'.split(
					' '
				)
			);
		});

		it('Sarthe 16: 15a1 is read I5a1, 116a II6a and 117a II7a, each told, the printed code kept as a former one', () => {
			const codes = new Map(sarthe.fiches.map(({ code_imprime, code }) => [code_imprime, code]));
			expect(['15a1', '15a2', '15b1', '15b2', '116a', '116b', '117a'].map((code) => codes.get(code))).toEqual([
				'I5a1',
				'I5a2',
				'I5b1',
				'I5b2',
				'II6a',
				'II6b',
				'II7a'
			]);
			for (const [ligne, imprime, lu] of [
				[1002, '15a1', 'I5a1'],
				[1006, '116a', 'II6a'],
				[1008, '117a', 'II7a']
			] as const)
				expect(messagesAt(ligne).some((message) => message.includes(`« ${imprime} » ; elle est lue « ${lu} »`))).toBe(
					true
				);
		});

		it('Sarthe 16: the printed faults are reported at their lines', () => {
			// A number printed twice.
			expect(messagesAt(1232).join()).toMatch(/porte le numéro « 2 ».*I3b1/);
			expect(messagesAt(1418).join()).toMatch(/porte le numéro « 1 ».*I3d2/);
			// An objective pasted from another fiche.
			expect(messagesAt(1316).join()).toMatch(/est aussi, mot pour mot, dans la fiche I3a1/);
			// The table against the fiches.
			expect(messagesAt(994).join()).toMatch(
				/le pilote, « SPE » et « collectivités » dans le tableau seul, « Pôle emploi » dans la fiche seule/
			);
			expect(messagesAt(995).join()).toMatch(/« Le Mans Métropole \(PLIE\) » dans la fiche seule/);
			expect(messagesAt(1002).join()).toMatch(/les partenaires, .*« Région ».* dans la fiche seule/);
			expect(messagesAt(1003).join()).toMatch(/le pilote, « PLIE » dans le tableau seul/);
			// An annexe that the text has not, and an instance with two rhythms.
			expect(messagesAt(895).join()).toMatch(/renvoie à l’annexe C ; celles qu’il porte sont A et B/);
			expect(messagesAt(1994).join()).toMatch(/comité technique .*2 fois par an.*Autant que nécessaire.*ligne 933/);
			expect(messagesAt(1993)).toEqual([]);
			// A label with a letter too many.
			expect(messagesAt(1637).join()).toMatch(/est lu « CONTEXTE ET ENJEUX »/);
		});

		it('Sarthe 10: 18 cadres d’actions stand under their objectifs, beside the 17 actions, without forcing a match', () => {
			const operationnels = sarthe.noeuds.filter(({ niveau }) => niveau === 'objectif opérationnel');
			const cadres = sarthe.noeuds.filter(({ niveau }) => niveau === "cadre d'action");
			expect(operationnels.map(({ id, code }) => [code, cadres.filter(({ parent }) => parent === id).length])).toEqual([
				['I1', 1],
				['I2', 2],
				['I3', 4],
				['I4', 3],
				['I5', 3],
				['II6', 2],
				['II7', 1],
				['III8', 2]
			]);
			expect(messagesAt(845).join()).toMatch(/des cadres d'actions à côté des actions/);
		});

		it('Sarthe 5: 62 rows of livrables, with empty cells and one that adds a second opérateur to I3a1', () => {
			const tables = champsOf('livrables').map((champ) => ('lignes' in champ ? champ : null));
			expect(tables.every((table) => table !== null)).toBe(true);
			expect(tables.reduce((total, table) => total + table!.lignes.length, 0)).toBe(62);
			expect(tables.filter((table) => table!.colonnes.length === 3)).toHaveLength(2);
			const fiche = sarthe.fiches.find(({ code }) => code === 'I3a1')!;
			const table = fiche.champs.find(({ cle }) => cle === 'livrables')!;
			expect('suites' in table && table.suites).toEqual([
				[2, 0],
				[2, 1],
				[2, 2],
				[2, 3]
			]);
			expect('lignes' in table && table.lignes[2]?.slice(0, 4)).toEqual(['', '', '', '']);
		});

		it('Sarthe 8: 63 indicators, one by one; the one « à définir » is a doubt', () => {
			const indicateurs = champsOf('indicateurs').flatMap((champ) => ('puces' in champ ? champ.puces : []));
			expect(indicateurs).toHaveLength(63);
			expect(sarthe.doutes.some(({ message }) => /^Fiche I3b2 : un indicateur est « A définir »/.test(message))).toBe(
				true
			);
		});

		it('Sarthe 7: 27 pilots resolve to organismes, with two of them on I2a1, I3c2 and I5a2', () => {
			const archive = archiveFromProposition(sarthe, {
				intitule: 'Sarthe',
				territoire: 'Sarthe',
				debut: 2017,
				fin: 2021
			});
			const pilotes = archive.fiches.map(({ champs }) => (champs.pilotes as { organismes: string[] }).organismes);
			const known = new Set(archive.organismes.map(({ id }) => id));
			expect(pilotes.every((ids) => ids.length > 0 && ids.every((id) => known.has(id)))).toBe(true);
			const enDeux = sarthe.fiches.filter(({ pilotes }) => pilotes.length > 1).map(({ code }) => code);
			expect(enDeux).toEqual(['I2a1', 'I3c2', 'I5a2']);
			expect(pilotes.flat()).toHaveLength(30);
		});

		it('Sarthe 5, 6, 7, 8, 9: the pacte made of it is on the Sarthe’s model, whole, and can be exported and read again', () => {
			const archive = archiveFromProposition(sarthe, {
				intitule: 'Sarthe',
				territoire: 'Sarthe',
				debut: 2017,
				fin: 2021
			});
			expect(archive.modele.id).toBe('sarthe');
			expect(archive.modele.champs.map(({ id }) => id)).toEqual(MODELE_SARTHE.champs.map(({ id }) => id));
			expect(archive.modele.niveaux).toEqual(MODELE_SARTHE.niveaux);
			const rows = (id: string) => archive.fiches.flatMap(({ champs }) => (champs[id] as { lignes: unknown[] }).lignes);
			expect([rows('livrables').length, rows('indicateurs').length]).toEqual([62, 63]);
			expect(archive.fiches.filter(({ variante }) => variante === 'livrables_courts')).toHaveLength(2);
			expect(
				archive.fiches.filter(({ champs }) => (champs.liens as { schemas: string[] }).schemas.length > 0)
			).toHaveLength(10);
			expect(parseArchive(JSON.parse(JSON.stringify(archive)))).toEqual(archive);
			const codes = codesOf(
				arbreFromRows(archive.noeuds.map((noeud) => ({ ...noeud, aClasser: false }))),
				archive.modele
			);
			expect(archive.fiches.map(({ noeud }) => codes.get(noeud))).toEqual(CODES_SARTHE);
			const anciens = archive.noeuds
				.filter((noeud) => noeud.anciens)
				.map(({ id, anciens }) => [anciens?.join(), codes.get(id)]);
			expect(anciens).toEqual(
				[
					['I4b', 'I4b1'],
					['I4c', 'I4c1'],
					['15a1', 'I5a1'],
					['15a2', 'I5a2'],
					['15b1', 'I5b1'],
					['15b2', 'I5b2'],
					['116a', 'II6a'],
					['116b', 'II6b'],
					['117a', 'II7a']
				].sort(
					([a = ''], [b = '']) => anciens.findIndex(([one]) => one === a) - anciens.findIndex(([one]) => one === b)
				)
			);
		});

		it('Orne 15: importing finds 37 fiches under 7 axes although the section of axe 6 is headed « Axe 5 »', () => {
			const orne = read(ORNE);
			const axes = orne.noeuds.filter(({ niveau }) => niveau === 'axe').map(({ code }) => code);
			expect(axes).toEqual(['1', '2', '3', '4', '5', '6', '7']);
			const parAxe = axes.map((axe) => orne.fiches.filter(({ code }) => code.startsWith(`${axe}.`)).length);
			expect(parAxe).toEqual([6, 6, 5, 8, 3, 6, 3]);
			expect(orne.doutes.find(({ ligne }) => ligne === 3066)?.message).toMatch(/« Axe 5 ».*axe 6/);
		});
	}
);
