import { Extension } from '@tiptap/core';

/** What happens while one types: Markdown's shortcuts and French typography. */
export const writingRules = Extension.create({ name: 'regles' });
