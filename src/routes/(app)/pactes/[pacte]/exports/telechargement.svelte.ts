/** What became of a file that someone asked for. */
export type Etat =
	| { type: 'repos' }
	/** `lent`: for more than a second. */
	| { type: 'preparation'; href: string; lent: boolean }
	| { type: 'fait'; href: string; phrase: string; remplacements: number }
	| { type: 'echec'; href: string; phrase: string };

interface Options {
	announce: (sentence: string) => void;
	/** Gives the file to the person, under its name. */
	save: (blob: Blob, nom: string) => void;
}

/** Milliseconds after which waiting is said on the screen. */
const LENT = 1_000;

/** Asks for a file, says that it is being prepared, then how it is: pages, size, what could not be printed. */
export class Telechargement {
	#etat = $state.raw<Etat>({ type: 'repos' });
	readonly #options: Options;

	constructor(options: Options) {
		this.#options = options;
	}

	get etat(): Etat {
		return this.#etat;
	}

	/** Whether this file is being prepared. */
	prepares(href: string): boolean {
		return this.#etat.type === 'preparation' && this.#etat.href === href;
	}

	async start(href: string): Promise<void> {
		if (this.#etat.type === 'preparation') return;
		this.#become({ type: 'preparation', href, lent: false }, 'Préparation du fichier…');
		const slow = setTimeout(() => this.#become({ type: 'preparation', href, lent: true }, ENCORE), LENT);
		try {
			const response = await fetch(href, { headers: { Accept: 'application/json, */*' } });
			if (!response.ok) throw new Error(await messageOf(response));
			const blob = await response.blob();
			clearTimeout(slow);
			this.#options.save(blob, nameOf(response));
			const phrase = `Le fichier est prêt\u00a0: ${descriptionOf(response, blob)}.`;
			const remplacements = Number(response.headers.get('X-Copacte-Remplacements') ?? 0);
			this.#become({ type: 'fait', href, phrase, remplacements }, phrase);
		} catch (error) {
			const phrase = error instanceof TypeError || !(error instanceof Error) ? SANS_RESEAU : error.message;
			this.#become({ type: 'echec', href, phrase }, phrase);
		} finally {
			clearTimeout(slow);
		}
	}

	#become(etat: Etat, said: string): void {
		this.#etat = etat;
		this.#options.announce(said);
	}
}

const ENCORE = 'Le fichier se prépare encore, quelques secondes de plus.';
const SANS_RESEAU = 'Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.';
const ECHEC = 'Le fichier n’a pas pu être préparé. Réessayez dans un instant.';

async function messageOf(response: Response): Promise<string> {
	try {
		const { message } = (await response.json()) as { message?: unknown };
		return typeof message === 'string' ? message : ECHEC;
	} catch {
		return ECHEC;
	}
}

function nameOf(response: Response): string {
	const encoded = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
	return encoded ? decodeURIComponent(encoded) : 'pacte';
}

/** « 52 pages, 780 ko » */
function descriptionOf(response: Response, blob: Blob): string {
	const pages = response.headers.get('X-Copacte-Pages');
	const parts = pages === null ? [] : [`${pages}\u00a0${pages === '1' ? 'page' : 'pages'}`];
	return [...parts, sizeOf(blob.size)].join(', ');
}

function sizeOf(bytes: number): string {
	const ko = bytes / 1000;
	if (ko < 1000) return `${Math.max(1, Math.round(ko))}\u00a0ko`;
	return `${(ko / 1000).toLocaleString('fr-FR', { maximumFractionDigits: 1 })}\u00a0Mo`;
}
