import { getContext, setContext, untrack } from 'svelte';

/** The one polite live region of a page: what is said here is read aloud, once, when the reader is free. */
export class Announcer {
	text = $state('');

	/** The same sentence twice in a row is read twice. An effect that says something does not follow what is said. */
	say(sentence: string): void {
		this.text = untrack(() => this.text) === sentence ? `${sentence}\u00a0` : sentence;
	}
}

const KEY = Symbol('announcer');

export function provideAnnouncer(): Announcer {
	return setContext(KEY, new Announcer());
}

/** For components, while they are created: gives the function that announces. */
export function useAnnounce(): (sentence: string) => void {
	const announcer = getContext<Announcer | undefined>(KEY);
	return (sentence) => announcer?.say(sentence);
}
