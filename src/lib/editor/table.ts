import type { Node as ProseNode, Schema } from '@tiptap/pm/model';
import { Plugin, TextSelection, type Command, type EditorState, type Transaction } from '@tiptap/pm/state';
import {
	addColumnAfter,
	addColumnBefore,
	addRowAfter,
	addRowBefore,
	CellSelection,
	deleteColumn,
	deleteRow,
	deleteTable,
	fixTables,
	goToNextCell,
	isInTable,
	mergeCells,
	splitCell,
	tableEditing,
	TableMap,
	toggleHeaderColumn,
	toggleHeaderRow
} from '@tiptap/pm/tables';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

const mapCells = CellSelection.prototype.map;

/**
 * Cells that are selected follow what others do. In a table that two people have just left uneven, the library looks for a cell
 * that is not there, and its fault would end the editor: the caret then stays near.
 */
CellSelection.prototype.map = function map(doc, mapping) {
	try {
		return mapCells.call(this, doc, mapping);
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return TextSelection.near(doc.resolve(Math.min(mapping.map(this.$headCell.pos), doc.content.size)));
	}
};

/**
 * An act on a table. The library counts cells where they are not in an uneven one, and would put rows into rows: such a table is
 * mended first, as an act of its own.
 */
function safely(command: Command): Command {
	return (state, dispatch, view) => {
		try {
			const mend = isInTable(state) ? mended(state) : null;
			if (!mend) return command(state, dispatch, view);
			dispatch?.(mend);
			return dispatch && view ? command(view.state, view.dispatch, view) : true;
		} catch (error) {
			if (!(error instanceof RangeError)) throw error;
			return false;
		}
	};
}

/** Mends the tables that are uneven; null when none is. */
function mended(state: EditorState): Transaction | null {
	if (!hasUnevenTable(state.doc)) return null;
	try {
		const tr = fixTables(state);
		if (tr && !hasUnevenTable(tr.doc)) return tr;
	} catch {
		// It counts on what it has just moved.
	}
	return mendPlainly(state);
}

function hasUnevenTable(doc: ProseNode): boolean {
	let isUneven = false;
	doc.forEach((node) => (isUneven ||= node.type.name === 'tableau' && TableMap.get(node).problems !== null));
	return isUneven;
}

interface ActeDeTableau {
	label: string;
	command: Command;
	/** Said once it is done. */
	fait: string;
}

const ACTES: readonly ActeDeTableau[] = [
	{ label: 'Ajouter une ligne au-dessus', command: addRowBefore, fait: 'Ligne ajoutée au-dessus.' },
	{ label: 'Ajouter une ligne au-dessous', command: addRowAfter, fait: 'Ligne ajoutée au-dessous.' },
	{ label: 'Ajouter une colonne à gauche', command: addColumnBefore, fait: 'Colonne ajoutée à gauche.' },
	{ label: 'Ajouter une colonne à droite', command: addColumnAfter, fait: 'Colonne ajoutée à droite.' },
	{ label: 'Fusionner les cellules choisies', command: mergeCells, fait: 'Cellules fusionnées.' },
	{ label: 'Scinder la cellule', command: splitCell, fait: 'Cellule scindée.' },
	{ label: 'Première ligne en en-tête, ou non', command: toggleHeaderRow, fait: 'Première ligne changée.' },
	{ label: 'Première colonne en en-tête, ou non', command: toggleHeaderColumn, fait: 'Première colonne changée.' },
	{ label: 'Supprimer la ligne', command: deleteRow, fait: 'Ligne supprimée.' },
	{ label: 'Supprimer la colonne', command: deleteColumn, fait: 'Colonne supprimée.' },
	{ label: 'Supprimer le tableau', command: deleteTable, fait: 'Tableau supprimé.' }
];

/** What one does with the table where the caret is, in the order of the menu. */
export const ACTES_DE_TABLEAU: readonly ActeDeTableau[] = ACTES.map((acte) => ({
	...acte,
	command: safely(acte.command)
}));

/** The table where the caret is, and its place. */
export function tableauAt({ selection }: EditorState): { position: number; legende: string } | null {
	const { $from } = selection;
	for (let depth = $from.depth; depth > 0; depth--) {
		const { type, attrs } = $from.node(depth);
		if (type.name === 'tableau') return { position: $from.before(depth), legende: (attrs.legende as string) ?? '' };
	}
	return null;
}

/** What the table is about, printed above it. */
export function setLegende(legende: string): Command {
	return (state, dispatch) => {
		const tableau = tableauAt(state);
		if (!tableau) return false;
		dispatch?.(state.tr.setNodeAttribute(tableau.position, 'legende', legende.trim() || null));
		return true;
	};
}

/** The next cell; after the last, a new row. */
export const nextCell: Command = (state, dispatch, view) => {
	if (goToNextCell(1)(state, dispatch)) return true;
	if (!isInTable(state) || !safely(addRowAfter)(state, dispatch, view) || !view) return false;
	return goToNextCell(1)(view.state, view.dispatch);
};

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
			if (!isOwn) return null;
			try {
				return spec.appendTransaction?.call(this, transactions, before, state);
			} catch {
				return mendPlainly(state);
			}
		}
	});
}

/** What the library cannot mend: each cell stands for itself, and rows get the cells that they lack. No text is touched. */
function mendPlainly(state: EditorState): Transaction | null {
	const { tr } = state;
	const tables: { node: ProseNode; start: number }[] = [];
	state.doc.descendants((node, position) => {
		if (node.type.name === 'tableau') tables.push({ node, start: position + 1 });
		return node.type.name === 'doc';
	});
	for (const { node, start } of tables.reverse()) if (TableMap.get(node).problems) mendTable(tr, node, start);
	return tr.docChanged ? tr : null;
}

/** From the end, so that what comes before stays where it is. */
function mendTable(tr: Transaction, table: ProseNode, start: number): void {
	const { cellule, paragraphe } = tr.doc.type.schema.nodes;
	const rows: { node: ProseNode; position: number }[] = [];
	table.forEach((node, offset) => void rows.push({ node, position: start + offset }));
	const widest = Math.max(...rows.map(({ node }) => node.childCount));
	for (const { node, position } of rows.reverse()) {
		for (let missing = widest - node.childCount; missing > 0; missing--)
			tr.insert(position + node.nodeSize - 1, cellule!.create(null, paragraphe!.create()));
		node.forEach(({ attrs }, offset) => {
			if (attrs.colspan === 1 && attrs.rowspan === 1) return;
			tr.setNodeMarkup(position + 1 + offset, undefined, { ...attrs, colspan: 1, rowspan: 1 });
		});
	}
}
