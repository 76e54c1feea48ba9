import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const ENUM = {
	selector: 'TSEnumDeclaration',
	message: 'Node strips types and knows no enum: use a union of literals.'
};
const PARAMETER_PROPERTY = {
	selector: 'TSParameterProperty',
	message: 'Node strips types and knows no parameter properties: declare the field.'
};

const LUCIA = {
	regex: '^lucia$',
	message: 'Only the sessions know Lucia (docs/decisions/0003-sessions-lucia-contained.md).'
};
const SERVER = {
	regex: '^#server/|(^|/)server/',
	message: 'src/lib is shared with the browser and must not know the server.'
};
const KIT = {
	regex: '^(\\$app/|@sveltejs/|svelte($|/))',
	message: 'The server also runs without SvelteKit, from the command line.'
};
const ROUTES = { regex: '(^|/)routes/', message: 'Routes are doors onto the server, never the other way.' };

/** The rules of ESLint's own that find mistakes and that the type check does not already cover. */
const MISTAKES = [
	'array-callback-return',
	'for-direction',
	'no-async-promise-executor',
	'no-case-declarations',
	'no-compare-neg-zero',
	'no-cond-assign',
	'no-constant-binary-expression',
	'no-constant-condition',
	'no-control-regex',
	'no-debugger',
	'no-dupe-else-if',
	'no-dupe-keys',
	'no-duplicate-case',
	'no-empty',
	'no-empty-character-class',
	'no-ex-assign',
	'no-fallthrough',
	'no-misleading-character-class',
	'no-prototype-builtins',
	'no-self-assign',
	'no-self-compare',
	'no-sparse-arrays',
	'no-template-curly-in-string',
	'no-unsafe-finally',
	'no-unsafe-optional-chaining',
	'no-useless-backreference',
	'no-useless-escape',
	'use-isnan',
	'valid-typeof'
];

export default ts.config(
	{
		ignores: ['build/', '.*/**', 'test-results/', 'playwright-report/', 'static/']
	},
	ts.configs.recommended,
	svelte.configs.recommended,
	svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			...Object.fromEntries(MISTAKES.map((rule) => [rule, 'error'])),
			eqeqeq: ['error', 'always'],
			'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }], // Playwright's tests without fixture
			'no-restricted-syntax': ['error', ENUM, PARAMETER_PROPERTY],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }
			],
			'svelte/no-at-html-tags': 'error',
			'svelte/require-each-key': 'error',
			'svelte/no-target-blank': 'error',
			'svelte/prefer-writable-derived': 'off', // takes an effect that also writes elsewhere for a derivation
			'svelte/prefer-svelte-reactivity': 'off', // takes the local Set of any function of a .svelte.ts file for a state
			'svelte/no-navigation-without-resolve': 'off' // the application is served at the root of its host
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } }
	},
	{
		files: ['**/*.{js,ts}'],
		rules: { 'prefer-const': ['error', { destructuring: 'all' }] }
	},
	// The arrows go one way: src/lib (shared, plain) ← server (SQL, sockets) ← src/routes (doors).
	{ files: ['**/*.{js,ts,svelte}'], rules: mustNotImport(LUCIA) },
	{ files: ['src/lib/**/*.{ts,svelte}'], ignores: ['**/*.test.ts'], rules: mustNotImport(LUCIA, SERVER) },
	{ files: ['server/**/*.ts'], rules: mustNotImport(LUCIA, KIT, ROUTES) },
	{ files: ['server/comptes/{session,lucia-adapter}.ts'], rules: mustNotImport(KIT, ROUTES) }
);

/**
 * @param {{ regex: string, message: string }[]} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
function mustNotImport(...patterns) {
	return { 'no-restricted-imports': ['error', { patterns }] };
}
