import js from '@eslint/js'
import regexp from 'eslint-plugin-regexp'
import redos from 'eslint-plugin-redos'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['dist/', 'node_modules/', '.tap/', 'test/clients/python/.venv/', 'test/control-fuzz/.venv/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...ts.configs.strictTypeChecked, ...ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // RFC 9110 and OData names are indexed by string where a type has an index signature.
      '@typescript-eslint/dot-notation': 'off',
      // A Fastify plugin is async so that what it throws refuses the boot, also where it awaits nothing.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `as T` shows what is claimed; `!` is forbidden.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface']
    }
  },
  {
    // What comes in is of any length and anybody's: no pattern may take longer than in proportion to it. The first plugin
    // judges by the structure of a pattern, the second by its automaton, which finds what the first passes over.
    files: ['src/**/*.ts'],
    plugins: { regexp, redos },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: false, ignorePartial: false }],
      'redos/no-vulnerable': ['error', { ignoreErrors: false, accelerationMode: 'off' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(NewExpression, CallExpression)[callee.name="RegExp"]',
          message: 'Write the pattern as a literal, so that it is judged.'
        },
        {
          selector: 'Property[key.name="pattern"] > :matches(Literal, TemplateLiteral)',
          message: 'Write /…/.source, so that the pattern is judged.'
        }
      ]
    }
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // tap's subtests are awaited by tap itself, and its assertions return a value that nobody reads.
      '@typescript-eslint/no-floating-promises': 'off'
    }
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        module: 'writable',
        performance: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly'
      }
    }
  }
)
