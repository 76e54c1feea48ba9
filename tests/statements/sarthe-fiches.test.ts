import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { documentName } from '#lib/documents/document.ts';
import { completenessOf, hintsOf } from '#lib/fiches/completeness.ts';
import { addOrganisme, champsOf, prepareFiche, readFiche, texteOf } from '#lib/fiches/fiche.ts';
import { mergeSuites } from '#lib/fiches/suites.ts';
import { addLigne, lignesOf, setSuite } from '#lib/fiches/tableau.ts';
import type { ValeurTableau } from '#lib/pactes/archive.ts';
import { asTableau, type ChampEnLignes } from '#lib/pactes/modele.ts';
import { MODELE_SARTHE } from '#lib/pactes/modeles/structures.ts';
import { liensParSchema } from '#lib/schemas/liens-par-schema.ts';
import { archiveFromJson, readArchive } from '#server/export/archive.ts';
import { assemble } from '#server/export/assemble.ts';
import { openFiche } from '#server/fiches/fiches.ts';
import { createPacteFromArchive } from '#server/pactes/create-pacte.ts';
import { listLiens } from '#server/schemas/liens.ts';
import { engines, openTestApp, type TestApp } from '../support/app.ts';
import { archiveSarthe, LIVRABLES, SUITES } from '../support/pacte-sarthe.ts';
import { pacteDEssai } from '../support/pacte.ts';

const asIs = { texte: (source: string) => source.trim(), paragraphes: (source: string) => [source] };
const champ = (id: string) => asTableau(MODELE_SARTHE.champs.find((each) => each.id === id) as ChampEnLignes);
const tableau = (valeur: unknown) => valeur as ValeurTableau;

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`fiches on the Sarthe's model, on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacteId: string;
		let by: string;
		let fiches: string[];

		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app.end());

		beforeEach(async () => {
			({ by } = await pacteDEssai(app));
			pacteId = await createPacteFromArchive(app, archiveSarthe(), { compteId: by, acte: 'pacte_importe' });
			const rows = await app.db
				.selectFrom('noeuds')
				.select('id')
				.where('pacte_id', '=', pacteId)
				.where('porte_fiche', '=', 1)
				.orderBy('ordre')
				.execute();
			fiches = rows.map(({ id }) => id);
		});

		const valeurs = async (i: number) =>
			(await openFiche(app, { id: pacteId, modele: MODELE_SARTHE }, fiches[i]!)).valeurs;
		const write = async (i: number, change: (doc: Y.Doc) => void) => {
			await app.collaboration.edit(documentName('fiche', fiches[i]!), change, by);
			await app.collaboration.settle(pacteId);
		};
		/** What goes out comes back the same. */
		const expectRoundTrip = async () => {
			const archive = await readArchive(app, pacteId);
			expect(archiveFromJson(JSON.parse(JSON.stringify(archive)))).toEqual(archive);
			const again = await createPacteFromArchive(app, archive, { compteId: by, acte: 'pacte_importe' });
			expect(JSON.stringify(await readArchive(app, again))).toBe(JSON.stringify(archive));
		};

		it('Sarthe 5. livrables have empty cells, several values in one, cells over two rows, and two opérateurs for one livrable', async () => {
			expect((await valeurs(0)).livrables).toEqual({ lignes: LIVRABLES, suites: SUITES });
			const rows = mergeSuites(champ('livrables').colonnes, tableau((await valeurs(0)).livrables));
			expect(rows.map((row) => row.map(({ lignes }) => lignes))).toEqual([[2, 2, 2, 2, 1], [1], [1, 1, 1, 1, 1]]);
			// Another row, written live, whose opérateur is that of the row above.
			await write(0, (doc) => {
				addLigne(doc, champ('livrables'), 'bus');
				const cells = lignesOf(doc, 'livrables').at(-1)?.cellules;
				cells?.get('livrable')?.insert(0, 'Un bus');
				cells?.get('territoire')?.insert(0, 'Val-Haut\nValmorin');
				setSuite(doc, 'livrables', 'bus', 'operateur', true);
			});
			const written = tableau((await valeurs(0)).livrables);
			expect(written.lignes[3]).toEqual({
				livrable: 'Un bus',
				calendrier: '',
				territoire: 'Val-Haut\nValmorin',
				public: '',
				operateur: ''
			});
			expect(written.suites).toEqual([...SUITES, { ligne: 3, colonne: 'operateur' }]);
			await expectRoundTrip();
		});

		it('Sarthe 7. a fiche has a pilote and co-pilotes, each an organisme of the pacte, in their order', async () => {
			const { organismes } = await readArchive(app, pacteId);
			const ids = await app.db
				.selectFrom('organismes')
				.select(['id', 'nom'])
				.where('pacte_id', '=', pacteId)
				.orderBy('rang')
				.execute();
			await write(0, (doc) => addOrganisme(doc, 'pilotes', ids[2]!.id));
			const { pilotes } = await valeurs(0);
			const names = (pilotes && 'organismes' in pilotes ? pilotes.organismes : []).map(
				(id) => ids.find((organisme) => organisme.id === id)?.nom
			);
			expect(names).toEqual(organismes.map(({ nom }) => nom));
			await expectRoundTrip();
		});

		it('Sarthe 8. indicators are held one by one, each under an id of its own; « à définir » is flagged, and not refused', async () => {
			const rows = () =>
				app.db
					.selectFrom('fiche_champs')
					.select(['cle', 'ordre', 'cellules'])
					.where('fiche_id', '=', fiches[0]!)
					.where('champ', '=', 'indicateurs')
					.orderBy('ordre')
					.execute();
			const before = await rows();
			expect(before.map(({ cellules }) => JSON.parse(cellules ?? '{}').nature)).toEqual(['nombre', 'à définir']);
			await write(0, (doc) => {
				addLigne(doc, champ('indicateurs'), 'premier', before[0]!.cle);
				lignesOf(doc, 'indicateurs')[0]?.cellules.get('libelle')?.insert(0, 'Lignes ouvertes');
			});
			// The others keep their ids: values that come every year will hang on them.
			expect((await rows()).map(({ cle }) => cle)).toEqual(['premier', ...before.map(({ cle }) => cle)]);
			const all = await valeurs(0);
			const { trous } = completenessOf(MODELE_SARTHE, all);
			expect(trous.map((trou) => trou.champ)).not.toContain('indicateurs');
			const contexte = { periode: { debut: 2027, fin: 2031 }, nomOf: () => undefined };
			expect(hintsOf(MODELE_SARTHE, all, contexte)).toContainEqual({
				champ: 'indicateurs',
				message: '1\u00a0indicateur à définir.'
			});
			await expectRoundTrip();
		});

		it('Sarthe 9. fiches link to named schemas, and « liens par schéma » says which, from the rows and from the archive', async () => {
			const liens = await listLiens(app.db, pacteId, MODELE_SARTHE);
			const said = liens.map(({ schema, liens: own }) => [schema.intitule, own.map(({ code }) => code)]);
			expect(said).toEqual([
				['Schéma des mobilités', ['I1a', 'I1b']],
				['Plan logement', ['I1b']],
				['Plan des aînés', []]
			]);
			expect(liens[0]?.liens[0]).toMatchObject({ fiche: fiches[0], texte: 'Fiche 4 du schéma.' });
			const archived = liensParSchema(await readArchive(app, pacteId));
			expect(archived.map(({ schema, liens: own }) => [schema.intitule, own.map(({ code }) => code)])).toEqual(said);
			await expectRoundTrip();
			// Printed, each schema says the fiches that link to it.
			const { blocs } = assemble(await readArchive(app, pacteId), { type: 'pacte' }, asIs);
			const schemas = blocs.find(({ type }) => type === 'schemas');
			expect(schemas?.type === 'schemas' && schemas.lignes.map(({ fiches: linked }) => linked)).toEqual([
				'Fiches\u00a0I1a et I1b',
				'Fiche\u00a0I1b',
				''
			]);
		});
	});
}

/** Our own words, as many as the longest fiche of the Sarthe has characters. */
const LONG = 8_370;

it(`Sarthe 15. five people write at once in a fiche of ${LONG} characters, one of them without network: all they wrote is there, once, for everyone`, () => {
	const server = new Y.Doc();
	const archive = archiveSarthe();
	const doc = new Y.Doc();
	const phrase = 'Dans la vallée haute, chacun doit pouvoir aller travailler, apprendre et se soigner. ';
	const contexte = phrase.repeat(Math.ceil(LONG / phrase.length)).slice(0, LONG);
	const born = { ...archive.fiches[0]!.champs, contexte: { texte: contexte } };
	const people = Array.from({ length: 5 }, () => new Y.Doc());
	const meet = (some: readonly Y.Doc[]) => {
		for (const person of some) {
			Y.applyUpdate(server, Y.encodeStateAsUpdate(person));
			Y.applyUpdate(person, Y.encodeStateAsUpdate(server));
		}
	};
	prepareFiche(doc, MODELE_SARTHE, born);
	Y.applyUpdate(server, Y.encodeStateAsUpdate(doc));
	meet(people);
	for (let round = 0; round < 60; round++) {
		people.forEach((person, who) => {
			const texte = texteOf(person, 'contexte') as Y.Text;
			// Between two words, never inside what another wrote.
			const place = texte.toString().indexOf(' ', (who * 1_600 + round * 7) % LONG);
			texte.insert(Math.max(0, place), `[${who}.${round}]`);
			lignesOf(person, 'livrables')[who % 3]?.cellules.get('public')?.insert(0, `<${who}.${round}>`);
		});
		// The last one has no network until the end.
		if (round % 5 === 0) meet(people.slice(0, 4));
	}
	meet(people);
	meet(people);
	const read = people.map((person) => JSON.stringify(readFiche(person, MODELE_SARTHE)));
	expect(new Set([...read, JSON.stringify(readFiche(server, MODELE_SARTHE))]).size).toBe(1);
	const said = texteOf(server, 'contexte')?.toString() ?? '';
	const cells = read[0] as string;
	for (let who = 0; who < 5; who++)
		for (let round = 0; round < 60; round++) {
			expect(said.split(`[${who}.${round}]`)).toHaveLength(2);
			expect(cells.split(`<${who}.${round}>`)).toHaveLength(2);
		}
	expect(said.replace(/\[\d\.\d+\]/g, '')).toBe(contexte);
	expect(champsOf(server).size).toBe(MODELE_SARTHE.champs.length);
});
