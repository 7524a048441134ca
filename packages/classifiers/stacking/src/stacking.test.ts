import { decodePort, encodePort, type Gathered, type MemberSet, type Model, parseParams, type Plain, type Predictions, random, rowSetDigest } from '@radloom/core';
import { describeContract, testContext } from '@radloom/testkit';
import { describe, expect, test } from 'vitest';
import { type BlendOptions, blendsAt, logOdds } from './blend.js';
import plugin from './index.js';
import { scorePenalties } from './penalty.js';

const optimum: BlendOptions = { penalties: [0.01], interpolate: false, threshold: 1e-14 };
const logistic = (odds: number) => 1 / (1 + Math.exp(-odds));

/** Members of different worth: the probability of the event seen through more or less noise. */
function example(rows: number, noise: readonly number[], seed = 1): MemberSet {
  const stream = random([seed, 2, 3, 4]);
  const y = Uint8Array.from({ length: rows }, (_, r) => r % 2);
  const probability = Float64Array.from({ length: rows * noise.length }, (_, i) => logistic(1.5 * (2 * y[i % rows] - 1) + noise[Math.floor(i / rows)] * stream.normal()));
  return { members: noise.map((_, m) => `m${m}`), probability, y, rows };
}

function predictions(set: MemberSet, member: number, role: Predictions['role'] = 'out-of-fold'): Gathered<Predictions> {
  const rows = Array.from({ length: set.rows }, (_, r) => `${role}-${r}`);
  const rowSet = rowSetDigest(rows);
  const value: Predictions = {
    type: 'predictions', model: set.members[member], rows, outcome: set.y, probability: set.probability.slice(member * set.rows, (member + 1) * set.rows), role,
    partition: { role: role === 'test' ? 'test' : 'training', rowSet }, fittedOn: rowSet, threshold: 0.5,
  };
  return { step: `predict-${member}`, name: set.members[member], at: {}, value };
}
const gathered = (set: MemberSet, role?: Predictions['role']) => set.members.map((_, m) => predictions(set, m, role));

async function fit(members: Gathered<Predictions>[], params: Record<string, unknown> = {}, ctx = testContext()): Promise<Model> {
  const operation = await plugin.operations.fit.load();
  return (await operation({ members }, parseParams(plugin.params, params), ctx)).model as Model;
}

async function predict(model: Model, members: Gathered<Predictions>[]): Promise<Predictions> {
  const operation = await plugin.operations.predict.load();
  return (await operation({ model, members }, parseParams(plugin.params, {}), testContext())).predictions as Predictions;
}

describe('one member that says 1/4 or 3/4', () => {
  // Of four rows with 3/4, three have the event; of four with 1/4, one: the member is right as it is.
  const right: MemberSet = { members: ['m'], rows: 8, probability: Float64Array.of(0.75, 0.75, 0.75, 0.75, 0.25, 0.25, 0.25, 0.25), y: Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0) };

  test('is kept as it is when the penalty vanishes: weight 4 ln 3, from log odds -ln 3 to ln 3', () => {
    const [blend] = blendsAt(right, { ...optimum, penalties: [1e-12] });
    expect(blend.weight[0]).toBeCloseTo(4 * Math.log(3), 8);
    expect(blend.intercept).toBeCloseTo(-2 * Math.log(3), 8);
  });

  test('with a penalty, its gradient is the penalty', () => {
    // In standard units the probabilities are +-1, so the mean of +-(y - p) is 1/4 at weight 0, and p - 1/2 lower at log odds +-b.
    const [blend] = blendsAt(right, { ...optimum, penalties: [0.1] });
    expect(logistic(blend.weight[0] / 4)).toBeCloseTo(0.75 - 0.1, 9);
    expect([...blendsAt(right, { ...optimum, penalties: [0.25] })[0].weight]).toEqual([0]);
  });

  test('between two penalties of the path, weights are interpolated', () => {
    // The path goes from 1/4 down in 99 equal log steps to a millionth of it.
    const step = 1e-6 ** (1 / 99);
    const [left, right2] = [0.25 * step ** 3, 0.25 * step ** 4];
    const read = (penalty: number) => blendsAt(right, { penalties: [penalty], interpolate: true, threshold: 1e-14 })[0].weight[0];
    expect(read((left + right2) / 2)).toBeCloseTo((read(left) + read(right2)) / 2, 10);
    expect(read(left)).toBeCloseTo(blendsAt(right, { ...optimum, penalties: [left] })[0].weight[0], 8);
    expect(read(1)).toBe(0);
    expect(read(1e-9)).toBe(read(1e-7));
  });

  test('against the outcome gets no weight', () => {
    const wrong = { ...right, probability: right.probability.map((p) => 1 - p) };
    expect(blendsAt(wrong, { ...optimum, penalties: [1e-6, 0.01] }).map(({ weight, intercept }) => [weight[0], intercept])).toEqual([[0, 0], [0, 0]]);
  });
});

describe('a blend', () => {
  const set = example(80, [1, 1.5, 4, 8]);

  test.each([0.1, 0.01, 0.001])('is the optimum at penalty %d', (penalty) => {
    const [blend] = blendsAt(set, { ...optimum, penalties: [penalty] });
    const p = logOdds(blend, set.probability, 80).map(logistic);
    expect(p.reduce((sum, value, r) => sum + value - set.y[r], 0)).toBeCloseTo(0, 8);
    blend.weight.forEach((weight, m) => {
      const column = set.probability.subarray(m * 80, (m + 1) * 80);
      const mean = column.reduce((sum, value) => sum + value, 0) / 80;
      const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 80);
      const gradient = p.reduce((sum, value, r) => sum + ((column[r] - mean) / deviation) * (set.y[r] - value), 0) / 80;
      expect(weight).toBeGreaterThanOrEqual(0);
      if (weight > 0) expect(gradient).toBeCloseTo(penalty, 7);
      else expect(gradient).toBeLessThanOrEqual(penalty + 1e-9);
    });
  });

  test('of rows counted twice is that of the rows written twice', () => {
    const times = Float64Array.from({ length: 80 }, (_, r) => r % 3);
    const rows = Array.from({ length: 80 }, (_, r) => r).flatMap((r) => Array<number>(times[r]).fill(r));
    const written: MemberSet = { ...set, rows: rows.length, y: Uint8Array.from(rows, (r) => set.y[r]), probability: Float64Array.from({ length: 4 * rows.length }, (_, i) => set.probability[Math.floor(i / rows.length) * 80 + rows[i % rows.length]]) };
    const [counted] = blendsAt(set, optimum, times);
    const [twice] = blendsAt(written, optimum);
    expect(counted.intercept).toBeCloseTo(twice.intercept, 8);
    counted.weight.forEach((weight, m) => expect(weight).toBeCloseTo(twice.weight[m], 8));
  });

  test('leaves out a member that says the same of all rows', () => {
    const constant: MemberSet = { ...set, members: [...set.members, 'same'], probability: Float64Array.of(...set.probability, ...Array<number>(80).fill(0.3)) };
    expect([...blendsAt(constant, optimum)[0].weight]).toEqual([...blendsAt(set, optimum)[0].weight, 0]);
    expect(() => blendsAt({ members: ['same'], rows: 80, y: set.y, probability: new Float64Array(80).fill(0.3) }, optimum)).toThrow(/None of the 1 members/);
  });

  test('solves at one small penalty although a member says the opposite of another', () => {
    const opposed: MemberSet = { ...set, members: [...set.members, 'opposite'], probability: Float64Array.of(...set.probability, ...set.probability.slice(0, 80).map((p) => 1 - p)) };
    const options = { penalties: [1e-6], interpolate: false, threshold: 1e-14 };
    const [found] = blendsAt(opposed, options);
    const [without] = blendsAt(set, options);
    expect(found.weight[4]).toBe(0);
    without.weight.forEach((weight, m) => expect(found.weight[m]).toBeCloseTo(weight, 5));
  });

  test('of members that part the classes ends', () => {
    const sure: MemberSet = { members: ['m'], rows: 6, probability: Float64Array.of(0.1, 0.2, 0.3, 0.7, 0.8, 0.9), y: Uint8Array.of(0, 0, 0, 1, 1, 1) };
    const [blend] = blendsAt(sure, { penalties: [1e-6], interpolate: true, threshold: 1e-7 });
    expect(Number.isFinite(blend.weight[0])).toBe(true);
    expect(logOdds(blend, sure.probability, 6).map(Math.sign)).toEqual(Float64Array.of(-1, -1, -1, 1, 1, 1));
  });
});

describe('the choice of the penalty', () => {
  test('rates each penalty on rows that were not drawn', () => {
    const set = example(60, [1, 6, 6, 6], 5);
    const options = { penalties: [1e-3, 0.02, 10], interpolate: true, threshold: 1e-7 };
    const scores = scorePenalties(set, options, 12, random([1, 1, 2, 3]));
    expect(scores.map(({ samples }) => samples)).toEqual([12, 12, 12]);
    // At 10 nothing has a weight and every row ties.
    expect(scores[2]).toMatchObject({ penalty: 10, auc: 0.5, standardError: 0 });
    expect(scores[0].auc).toBeGreaterThan(0.7);
    expect(scorePenalties(set, options, 12, random([1, 1, 2, 3]))).toEqual(scores);
  });

  test('passes over samples without one of the classes', () => {
    const rare: MemberSet = { ...example(12, [1]), y: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) };
    // One event is either drawn or left out, never both.
    expect(scorePenalties(rare, { penalties: [0.01, 0.1], interpolate: true, threshold: 1e-7 }, 10, random([1, 2, 3, 4]))[0]).toMatchObject({ samples: 0, auc: NaN });
  });
});

describe('stacking', () => {
  const set = example(80, [1, 1.5, 4, 8]);

  test('reports weights by member and predicts from probabilities alone, in any order of members', async () => {
    const model = await fit(gathered(set), { penalties: [0.05] });
    const { weights, intercept, penalty } = model.summary as { weights: Record<string, number>; intercept: number; penalty: number };
    expect(penalty).toBe(0.05);
    expect(Object.keys(weights)).toEqual(['m0', 'm1', 'm2', 'm3']);
    expect(weights.m0).toBeGreaterThan(weights.m3);
    const unseen = example(20, [1, 1.5, 4, 8], 9);
    const found = await predict(model, gathered(unseen, 'test').reverse());
    const [p0] = found.probability;
    expect(p0).toBeCloseTo(logistic(intercept + set.members.reduce((sum, name, m) => sum + weights[name] * unseen.probability[m * 20], 0)), 12);
    expect(found).toMatchObject({ model: 'stacking', role: 'test' });
    expect((await predict(decodePort('model', encodePort('model', model)) as Model, gathered(unseen, 'test'))).probability).toEqual(found.probability);
  });

  test('takes the penalty of the best mean AUC', async () => {
    const { penalty, penaltyScores } = (await fit(gathered(set))).summary as { penalty: number; penaltyScores: { penalty: number; auc: number }[] };
    expect(penaltyScores.map((score) => score.penalty)).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1]);
    expect(penaltyScores.find((score) => score.penalty === penalty)!.auc).toBe(Math.max(...penaltyScores.map((score) => score.auc)));
  });

  test('says so when no member is left', async () => {
    const ctx = testContext();
    const model = await fit(gathered(set), { penalties: [5] }, ctx);
    expect(ctx.warnings).toMatchObject([{ code: 'no-member' }]);
    expect((await predict(model, gathered(example(4, [1, 1, 1, 1]), 'test'))).probability).toEqual(new Float64Array(4).fill(0.5));
  });

  test('members that tell no rows apart are blended to the share of events', async () => {
    const ctx = testContext();
    const flat: MemberSet = { ...set, probability: new Float64Array(set.probability.length).fill(0.5) };
    const model = await fit(gathered(flat), {}, ctx);
    expect(ctx.warnings).toMatchObject([{ code: 'no-spread' }]);
    expect((await predict(model, gathered(example(4, [1, 1, 1, 1]), 'test'))).probability[0]).toBeCloseTo(set.y.reduce((sum, value) => sum + value, 0) / set.rows, 14);
  });

  test('out of fold, a row is blended by weights of the other rows: its own outcome does not touch it', async () => {
    const folds: Plain = { type: 'data', value: { folds: [0, 1].map((fold) => ({ id: `r1f${fold + 1}`, test: Array.from({ length: set.rows }, (_, r) => `out-of-fold-${r}`).filter((_, r) => (r >> 1) % 2 === fold) })) } };
    const cross = async (own: MemberSet, role?: Predictions['role']) => (await (await plugin.operations['cross-fit'].load())({ members: gathered(own, role), folds }, parseParams(plugin.params, { penalties: [0.01] }), testContext())).predictions as Predictions;
    const found = await cross(set);
    expect(found).toMatchObject({ model: 'stacking', role: 'out-of-fold' });
    // Rows 0 and 1 are held out together; with their outcomes exchanged their predictions stay, those of the other fold do not.
    const exchanged = await cross({ ...set, y: set.y.map((value, r) => (r < 2 ? 1 - value : value)) });
    expect([...exchanged.probability.subarray(0, 2)]).toEqual([...found.probability.subarray(0, 2)]);
    expect(exchanged.probability[2]).not.toBe(found.probability[2]);
    await expect(cross(set, 'training')).rejects.toMatchObject({ code: 'learning-rows' });
  });

  test('out of fold, members that were chosen among candidates are those that the other folds choose', async () => {
    const [even, odd] = [0, 1].map((fold) => Array.from({ length: set.rows }, (_, r) => `out-of-fold-${r}`).filter((_, r) => (r >> 1) % 2 === fold));
    const folds: Plain = { type: 'data', value: { folds: [{ id: 'r1f1', test: even }, { id: 'r1f2', test: odd }] } };
    const other = example(set.rows, set.members.map(() => 1), 9);
    const memberOf = (own: MemberSet, m: number) => own.probability.slice(m * own.rows, (m + 1) * own.rows);
    const apart = (use: (m: number) => MemberSet) => set.members.map((name, m): Gathered<Plain> => ({ step: name, name, at: {}, value: { type: 'data', value: { folds: [{ id: 'r1f1', name: 'a', probability: memberOf(use(m), m) }, { id: 'r1f2', name: 'b', probability: memberOf(set, m) }] } } }));
    const cross = async (own: MemberSet, more: Record<string, unknown> = {}) => (await (await plugin.operations['cross-fit'].load())({ members: gathered(own), folds, ...more } as never, parseParams(plugin.params, { penalties: [0.01] }), testContext())).predictions as Predictions;
    const [plain, same, changed, whole] = [await cross(set), await cross(set, { apart: apart(() => set) }), await cross(set, { apart: apart(() => other) }), await cross({ ...other, y: set.y })];
    expect(same.probability).toEqual(plain.probability);
    // The first fold is blended wholly from the other candidates, the second as before.
    const rowsOf = (names: string[]) => names.map((name) => Number(name.split('-').at(-1)));
    for (const r of rowsOf(even)) expect(changed.probability[r]).toBe(whole.probability[r]);
    for (const r of rowsOf(odd)) expect(changed.probability[r]).toBe(plain.probability[r]);
    const short = apart(() => set);
    (short[0].value as { value: { folds: unknown[] } }).value.folds.pop();
    await expect(cross(set, { apart: short })).rejects.toMatchObject({ code: 'member-rows' });
  });

  test('refuses rows that no fold held out, and samples that compare nothing', async () => {
    const holes = { ...set, probability: set.probability.map((p, i) => (i === 83 ? NaN : p)) };
    await expect(fit(gathered(holes))).rejects.toThrow(/Member m1 has no out-of-fold probability for row 4 of 80/);
    const rare: MemberSet = { ...set, y: set.y.map((_, r) => (r === 5 ? 1 : 0)) };
    await expect(fit(gathered(rare), { resamples: 3 })).rejects.toMatchObject({ code: 'too-few-rows', data: { rows: 80, events: 1 } });
  });
});

const set = example(40, [1, 2, 3]);
describeContract(plugin, {
  from: import.meta.url,
  examples: [
    { operation: 'fit', inputs: () => ({ members: gathered(set) }), params: { resamples: 5 } },
    { operation: 'cross-fit', inputs: () => ({ members: gathered(set), folds: { type: 'data', value: { folds: [{ id: 'r1f1', test: Array.from({ length: 20 }, (_, r) => `out-of-fold-${r}`) }, { id: 'r1f2', test: Array.from({ length: 20 }, (_, r) => `out-of-fold-${r + 20}`) }] } } }), params: { penalties: [0.01] } },
    { operation: 'predict', inputs: async () => ({ members: gathered(example(10, [1, 2, 3], 3), 'test'), model: await fit(gathered(set), { penalties: [0.01] }) }) },
  ],
});
