import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';

// The layers of the front end: a room may only use rooms further left.
//   shared · ui · api · parts · desk|door · app
const rooms = ['shared', 'ui', 'api', 'parts', 'desk', 'door', 'app'];
const uses = {
  shared: [],
  ui: ['shared'],
  api: ['shared'],
  parts: ['shared', 'ui', 'api'],
  desk: ['shared', 'ui', 'api', 'parts'],
  door: ['shared', 'ui', 'api', 'parts'],
  app: ['shared', 'ui', 'api', 'parts', 'desk', 'door'],
};
const layers = rooms.map((room) => ({
  files: [`src/${room}/**/*.{ts,vue}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: rooms
          .filter((other) => other !== room && !uses[room].includes(other))
          .map((other) => ({ group: [`@/${other}/*`, `@/${other}`], message: `${room} may not use ${other}` })),
      },
    ],
  },
}));

export default ts.config(
  { ignores: ['dist', 'src/api/schema.d.ts'] },
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      'no-undef': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-props-declaration': 'error',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/require-default-prop': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  { files: ['src/shared/i18n/*.ts'], rules: { 'max-lines': 'off' } },
  ...layers,
);
