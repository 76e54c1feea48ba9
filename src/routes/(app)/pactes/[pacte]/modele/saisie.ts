import { linesOf } from '#lib/gouvernance/instance.ts';
import { idFrom } from '#lib/pactes/modele-edits.ts';
import type { Champ, Colonne, Modele, Niveau, Numerotation, TypeDeChamp, Variante } from '#lib/pactes/modele.ts';
import { DomainError } from '#server/errors.ts';
import { newId } from '#server/ids.ts';
import type { Saisie } from '../acte.ts';

const NUMEROTATIONS: readonly Numerotation[] = ['aucune', '1', 'I', 'a'];
const HAUT = 'haut';

/** What the model is called, and what is said of it. */
export function nomFrom(saisie: Saisie): Pick<Modele, 'nom' | 'description'> {
	return {
		nom: named(saisie, 'nom', 'Donnez un nom au modèle.'),
		description: saisie.text('description').replace(/\r\n?/g, '\n').trim()
	};
}

/** A level, as its form says it. */
export function niveauFrom(saisie: Saisie, { niveaux }: Modele): Niveau {
	const nom = lowered(named(saisie, 'nom', 'Donnez un nom au niveau, par exemple «\u00a0axe\u00a0».'));
	const known = niveaux.find(({ id }) => id === saisie.text('niveau'));
	const parents = saisie.all('parents').map((parent) => (parent === HAUT ? null : parent));
	if (parents.length === 0)
		throw new DomainError(
			'invalide',
			`Dites où se place «\u00a0${nom}\u00a0»\u00a0: en haut de l’arbre, ou sous un niveau.`
		);
	return {
		id: known?.id ?? idFrom(nom, newId()),
		nom,
		pluriel: lowered(saisie.text('pluriel').trim()) || `${nom}s`,
		genre: saisie.text('genre') === 'f' ? 'f' : 'm',
		parents,
		numerotation: NUMEROTATIONS.find((each) => each === saisie.text('numerotation')) ?? 'aucune',
		...(saisie.text('continue') === 'oui' && { continue: true }),
		...(saisie.text('seul') === 'oui' && { seul: true }),
		fiche: saisie.text('fiche') === 'oui'
	};
}

/** A field, as its form says it. `ancien`: the one that it changes; its id is kept. */
export function champFrom(saisie: Saisie, ancien: Champ | undefined): Champ {
	const etiquette = named(saisie, 'etiquette', 'Donnez un nom au champ, tel qu’il sera imprimé.');
	const aide = saisie.text('aide').trim();
	const type = saisie.text('type') as TypeDeChamp;
	const common = {
		id: ancien?.id ?? idFrom(etiquette, newId()),
		etiquette,
		...(aide !== '' && { aide }),
		requis: saisie.text('requis') === 'oui'
	};
	switch (type) {
		case 'puces':
			return {
				...common,
				type,
				puce: saisie.text('puce').trim() || 'un élément',
				...(saisie.text('sousPoints') === 'oui' && { sousPoints: true })
			};
		case 'organismes':
			return { ...common, type, ouverte: saisie.text('ouverte') === 'oui' };
		case 'choix': {
			const choix = linesOf(saisie.text('choix'));
			if (choix.length < 2) throw new DomainError('invalide', 'Donnez au moins deux choix, un par ligne.');
			return { ...common, type, choix: [...new Set(choix)] };
		}
		case 'montants':
			return { ...common, type, annees: anneesIn(saisie.text('annees')) };
		case 'tableau':
			return { ...common, type, ligne: saisie.text('ligne').trim() || 'une ligne', colonnes: colonnesFrom(saisie) };
		case 'texte':
		case 'court':
		case 'echeance':
		case 'ouinon':
		case 'schemas':
		case 'indicateurs':
			return { ...common, type };
		default:
			throw new DomainError('invalide', 'Choisissez le type du champ.');
	}
}

function anneesIn(texte: string): number[] {
	const annees = [...new Set((texte.match(/\d{4}/g) ?? []).map(Number))].sort((a, b) => a - b);
	if (annees.length === 0)
		throw new DomainError('invalide', 'Donnez les années du tableau, par exemple 2027 2028 2029.');
	return annees;
}

/** A line without a name is no column. */
function colonnesFrom(saisie: Saisie): Colonne[] {
	const [ids, noms, types, choix] = ['colonne_id', 'colonne_nom', 'colonne_type', 'colonne_choix'].map((name) =>
		saisie.all(name)
	) as [string[], string[], string[], string[]];
	const colonnes = noms.flatMap((nom, i): Colonne[] => {
		const etiquette = nom.trim().replace(/\s+/g, ' ');
		if (etiquette === '') return [];
		const id = ids[i] || idFrom(etiquette, newId());
		const type = (['liste', 'nombre', 'choix'] as const).find((each) => each === types[i]) ?? 'texte';
		if (type !== 'choix') return [{ id, etiquette, type }];
		const possible = [...new Set((choix[i] ?? '').split(/\s*[;\n]\s*/).filter(Boolean))];
		if (possible.length < 2)
			throw new DomainError(
				'invalide',
				`Donnez au moins deux choix à la colonne «\u00a0${etiquette}\u00a0», séparés par un point-virgule.`
			);
		return [{ id, etiquette, type, choix: possible }];
	});
	return colonnes.length > 0 ? colonnes : [{ id: idFrom('libelle', newId()), etiquette: 'Libellé', type: 'texte' }];
}

/** A form of the fiche: what is not ticked is left out. */
export function varianteFrom(saisie: Saisie, { champs }: Modele): Variante {
	const nom = named(saisie, 'nom', 'Donnez un nom à la variante.');
	const shown = new Set(saisie.all('champs'));
	const columns = new Set(saisie.all('colonnes'));
	const sansColonnes = champs.flatMap((champ): [string, string[]][] => {
		if (champ.type !== 'tableau' || !shown.has(champ.id)) return [];
		const hidden = champ.colonnes.map(({ id }) => id).filter((id) => !columns.has(`${champ.id} ${id}`));
		return hidden.length > 0 ? [[champ.id, hidden]] : [];
	});
	return {
		id: saisie.text('variante') || idFrom(nom, newId()),
		nom,
		sansChamps: champs.map(({ id }) => id).filter((id) => !shown.has(id)),
		sansColonnes: Object.fromEntries(sansColonnes)
	};
}

function named(saisie: Saisie, name: string, lack: string): string {
	const nom = saisie.text(name).trim().replace(/\s+/g, ' ');
	if (nom === '') throw new DomainError('invalide', lack);
	return nom;
}

/** Levels are said inside sentences: « un axe ». */
function lowered(nom: string): string {
	return nom.charAt(0).toLowerCase() + nom.slice(1);
}
