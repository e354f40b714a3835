import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/**
 * Which room of the house may import which other room. A room may always import itself.
 * Anything that is not listed is refused.
 */
const ARROWS = {
  rules: [],
  config: ['rules'],
  register: ['rules'],
  activities: ['rules', 'register', 'config'],
  workflows: ['rules'],
  workers: ['rules', 'config', 'register', 'activities', 'workflows'],
  api: ['rules', 'config', 'register', 'workflows'],
  cli: ['rules', 'config', 'register', 'activities', 'workflows', 'workers', 'api'],
  bench: ['rules', 'config', 'register'],
  tests: ['rules', 'config', 'register', 'activities', 'workflows', 'workers', 'api', 'cli', 'bench'],
  scripts: ['tests', 'bench', 'register'],
};

const SOURCE = Object.keys(ARROWS).filter((room) => room !== 'tests' && room !== 'scripts');
const sourceFiles = SOURCE.map((room) => `${room}/**/*.ts`);
const to = (types) => ({ to: { element: { types: { anyOf: types } } } });

const arrowPolicies = Object.entries(ARROWS)
  .filter(([, targets]) => targets.length > 0)
  .map(([room, targets]) => ({ from: { element: { type: room } }, allow: to(targets) }));

/** Workflows know activities by their types alone, so that no effect can be bundled by accident. */
const activityTypesOnly = {
  from: { element: { type: 'workflows' } },
  allow: { ...to(['activities']), dependency: { kind: 'type' } },
};

const onlyPackages = (allowed, message) => ({
  patterns: [{ regex: `^(?!\\.{1,2}/)(?!(?:${allowed.join('|')})(?:/|$))`, message }],
});

const NAMED_EXPORTS = {
  selector: 'ExportDefaultDeclaration',
  message: 'Use a named export: the name then reads the same everywhere.',
};

const SPREAD_LITERALS = {
  selector:
    ':matches(ObjectExpression > SpreadElement > ObjectExpression, ArrayExpression > SpreadElement > ArrayExpression)',
  message: 'Write what is spread where it belongs: one property or element a line.',
};

const CLOCKS_AND_DICE = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'rules/ has no clock: take the day or the instant as an argument.',
  },
  {
    selector: "CallExpression[callee.type='Identifier'][callee.name='Date']",
    message: 'rules/ has no clock: take the day or the instant as an argument.',
  },
  {
    selector:
      "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(now|local|utc)$/][arguments.length=0]",
    message: 'rules/ has no clock: take the day or the instant as an argument.',
  },
];

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'dist.next-*/', 'coverage/', 'run/', 'data/', 'schemas/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      // An interface has no implicit index signature, so it cannot stand where a record of values is asked for.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Ports are asynchronous by contract; an implementation need not have anything to wait for.
      '@typescript-eslint/require-await': 'off',
      // `const { secret: _, ...rest } = row` is how a field is left out.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { ignoreRestSiblings: true, argsIgnorePattern: '^_', varsIgnorePattern: '^_$' },
      ],
      // Marked so that it stands out; the settings allow plain http to this machine alone.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: sourceFiles,
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      'no-restricted-syntax': ['error', NAMED_EXPORTS, SPREAD_LITERALS],
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': Object.keys(ARROWS).map((room) => ({ type: room, pattern: room, partialMatch: false })),
      'import/resolver': { typescript: { project: './tsconfig.json' } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        { default: 'disallow', checkUnknownLocals: true, policies: [...arrowPolicies, activityTypesOnly] },
      ],
    },
  },
  {
    files: ['rules/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        onlyPackages(
          ['luxon', 'zod', '@noble/hashes', 'fastest-levenshtein'],
          'rules/ is pure: no package beyond those listed.',
        ),
      ],
      'no-restricted-syntax': ['error', NAMED_EXPORTS, SPREAD_LITERALS, ...CLOCKS_AND_DICE],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'rules/ has no clock: take the instant as an argument.' },
        { object: 'Math', property: 'random', message: 'rules/ throws no dice: derive it from the migration id.' },
      ],
      'no-restricted-globals': [
        'error',
        ...['process', 'console', 'performance', 'crypto', 'fetch', 'globalThis', 'setTimeout', 'setInterval'].map(
          (name) => ({ name, message: 'rules/ has no environment, logger, network or timer.' }),
        ),
      ],
    },
  },
  {
    files: ['rules/files/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        onlyPackages(
          ['luxon', 'zod', '@noble/hashes', 'fastest-levenshtein', 'yaml'],
          'rules/files/ reads texts, not disks: it imports yaml, luxon, zod and @noble/hashes alone.',
        ),
      ],
    },
  },
  {
    files: ['workflows/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        onlyPackages(
          ['@temporalio/workflow', '@temporalio/common'],
          'Workflows run in a sandbox: they import @temporalio/workflow, and @temporalio/common for its keys and types.',
        ),
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs', '*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { eqeqeq: 'error', 'no-unused-vars': 'error', 'prefer-const': 'error' },
  },
);
