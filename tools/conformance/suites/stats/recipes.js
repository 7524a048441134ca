import { predictorNames, numbers } from '@radloom/core';
import { correlationMatrix, correlationScan } from '@radloom/statistics';
import { runCases } from './cases.js';
import { builtFile, operate, tableOf } from './plugins.js';
import { columnMajor } from './tables.js';

const rules = {
  tolerances: [
    // Near its maximum the likelihood is flat to rounding; the references ask for no more digits.
    ['recipes/yeojohnson_boxcox#yj_lambdas*', { absolute: 1e-3 }],
    ['*', { relative: 1e-9 }],
  ],
};

/** Filters, scaling, imputation and splits as R's recipes and rsample do them, by the plugins. */
export default (tally, folder) =>
  runCases(
    tally, folder, 'recipes',
    {
      corr_small_duplicates: duplicates, corr_small_missing: correlated, nzv_definition: definition, 'nzv_*': nearZero, 'zv_nzv_corr_*': filters, zv_radiomics: constants,
      impute_knn: nearest, impute_mean_zv_range: ranged, impute_median_zv_normalize: normalised, rsample_shapes: splits,
      yeojohnson_boxcox: powers,
    },
    rules,
  );

/** All columns but the outcome y, as training rows. */
const trainingTable = (data, more = {}) => tableOf(data, { names: data.names.filter((name) => name !== 'y'), outcome: 'y', ...more });

/** What a selector removed, by the order of columns or its own, and the table that is left. */
async function select(id, table, settings) {
  const { model } = await operate(`selector/${id}`, 'fit', { table }, settings);
  const kept = new Set(model.state.selected);
  const { table: left } = await operate(`selector/${id}`, 'apply', { model, table });
  return { removed: predictorNames(table).filter((name) => !kept.has(name)), inOrder: model.summary.removed, kept: model.state.selected, table: left };
}

async function filters({ table, args: { threshold, method } }) {
  const constant = await select('zero-variance', trainingTable(table('data')));
  const nearly = await select('near-zero-variance', constant.table);
  const { kept, inOrder } = await select('correlation', nearly.table, { threshold, method });
  const exact = await select('correlation', nearly.table, { threshold, method, rule: 'exact' });
  return { removed_zv: constant.removed, removed_nzv: nearly.removed, removed_corr_in_order: inOrder, kept, n_kept: kept.length, caret_findCorrelation_fast: kept, caret_findCorrelation_exact: exact.kept };
}

async function correlated({ table, args: { threshold, method } }) {
  const { kept, inOrder } = await select('correlation', trainingTable(table('data')), { threshold, method });
  return { removed_in_order: inOrder, kept };
}

async function duplicates(given) {
  const data = given.table('data');
  const names = data.names.filter((name) => name !== 'y');
  const { threshold, method } = given.args;
  const matrix = correlationMatrix(names.map((name) => data.numbers(name)), method);
  return {
    ...(await correlated(given)),
    cor: names.map((_, r) => matrix.slice(r * names.length, (r + 1) * names.length)),
    mean_abs_cor: correlationScan({ x: columnMajor(data, names), n: data.rows, p: names.length, threshold, method }).meanAbsolute,
  };
}

async function nearZero({ table, args: { freq_cut: frequencyCut, unique_cut: uniqueCut } }) {
  return { removed: (await select('near-zero-variance', trainingTable(table('data')), { frequencyCut, uniqueCut })).removed };
}

async function definition(given) {
  const { removed } = await nearZero(given);
  return { nzv_removed: removed, zv_removed: (await select('zero-variance', trainingTable(given.table('data')))).removed };
}

async function constants({ table }) {
  const all = trainingTable(table('data'));
  return { removed: (await select('zero-variance', all)).removed, n_in: predictorNames(all).length };
}

/** Learns on the first rows, applies to all, one step after the other. */
async function bake({ table, args: { n_train: count } }, steps, without = []) {
  const data = table('data');
  const names = data.names.filter((name) => name !== 'y' && !without.includes(name));
  let training = trainingTable(data, { names, rows: Array.from({ length: count }, (_, i) => i) });
  let all = trainingTable(data, { names, role: 'all' });
  const models = {};
  for (const [id, settings] of steps) {
    const { model } = await operate(id, 'fit', { table: training }, settings);
    models[id] = model;
    training = (await operate(id, 'apply', { model, table: training }, settings)).table;
    all = (await operate(id, 'apply', { model, table: all }, settings)).table;
  }
  return { models, baked: Object.fromEntries(predictorNames(all).map((name) => [name, numbers(all, name)])) };
}

/**
 * Powers as found, and at the tight ones' limits; values by the references' powers, so that the transform is held to its own tolerance: a power
 * that is as near as the references ask (1e-3) may move a value by more than that.
 */
async function powers({ table, expected }) {
  const data = table('data');
  const training = trainingTable(data);
  const { model } = await operate('transform/yeo-johnson', 'fit', { table: training });
  const given = model.predictors.map((name) => expected.yj_lambdas[name] ?? NaN);
  const { table: baked } = await operate('transform/yeo-johnson', 'apply', { model: { ...model, state: { ...model.state, lambda: Float64Array.from(given) } }, table: training });
  const { bestPower } = await builtFile('@radloom/transform-yeo-johnson', 'power.js');
  return {
    yj_lambdas: Object.fromEntries(model.predictors.map((name, c) => [name, model.state.lambda[c]])),
    yj_lambdas_tight: Object.fromEntries(Object.keys(expected.yj_lambdas_tight).map((name) => [name, bestPower(data.numbers(name), -5, 5)])),
    yj_baked: Object.fromEntries(predictorNames(baked).map((name) => [name, numbers(baked, name)])),
  };
}

const nearest = async (given) => {
  const { baked } = await bake(given, [['transform/impute', { method: 'knn', neighbours: given.args.neighbors }]], ['const']); // const was removed first
  return { baked };
};

const ranged = async (given) => {
  const { baked } = await bake(given, [['transform/impute', { method: 'mean' }], ['selector/zero-variance', {}], ['transform/scale', { method: 'range' }]]);
  return { baked };
};

async function normalised(given) {
  const { models, baked } = await bake(given, [['transform/impute', { method: 'median' }], ['selector/zero-variance', {}], ['transform/scale', { method: 'z-score' }]]);
  const byName = ({ predictors }, values) => Object.fromEntries(predictors.map((name, i) => [name, values[i]]));
  const [impute, scale] = [models['transform/impute'], models['transform/scale']];
  return { medians: byName(impute, impute.state.values), means: byName(scale, scale.state.centre), sds: byName(scale, scale.state.width), baked };
}

/** Sizes of the parts, whoever is in them. */
async function splits({ args: { counts, v } }) {
  const labels = [...Array.from({ length: counts.no }, () => '0'), ...Array.from({ length: counts.yes }, () => '1')];
  const rows = labels.map((_, i) => i);
  const table = tableOf({ rows: labels.length, isNumeric: () => false, words: () => labels }, { names: [], outcome: 'y', rows });
  const held = async (id, settings) => (await operate(id, 'assign', { table }, settings)).folds.value.folds.map(({ test }) => test.map(Number));
  const [test] = await held('splitter/hold-out', { proportion: 0.75 });
  const kept = rows.filter((row) => !test.includes(row));
  const count = (list, label) => list.filter((row) => labels[row] === label).length;
  const folds = (await held('splitter/k-fold', { folds: v })).sort((a, b) => a.length - b.length);
  const strata = folds.map((fold) => [count(fold, '0'), count(fold, '1')]);
  return {
    train_counts: { no: count(kept, '0'), yes: count(kept, '1') }, test_n: test.length,
    vfold_strata_assessment_sizes: folds.map((fold) => fold.length),
    vfold5_sizes: (await held('splitter/k-fold', { folds: 5, stratify: false })).map((fold) => fold.length).sort((a, b) => a - b),
    fold_strata_counts: strata.sort((a, b) => b[0] + b[1] - a[0] - a[1] || b[0] - a[0]),
  };
}
