import { createHash } from 'node:crypto';
import type { App } from '../app.ts';
import { doActe, type ActeurDeSalle } from './acte.ts';
import { Donnees } from './donnees.ts';

/** Does the act that a form asks for without script: `acte` and `cle` are among its fields. */
export function doFormulaire(app: App, seanceId: string, acteur: ActeurDeSalle, form: FormData): Promise<unknown> {
	const demande = { cle: keyOf(form), acte: String(form.get('acte')), donnees: Donnees.ofForm(form) };
	return doActe(app, seanceId, acteur, demande);
}

/** Of the page and of what was sent: the same form twice counts once, another text typed in the same page is another act. */
function keyOf(form: FormData): string {
	const sent = [...form].map(([name, value]) => `${name}=${String(value)}`).join('\n');
	return createHash('sha256').update(sent).digest('base64url');
}
