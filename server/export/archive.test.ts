import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldNom } from '#lib/organismes/fold.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { sartheEntiere } from '../../tests/support/sarthe-entiere.ts';
import { engines, openTestApp, type TestApp } from '../../tests/support/app.ts';
import { DomainError } from '../errors.ts';
import { hauteRiviere } from '../demo/haute-riviere.ts';
import { createPacteFromArchive } from '../pactes/create-pacte.ts';
import { listFigures } from '../figures/figures.ts';
import { archiveFromJson, readArchive, readPacte } from './archive.ts';
import { exportPacte } from './export.ts';

describe.each(await engines())('a pacte as one JSON value ($engine)', ({ engine, missing }) => {
	describe.skipIf(missing !== null)(missing ?? 'here', () => {
		let app: TestApp;
		beforeAll(async () => {
			app = await openTestApp(engine);
		});
		afterAll(() => app?.end());

		const create = (archive: ArchivePacte) =>
			createPacteFromArchive(app, archive, { compteId: null, acte: 'pacte_importe' });
		const bytesOf = async (id: string) => new TextDecoder().decode((await exportPacte(app, id, 'json')).bytes);

		test('exported, imported and exported again, it gives the same bytes', async () => {
			const first = await bytesOf(await create(fullArchive()));
			const second = await bytesOf(await create(parseArchive(JSON.parse(first))));
			expect(second).toBe(first);
		});

		test('of any model, it gives the same bytes: forms, merged cells, schemas, amounts, fields put aside, former codes, origins, logos', async () => {
			const source = parseArchive(anyModel());
			const id = await create(source);
			expect(await readArchive(app, id)).toEqual(source);
			const first = await bytesOf(id);
			const second = await bytesOf(await create(parseArchive(JSON.parse(first))));
			expect(second).toBe(first);
			for (const key of ['suites', 'anciens', 'origines', 'variante', 'retires', 'schemas', 'a2028', 'mise_en_page'])
				expect(first).toContain(`"${key}"`);
		});

		test('nothing that was brought in is missing', async () => {
			const source = parseArchive(fullArchive());
			const read = await readArchive(app, await create(source));
			// The fiche of the node kept aside was born with it.
			const born = read.fiches.filter(({ noeud }) => !source.fiches.some((fiche) => fiche.noeud === noeud));
			expect(born).toHaveLength(1);
			expect({ ...read, fiches: read.fiches.filter((fiche) => !born.includes(fiche)) }).toEqual(source);
		});

		test('ids of the installation do not show, and lead to those of the archive', async () => {
			const id = await create(fullArchive());
			const { archive, noeuds } = await readPacte(app, id);
			expect([...noeuds.values()]).toEqual(archive.noeuds.map((noeud) => noeud.id));
			expect(JSON.stringify(archive)).not.toContain([...noeuds.keys()][0]);
		});

		test('Mayenne 9: prose that quotes a figure finds its row and column in the archive, and again once imported', async () => {
			const id = await create(fullArchive());
			const { archive, figures } = await readPacte(app, id);
			const [figure] = await listFigures(app, id);
			const ids = figures.get(figure?.id ?? '');
			expect(ids?.figure).toBe('g1');
			expect([...(ids?.series.values() ?? [])]).toEqual(archive.figures[0]?.series.map((serie) => serie.id));
			const again = await readPacte(app, await create(archive));
			expect(again.archive.figures).toEqual(archive.figures);
			expect(again.archive.figures.length).toBeGreaterThan(3);
		});

		test('an organisme that is gone is left out of the fiches that named it', async () => {
			const source = fullArchive();
			const id = await create(source);
			const { archive } = await readPacte(app, id);
			const gone = archive.organismes.find(({ nom }) => nom === 'MSA')?.id as string;
			await app.db.deleteFrom('organismes').where('pacte_id', '=', id).where('nom', '=', 'MSA').execute();
			const after = await readArchive(app, id);
			expect(namedIn(archive)).toContain(gone);
			expect(after.organismes.some(({ nom }) => nom === 'MSA')).toBe(false);
			expect(() => parseArchive(after)).not.toThrow();
		});

		test('a pacte that does not exist is said not to exist', async () => {
			await expect(readArchive(app, 'inconnu')).rejects.toMatchObject({ code: 'introuvable' });
		});
	});
});

test('what is no export is refused in words that a page can show', () => {
	expect(() => archiveFromJson({ format: 'autre' })).toThrow(DomainError);
	expect(() => archiveFromJson({ format: 'autre' })).toThrow(/ce n’est pas un pacte exporté par Copacte/);
});

function namedIn({ fiches }: ArchivePacte): string[] {
	return fiches.flatMap(({ champs }) =>
		Object.values(champs).flatMap((valeur) => ('organismes' in valeur ? valeur.organismes : []))
	);
}

/** The demonstration, with something of everything that an archive may hold. */
function fullArchive(): ArchivePacte {
	const archive = hauteRiviere();
	const [first, second] = archive.organismes as [ArchivePacte['organismes'][0], ArchivePacte['organismes'][0]];
	archive.noeuds.push({ id: 'loin', parent: 'a_classer', niveau: 'axe', titre: 'Un axe mis de côté' });
	archive.noeuds.push({ id: 'dessous', parent: 'loin', niveau: 'perspective', titre: 'Sous l’axe de côté' });
	archive.engagements = [
		{ organisme: null, puces: ['Se réunir chaque année', ''] },
		{ organisme: second.id, puces: [] }
	];
	archive.signataires.push({ organisme: first.id, personne: 'Camille Martin' });
	archive.textes = [{ ligne_debut: 1, ligne_fin: 3, texte: '«\u00a0Éditorial\u00a0»\n\nDes mots, 😀, \uf0b7.' }];
	return canonical(archive);
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The Sarthe's structure, with every type of field, some put aside and still written in. */
function anyModel(): ArchivePacte {
	const archive = sartheEntiere();
	const modele = structuredClone(archive.modele);
	const common = { requis: false };
	modele.champs.push(
		{ id: 'resume', type: 'court', etiquette: 'En une ligne', ...common },
		{ id: 'points', type: 'puces', etiquette: 'Points', puce: 'un point', sousPoints: true, ...common },
		{ id: 'quand', type: 'echeance', etiquette: 'Échéance', ...common },
		{ id: 'cofinance', type: 'ouinon', etiquette: 'Cofinancée', ...common },
		{ id: 'ampleur', type: 'choix', etiquette: 'Ampleur', choix: ['Locale', 'Départementale'], ...common },
		{ id: 'couts', type: 'montants', etiquette: 'Coûts', annees: [2027, 2028], ...common }
	);
	const [observations] = modele.champs.splice(
		modele.champs.findIndex(({ id }) => id === 'observations'),
		1
	);
	modele.retires = [observations as (typeof modele.champs)[number]];
	archive.modele = modele;
	archive.fiches.forEach((fiche, i) => {
		const { observations: aside, ...champs } = fiche.champs;
		fiche.champs = {
			...champs,
			resume: { texte: i === 0 ? 'Une ligne' : '' },
			points: i === 0 ? { puces: ['Un', 'Dessous'], retraits: [1] } : { puces: [] },
			quand: { texte: i === 1 ? '2027 ou 2028' : '' },
			cofinance: { texte: i === 2 ? 'oui' : '' },
			ampleur: { texte: i === 3 ? 'Locale' : '' },
			couts: { lignes: i === 4 ? [{ financeur: 'CAF', a2027: '1 000 €', a2028: '' }] : [] },
			observations: i === 5 ? { texte: 'Des mots d’un champ mis de côté' } : (aside ?? { texte: '' })
		};
	});
	const moved = archive.noeuds.find(({ titre }) => titre.endsWith('I3a1'));
	if (moved) moved.anciens = ['15a1', 'I2a9'];
	const [first, second] = archive.fiches;
	if (first && second)
		second.origines = [
			{ nature: 'fusion', noeud: null, titre: 'Une fiche partie depuis' },
			{ nature: 'copie', noeud: first.noeud, titre: 'Comme elle s’appelait' }
		];
	const bytes = Buffer.from(PIXEL, 'base64');
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	archive.pieces = [{ id: 'p1', nom: 'logo.png', type: 'image/png', largeur: 1, hauteur: 1, sha256, base64: PIXEL }];
	archive.mise_en_page = {
		mention: 'Avec le concours de l’Union européenne',
		logos: [{ piece: 'p1', alternative: 'Union européenne' }],
		pages: 'fiches'
	};
	return archive;
}

function byFold(a: string, b: string): number {
	return foldNom(a) < foldNom(b) ? -1 : 1;
}

/** Ids in the order of reading, as exports give them. */
function canonical(archive: ArchivePacte): ArchivePacte {
	const noeuds = new Map(archive.noeuds.map(({ id }, i) => [id, `n${i + 1}`]));
	return {
		...archive,
		// Spellings are a set: they come out in alphabetical order.
		organismes: archive.organismes.map((organisme) => ({ ...organisme, alias: organisme.alias.toSorted(byFold) })),
		noeuds: archive.noeuds.map((noeud) => ({
			...noeud,
			id: noeuds.get(noeud.id) as string,
			parent: noeud.parent === null ? null : (noeuds.get(noeud.parent) ?? noeud.parent)
		})),
		fiches: archive.fiches.map(({ noeud, champs }) => ({ noeud: noeuds.get(noeud) as string, champs }))
	};
}
