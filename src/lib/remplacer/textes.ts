export const NOM_DE_LA_SECTION = 'Section sans titre';
