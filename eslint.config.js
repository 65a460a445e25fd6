import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const typeScript = ['**/*.ts', '**/*.mts'];
const svelteComponents = ['**/*.svelte'];
const scripts = ['scripts/**/*.mjs'];

export default defineConfig(
  { ignores: ['out/', 'dist/', '.cache/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    // What the compiler does not see.
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-constant-condition': 'error',
      'no-debugger': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-irregular-whitespace': 'error',
      'no-misleading-character-class': 'error',
      'no-new-func': 'error',
      'no-self-compare': 'error',
      'no-sparse-arrays': 'error',
      'no-unreachable-loop': 'error',
      'no-unsafe-finally': 'error',
      'no-unsafe-optional-chaining': 'error',
      'no-useless-escape': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'preserve-caught-error': 'error',
    },
  },

  {
    files: [...typeScript, ...scripts],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: {
      globals: globals.node,
      parserOptions: {
        project: ['tsconfig.json', 'renderer/tsconfig.json', 'scripts/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      // Numbers in messages are what messages are for.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // The index signatures this would turn into dots are the ones the compiler wants in brackets.
      '@typescript-eslint/dot-notation': 'off',
      // Async for the sake of a rejected promise instead of a thrown error.
      '@typescript-eslint/require-await': 'off',
      // IndexedDB's interfaces define constants as getters; results without a value are void.
      '@typescript-eslint/class-literal-property-style': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      '@typescript-eslint/no-misused-spread': 'off',
      // An interface with one method is a function type with a name.
      '@typescript-eslint/prefer-function-type': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },

  {
    files: scripts,
    rules: {
      // Types come from JSDoc here, and answers of other programs are read as they come.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },

  {
    files: ['tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // vitest's matchers are typed as any where they stand for a part of a value.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },

  // Types inside components are svelte-check's; here they get the rules that need none.
  { files: svelteComponents, extends: [ts.configs.strict] },
  svelte.configs.recommended,
  {
    files: [...svelteComponents, '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      // Dates are read here, never changed.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: svelteComponents,
    rules: {
      'no-undef': 'off',
      'prefer-const': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'svelte/button-has-type': 'error',
      'svelte/no-at-html-tags': 'error',
      // The policy stops style attributes; style directives go through the CSSOM and are fine.
      'no-restricted-syntax': [
        'error',
        { selector: "SvelteAttribute[key.name='style']", message: 'Use a class or style:--name.' },
      ],
      'svelte/prefer-const': 'error',
      'svelte/require-each-key': 'error',
    },
  },

  {
    // dependency-cruiser sees what is left after compiling: this sees types in components as well.
    files: ['renderer/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['**/main/**', '!./main', '!../main'], message: 'Use the bridge.' },
            { group: ['node:*', 'electron', 'playwright*'], message: 'The window has none of it.' },
          ],
        },
      ],
    },
  },

  { files: ['**/*.cjs'], languageOptions: { globals: globals.commonjs, sourceType: 'commonjs' } },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { globals: globals.node },
  },
);
