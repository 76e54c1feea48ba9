import type { App as Copacte } from '#server/app.ts';
import type { CompteConnecte } from '#server/comptes/session.ts';

declare global {
	namespace App {
		interface Error {
			status: number;
			/** For the person, in French; an unexpected one holds the number that the log has. */
			message: string;
		}

		interface Locals {
			app: Copacte;
			/** Who is signed in. */
			compte: CompteConnecte | null;
			/** The name of their session; it does not open it. */
			sessionId: string | null;
		}

		interface PageData {
			/** What everyone must see, on every page: accounts over plain HTTP, for one. */
			avertissement?: string | null;
			/** Nothing stands under the page: a wall. */
			sansPied?: boolean;
		}
	}
}
