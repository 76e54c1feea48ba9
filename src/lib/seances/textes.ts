/** How long what was put aside can be brought back. */
export const JOURS_DE_CORBEILLE = 30;
