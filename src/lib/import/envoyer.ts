import { deserialize } from '$app/forms';
import type { ActionResult } from '$app/forms';

/** Heavier, a file is refused before it is sent: the server opens no more. */
export const FICHIER_MAXIMAL = 20 * 1024 * 1024;
export const FICHIER_TROP_LOURD =
	'Ce fichier dépasse 20\u00a0Mo\u00a0: retirez-en les images, ou copiez son texte dans un nouveau document, puis importez ce document.';

/**
 * Sends a form to its action and says how much has left: a file of several megabytes takes a while on a slow line. `onsent`: from 0 to
 * 1; at 1, the server reads.
 */
export function sendForm(action: URL, form: FormData, onsent: (part: number) => void): Promise<ActionResult> {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open('POST', action);
		request.setRequestHeader('accept', 'application/json');
		request.setRequestHeader('x-sveltekit-action', 'true');
		request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
			if (lengthComputable && total > 0) onsent(loaded / total);
		};
		request.upload.onload = () => onsent(1);
		request.onload = () => {
			try {
				resolve(deserialize(request.responseText));
			} catch {
				resolve(failure(request.status === 413 ? FICHIER_TROP_LOURD : ILLISIBLE));
			}
		};
		request.onerror = () => resolve(failure(RESEAU));
		request.onabort = () => reject(new Error('The form was not sent'));
		request.send(form);
	});
}

const RESEAU = 'Le fichier n’a pas pu être envoyé\u00a0: vérifiez la connexion, puis recommencez.';
const ILLISIBLE = 'Le serveur n’a pas pu répondre. Réessayez dans une minute.';

function failure(erreur: string): ActionResult {
	return { type: 'failure', status: 422, data: { erreur }, location: '' };
}
