import { type Context, type Folds, type Gathered, type Plain, type Predictions, RadloomError } from '@radloom/core';
import { clustersOf } from '@radloom/statistics';
import { chosenApart, heldOutOfChoice } from './apart.js';
import { choose } from './choose.js';
import { metrics, type Score } from './scores.js';

export interface Settings {
  readonly metric: keyof typeof metrics;
  readonly rule: 'best' | 'one-standard-error';
  readonly candidates: readonly { readonly name: string; readonly settings: Readonly<Record<string, unknown>> }[];
}

interface Candidate {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly entry: Gathered<Predictions>;
}

export interface Inputs {
  readonly candidates: readonly Gathered<Predictions>[];
  /** The folds that held the rows out. */
  readonly folds?: Plain;
}

export interface Outputs {
  readonly choice: Plain;
  readonly predictions: Predictions;
  readonly heldOut: Predictions;
  readonly apart: Plain;
}

/**
 * The chosen settings, the chosen candidate's predictions, and what each fold would have been given had it not been there to choose.
 *
 * `choice` holds `name`, `settings`, `metric`, `rule`, `rows` (compared) and `candidates`: per candidate in order of preference its
 * `name`, `settings` and either `score` with `standardError` or the `failure` that left it without one. `heldOut` are the predictions by
 * which rows are judged: each by the candidate that was chosen without its fold; without `folds` they are the winner's. `apart` holds
 * `folds`: of each its `id`, the `name` of that candidate and its `probability` of every row, for what is learned from predictions in turn.
 */
export function run({ candidates: gathered, folds }: Inputs, { metric, rule, candidates: wanted }: Settings, ctx: Context): Outputs {
  const candidates = inOrder(gathered, wanted);
  const standing = candidates.filter(({ entry }) => entry.value !== undefined);
  if (standing.length === 0) throw allFailed(candidates);
  for (const { name, entry } of candidates) {
    if (entry.value === undefined) ctx.warn('candidate-failed', `Candidate ${name} is left out: ${entry.failure?.message ?? 'it has no predictions'}`, { name });
  }
  const rows = comparedRows(standing);
  const predicted = standing.map(({ entry }) => entry.value!);
  const scoresOn = (some: readonly number[]): Score[] => {
    const { outcome: known, rows: names, patients = names } = predicted[0];
    const outcome = Uint8Array.from(some, (r) => known[r]);
    const clusters = clustersOf(some.map((r) => names[r]), some.map((r) => patients[r]));
    return predicted.map(({ probability, threshold }) => metrics[metric].measure(outcome, Float64Array.from(some, (r) => probability[r]), threshold, clusters));
  };
  const chosenOf = (scores: readonly Score[]): number => choose(scores, metrics[metric], rule);
  const scores = scoresOn(rows);
  const place = chosenOf(scores);
  const chosen = standing[place];
  const apart = folds === undefined ? [] : chosenApart(folds.value as Folds, predicted[0].rows, rows, (some) => chosenOf(scoresOn(some)), standing.length);
  const results = candidates.map(({ name, settings, entry }) => {
    const at = standing.findIndex((candidate) => candidate.name === name);
    return { name, settings, ...(at < 0 ? { failure: entry.failure } : scores[at]) };
  });
  return {
    choice: { type: 'data', value: { name: chosen.name, settings: chosen.settings, metric, rule, rows: rows.length, candidates: results } },
    predictions: predicted[place],
    heldOut: heldOutOfChoice(predicted[place], predicted, apart),
    apart: { type: 'data', value: { folds: apart.map(({ id, chosen: at }) => ({ id, name: standing[at].name, probability: predicted[at].probability })) } },
  };
}

/** Candidates in order of preference, each with its predictions. */
function inOrder(gathered: readonly Gathered<Predictions>[], wanted: Settings['candidates']): Candidate[] {
  const twice = gathered.find((entry, i) => gathered.findIndex((other) => other.name === entry.name) !== i);
  if (twice !== undefined) throw new RadloomError({ code: 'candidate-twice', what: `Two candidates are called ${twice.name}.`, fix: 'Give each candidate a name of its own.', deterministic: false });
  if (wanted.length === 0) return gathered.map((entry) => ({ name: entry.name, settings: entry.value?.settings ?? {}, entry }));
  const stray = gathered.find((entry) => !wanted.some(({ name }) => name === entry.name));
  if (stray !== undefined) throw new RadloomError({ code: 'candidate-unknown', what: `Predictions of ${stray.name} came in, and no candidate has that name.`, where: { field: 'candidates' }, fix: `Known: ${wanted.map(({ name }) => name).join(', ')}.`, deterministic: false });
  return wanted.map(({ name, settings }) => {
    const entry = gathered.find((other) => other.name === name);
    if (entry !== undefined) return { name, settings, entry };
    throw new RadloomError({ code: 'candidate-missing', what: `Candidate ${name} has no predictions.`, where: { field: 'candidates' }, fix: `Connect them; there are ${gathered.map((other) => other.name).join(', ') || 'none'}.`, deterministic: false });
  });
}

function allFailed(candidates: readonly Candidate[]): RadloomError {
  const cause = candidates.find(({ entry }) => entry.failure !== undefined);
  return new RadloomError({
    code: 'no-candidate',
    what: candidates.length === 0 ? 'There is no candidate to choose from.' : `All ${candidates.length} candidates failed. The first, ${candidates[0].name}: ${cause?.entry.failure?.message ?? 'no predictions'}`,
    ...(cause?.entry.failure?.fix === undefined ? {} : { fix: cause.entry.failure.fix }),
    data: { candidates: candidates.map(({ name }) => name), ...(cause === undefined ? {} : { first: cause.entry.failure }) },
    // Another run may have working candidates.
    deterministic: false,
  });
}

/** Indices of the rows that all candidates predicted: scores of different rows cannot be compared. */
function comparedRows(standing: readonly Candidate[]): number[] {
  const [first] = standing;
  const known = first.entry.value!;
  for (const { name, entry } of standing) {
    const { rows, role } = entry.value!;
    if (role !== 'out-of-fold') throw new RadloomError({ code: 'learning-rows', what: `Tuning compares out-of-fold predictions; those of ${name} are ${role} predictions.`, deterministic: false });
    if (rows.length !== known.rows.length || rows.some((row, i) => row !== known.rows[i])) throw new RadloomError({ code: 'candidate-rows', what: `${name} predicts other rows than ${first.name}.`, deterministic: false });
  }
  const rows = known.rows.map((_, r) => r).filter((r) => standing.every(({ entry }) => Number.isFinite(entry.value!.probability[r])));
  if (rows.length === 0) throw new RadloomError({ code: 'no-rows', what: 'There is no row that all candidates predicted.', fix: 'Check that the folds hold out the rows of this table.', deterministic: false });
  return rows;
}
