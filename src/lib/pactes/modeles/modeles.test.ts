import { describe, expect, test } from 'vitest';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import type { ArchivePacte } from '#lib/pactes/archive.ts';
import { hauteRiviere } from '#server/demo/haute-riviere.ts';
import { demonstration } from '#server/demo/demonstration.ts';
import { apercuOf } from './apercu.ts';
import { copieOf, ETENDUES } from './copie.ts';
import { monthAfter, usualStart } from './modele-de-pacte.ts';
import { modeleFromArchive } from './modele-from-archive.ts';
import { MODELES_DE_PACTE } from './modeles-de-pacte.ts';
import { archiveOfModele } from './new-archive.ts';

const PACTE = { intitule: 'Pacte de la Basse-Plaine', territoire: 'Basse-Plaine', debut: 2028, fin: 2032 };

describe('the models that Copacte ships', () => {
	test.each(MODELES_DE_PACTE.map((modele) => [modele.structure.nom, modele] as const))(
		'%s makes a pacte that an export could hold, with its process and without',
		(_, modele) => {
			for (const depart of ['2026-03', '', null]) {
				const archive = archiveOfModele(PACTE, modele, depart);
				expect(parseArchive(JSON.parse(JSON.stringify(archive)))).toEqual(archive);
				expect(archive.seances).toHaveLength(depart === null ? 0 : modele.demarche.seances.length);
			}
		}
	);

	test.each(MODELES_DE_PACTE.map((modele) => [modele.structure.nom, modele] as const))(
		'%s comes back from the pacte that it made: a pacte is a model for the next',
		(_, modele) => {
			const start = usualStart(modele.demarche.depart, PACTE.debut);
			const { structure, plan, demarche } = modeleFromArchive(archiveOfModele(PACTE, modele, start));
			expect({ structure, plan }).toEqual({ structure: modele.structure, plan: modele.plan });
			expect(demarche.phases).toHaveLength(modele.demarche.phases.length);
			expect(
				demarche.seances.map(({ titre, instance, phase }) => [titre.replace(/\d+$/, ''), instance, phase])
			).toEqual(
				modele.demarche.seances.map(({ titre, instance, phase }) => [titre.replace(/\d+$/, ''), instance, phase])
			);
		}
	);

	test('what a model holds is said before it is chosen: its levels with a code of each', () => {
		const [orne, sarthe] = MODELES_DE_PACTE.map(apercuOf);
		expect(sarthe?.niveaux.map((niveau) => /\((.+)\)/.exec(niveau)?.[1])).toEqual([
			'I',
			'I1',
			undefined,
			'I1a',
			'I1a1'
		]);
		expect(orne?.demarche?.depart).toBe('avril, un an avant la première année du pacte');
	});

	test('months run over the end of a year', () => {
		expect([monthAfter('2026-11', 3), monthAfter('2026-01', 11), monthAfter('', 3)]).toEqual([
			'2027-02',
			'2026-12',
			''
		]);
		expect(usualStart({ ans: 3, mois: 6 }, 2028)).toBe('2025-06');
	});
});

describe('what a pacte gives to another', () => {
	/** An export holds no empty run of text. */
	const asExported = (archive: ArchivePacte) =>
		JSON.parse(JSON.stringify(archive), (_, value: unknown) =>
			Array.isArray(value)
				? value.filter((item: { type?: string; texte?: string } | null) => item?.type !== 'texte' || item.texte !== '')
				: value
		) as ArchivePacte;
	const textesOf = (value: unknown) => JSON.stringify(value);

	test('a model of it holds no body, no person and no text', () => {
		const source = demonstration();
		const written = textesOf({ ...modeleFromArchive(source), structure: null });
		const instances = new Set(source.parties.instances.map(({ nom }) => nom));
		for (const { nom } of source.organismes) if (!instances.has(nom)) expect(written).not.toContain(nom);
		for (const { titre } of source.noeuds) expect(written).not.toContain(titre);
		for (const { personne } of source.signataires) if (personne) expect(written).not.toContain(personne);
	});

	test.each(ETENDUES)('a copy of « %s » is a whole pacte, and binds nobody', (etendue) => {
		const copie = copieOf(asExported(demonstration()), etendue, PACTE);
		expect(parseArchive(JSON.parse(JSON.stringify(copie)))).toEqual(copie);
		expect(copie.intitule).toBe(PACTE.intitule);
		expect([copie.signataires, copie.engagements, copie.parties.cadres, copie.parties.paroles]).toEqual([
			[],
			[],
			[],
			[]
		]);
		expect(copie.noeuds.length > 0).toBe(etendue === 'textes' || etendue === 'organismes');
		expect(copie.organismes.length > 0).toBe(etendue === 'organismes');
	});

	test('a copy of its texts keeps the words of its fiches, and no pilote', () => {
		const source = hauteRiviere();
		const { fiches } = copieOf(source, 'textes', PACTE);
		const first = source.fiches[0]!;
		expect(fiches[0]?.champs.objectifs).toEqual(first.champs.objectifs);
		expect(fiches[0]?.champs.pilotes).toMatchObject({ organismes: [] });
	});
});
