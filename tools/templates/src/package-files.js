import { readFileSync } from 'node:fs';

/** Kinds that there is a template for: where the package lives, its npm prefix and the contract's kind. */
export const kinds = {
  'feature-family': { folder: 'packages/features', prefix: 'feature-', kind: 'features' },
  filter: { folder: 'packages/filters', prefix: 'filter-', kind: 'filter' },
  transform: { folder: 'packages/transforms', prefix: 'transform-', kind: 'transform' },
  selector: { folder: 'packages/selectors', prefix: 'selector-', kind: 'selector' },
  classifier: { folder: 'packages/classifiers', prefix: 'classifier-', kind: 'classifier' },
};

// What a new package asks for is what this one was tested with.
const { devDependencies: ranges } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const pick = (...names) => Object.fromEntries(names.map((name) => [name, ranges[name]]));

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const entryPoints = { exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' }, files: ['dist'], sideEffects: false, engines: { node: '>=20' } };
const keywords = ['radloom-plugin', 'radiomics'];
const build = 'tsc -p tsconfig.build.json && radloom-modules';

/** Compiler settings of the sources alone: no Node types, since a plugin runs in browsers too. */
const buildConfig = (base, more = {}) => json({ extends: base, compilerOptions: { ...more, rootDir: 'src', outDir: 'dist', types: [] }, include: ['src'], exclude: ['src/**/*.test.ts', 'src/testing/**'] });

/**
 * package.json, both tsconfigs and turbo.json of a package of the workspace.
 * @param {{ packageName: string, description: string, folder: string, kind: string }} options `folder` from the workspace's root
 */
export function workspaceFiles({ packageName, description, folder, kind }) {
  const root = folder.split('/').map(() => '..').join('/');
  return {
    'package.json': json({
      name: packageName,
      version: '1.0.0',
      description,
      license: 'Apache-2.0',
      type: 'module',
      keywords,
      ...entryPoints,
      publishConfig: { access: 'public' },
      scripts: {
        build,
        lint: `oxlint -c ${root}/.oxlintrc.json --deny-warnings src && tsc --noEmit -p tsconfig.json`,
        test: 'vitest run --testTimeout=60000 --passWithNoTests=false --reporter=dot --reporter=json --outputFile.json=.test/results.json',
      },
      dependencies: pick('@radloom/core', 'zod'),
      devDependencies: pick('@radloom/modules', '@radloom/testkit'),
    }),
    'tsconfig.json': json({ extends: `${root}/tsconfig.base.json`, compilerOptions: { noEmit: true, rootDir: '.', types: ['node'] }, include: ['src'] }),
    'tsconfig.build.json': buildConfig(`${root}/tsconfig.base.json`),
    'turbo.json': json({ extends: ['//'], tags: ['layer:plugin', `kind:${kind}`] }),
  };
}

/** The same of a package that stands alone: nothing in it points outside its folder. */
export function ownFiles({ packageName, description }) {
  return {
    'package.json': json({
      name: packageName,
      version: '1.0.0',
      description,
      license: 'UNLICENSED',
      type: 'module',
      keywords,
      ...entryPoints,
      scripts: { build, lint: 'tsc -p tsconfig.json', test: 'npm run build && vitest run', prepack: 'npm run build' },
      dependencies: pick('@radloom/core', 'zod'),
      devDependencies: pick('@radloom/modules', '@radloom/testkit', '@types/node', 'typescript', 'vitest'),
    }),
    'tsconfig.json': json({
      compilerOptions: {
        target: 'ES2023', lib: ['ES2023', 'WebWorker'], module: 'NodeNext', moduleResolution: 'NodeNext', moduleDetection: 'force', strict: true, noImplicitOverride: true,
        noFallthroughCasesInSwitch: true, noUnusedLocals: true, noUnusedParameters: true, verbatimModuleSyntax: true, isolatedModules: true, skipLibCheck: true, declaration: true,
        noEmit: true, rootDir: '.', types: ['node'],
      },
      include: ['src'],
    }),
    'tsconfig.build.json': buildConfig('./tsconfig.json', { noEmit: false }),
    '.gitignore': 'node_modules/\ndist/\n',
  };
}
