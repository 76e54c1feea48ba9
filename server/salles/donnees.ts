import { storable } from '../database/text.ts';
import { DomainError } from '../errors.ts';

/** What came with an act, from a form or from a script: read field by field, never trusted. */
export class Donnees {
	readonly #values: Readonly<Record<string, unknown>>;

	constructor(values: unknown) {
		this.#values = typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {};
	}

	static ofForm(form: FormData): Donnees {
		return new Donnees(Object.fromEntries([...form.keys()].map((key) => [key, form.get(key)])));
	}

	/** Something was said of it. */
	has(name: string): boolean {
		return this.#values[name] !== undefined;
	}

	/** A text, trimmed; `refus` when it is empty or too long (characters). */
	text(name: string, { max, refus }: { max: number; refus: string }): string {
		const text = this.maybeText(name, { max, refus });
		if (text === '') throw new DomainError('invalide', refus);
		return text;
	}

	/** The same, that may be empty. */
	maybeText(name: string, { max, refus }: { max: number; refus: string }): string {
		const value = this.#values[name] ?? '';
		if (typeof value !== 'string') throw new DomainError('invalide', refus);
		const text = storable(value).trim();
		if ([...text].length > max) throw new DomainError('invalide', refus);
		return text;
	}

	/** An id; null when there is none. */
	id(name: string): string | null {
		const value = this.#values[name];
		if (value === undefined || value === null || value === '') return null;
		if (typeof value !== 'string' || !/^[A-Za-z0-9_-]{8,40}$/.test(value)) throw incomprehensible();
		return value;
	}

	requiredId(name: string): string {
		const id = this.id(name);
		if (id === null) throw incomprehensible();
		return id;
	}

	oneOf<T extends string>(name: string, known: readonly T[], otherwise?: T): T {
		const value = this.#values[name];
		const found = known.find((each) => each === value) ?? (value === undefined || value === '' ? otherwise : undefined);
		if (found === undefined) throw incomprehensible();
		return found;
	}

	integer(name: string, { min, max }: { min: number; max: number }): number {
		const value = this.#values[name];
		const number = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value;
		if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > max)
			throw new DomainError('invalide', `Un nombre entier de ${min} à ${max} est attendu.`);
		return number;
	}

	maybeInteger(name: string, bounds: { min: number; max: number }): number | null {
		const value = this.#values[name];
		return value === undefined || value === null || value === '' ? null : this.integer(name, bounds);
	}

	boolean(name: string): boolean {
		const value = this.#values[name];
		return value === true || value === 'oui' || value === 'on' || value === '1';
	}

	/** None when there are none. */
	ids(name: string): string[] {
		const value = this.#values[name] ?? '';
		const list = typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value;
		if (!Array.isArray(list) || list.length > 2_000) throw incomprehensible();
		return list.map((each) => new Donnees({ each }).requiredId('each'));
	}
}

function incomprehensible(): DomainError {
	return new DomainError('invalide', 'Ce qui a été envoyé n’a pas été compris. Rechargez la page, puis recommencez.');
}
