import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { argument, compareTree, judged, makeRules } from './suites/stats/compare.js';
import { patterns } from './suites/stats/scope.js';
import { suites } from './suites/index.js';
import { Tally } from './tally.js';

/** One small case per suite: known values, not what the suites find. */
const references = {
  univariate: {
    // Every expected count is 15: chi-squared 4 × 5² / 15, phi 1/3, odds ratio (10 × 10) / (20 × 20).
    ct_square: { args: { table: [[10, 20], [20, 10]] }, expected: { chisq: { statistic: 20 / 3, df: 1, expected: [[15, 15], [15, 15]] }, phi: 1 / 3, or_woolf: { or: 0.25 } } },
    // The smallest P times 3, the next times 2 or 3 / 2; a missing one does not count.
    p_adjust: { table: ['p', 0.01, 0.02, 'NA', 0.05], expected: { holm: [0.03, 0.04, 'NA', 0.05], BH: [0.03, 0.03, 'NA', 0.05], bonferroni: [0.03, 0.06, 'NA', 0.15] } },
    two_unequal: { table: ['group,value', 'A,1', 'A,2', 'A,3', 'B,4', 'B,5', 'B,6'], expected: { t_less: { estimate: [2, 5], conf_int: ['-Inf', -3 + 2.13184678632665 * Math.sqrt(2 / 3)] }, wilcox_default: { statistic: 0, p_value: 0.1 } } },
  },
  glm: {
    // One event of four without a, three of four with it: log odds -log 3 and log 3.
    saturated: { args: { formula: 'y ~ a' }, table: ['y,a', '1,0', '0,0', '0,0', '0,0', '1,1', '1,1', '1,1', '0,1'], expected: { terms: ['(Intercept)', 'a'], coef: [-Math.log(3), 2 * Math.log(3)], fitted: [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75], converged: true } },
  },
  recipes: {
    nzv_definition: { args: { freq_cut: 1.5, unique_cut: 60 }, table: ['y,a,b,c', '0,1,1,5', '1,1,2,5', '0,1,3,5', '1,2,4,5'], expected: { nzv_removed: ['a', 'c'], zv_removed: ['c'] } },
    corr_small_missing: { args: { threshold: 0.9 }, table: ['y,a,b,c', '0,1,2,1', '1,2,4,-1', '0,3,6,-1', '1,4,8,1'], expected: { removed_in_order: ['a'], kept: ['b', 'c'] } },
  },
  glmnet: {
    // y = 2 x, the deviation of x being √(2/3): the lasso takes the penalty over that deviation off the slope.
    line: {
      args: { x: ['x'], y: 'y', family: 'gaussian', lambda: [0.5] }, table: ['y,x', '-2,-1', '0,0', '2,1'],
      expected: { tight: { lambda: [0.5], df: [1], nulldev: 8, dev_ratio: [1 - 0.375 / 4], a0: [0], beta: [{ index: [0], value: [2 - 0.5 / Math.sqrt(2 / 3)] }] }, tight_auto_n_lambda: 1 },
    },
  },
  harmonise: {
    // 6 of 8 agree, 4 would by chance: kappa 1/2.
    kappa: { table: ['a,b', '1,1', '1,1', '1,1', '1,2', '2,1', '2,2', '2,2', '2,2'], expected: { unweighted: { value: 0.5, statistic: Math.SQRT2 } } },
  },
  roc: {
    // Three of four pairs in order.
    four: {
      table: ['y,s', '0,0.1', '0,0.4', '1,0.35', '1,0.8'],
      expected: { s: { auc: 0.75, auto_direction: '<', thresholds: ['-Inf', 0.225, 0.375, 0.6, 'Inf'], sensitivities: [1, 1, 0.5, 0.5, 0], specificities: [0, 0.5, 0.5, 1, 1], at_05: { threshold: 0.5, tp: 1, fp: 0, fn: 1, tn: 2, lr_plus: 'Inf' }, brier: (0.01 + 0.16 + 0.4225 + 0.04) / 4 } },
    },
  },
  classifiers: {
    // The nearest of (0, none), (1, none), (5, event), (6, event).
    knn: { table: ['split,y,r', 'train,0,0', 'train,0,1', 'train,1,5', 'train,1,6', 'test,0,0.2', 'test,1,5.8'], expected: { kknn: [{ k: 1, kernel: 'rectangular', distance: 2, prob1: [0, 1], test_auc: 1 }] } },
  },
  stacking: {
    blend_gaussian: { table: ['y,m', '-2,-1', '0,0', '2,1'], expected: { penalty: [0.5], exact_at_penalty: [{ intercept: 0, coef: [2 - 0.5 / Math.sqrt(2 / 3)] }] } },
  },
};

let home;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'references-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Writes a suite's references; `change` may alter what a case expects. */
function write(kind, change = (expected) => expected) {
  const folder = join(home, 'stats', kind);
  mkdirSync(folder, { recursive: true });
  for (const [id, { args = {}, table, expected }] of Object.entries(references[kind])) {
    if (table !== undefined) writeFileSync(join(folder, `${id}.csv`), `${table.join('\n')}\n`);
    writeFileSync(join(folder, `${id}.json`), JSON.stringify({ kind, id, args, inputs: table === undefined ? {} : { data: `${id}.csv` }, expected: change(expected) }));
  }
}

async function run(kind, options) {
  const tally = new Tally(options);
  await (await suites[`stats/${kind}`]())(tally, home);
  return tally;
}

const failures = (tally) => [...tally.groups.values()].flatMap((group) => group.failures);

describe.each(Object.keys(references))('the suite stats/%s', (kind) => {
  test('agrees with known values', async () => {
    write(kind);
    const tally = await run(kind);
    expect(failures(tally)).toEqual([]);
    expect(tally.totals.passed).toBeGreaterThan(0);
  });

  test('passes nothing when every expected value is shifted by ten tolerances', async () => {
    write(kind);
    const { expected } = (await run(kind)).totals;
    expect((await run(kind, { shift: 10 })).totals).toMatchObject({ expected, passed: 0, failed: expected });
  });

  test('counts a key that it does not read as a failure', async () => {
    write(kind);
    const before = (await run(kind)).totals;
    write(kind, (expected) => ({ ...expected, unheard_of: { value: 1, list: [1, 2, 3], word: 'x' } }));
    const { expected, passed, failed } = (await run(kind)).totals;
    const cases = Object.keys(references[kind]).length;
    expect({ expected, passed, failed }).toEqual({ expected: before.expected + 5 * cases, passed: before.passed, failed: 5 * cases });
  });
});

describe('the comparison of a case', () => {
  const scope = { optional: patterns(['kind/*#extra', 'kind/whole']), information: patterns(['*#*note*']) };
  const rules = makeRules({ tolerances: [['*#loose', { absolute: 1 }], ['*#list', { scaled: 1e-3 }], ['*', { relative: 1e-9 }]], aside: [['kind/case#unsure', 'the references say so']] }, scope);
  const compare = (expected, found, { name = 'kind/case', shift = 0 } = {}) => {
    const tally = new Tally({ shift });
    compareTree(tally, name, expected, found, rules);
    return { ...tally.totals, failures: failures(tally), skipped: tally.groups.get(name)?.skippedNames ?? [] };
  };

  test('an optional value is skipped by name until it is offered', () => {
    expect(compare({ extra: { a: 1, b: 2 } }, {})).toMatchObject({ expected: 0, skipped: ['extra'] });
    expect(compare({ extra: { a: 1, b: 2 } }, { extra: { a: 1, b: 3 } })).toMatchObject({ passed: 1, failed: 1, skipped: [] });
    expect(compare({ any: 1 }, undefined, { name: 'kind/whole' })).toMatchObject({ expected: 0, skipped: ['kind/whole'] });
  });

  test('information is never compared, at any depth', () => {
    expect(compare({ note: 'x', part: { foot_note: 'y', a: 1 } }, { part: { a: 1 } })).toMatchObject({ expected: 1, passed: 1 });
  });

  test('what the references themselves exclude is skipped with its reason', () => {
    expect(compare({ unsure: [1, 2] }, { unsure: [5, 6] })).toMatchObject({ expected: 0, skipped: ['unsure (the references say so)'] });
  });

  test('an argument counts as read and is not compared', () => {
    expect(compare({ k: 3, value: 1 }, { k: argument, value: 1 })).toMatchObject({ expected: 1, passed: 1 });
  });

  test('a value that cannot be computed fails with the reason, and so does all below it', () => {
    const found = compare({ a: { b: 1, c: [1, 2] } }, { a: () => { throw new Error('no root'); } });
    expect(found).toMatchObject({ expected: 3, failed: 3 });
    expect(found.failures).toEqual(['a.b: no root', 'a.c: no root']);
  });

  test('a list of another length fails besides its missing values', () => {
    expect(compare({ list: [1, 2] }, { list: [1] })).toMatchObject({ expected: 3, passed: 1, failed: 2 });
    expect(compare({ list: ['a', 'b'] }, { list: ['a'] })).toMatchObject({ expected: 1, failed: 1 });
  });

  test("R's words are numbers; an infinite value agrees with itself alone", () => {
    expect(compare({ x: ['NA', 'Inf', '-Inf'] }, { x: [NaN, Infinity, -Infinity] })).toMatchObject({ passed: 3 });
    expect(compare({ x: ['NA', 'Inf', '-Inf'] }, { x: [0, 1e300, -1e300] })).toMatchObject({ passed: 0 });
    expect(compare({ x: ['NA', 'Inf', '-Inf'] }, { x: [NaN, Infinity, -Infinity] }, { shift: 10 })).toMatchObject({ passed: 0 });
  });

  test('tolerances are those of the first pattern that matches; a scaled one is a share of the largest value', () => {
    expect(compare({ loose: 1, strict: 1 }, { loose: 1.9, strict: 1.9 })).toMatchObject({ passed: 1, failed: 1 });
    expect(compare({ list: [0, 1000] }, { list: [0.9, 1000] })).toMatchObject({ passed: 2 });
    expect(compare({ list: [0, 1000] }, { list: [1.1, 1000] })).toMatchObject({ passed: 1 });
  });

  test('a comparison of its own kind accounts for what is below it', () => {
    const near = judged((tally, group, name, expected) => tally.number(group, name, 10, expected.mean, { absolute: expected.sd }));
    expect(compare({ draw: { mean: 9, sd: 2 } }, { draw: near })).toMatchObject({ expected: 1, passed: 1 });
    expect(compare({ draw: { mean: 7, sd: 2 } }, { draw: near })).toMatchObject({ expected: 1, failed: 1 });
  });

  test('a pattern of a key stands for all below it and for no neighbour', () => {
    const matches = patterns(['kind/a_*#part.sub*']);
    expect([matches('kind/a_1', ['part', 'subset', 'x']), matches('kind/a_1', ['part']), matches('kind/b_1', ['part', 'subset']), matches('kind/a_1', ['other', 'subset'])]).toEqual([true, false, false, false]);
  });
});
