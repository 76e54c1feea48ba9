import type { DefinitionDActe } from '../acte.ts';
import { ACTES_DE_CARTES } from './cartes.ts';
import { ACTES_DE_CONDUITE } from './conduite.ts';
import { ACTES_DE_DEROULE } from './deroule.ts';
import { ACTES_D_ETAPES } from './etapes.ts';
import { ACTES_DE_RECOLTE } from './recolte.ts';
import { ACTES_DE_ROTATION } from './rotation.ts';
import { ACTES_DE_SALLE } from './salle.ts';
import { ACTES_DE_TABLE } from './table.ts';
import { voter } from './voter.ts';
import { ACTES_DE_VOTES } from './votes.ts';
import { ACTES_DE_SIEGES } from './sieges.ts';

/** Every act of a room by its name. `any`: each reads what it needs itself. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- definitions of different data in one table
export const ACTES: Readonly<Record<string, DefinitionDActe<any, any>>> = {
	...ACTES_DE_SALLE,
	...ACTES_DE_SIEGES,
	...ACTES_D_ETAPES,
	...ACTES_DE_CONDUITE,
	...ACTES_DE_DEROULE,
	...ACTES_DE_ROTATION,
	...ACTES_DE_CARTES,
	...ACTES_DE_TABLE,
	...ACTES_DE_RECOLTE,
	...ACTES_DE_VOTES,
	voter
};
