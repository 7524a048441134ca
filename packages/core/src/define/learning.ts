import type { z } from 'zod';
import { RadloomError } from '../errors.js';
import { knownOf, knows, refuseLeaks, refuseShared, taughtBy } from '../leaks/index.js';
import type { Model, Plain, Predictions } from '../learned.js';
import type { ParamsSchema } from '../params.js';
import type { Context, Gathered, Operation, OperationSpec, Plugin } from '../plugin.js';
import { bothOutcomesOf, categoryNames, column, columnMajor, keepColumns, numbers, outcomeOf, predictorNames, type Table, takeRows } from '../table.js';

type Awaitable<T> = T | Promise<T>;

/** What a fit gives back; the helper adds who fitted it and on which rows. */
export interface Fitted {
  readonly state: Readonly<Record<string, unknown>>;
  readonly summary?: Readonly<Record<string, unknown>>;
  /** Columns needed at application; default all numeric columns of the training table but the outcome. */
  readonly predictors?: readonly string[];
}

/** Refuses rows that are not for learning: whoever learns from all rows, or from test rows, leaks. */
function training(table: Table, plugin: string): Table {
  if (table.partition.role === 'training') return table;
  throw new RadloomError({
    code: 'learning-rows',
    what: `${plugin} learns, and was given ${table.partition.role === 'all' ? 'all rows' : 'test rows'}.`,
    fix: 'Connect it to the training side of a split. To repeat a published analysis that did otherwise, say as-published: true on the step.',
    deterministic: false,
  });
}

function model(plugin: string, version: number, table: Table, fitted: Fitted): Model {
  return {
    type: 'model',
    plugin,
    version,
    predictors: fitted.predictors ?? predictorNames(table),
    fittedOn: fittedOn(table),
    state: fitted.state,
    ...(fitted.summary === undefined ? {} : { summary: fitted.summary }),
  };
}

/** The rows of a table as those that taught. */
function fittedOn({ partition, rows }: Table): Model['fittedOn'] {
  const patients = rows.some(({ patient }) => patient !== undefined) ? { patients: [...new Set(rows.map(({ id, patient = id }) => patient))] } : {};
  return { ...partition, rows: rows.map((row) => row.id), ...patients };
}

function own(found: Model, plugin: string, version: number): Model {
  if (found.plugin === plugin && found.version === version) return found;
  throw new RadloomError({ code: 'model-foreign', what: `${plugin} (model version ${version}) cannot use a model of ${found.plugin} (version ${found.version}).`, deterministic: false });
}

/** The model, if it did not learn from the rows that are to be tested: all that follows would look better than it is. */
function unseen(found: Model, table: Table): Model {
  if (table.partition.role !== 'test' || found.fittedOn.asPublished === true) return found;
  const taught = taughtBy(found.fittedOn);
  const overlap = table.rows.filter((row) => knows(taught, row));
  if (overlap.length === 0) return found;
  throw new RadloomError({
    code: 'evaluation-overlap',
    what: `${overlap.length} of the ${table.rows.length} test rows also taught ${found.plugin}, or are of patients who did; the first is ${overlap[0].id}.`,
    where: { case: overlap[0].id },
    fix: 'Fit it on the training side of the split. To repeat a published analysis that did otherwise, say as-published: true on the step.',
    deterministic: false,
  });
}

const learn = { table: { type: 'table', partition: 'training' } } as const;
const applyInputs = { model: { type: 'model' }, table: { type: 'table', partition: 'any' } } as const;
const applyOutputs = { table: { type: 'table', partition: { from: 'table' } } } as const;

export interface TransformDefinition<S extends ParamsSchema> {
  name: string;
  summary: string;
  params: S;
  /** Version of the model's state; default 1. */
  version?: number;
  load: () => Promise<{
    fit(table: Table, params: z.output<S>, ctx: Context): Awaitable<Fitted>;
    apply(model: Model, table: Table, params: z.output<S>, ctx: Context): Awaitable<Table>;
  }>;
}

/** Learns how to change columns from training rows (`fit`), changes any rows (`apply`). */
export function defineTransform<S extends ParamsSchema>(definition: TransformDefinition<S>): Plugin {
  const { name, summary, params, version = 1, load } = definition;
  const id = `transform/${name}`;
  return {
    contract: 1,
    kind: 'transform',
    name,
    summary,
    params,
    about: {},
    operations: {
      fit: {
        inputs: learn,
        outputs: { model: { type: 'model' } },
        load: async (): Promise<Operation> => {
          const { fit } = await load();
          return async (inputs, settings, ctx) => {
            const table = training(inputs.table as Table, id);
            return { model: model(id, version, table, await fit(table, settings as z.output<S>, ctx)) };
          };
        },
      },
      apply: {
        inputs: applyInputs,
        outputs: applyOutputs,
        load: async (): Promise<Operation> => {
          const { apply } = await load();
          return async (inputs, settings, ctx) => ({ table: await apply(unseen(own(inputs.model as Model, id, version), inputs.table as Table), inputs.table as Table, settings as z.output<S>, ctx) });
        },
      },
    },
  };
}

/** Which columns a selector keeps, in order, and what it saw. */
export interface Selection {
  readonly selected: readonly string[];
  readonly summary?: Readonly<Record<string, unknown>>;
}

export interface SelectorDefinition<S extends ParamsSchema> {
  name: string;
  summary: string;
  params: S;
  version?: number;
  load: () => Promise<{ select(table: Table, params: z.output<S>, ctx: Context): Awaitable<Selection> }>;
}

/** Chooses numeric columns on training rows (`fit`), keeps those columns of any rows (`apply`). Categories, among which it does not choose, stay. */
export function defineSelector<S extends ParamsSchema>(definition: SelectorDefinition<S>): Plugin {
  const { name, summary, params, version = 1, load } = definition;
  const id = `selector/${name}`;
  return {
    contract: 1,
    kind: 'selector',
    name,
    summary,
    params,
    about: {},
    operations: {
      fit: {
        inputs: learn,
        outputs: { model: { type: 'model' } },
        load: async (): Promise<Operation> => {
          const { select } = await load();
          return async (inputs, settings, ctx) => {
            const table = training(inputs.table as Table, id);
            const before = predictorNames(table);
            const { selected, summary: seen = {} } = await select(table, settings as z.output<S>, ctx);
            return { model: model(id, version, table, { state: { selected }, predictors: selected, summary: { ...seen, before: before.length, after: selected.length } }) };
          };
        },
      },
      apply: {
        inputs: applyInputs,
        outputs: applyOutputs,
        load: async (): Promise<Operation> => (inputs) => {
          const table = inputs.table as Table;
          const { state } = unseen(own(inputs.model as Model, id, version), table);
          return { table: keepColumns(table, [...(state.selected as readonly string[]), ...categoryNames(table)]) };
        },
      },
    },
  };
}

/** Training rows as a classifier sees them. */
export interface TrainingSet {
  readonly table: Table;
  readonly predictors: readonly string[];
  /** Predictors column by column: value of row r, column c at `c * rows + r`. No value is missing. */
  readonly x: Float64Array;
  /** 1 event, 0 none; both occur. */
  readonly y: Uint8Array;
  readonly rows: number;
}

/** Fold assignments: each fold names the rows that are held out. */
export interface Folds {
  readonly folds: readonly { readonly id: string; readonly test: readonly string[] }[];
}

export interface ClassifierDefinition<S extends ParamsSchema> {
  name: string;
  summary: string;
  params: S;
  version?: number;
  load: () => Promise<{
    fit(set: TrainingSet, params: z.output<S>, ctx: Context): Awaitable<Omit<Fitted, 'predictors'>>;
    /** Probability of the event per row; `x` column by column as in `TrainingSet`, columns as `model.predictors`. */
    predict(model: Model, x: Float64Array, rows: number, ctx: Context): Awaitable<Float64Array>;
  }>;
}

function trainingSet(table: Table, id: string): TrainingSet {
  refuseCategories(table, id);
  const predictors = predictorNames(table);
  const y = bothOutcomesOf(table);
  return { table, predictors, x: complete(table, predictors, id), y, rows: table.rows.length };
}

/** A model that left them out without a word would not be the one that was asked for. */
function refuseCategories(table: Table, id: string): void {
  const [name, ...others] = categoryNames(table);
  if (name === undefined) return;
  const found = column(table, name);
  const levels = found.kind === 'categorical' ? found.levels : [];
  throw new RadloomError({
    code: 'column-categories',
    what: `${id} takes numbers, and column ${name} holds categories (${levels.slice(0, 4).join(', ')}${levels.length > 4 ? ' …' : ''})${others.length === 0 ? '' : `, as do ${others.slice(0, 4).join(', ')}${others.length > 4 ? ' …' : ''}`}.`,
    where: { field: name },
    fix: 'Make one column of 0 and 1 for each category but one, or leave the column out.',
  });
}

/**
 * The model without predictors: it knows the share of events and nothing else. Where selection leaves no feature, in one fold perhaps, this
 * is the honest answer; leaving the fold out would count only those in which something was found.
 */
function shareOfEvents({ y }: TrainingSet, id: string, ctx: Context): Omit<Fitted, 'predictors'> {
  ctx.warn('no-predictors', `No feature is left after selection: ${id} predicts the share of events for every row.`);
  return { state: { shareOfEvents: y.reduce((sum, value) => sum + value, 0) / y.length }, summary: { predictors: 0 } };
}

/** Predictor values, with a missing one refused by name. */
function complete(table: Table, predictors: readonly string[], id: string): Float64Array {
  for (const name of predictors) {
    const at = numbers(table, name).findIndex((value) => !Number.isFinite(value));
    if (at >= 0) {
      throw new RadloomError({
        code: 'missing-value',
        what: `${id} cannot use column ${name}: the value of row ${table.rows[at].id} is missing or infinite.`,
        where: { field: name },
        fix: 'Add an imputation step, or drop the column.',
      });
    }
  }
  return columnMajor(table, predictors);
}

/** A classifier: `fit` on training rows, `predict` any rows, `cross-fit` a setting over folds of the training rows, prepared together or each on its own. */
export function defineClassifier<S extends ParamsSchema>(definition: ClassifierDefinition<S>): Plugin {
  const { name, summary, params, version = 1, load } = definition;
  const id = `classifier/${name}`;
  type P = z.output<S>;
  return {
    contract: 1,
    kind: 'classifier',
    name,
    summary,
    params,
    about: {},
    operations: {
      fit: {
        // A choice made by tuning, if there is one, overrides the settings of the step.
        inputs: { ...learn, choice: { type: 'data', optional: true } },
        outputs: { model: { type: 'model' } },
        load: async (): Promise<Operation> => {
          const { fit } = await load();
          return async (inputs, settings, ctx) => {
            const table = training(inputs.table as Table, id);
            const chosen = params.parse({ ...settings, ...settingsOf(inputs.choice as Plain | undefined) }) as P;
            const set = trainingSet(table, id);
            return { model: model(id, version, table, { summary: { settings: chosen }, ...(set.predictors.length === 0 ? shareOfEvents(set, id, ctx) : await fit(set, chosen, ctx)) }) };
          };
        },
      },
      predict: {
        inputs: { ...applyInputs, threshold: { type: 'data', optional: true } },
        outputs: { predictions: { type: 'predictions', partition: { from: 'table' } } },
        load: async (): Promise<Operation> => {
          const { predict } = await load();
          return async (inputs, _settings, ctx) => {
            const fitted = own(inputs.model as Model, id, version);
            const table = inputs.table as Table;
            const probability = fitted.predictors.length === 0 ? new Float64Array(table.rows.length).fill(fitted.state.shareOfEvents as number) : await predict(fitted, complete(table, fitted.predictors, id), table.rows.length, ctx);
            return { predictions: predictionsOf(name, fitted.fittedOn, table, probability, thresholdOf(inputs.threshold as Plain | undefined)) };
          };
        },
      },
      'cross-fit': {
        // Either folds of the table, or both sides of each fold, prepared on their own: whatever was learned for a fold was learned without its held-out rows.
        inputs: { ...learn, folds: { type: 'data', optional: true }, training: { type: 'table', many: true, optional: true, partition: 'training' }, held: { type: 'table', many: true, optional: true, partition: 'test' } },
        outputs: { predictions: { type: 'predictions', partition: { from: 'table' } } },
        load: async (): Promise<Operation> => {
          const { fit, predict } = await load();
          return async (inputs, settings, ctx) => {
            const table = training(inputs.table as Table, id);
            const parts = inputs.folds === undefined ? preparedParts(inputs.training as readonly Gathered<Table>[] | undefined, inputs.held as readonly Gathered<Table>[] | undefined, id) : foldedParts(table, (inputs.folds as Plain).value as Folds);
            return { predictions: { ...(await heldOut({ id, name, version, fit, predict }, table, parts, settings as P, ctx)), settings } };
          };
        },
      },
    },
  };
}

/** A classifier's two functions, and what its models are called. */
interface Learner<P> {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  fit(set: TrainingSet, params: P, ctx: Context): Awaitable<Omit<Fitted, 'predictors'>>;
  predict(model: Model, x: Float64Array, rows: number, ctx: Context): Awaitable<Float64Array>;
}

/** Both sides of each fold of the training rows, made when their turn comes. */
type Part = { readonly training: () => Table; readonly held: () => Table };

/**
 * Predictions of training rows, each by models that were fitted without it. With repeats a row is held out several times; its probability is
 * the mean.
 */
async function heldOut<P>({ id, name, version, fit, predict }: Learner<P>, table: Table, parts: readonly Part[], settings: P, ctx: Context): Promise<Predictions> {
  const position = new Map(table.rows.map((row, i) => [row.id, i]));
  const sum = new Float64Array(table.rows.length);
  const times = new Uint32Array(table.rows.length);
  for (const [done, part] of parts.entries()) {
    ctx.signal.throwIfAborted();
    const [kept, out] = [part.training(), part.held()];
    refuseShared(kept, out);
    refuseForeign(table, kept, out, id);
    const set = trainingSet(kept, id);
    const empty = set.predictors.length === 0;
    const fitted = model(id, version, kept, empty ? shareOfEvents(set, id, ctx) : await fit(set, settings, ctx));
    const found = empty ? new Float64Array(out.rows.length).fill(fitted.state.shareOfEvents as number) : await predict(fitted, complete(out, fitted.predictors, id), out.rows.length, ctx);
    out.rows.forEach((row, i) => {
      const at = position.get(row.id)!;
      sum[at] += found[i];
      times[at]++;
    });
    ctx.progress(done + 1, parts.length);
  }
  return outOfFold(name, table, sum.map((total, row) => total / times[row]));
}

/** Both sides of a fold are of the table's own rows; synthetic ones belong to its patients. Rows from elsewhere, such as the other side of the outer split, would teach unseen. */
function refuseForeign(table: Table, kept: Table, out: Table, id: string): void {
  const known = knownOf(table.rows);
  const foreign = kept.rows.find((row) => !knows(known, row)) ?? out.rows.find((row) => !known.rows.has(row.id));
  if (foreign === undefined) return;
  throw new RadloomError({ code: 'learning-rows', what: `${id} predicts the ${table.rows.length} training rows in turn, and row ${foreign.id} of a fold is none of them.`, where: { case: foreign.id }, fix: 'Make the folds from these training rows.', deterministic: false });
}

function foldedParts(table: Table, { folds }: Folds): Part[] {
  const position = new Map(table.rows.map((row, i) => [row.id, i]));
  return folds.map((fold) => {
    const held = new Set(fold.test.map((row) => position.get(row)!));
    const kept = table.rows.map((_, i) => i).filter((i) => !held.has(i));
    return { training: () => takeRows(table, kept, 'training', fold.id), held: () => takeRows(table, [...held], 'test', fold.id) };
  });
}

/** Sides that belong to the same fold, by the place they were made for. @throws the failure of the first fold that has one */
function preparedParts(prepared: readonly Gathered<Table>[] = [], held: readonly Gathered<Table>[] = [], id: string): Part[] {
  if (prepared.length === 0) throw new RadloomError({ code: 'missing-input', what: `${id} predicts held-out rows and was given neither folds nor their two sides.`, deterministic: false });
  const placeOf = ({ at }: Gathered<Table>): string => JSON.stringify(Object.entries(at).sort());
  const others = new Map(held.map((entry) => [placeOf(entry), entry]));
  return prepared.map((entry) => {
    const other = others.get(placeOf(entry));
    const failure = entry.failure ?? other?.failure;
    if (failure !== undefined) throw new RadloomError({ code: failure.code, what: failure.message, ...(failure.fix === undefined ? {} : { fix: failure.fix }), deterministic: false });
    const [taught, out] = [entry.value, other?.value];
    if (taught === undefined || out === undefined) throw new RadloomError({ code: 'missing-input', what: `${id} was given one side of a fold without the other.`, deterministic: false });
    return { training: () => training(taught, id), held: () => out };
  });
}

function settingsOf(choice: Plain | undefined): Record<string, unknown> {
  return choice === undefined ? {} : ((choice.value as { settings?: Record<string, unknown> }).settings ?? {});
}

function thresholdOf(threshold: Plain | undefined): number {
  return threshold === undefined ? 0.5 : (threshold.value as { threshold: number }).threshold;
}

/** Predictions of a fitted model, labelled by how the rows stand to it; rows that only partly taught it are refused. */
export function predictionsOf(name: string, fittedOn: Model['fittedOn'], table: Table, probability: Float64Array, threshold: number): Predictions {
  const taught = taughtBy(fittedOn);
  const overlap = table.rows.filter((row) => knows(taught, row)).length;
  if (table.partition.role === 'test' ? overlap > 0 : overlap > 0 && overlap < table.rows.length) {
    throw new RadloomError({ code: 'evaluation-overlap', what: `${overlap} of the ${table.rows.length} rows to be predicted by ${name} also taught it, or are of patients who did.`, fix: 'Predict rows of the other side of the split.', deterministic: false });
  }
  return {
    type: 'predictions',
    model: name,
    ...namesOf(table),
    outcome: outcomeOf(table),
    probability,
    role: overlap > 0 ? 'training' : 'test',
    partition: table.partition,
    fittedOn: fittedOn.rowSet,
    threshold,
  };
}

/** The rows that are predicted, and whose they are where that is more than their ids. */
function namesOf({ rows }: Table): Pick<Predictions, 'rows' | 'patients'> {
  const patients = rows.map(({ id, patient = id }) => patient);
  const ids = rows.map(({ id }) => id);
  return patients.some((patient, r) => patient !== ids[r]) ? { rows: ids, patients } : { rows: ids };
}

/** Predictions of training rows, each held out in turn. */
function outOfFold(name: string, table: Table, probability: Float64Array): Predictions {
  return {
    type: 'predictions',
    model: name,
    ...namesOf(table),
    outcome: outcomeOf(table),
    probability,
    role: 'out-of-fold',
    partition: table.partition,
    fittedOn: table.partition.rowSet,
    threshold: 0.5,
  };
}

/** Probabilities of several members for the same rows: member m, row r at `m * rows + r`. */
export interface MemberSet {
  readonly members: readonly string[];
  readonly probability: Float64Array;
  readonly y: Uint8Array;
  readonly rows: number;
}

export interface EnsembleDefinition<S extends ParamsSchema> {
  name: string;
  summary: string;
  params: S;
  version?: number;
  load: () => Promise<{
    /** Learns from out-of-fold probabilities of the members; never trains a member. */
    fit(set: MemberSet, params: z.output<S>, ctx: Context): Awaitable<Omit<Fitted, 'predictors'>>;
    predict(model: Model, probability: Float64Array, rows: number, ctx: Context): Awaitable<Float64Array>;
  }>;
}

function memberSet(gathered: readonly Gathered<Predictions>[], id: string, order?: readonly string[]): { set: MemberSet; first: Predictions } {
  const found = gathered.filter((entry) => entry.value !== undefined).map((entry) => ({ name: entry.name, value: entry.value! }));
  const entries = order === undefined ? found : order.map((name) => found.find((entry) => entry.name === name)).filter((entry) => entry !== undefined);
  const missing = order?.find((name) => !found.some((entry) => entry.name === name));
  if (entries.length === 0 || missing !== undefined) {
    throw new RadloomError({ code: 'member-missing', what: `${id} needs the predictions of ${missing ?? 'at least one member'}, and they are not there.` });
  }
  const first = entries[0].value;
  const rows = first.rows.length;
  const probability = new Float64Array(rows * entries.length);
  entries.forEach(({ name, value }, m) => {
    if (value.rows.length !== rows || value.rows.some((row, i) => row !== first.rows[i])) {
      throw new RadloomError({ code: 'member-rows', what: `${id}: ${name} predicts other rows than ${entries[0].name}.`, deterministic: false });
    }
    probability.set(value.probability, m * rows);
  });
  return { set: { members: entries.map((entry) => entry.name), probability, y: first.outcome, rows }, first };
}

/** Refuses predictions of rows that taught the member: the blend would trust whoever learns by heart. */
function refuseTaught({ role }: Predictions, id: string): void {
  if (role !== 'out-of-fold') throw new RadloomError({ code: 'learning-rows', what: `${id} learns from out-of-fold predictions and was given ${role} predictions.`, deterministic: false });
}

/** Some rows of every member. */
function memberRows({ members, probability, y, rows }: MemberSet, picked: readonly number[]): MemberSet {
  return { members, rows: picked.length, y: Uint8Array.from(picked, (r) => y[r]), probability: Float64Array.from(members.flatMap((_, m) => picked.map((r) => probability[m * rows + r]))) };
}

/** What tuning says of each fold: which candidate the others would have chosen, and its probability of every row. */
interface ChosenApart {
  readonly folds: readonly { readonly id: string; readonly name: string; readonly probability: Float64Array }[];
}

/** The members as they would have been without a fold: of those that were chosen, the candidate that the other folds choose. */
function chosenWithout(set: MemberSet, apart: readonly Gathered<Plain>[], plugin: string): (fold: string) => MemberSet {
  const chosen = set.members.map((name) => {
    const found = apart.find((entry) => entry.name === name)?.value?.value as ChosenApart | undefined;
    return new Map(found?.folds.map((fold) => [fold.id, fold.probability]));
  });
  return (fold) => {
    if (chosen.every((own) => own.size === 0)) return set;
    const probability = set.probability.slice();
    chosen.forEach((own, m) => {
      const found = own.get(fold);
      if (found === undefined && own.size === 0) return;
      if (found?.length !== set.rows) throw new RadloomError({ code: 'member-rows', what: `${plugin}: ${set.members[m]} was not chosen apart from fold ${fold} for the rows of the blend.`, fix: 'Let tuning and blend have the same folds.', deterministic: false });
      probability.set(found, m * set.rows);
    });
    return { ...set, probability };
  };
}

/** Blends the predictions of other models: `fit` on their out-of-fold predictions, `predict` from their predictions, `cross-fit` over folds of the former. */
export function defineEnsemble<S extends ParamsSchema>(definition: EnsembleDefinition<S>): Plugin {
  const { name, summary, params, version = 1, load } = definition;
  const id = `ensemble/${name}`;
  return {
    contract: 1,
    kind: 'ensemble',
    name,
    summary,
    params,
    about: {},
    operations: {
      fit: {
        inputs: { members: { type: 'predictions', many: true, partition: 'training' } },
        outputs: { model: { type: 'model' } },
        load: async (): Promise<Operation> => {
          const { fit } = await load();
          return async (inputs, settings, ctx) => {
            const { set, first } = memberSet(inputs.members as readonly Gathered<Predictions>[], id);
            refuseTaught(first, id);
            const fitted = await fit(set, settings as z.output<S>, ctx);
            const result: Model = {
              type: 'model',
              plugin: id,
              version,
              predictors: set.members,
              fittedOn: { ...first.partition, rows: first.rows },
              state: fitted.state,
              ...(fitted.summary === undefined ? {} : { summary: fitted.summary }),
            };
            return { model: result };
          };
        },
      },
      // What a blend says of rows that it learned from is too good, out of fold as they are for the members: each fold is blended by the others.
      // Where members were chosen among candidates, a fold is blended from those that were chosen without it.
      'cross-fit': {
        inputs: { members: { type: 'predictions', many: true, partition: 'training' }, folds: { type: 'data' }, apart: { type: 'data', many: true, optional: true } },
        outputs: { predictions: { type: 'predictions', partition: { from: 'members' } } },
        load: async (): Promise<Operation> => {
          const { fit, predict } = await load();
          return async (inputs, settings, ctx) => {
            const { set, first } = memberSet(inputs.members as readonly Gathered<Predictions>[], id);
            refuseTaught(first, id);
            const without = chosenWithout(set, (inputs.apart as readonly Gathered<Plain>[] | undefined) ?? [], id);
            const sum = new Float64Array(set.rows);
            const times = new Uint32Array(set.rows);
            for (const { id: fold, test } of ((inputs.folds as Plain).value as Folds).folds) {
              ctx.signal.throwIfAborted();
              const held = new Set(test);
              const [kept, out] = [true, false].map((taught) => first.rows.flatMap((row, r) => (held.has(row) === taught ? [] : [r])));
              const own = without(fold);
              const { state } = await fit(memberRows(own, kept), settings as z.output<S>, ctx);
              const blend: Model = { type: 'model', plugin: id, version, predictors: set.members, fittedOn: { ...first.partition, rows: kept.map((r) => first.rows[r]) }, state };
              const probability = await predict(blend, memberRows(own, out).probability, out.length, ctx);
              out.forEach((r, i) => {
                sum[r] += probability[i];
                times[r]++;
              });
            }
            return { predictions: { ...first, model: name, probability: sum.map((total, r) => total / times[r]) } };
          };
        },
      },
      predict: {
        inputs: { model: { type: 'model' }, members: { type: 'predictions', many: true, partition: 'any' }, threshold: { type: 'data', optional: true } },
        outputs: { predictions: { type: 'predictions', partition: { from: 'members' } } },
        load: async (): Promise<Operation> => {
          const { predict } = await load();
          return async (inputs, _settings, ctx) => {
            const fitted = own(inputs.model as Model, id, version);
            const { set, first } = memberSet(inputs.members as readonly Gathered<Predictions>[], id, fitted.predictors);
            const probability = await predict(fitted, set.probability, set.rows, ctx);
            return { predictions: { ...first, model: name, probability, fittedOn: fitted.fittedOn.rowSet, threshold: thresholdOf(inputs.threshold as Plain | undefined) } };
          };
        },
      },
    },
  };
}

export interface SplitterDefinition<S extends ParamsSchema> {
  name: string;
  summary: string;
  params: S;
  /** Ids of the folds at these settings, known before any data: `holdout`, `r1f1`. */
  elements(params: z.output<S>): readonly string[];
  load: () => Promise<{ assign(table: Table, params: z.output<S>, ctx: Context): Awaitable<Folds> }>;
}

/** Divides rows: `assign` says which rows each fold holds out, `take` gives both sides of one fold. */
export function defineSplitter<S extends ParamsSchema>(definition: SplitterDefinition<S>): Plugin {
  const { name, summary, params, elements, load } = definition;
  return {
    contract: 1,
    kind: 'splitter',
    name,
    summary,
    params,
    about: { elements },
    operations: {
      assign: {
        inputs: { table: { type: 'table', partition: 'any' } },
        outputs: { folds: { type: 'data' } },
        load: async (): Promise<Operation> => {
          const { assign } = await load();
          return async (inputs, settings, ctx) => {
            const table = inputs.table as Table;
            if (table.partition.role === 'all') refuseLeaks(table);
            return { folds: { type: 'data', value: await assign(table, settings as z.output<S>, ctx) } };
          };
        },
      },
      take: takingSides('fold', 'any'),
    },
  };
}

/** The operation that gives both sides of a fold, for each element of a dimension. */
export function takingSides(dimension: string, partition: 'any' | 'training'): OperationSpec {
  return {
    inputs: { table: { type: 'table', partition }, folds: { type: 'data' } },
    outputs: { training: { type: 'table', partition: 'training' }, test: { type: 'table', partition: 'test' } },
    scatter: dimension,
    load: async (): Promise<Operation> => (inputs, _settings, ctx) => {
      const table = inputs.table as Table;
      const fold = ((inputs.folds as Plain).value as Folds).folds.find((candidate) => candidate.id === ctx.at[dimension]);
      if (fold === undefined) throw new RadloomError({ code: 'fold-unknown', what: `There is no fold ${ctx.at[dimension]}.`, deterministic: false });
      const held = new Set(fold.test);
      const indices = table.rows.map((_, i) => i);
      const sides = {
        training: takeRows(table, indices.filter((i) => !held.has(table.rows[i].id)), 'training', fold.id),
        test: takeRows(table, indices.filter((i) => held.has(table.rows[i].id)), 'test', fold.id),
      };
      refuseShared(sides.training, sides.test);
      return sides;
    },
  };
}
