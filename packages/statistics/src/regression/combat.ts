import { RadloomError } from '@radloom/core';
import { mean, variance } from '../tests/describe.js';
import { leastSquares, qrFactors } from './qr.js';

export interface CombatOptions {
  /** Shift batches only, leaving their spread. Also used when a batch has a single row. */
  readonly meanOnly?: boolean;
  /** A batch that stays as it is and to which the others are brought. */
  readonly reference?: string;
  /** Of the covariates, for messages. */
  readonly covariateNames?: readonly string[];
}

/** What ComBat learned on some rows: enough to adjust other rows of the same batches. */
export interface CombatModel {
  readonly batches: readonly string[];
  readonly reference?: string;
  /** Per feature: whether it is adjusted (it varies within every batch). */
  readonly adjusted: readonly boolean[];
  readonly grandMean: Float64Array;
  readonly pooledSd: Float64Array;
  /** Per covariate: its coefficient for each feature. */
  readonly covariates: readonly Float64Array[];
  /** Per batch: posterior shift and scale of each feature, in pooled standard deviations. */
  readonly shift: readonly Float64Array[];
  readonly scale: readonly Float64Array[];
}

/**
 * Learns ComBat's batch adjustment with parametric priors (Johnson, Li & Rabinovic 2007; as sva's ComBat).
 *
 * Unlike that function it can be learned on training rows and applied to others.
 *
 * @param features   one array per feature, a value per row
 * @param batch      the batch of each row
 * @param covariates one array per covariate column to preserve, without an intercept
 * @throws `combat-batches` for fewer than two batches or an unknown reference, `combat-confounded` when batch and covariates cannot be told apart
 */
export function fitCombat(features: readonly Float64Array[], batch: readonly string[], covariates: readonly Float64Array[] = [], options: CombatOptions = {}): CombatModel {
  const batches = [...new Set(batch)].sort();
  const { reference } = options;
  if (batches.length < 2 || (reference !== undefined && !batches.includes(reference))) {
    throw new RadloomError({ code: 'combat-batches', what: `ComBat needs two batches${reference === undefined ? '' : `, one of them ${reference}`}; the rows have ${batches.join(', ')}.` });
  }
  const rowsOf = batches.map((name) => batch.flatMap((value, i) => (value === name ? [i] : [])));
  const meanOnly = options.meanOnly === true || rowsOf.some((rows) => rows.length === 1);
  const adjusted = features.map((values) => rowsOf.every((rows) => rows.length === 1 || new Set(rows.map((i) => values[i])).size > 1));
  const used = features.filter((_, f) => adjusted[f]);
  const location = locations(used, rowsOf, covariates, reference === undefined ? -1 : batches.indexOf(reference), options.covariateNames);
  const standardised = used.map((values, f) => standardise(values, f, location, covariates));
  const posterior = rowsOf.map((rows, b) => (batches[b] === reference ? unchanged(used.length) : shrink(standardised, rows, meanOnly)));
  const spread = (values: Float64Array, filler: number) => {
    let at = 0;
    return Float64Array.from(adjusted, (flag) => (flag ? values[at++] : filler));
  };
  return {
    batches, adjusted, ...(reference === undefined ? {} : { reference }),
    grandMean: spread(location.grandMean, 0), pooledSd: spread(location.pooledSd, 1),
    covariates: location.covariates.map((values) => spread(values, 0)),
    shift: posterior.map(({ shift }) => spread(shift, 0)), scale: posterior.map(({ scale }) => spread(scale, 1)),
  };
}

/**
 * Adjusts rows by a learned model.
 *
 * @throws `combat-batch-unknown` for a row of a batch that was not learned
 */
export function applyCombat(model: CombatModel, features: readonly Float64Array[], batch: readonly string[], covariates: readonly Float64Array[] = []): Float64Array[] {
  const index = batch.map((name) => model.batches.indexOf(name));
  const unknown = index.indexOf(-1);
  if (unknown >= 0) throw new RadloomError({ code: 'combat-batch-unknown', what: `Row ${unknown + 1} is of batch ${batch[unknown]}; ComBat learned ${model.batches.join(', ')}.`, fix: 'Only batches seen in training can be adjusted.' });
  return features.map((values, f) => {
    if (!model.adjusted[f]) return values.slice();
    return values.map((value, i) => {
      if (batch[i] === model.reference) return value;
      const expected = model.grandMean[f] + covariates.reduce((sum, column, c) => sum + column[i] * model.covariates[c][f], 0);
      const z = (value - expected) / model.pooledSd[f];
      return ((z - model.shift[index[i]][f]) / Math.sqrt(model.scale[index[i]][f])) * model.pooledSd[f] + expected;
    });
  });
}

interface Locations {
  readonly grandMean: Float64Array;
  readonly pooledSd: Float64Array;
  readonly covariates: readonly Float64Array[];
}

/** Regression of each feature on batches and covariates: overall mean, covariate effects and residual spread (over n). */
function locations(features: readonly Float64Array[], rowsOf: readonly number[][], covariates: readonly Float64Array[], reference: number, names?: readonly string[]): Locations {
  const n = rowsOf.reduce((sum, rows) => sum + rows.length, 0);
  const columns = rowsOf.length + covariates.length;
  const design = new Float64Array(n * columns);
  rowsOf.forEach((rows, b) => rows.forEach((i) => void (design[b * n + i] = 1)));
  if (reference >= 0) design.fill(1, reference * n, (reference + 1) * n);
  covariates.forEach((column, c) => design.set(column, (rowsOf.length + c) * n));
  const qr = qrFactors(design, n, columns);
  if (qr.rank < columns) {
    const confounded = Array.from(qr.pivot.subarray(qr.rank), (c) => names?.[c - rowsOf.length] ?? `covariate ${c - rowsOf.length + 1}`);
    throw new RadloomError({ code: 'combat-confounded', what: `The effects of batches and of ${confounded.join(', ')} cannot be told apart: they are combinations of each other.`, fix: 'Leave out the confounded covariate.', data: { confounded } });
  }
  const coefficients = features.map((values) => leastSquares(qr, values));
  const counted = reference >= 0 ? rowsOf[reference] : Array.from({ length: n }, (_, i) => i);
  return {
    grandMean: Float64Array.from(coefficients, (beta) => (reference >= 0 ? beta[reference] : rowsOf.reduce((sum, rows, b) => sum + (rows.length / n) * beta[b], 0))),
    pooledSd: Float64Array.from(features, (values, f) => {
      const residual = (i: number) => coefficients[f].reduce((rest, beta, c) => rest - beta * design[c * n + i], values[i]);
      return Math.sqrt(counted.reduce((sum, i) => sum + residual(i) ** 2, 0) / counted.length);
    }),
    covariates: covariates.map((_, c) => Float64Array.from(coefficients, (beta) => beta[rowsOf.length + c])),
  };
}

function standardise(values: Float64Array, f: number, location: Locations, covariates: readonly Float64Array[]): Float64Array {
  return values.map((value, i) => (value - location.grandMean[f] - covariates.reduce((sum, column, c) => sum + column[i] * location.covariates[c][f], 0)) / location.pooledSd[f]);
}

const unchanged = (count: number) => ({ shift: new Float64Array(count), scale: new Float64Array(count).fill(1) });

/** Posterior shift and scale of one batch: normal and inverse gamma priors with moments over the features. */
function shrink(standardised: readonly Float64Array[], rows: readonly number[], meanOnly: boolean): { shift: Float64Array; scale: Float64Array } {
  const own = standardised.map((values) => Float64Array.from(rows, (i) => values[i]));
  const shifts = Float64Array.from(own, mean);
  const [centre, spread] = [mean(shifts), variance(shifts)];
  if (meanOnly) return { shift: shifts.map((value) => (spread * value + centre) / (spread + 1)), scale: new Float64Array(own.length).fill(1) };
  const scales = Float64Array.from(own, variance);
  const [m, s2] = [mean(scales), variance(scales)];
  return iterate(own, shifts, scales, { centre, spread, a: (2 * s2 + m * m) / s2, b: (m * s2 + m ** 3) / s2 });
}

/** Alternates the two posteriors until no feature changes by more than 1e-4 of itself, all features together. */
function iterate(own: readonly Float64Array[], shifts: Float64Array, scales: Float64Array, prior: { centre: number; spread: number; a: number; b: number }): { shift: Float64Array; scale: Float64Array } {
  const { centre, spread, a, b } = prior;
  let shift = shifts;
  let scale = scales;
  for (let change = 1; change > 1e-4; ) {
    const n = own[0].length;
    const nextShift = shifts.map((value, f) => (spread * n * value + scale[f] * centre) / (spread * n + scale[f]));
    const nextScale = scales.map((_, f) => (0.5 * own[f].reduce((sum, value) => sum + (value - nextShift[f]) ** 2, 0) + b) / (n / 2 + a - 1));
    change = -Infinity;
    for (let f = 0; f < own.length; f++) {
      // the change of a negative shift counts as negative, as in sva
      change = Math.max(change, Math.abs(nextShift[f] - shift[f]) / shift[f], Math.abs(nextScale[f] - scale[f]) / scale[f]);
    }
    shift = nextShift;
    scale = nextScale;
  }
  return { shift, scale };
}
