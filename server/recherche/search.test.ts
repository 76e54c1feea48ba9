import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { corpsOf, writeProse, type Prose } from '#lib/editor/prose.ts';
import type { Extrait, KindTrouve, Reponse, Trouvaille } from '#lib/recherche/resultat.ts';
import { hauteRiviere } from '#server/demo/haute-riviere.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { addPersonne } from '../../tests/support/personnes.ts';
import { newId } from '../ids.ts';
import { runCommand } from '../command.ts';
import { addEntree, removeEntree } from '../glossaire/glossaire.ts';
import { addAlias, createOrganisme, renameOrganisme } from '../organismes/organismes.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { projectRedaction } from '../sections/redaction-projection.ts';
import { fillIndex } from './fill-index.ts';
import { forgetSource, indexSource } from './index-writer.ts';
import { search } from './search.ts';

const wordsOf = (extrait: Extrait | null) => (extrait ?? []).map(({ texte }) => texte).join('');
const marksOf = (extrait: Extrait | null) => (extrait ?? []).filter(({ marque }) => marque).map(({ texte }) => texte);
const all = ({ groupes }: Reponse): Trouvaille[] => groupes.flatMap(({ trouvailles }) => trouvailles);

for (const { engine, missing } of await engines()) {
	describe.skipIf(missing)(`search on ${engine}${missing ? ` (${missing})` : ''}`, () => {
		let app: TestApp;
		let pacteId: string;
		let by: string;

		beforeAll(async () => {
			app = await openTestApp(engine);
			by = await addPersonne(app, 'Anouk Ferrand');
			pacteId = await createPacteFromArchive(app, hauteRiviere(), { compteId: by, acte: 'pacte_importe' });
		});
		afterAll(() => app.end());

		const ask = (question: string, kind: KindTrouve | null = null) => search(app.db, { pacteId, by, question, kind });
		const titles = async (question: string) => all(await ask(question)).map(({ titre }) => wordsOf(titre));

		async function addSection(titre: string, prose: Prose): Promise<string> {
			const id = newId();
			await app.db
				.insertInto('sections')
				.values({
					id,
					pacte_id: pacteId,
					parent_id: null,
					rang: 0,
					genre: 'texte',
					titre,
					organisme_id: null,
					noeud_id: null,
					etat: 'brouillon',
					longueur: '',
					retiree_at: null,
					created_at: app.now()
				})
				.execute();
			await writeSection(id, prose);
			await app.db.transaction().execute((trx) => indexSource(trx, pacteId, 'plan'));
			return id;
		}

		async function writeSection(id: string, prose: Prose): Promise<void> {
			const doc = new Y.Doc();
			writeProse(corpsOf(doc), prose);
			const { modele } = hauteRiviere();
			await app.db.transaction().execute((trx) => projectRedaction(trx, doc, { id, pacteId, modele, now: app.now() }));
			doc.destroy();
		}

		const paragraphe = (texte: string) => ({
			type: 'paragraphe' as const,
			contenu: [{ type: 'texte' as const, texte }]
		});

		test('a fiche is found by another form of a word of its title or of a field, accents or not, at its field', async () => {
			for (const question of ['equiper vehicule', 'véhicules équipés', 'l’équipement d’un vehicule']) {
				const [fiche] = all(await ask(question));
				expect(fiche?.kind, question).toBe('fiche');
				expect(wordsOf(fiche!.titre)).toBe('Une permanence itinérante dans les vallées');
				expect(fiche!.code).toBe('1.3');
				expect(fiche!.lieu).toBe('Modalités de mise en œuvre');
				expect(fiche!.lien).toMatch(/^\/fiches\/[\w-]+#champ-modalites$/);
				expect(marksOf(fiche!.extrait)).toEqual(expect.arrayContaining(['Équiper', 'véhicule']));
			}
		});

		test('the last word may be begun only, another one not', async () => {
			expect(await titles('itinéran')).toContain('Une permanence itinérante dans les vallées');
			expect(await titles('itinéran ')).toEqual([]);
		});

		test('a number leads to its fiche or its branch, and to nothing else when it is all that was asked', async () => {
			for (const question of ['2.3', 'fiche 2.3', 'fiche-action 2.3'])
				expect(
					all(await ask(question)).map(({ code }) => code),
					question
				).toEqual(['2.3']);
			expect(all(await ask('axe 2')).map(({ kind, code }) => [kind, code])).toEqual([['orientation', '2']]);
			expect(all(await ask('9.9')).map(({ code }) => code)).not.toContain('9.9');
		});

		test('RE7. what has all the words comes alone when there is enough of it; a title before a text', async () => {
			const reponse = await ask('garde enfants');
			for (const { titre, extrait, kind, id } of all(reponse)) {
				const texts = [wordsOf(titre), wordsOf(extrait)].join(' ');
				expect(texts, `${kind} ${id}`).toMatch(/gard/i);
			}
			expect(wordsOf(all(reponse)[0]!.titre)).toBe('Garder les enfants pendant les entretiens et les essais en emploi');
			const reception = all(await ask('agenda'));
			expect(reception.length).toBeGreaterThan(0);
		});

		test('organismes are found by their names and their other spellings, as soon as they have them', async () => {
			const act = { pacteId, by };
			const { organisme } = await createOrganisme(app, { ...act, nom: 'Ressourcerie du Clain-Vert' });
			expect((await ask('ressourceries', 'organisme')).total).toBe(1);
			await addAlias(app, { ...act, organismeId: organisme.id, nom: 'Le Bric-à-Brac' });
			const [found] = all(await ask('bric a brac'));
			expect(found).toMatchObject({ kind: 'organisme', id: organisme.id, lieu: 'Autre appellation' });
			await renameOrganisme(app, { ...act, organismeId: organisme.id, nom: 'Recyclerie des vallées' });
			expect(wordsOf(all(await ask('recyclerie'))[0]!.titre)).toBe('Recyclerie des vallées');
		});

		test('glossary entries are found, and found no more once removed', async () => {
			const act = { pacteId, by };
			const id = await addEntree(app, {
				...act,
				sigle: 'ZFRR',
				developpe: 'zone France ruralités revitalisation',
				definition: ''
			});
			expect(all(await ask('ruralite'))[0]).toMatchObject({ kind: 'glossaire', id, lien: `/glossaire#entree-${id}` });
			await removeEntree(app, { ...act, id });
			expect((await ask('ruralite')).total).toBe(0);
			expect((await ask('zfrr')).total).toBe(0);
		});

		test('a section is found at its block, its title too; a constat is found as one, where it stands', async () => {
			const constat = { cle: 'c1', nature: 'constat' as const, theme: '', noeud: '', origine: '' };
			const id = await addSection('Le diagnostic de la montagne', [
				{ ...paragraphe('Les hameaux'), titre: 2 },
				paragraphe(''),
				paragraphe('Les autocars desservent rarement les hameaux d’altitude.'),
				{ ...paragraphe('La tyrolienne manque de câbles éclairés.'), constat }
			]);
			const [titre] = all(await ask('montagne diagnostic'));
			expect(titre).toMatchObject({ kind: 'section', id, lien: `/sections/${id}` });
			const [bloc] = all(await ask('autocars altitude'));
			expect(bloc).toMatchObject({ kind: 'section', id, lien: `/sections/${id}#bloc-3` });
			const [trouve] = all(await ask('tyrolienne'));
			expect(trouve).toMatchObject({ kind: 'constat', lieu: 'Constat', lien: `/sections/${id}#bloc-4` });
			expect(marksOf(trouve!.extrait)).toEqual(['tyrolienne']);
		});

		test('RE3. a paragraph that was put above moves the others without writing them again; RE4. what was erased is forgotten', async () => {
			const un = paragraphe('Le funiculaire relie les deux gares.');
			const deux = paragraphe('La passerelle attend son ascenseur.');
			const id = await addSection('Les chemins', [un, deux]);
			const rowsOf = () =>
				app.db
					.selectFrom('recherche_textes')
					.select(['id', 'rang', 'texte'])
					.where('source', '=', `section.${id}`)
					.where('ancre', '=', 'bloc')
					.orderBy('rang')
					.execute();
			const before = await rowsOf();
			await writeSection(id, [paragraphe('Un mot nouveau : téléphérique.'), un, deux]);
			const after = await rowsOf();
			expect(after.slice(1)).toEqual(before.map((row) => ({ ...row, rang: row.rang + 1 })));
			expect(all(await ask('passerelle'))[0]!.lien).toBe(`/sections/${id}#bloc-3`);
			await writeSection(id, [un, deux]);
			expect(await rowsOf()).toEqual(before);
			expect((await ask('telepherique')).total).toBe(0);
			const spelt = await app.db
				.selectFrom('recherche_formes')
				.select('forme')
				.where('pacte_id', '=', pacteId)
				.where('forme', '=', 'telepherique')
				.execute();
			expect(spelt).toEqual([]);
		});

		test('what an import kept beside the pacte is found by its paragraphs', async () => {
			const texte = {
				ligne_debut: 12,
				ligne_fin: 15,
				texte: 'Un éditorial sur la\nvallée.\n\nLes belvédères ferment l’hiver.'
			};
			const own = await createPacteFromArchive(
				app,
				{ ...hauteRiviere(), textes: [texte] },
				{ compteId: by, acte: 'pacte_importe' }
			);
			const [found] = all(await search(app.db, { pacteId: own, by, question: 'belvédères hiver' }));
			expect(found).toMatchObject({ kind: 'texte_importe', lien: '/textes#texte-0' });
			expect(wordsOf(found!.extrait)).toBe('Les belvédères ferment l’hiver.');
		});

		test('a word changed in a paragraph changes what finds it, and nothing else', async () => {
			const id = await addSection('La place', [paragraphe('Le marché couvert ouvre le mardi matin.')]);
			const wordsIn = () =>
				app.db
					.selectFrom('recherche_mots')
					.innerJoin('recherche_textes', 'recherche_textes.id', 'texte_id')
					.select(['mot', 'texte_id'])
					.where('source', '=', `section.${id}`)
					.orderBy('mot')
					.execute();
			const before = await wordsIn();
			await writeSection(id, [paragraphe('Le marché couvert ouvre le jeudi matin.')]);
			expect((await ask('marché jeudi')).total).toBe(1);
			const kept = new Set((await wordsIn()).map(({ mot, texte_id }) => `${mot} ${texte_id}`));
			const lost = before.filter(({ mot, texte_id }) => !kept.has(`${mot} ${texte_id}`));
			expect(lost.map(({ mot }) => mot)).toEqual(['mard']);
		});

		test('a word that nothing holds is named, and the nearest one proposed', async () => {
			const reponse = await ask('permanense itinérante');
			expect(reponse.absents).toEqual(['permanense']);
			expect(reponse.proches).toContain('permanence itinérante');
			const none = await ask('xylophone');
			expect(none).toMatchObject({ total: 0, absents: ['xylophone'], proches: [] });
			expect(await ask('de la')).toMatchObject({ total: 0, vide: true });
		});

		test('one kind alone may be asked for, and each group says how many there are', async () => {
			const everywhere = await ask('département');
			const fiches = await ask('département', 'fiche');
			const group = everywhere.groupes.find(({ kind }) => kind === 'fiche');
			expect(fiches.total).toBe(group?.total);
			expect(fiches.groupes.map(({ kind }) => kind)).toEqual(['fiche']);
			expect(everywhere.total).toBe(everywhere.groupes.reduce((sum, { total }) => sum + total, 0));
		});

		test('RE1. nothing of another pacte is found: neither words, nor spellings, nor numbers', async () => {
			const stranger = await addPersonne(app, 'Quelqu’un d’ailleurs');
			const own = await createPacteFromArchive(
				app,
				{ ...hauteRiviere(), noeuds: [], fiches: [], organismes: [], signataires: [], figures: [], glossaire: [] },
				{ compteId: stranger, acte: 'pacte_importe' }
			);
			for (const question of ['permanence', 'permanense', '2.3', 'CAF', 'perm']) {
				expect(await search(app.db, { pacteId: own, by: stranger, question })).toMatchObject({
					total: 0,
					groupes: [],
					proches: []
				});
				await expect(search(app.db, { pacteId, by: stranger, question })).rejects.toMatchObject({
					code: 'introuvable'
				});
			}
		});

		test('RE1. whoever left the pacte finds nothing there any more', async () => {
			const passer = await addPersonne(app, 'De passage');
			const row = { pacte_id: pacteId, compte_id: passer, role: 'lecteur', created_at: app.now() } as const;
			await app.db.insertInto('participations').values(row).execute();
			expect((await search(app.db, { pacteId, by: passer, question: 'permanence' })).total).toBeGreaterThan(0);
			await app.db.deleteFrom('participations').where('compte_id', '=', passer).execute();
			await expect(search(app.db, { pacteId, by: passer, question: 'permanence' })).rejects.toMatchObject({
				code: 'introuvable'
			});
		});

		test('RE5. a database of before is indexed after the start, and says meanwhile that it is not ready', async () => {
			const expected = (await ask('permanence')).total;
			for (const table of ['recherche_textes', 'recherche_formes', 'recherche_etat'] as const)
				await app.db.deleteFrom(table).execute();
			expect(await ask('permanence')).toMatchObject({ total: 0, prepare: true });
			await fillIndex(app.db).done;
			expect(await ask('permanence')).toMatchObject({ total: expected, prepare: false });
		});

		test('RE5. `reconstruire` mends an index that lost words, and drops what nothing holds', async () => {
			const before = await ask('permanence');
			await app.db.deleteFrom('recherche_mots').where('pacte_id', '=', pacteId).execute();
			await app.db
				.insertInto('recherche_textes')
				.values({
					pacte_id: pacteId,
					source: 'fiche.disparue',
					kind: 'fiche',
					objet: 'disparue',
					ancre: '',
					rang: 0,
					poids: 1,
					texte: 'Une permanence oubliée'
				})
				.execute();
			expect((await ask('permanence')).total).toBe(0);
			await runCommand(app, { nom: 'reconstruire' });
			const after = await ask('permanence');
			expect(after).toEqual(before);
		});

		test('what a source says to forget is found no more', async () => {
			const id = await addSection('Le belvédère', [paragraphe('Une table d’orientation.')]);
			expect((await ask('table orientation belvédère')).total).toBe(1);
			await app.db.transaction().execute((trx) => forgetSource(trx, pacteId, 'section', id));
			expect(all(await ask('belvédère')).map(({ passages }) => passages)).toEqual([1]);
		});
	});
}
