import { fail, type ActionFailure } from '@sveltejs/kit';
import { requireCompte } from '#server/comptes/rights.ts';
import { DomainError, statusOf } from '#server/errors.ts';
import type { App } from '#server/app.ts';
import type { Annulation } from '#lib/ui/annulation.ts';
import type { Refus as RefusDeSaisie } from '#lib/ui/refus.ts';

export interface ActeEvent {
	locals: globalThis.App.Locals;
	params: Partial<Record<string, string>>;
	request: Request;
}

export interface Fait {
	fait: string;
	message: string;
	/** How to go back on it. */
	annuler?: Annulation;
}

export interface Refus extends RefusDeSaisie {
	formulaire: string;
}

/** What was sent, read as text. */
export class Saisie {
	readonly #form: FormData;

	constructor(form: FormData) {
		this.#form = form;
	}

	text(name: string): string {
		const value = this.#form.get(name);
		return typeof value === 'string' ? value : '';
	}

	all(name: string): string[] {
		return this.#form.getAll(name).filter((value): value is string => typeof value === 'string');
	}

	/** The text of a file, or nothing. */
	async file(name: string): Promise<Uint8Array | null> {
		const value = this.#form.get(name);
		return value instanceof File && value.size > 0 ? new Uint8Array(await value.arrayBuffer()) : null;
	}

	values(): Record<string, string[]> {
		return Object.fromEntries([...new Set(this.#form.keys())].map((name) => [name, this.all(name)]));
	}
}

/** Reads the form, does the act, says what is done; an expected refusal goes back to the form that asked, with what was typed. */
export async function acte(
	{ locals, params, request }: ActeEvent,
	formulaire: string,
	change: (app: App, act: { pacteId: string; by: string }, saisie: Saisie) => Promise<string | Omit<Fait, 'fait'>>
): Promise<Fait | ActionFailure<Refus>> {
	const compte = requireCompte(locals.compte);
	const saisie = new Saisie(await request.formData());
	try {
		const done = await change(locals.app, { pacteId: params.pacte ?? '', by: compte.id }, saisie);
		return { fait: formulaire, ...(typeof done === 'string' ? { message: done } : done) };
	} catch (error) {
		if (!(error instanceof DomainError) || (error.code !== 'invalide' && error.code !== 'conflit')) throw error;
		return fail(statusOf(error), { formulaire, erreur: error.message, saisie: saisie.values() });
	}
}
