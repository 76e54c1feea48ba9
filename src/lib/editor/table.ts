import type { Schema } from '@tiptap/pm/model';
import { Plugin, TextSelection, type Command } from '@tiptap/pm/state';
import {
	addColumnAfter,
	addColumnBefore,
	addRowAfter,
	addRowBefore,
	deleteColumn,
	deleteRow,
	deleteTable,
	mergeCells,
	splitCell,
	tableEditing,
	toggleHeaderColumn,
	toggleHeaderRow
} from '@tiptap/pm/tables';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

/** What one does with the table where the caret is, in the order of the menu. */
export const ACTES_DE_TABLEAU: readonly { label: string; command: Command }[] = [
	{ label: 'Ajouter une ligne au-dessus', command: addRowBefore },
	{ label: 'Ajouter une ligne au-dessous', command: addRowAfter },
	{ label: 'Ajouter une colonne à gauche', command: addColumnBefore },
	{ label: 'Ajouter une colonne à droite', command: addColumnAfter },
	{ label: 'Fusionner les cellules choisies', command: mergeCells },
	{ label: 'Scinder la cellule', command: splitCell },
	{ label: 'Première ligne en en-tête, ou non', command: toggleHeaderRow },
	{ label: 'Première colonne en en-tête, ou non', command: toggleHeaderColumn },
	{ label: 'Supprimer la ligne', command: deleteRow },
	{ label: 'Supprimer la colonne', command: deleteColumn },
	{ label: 'Supprimer le tableau', command: deleteTable }
];

/** A table whose first row is a header, where the caret is; the caret goes into its first cell. */
export function insertTableau(rows: number, columns: number): Command {
	return (state, dispatch) => {
		const { $from } = state.selection;
		if ($from.depth > 1) return false; // Not in another table.
		const tableau = emptyTableau(state.schema, rows, columns);
		const here = $from.depth === 0 ? $from.pos : $from.parent.content.size === 0 ? $from.before(1) : $from.after(1);
		const tr = state.tr.insert(here, tableau);
		dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(here + 3))).scrollIntoView());
		return true;
	};
}

function emptyTableau({ nodes }: Schema, rows: number, columns: number) {
	const cells = (type: string) =>
		Array.from({ length: columns }, () => nodes[type]!.create(null, nodes.paragraphe!.create()));
	const lines = Array.from({ length: rows }, (_, i) =>
		nodes.rangee!.create(null, cells(i === 0 ? 'entete' : 'cellule'))
	);
	return nodes.tableau!.create(null, lines);
}

/**
 * Cell selections and keys of tables. A table that two people left uneven is mended only by one's own next edit: if every
 * page mended what comes from the others, each would mend the other's mending.
 */
export function tablePlugin(): Plugin {
	const { spec } = tableEditing();
	return new Plugin({
		...spec,
		appendTransaction(transactions, before, state) {
			const isOwn = transactions.some((tr) => tr.docChanged && !tr.getMeta(ySyncPluginKey));
			return isOwn ? spec.appendTransaction?.call(this, transactions, before, state) : null;
		}
	});
}
