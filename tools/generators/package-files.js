/** The files that every package shares, as data: what the generators write and what the workspace's own packages are made from. */

/** Kinds that a generator knows: where the package lives, its npm prefix and the contract's kind. */
export const kinds = {
  reader: { folder: 'packages/io', prefix: 'reader-', kind: 'reader' },
  preprocess: { folder: 'packages/preprocess', prefix: 'preprocess-', kind: 'preprocess' },
  filter: { folder: 'packages/filters', prefix: 'filter-', kind: 'filter' },
  'feature-family': { folder: 'packages/features', prefix: 'feature-', kind: 'features' },
  transform: { folder: 'packages/transforms', prefix: 'transform-', kind: 'transform' },
  selector: { folder: 'packages/selectors', prefix: 'selector-', kind: 'selector' },
  classifier: { folder: 'packages/classifiers', prefix: 'classifier-', kind: 'classifier' },
  splitter: { folder: 'packages/splitters', prefix: 'splitter-', kind: 'splitter' },
  evaluation: { folder: 'packages/evaluation', prefix: 'evaluation-', kind: 'evaluation' },
  report: { folder: 'packages/report', prefix: 'report-', kind: 'report' },
};

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/**
 * package.json, both tsconfigs and turbo.json of one package.
 * @param {{ name: string, description: string, folder: string, tags: string[], keywords?: string[], node?: boolean,
 *           dependencies?: Record<string, string>, devDependencies?: Record<string, string>, extra?: object }} options
 *        `folder` from the workspace's root; `node`: the package may use Node's modules
 */
export function packageFiles({ name, description, folder, tags, keywords = ['radiomics'], node = false, dependencies = {}, devDependencies = {}, extra = {} }) {
  const root = folder.split('/').map(() => '..').join('/');
  const types = node ? ['node'] : [];
  return {
    'package.json': json({
      name,
      version: '1.0.0',
      description,
      license: 'Apache-2.0',
      type: 'module',
      keywords,
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
      files: ['dist'],
      sideEffects: false,
      engines: { node: '>=20' },
      publishConfig: { access: 'public' },
      scripts: {
        build: 'tsc -p tsconfig.build.json && radloom-modules',
        lint: `oxlint -c ${root}/.oxlintrc.json --deny-warnings src && tsc --noEmit -p tsconfig.json`,
        test: 'vitest run --passWithNoTests=false --reporter=dot --reporter=json --outputFile.json=.test/results.json',
      },
      dependencies,
      devDependencies: { '@radloom/modules': '^1.0.0', ...devDependencies },
      ...extra,
    }),
    'tsconfig.json': json({ extends: `${root}/tsconfig.base.json`, compilerOptions: { noEmit: true, rootDir: '.', types: ['node'] }, include: ['src'] }),
    'tsconfig.build.json': json({
      extends: `${root}/tsconfig.base.json`,
      compilerOptions: { rootDir: 'src', outDir: 'dist', types },
      include: ['src'],
      exclude: ['src/**/*.test.ts', 'src/testing/**'],
    }),
    'turbo.json': json({ extends: ['//'], tags }),
  };
}
