import { compareNumber, judged } from './compare.js';
import { operate, tableOf } from './plugins.js';

/** The study's rows by their role, and what is done with a model of the training rows. */
export function studyOf(given) {
  const data = given.table('data');
  const split = data.words('split');
  const names = data.names.filter((name) => name !== 'split' && name !== 'y');
  const rowsOf = (role) => split.flatMap((value, r) => (value === role ? [r] : []));
  const [trainRows, testRows] = [rowsOf('train'), rowsOf('test')];
  const y = Uint8Array.from(data.numbers('y'));
  const training = tableOf(data, { names, outcome: 'y', rows: trainRows });
  const test = tableOf(data, { names, outcome: 'y', rows: testRows, role: 'test' });
  const outcome = (rows) => Uint8Array.from(rows, (r) => y[r]);
  return { training, test, rows: data.rows, trainRows, testRows, trainY: outcome(trainRows), testY: outcome(testRows), columns: names.length };
}

/** Values of training and test rows, in the order of the file. */
export function inFileOrder({ rows, trainRows, testRows }, train, test) {
  const all = new Float64Array(rows);
  trainRows.forEach((r, i) => (all[r] = train[i]));
  testRows.forEach((r, i) => (all[r] = test[i]));
  return all;
}

export const fit = async (id, table, settings, seed) => (await operate(id, 'fit', { table }, settings, seed)).model;
export const predict = async (id, model, table) => (await operate(id, 'predict', { model, table })).predictions.probability;

/** Numeric columns but the outcome, row by row, less `centre` and over `divisor`. */
export function pointsOf(table, { centre, divisor }) {
  const columns = table.columns.filter((column) => column.name !== table.outcome.column);
  return Float64Array.from({ length: table.rows.length * columns.length }, (_, i) => {
    const c = i % columns.length;
    return (columns[c].values[Math.floor(i / columns.length)] - centre[c]) / divisor[c];
  });
}

/** The same rows in other units: each column less its training mean, over its training deviation times `factor`. */
export function standardised(study, factor = 1) {
  const names = study.training.columns.map(({ name }) => name).filter((name) => name !== study.training.outcome.column);
  const moments = new Map(
    names.map((name) => {
      const { values } = study.training.columns.find((column) => column.name === name);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [name, { mean, deviation: factor * Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) }];
    }),
  );
  const scaled = (table) => ({
    ...table,
    columns: table.columns.map((column) => (moments.has(column.name) ? { ...column, values: column.values.map((value) => (value - moments.get(column.name).mean) / moments.get(column.name).deviation) } : column)),
  });
  return { ...study, training: scaled(study.training), test: scaled(study.test) };
}

/** Penalised logistic regression at one penalty on columns as they are. */
export async function logisticAt(study, lambda, alpha) {
  const model = await fit('classifier/logistic', study.training, { lambda, alpha, standardise: false, threshold: 1e-14 });
  const { intercept, coefficient } = model.state;
  return { intercept, coefficient, all: inFileOrder(study, await predict('classifier/logistic', model, study.training), await predict('classifier/logistic', model, study.test)) };
}

/** An intercept can be near 0: it is judged on the scale of the coefficients, as these are. */
export const besideCoefficients = (intercept, coefficients, share = 1e-6) =>
  judged((tally, group, name, expected) => compareNumber(tally, group, name, intercept, expected, { absolute: share * Math.max(...coefficients.map(Math.abs)) }));

export const meansOf = (lists) => Array.from(lists[0], (_, i) => lists.reduce((sum, list) => sum + list[i], 0) / lists.length);

/** A number, or numbers, that may differ by some of the reference's standard deviations. */
export const within = (found, deviations, times) =>
  judged((tally, group, name, expected) =>
    [expected].flat().forEach((value, i) => compareNumber(tally, group, `${name}[${i}]`, [found].flat()[i], value, { absolute: times * [deviations].flat()[i] })),
  );

/** One after the other. */
export async function each(list, make) {
  const found = [];
  for (const entry of list) found.push(await make(entry));
  return found;
}
