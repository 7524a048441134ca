import { nearestName, RadloomError } from '@radloom/core';
import { nameAndSettings, type Study } from './schema.js';

/** Predictors that go their own way: what they are, how they are selected, which models are fitted on them. */
export interface PredictorSet {
  /** Empty for a study without sets. */
  readonly name: string;
  /** Where the columns come from: the table, or sets before this one. */
  readonly from: { readonly columns: 'all' | 'clinical' | 'radiomics' | readonly string[] } | { readonly join: readonly string[] };
  readonly selection: Study['selection'];
  /** Entries of the study's models, in its order. */
  readonly models: readonly string[];
}

/** Step ids begin with these for other reasons. */
const reserved = ['control', 'nested', 'tuning', 'explanation'];

/**
 * The study's sets in order; one without a name, of all columns, where it has none.
 *
 * @throws `bad-setting` for a set of columns and a join at once, or of neither; `set-unknown`, `model-unknown` with the nearest name;
 *   `models-absent` when no set has models
 */
export function predictorSets(study: Study): PredictorSet[] {
  const models = Object.keys(study.models);
  const entries = Object.entries(study.sets);
  if (entries.length === 0) return [{ name: '', from: { columns: 'all' }, selection: study.selection, models }];
  for (const [name] of entries) if (reserved.includes(name)) throw new RadloomError({ code: 'bad-setting', what: `A set cannot be called ${name}: steps of another kind are.`, where: { field: `sets.${name}` } });
  const sets = entries.map(([name, { columns, join, selection, models: own }], at): PredictorSet => {
    const where = (setting: string) => ({ field: `sets.${name}.${setting}` });
    if ((columns === undefined) === (join === undefined)) {
      throw new RadloomError({ code: 'bad-setting', what: `The set ${name} has ${join === undefined ? 'neither columns nor a join' : 'both columns and a join'}.`, where: where('columns'), fix: 'Say columns: all, clinical, radiomics or a list; or join: two sets named before.' });
    }
    const before = entries.slice(0, at).map(([known]) => known);
    for (const part of join ?? []) if (!before.includes(part)) throw unknown('set-unknown', `The set ${name} joins ${part}, which is no set named before it.`, part, before, where('join'));
    for (const model of own ?? []) if (!models.includes(model)) throw unknown('model-unknown', `The set ${name} asks for the model ${model}, which the study does not have.`, model, models, where('models'));
    return {
      name,
      from: join === undefined ? { columns: columns! } : { join },
      selection: selection ?? (join === undefined ? study.selection : []),
      models: own === undefined ? models : models.filter((model) => own.includes(model)),
    };
  });
  if (sets.every((set) => set.models.length === 0) && models.length > 0) throw new RadloomError({ code: 'models-absent', what: 'No set has a model.', where: { field: 'sets' }, fix: 'Leave models out of one set, to fit all of the study’s models on it.' });
  return sets;
}

function unknown(code: string, what: string, name: string, known: readonly string[], where: { field: string }): RadloomError {
  const near = nearestName(name, known);
  return new RadloomError({ code, what, where, ...(near === undefined ? {} : { fix: `Did you mean ${near}?` }) });
}

/** What the report is told of the sets. */
export function setFacts(study: Study): { name: string; columns?: string | readonly string[]; join?: readonly string[]; selection: string[]; models: readonly string[] }[] {
  if (Object.keys(study.sets).length === 0) return [];
  return predictorSets(study).map(({ name, from, selection, models }) => ({ name, ...from, selection: selection.map((entry) => nameAndSettings(entry).name), models }));
}
