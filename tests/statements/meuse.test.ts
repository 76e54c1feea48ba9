import { expect, it } from 'vitest';
import type { Prose } from '#lib/editor/prose.ts';
import { PARTIES_VIDES, type ArchivePacte, type SectionArchive } from '#lib/pactes/archive.ts';
import { parseArchive } from '#lib/pactes/archive-schema.ts';
import { MODELE_VIERGE } from '#lib/pactes/modeles/structures.ts';
import { assemble } from '#server/export/assemble.ts';

const asIs = { texte: (source: string) => source.trim(), paragraphes: (source: string) => [source] };

const titre = (texte: string): Prose[number] => ({ type: 'paragraphe', titre: 2, contenu: [{ type: 'texte', texte }] });
const line = (texte: string): Prose[number] => ({ type: 'paragraphe', contenu: [{ type: 'texte', texte }] });

function section(id: string, genre: SectionArchive['genre'], nom: string, prose: Prose): SectionArchive {
	return { id, parent: null, genre, titre: nom, organisme: null, noeud: null, etat: 'brouillon', longueur: '', prose };
}

function archive(sections: SectionArchive[]): ArchivePacte {
	return {
		format: 'copacte/pacte',
		version: 1,
		intitule: 'Pacte de la Haute-Rivière',
		territoire: 'Haute-Rivière',
		debut: 2027,
		fin: 2031,
		modele: MODELE_VIERGE,
		organismes: [],
		noeuds: [],
		fiches: [],
		signataires: [],
		engagements: [],
		textes: [],
		...PARTIES_VIDES,
		sections
	};
}

/** What the document says of a part, line by line. */
function printed(sections: SectionArchive[], nom: string): string[] {
	const pacte = parseArchive(JSON.parse(JSON.stringify(archive(sections))));
	const bloc = assemble(pacte, { type: 'pacte' }, asIs).blocs.find(
		(candidate) => candidate.type === 'section' && candidate.titre === nom
	);
	if (bloc?.type !== 'section') return [];
	return bloc.blocs.map((part) => {
		if (part.t !== 'titre' && part.t !== 'p') return part.t;
		const words = part.runs.map((run) => ('texte' in run ? run.texte : '')).join('');
		return part.t === 'titre' ? `# ${words}` : words;
	});
}

it('Meuse 10. the circuit of decisions is a free text: no step of validation is asked of a project', () => {
	const circuit = section('s1', 'texte', 'Circuit de décision', [
		line('Un projet va droit à ses financeurs.'),
		line('Le comité de pilotage en suit l’avancement et ce qui bloque.')
	]);
	expect(printed([circuit], 'Circuit de décision')).toEqual([
		'Un projet va droit à ses financeurs.',
		'Le comité de pilotage en suit l’avancement et ce qui bloque.'
	]);
	expect(circuit.etat).toBe('brouillon');
});

it('Meuse 11. the evaluation has two levels, the actions and the partnership, each under its title', () => {
	const evaluation = section('s1', 'evaluation', 'Évaluation', [
		titre('Les actions'),
		line('Chaque action est suivie par son pilote.'),
		titre('Le partenariat'),
		line('Les partenaires disent une fois par an ce qu’il vaut.')
	]);
	expect(printed([evaluation], 'Évaluation')).toEqual([
		'# Les actions',
		'Chaque action est suivie par son pilote.',
		'# Le partenariat',
		'Les partenaires disent une fois par an ce qu’il vaut.'
	]);
});
