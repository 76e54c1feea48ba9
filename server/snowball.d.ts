declare module 'snowball-stemmers' {
	interface Stemmer {
		stem(word: string): string;
	}
	const snowball: { newStemmer(language: 'french'): Stemmer };
	export default snowball;
}
