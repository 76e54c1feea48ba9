// What only those who write are sent, in one piece.
export { default as Dialogues } from './DialoguesDeRedaction.svelte';
export { default as Editeur } from '#lib/editor/EditeurDeProse.svelte';
