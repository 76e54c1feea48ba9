import { expect, it } from 'vitest';
import { filterListe, readFiltresDeListe, SANS_PILOTE, type FicheListee } from './liste.ts';

const AXE = { id: 'axe', code: '1', titre: 'Se déplacer' };
const fiche = (id: string, more: Partial<FicheListee> = {}): FicheListee => ({
	id,
	code: id,
	titre: id,
	axe: AXE,
	pilotes: { organismes: [{ id: 'caf', nom: 'CAF' }], ouverte: false, texte: '' },
	echeance: '',
	remplis: 2,
	total: 2,
	vides: [],
	ecrite: null,
	mienne: false,
	...more
});
const FICHES = [
	fiche('1.1', { ecrite: 10, mienne: true }),
	fiche('1.2', { remplis: 1, vides: ['indicateurs', 'moyens'], ecrite: 20 }),
	fiche('2.1', { axe: null, pilotes: { organismes: [], ouverte: false, texte: '' } })
];
const found = (query: string) =>
	filterListe(FICHES, readFiltresDeListe(new URLSearchParams(query))).map(({ id }) => id);

it('lists all fiches in the order of their codes', () => expect(found('')).toEqual(['1.1', '1.2', '2.1']));
it('lists those where one wrote, the last first', () => expect(found('voir=ecrites')).toEqual(['1.2', '1.1']));
it('lists those that one’s organisme pilots', () => expect(found('voir=pilotees')).toEqual(['1.1']));
it('keeps those of an axe, of a pilote, or without pilote', () => {
	expect(found('axe=axe')).toEqual(['1.1', '1.2']);
	expect(found('pilote=caf')).toEqual(['1.1', '1.2']);
	expect(found(`pilote=${SANS_PILOTE}`)).toEqual(['2.1']);
});
it('keeps those that are complete, or not, or have one empty field', () => {
	expect(found('etat=incompletes')).toEqual(['1.2']);
	expect(found('etat=completes')).toEqual(['1.1', '2.1']);
	expect(found('vide=moyens')).toEqual(['1.2']);
});
it('takes no notice of an address that says nothing it knows', () =>
	expect(found('voir=x&etat=y')).toEqual(['1.1', '1.2', '2.1']));
