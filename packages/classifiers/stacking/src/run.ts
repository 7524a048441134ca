import { type Context, type MemberSet, type Model, random, RadloomError } from '@radloom/core';
import { type Blend, type BlendOptions, blendsAt, logOdds, membersVary } from './blend.js';
import { scorePenalties } from './penalty.js';

/** Validated settings, as the manifest describes them. */
export interface Settings extends BlendOptions {
  readonly resamples: number;
}

/**
 * A blend of members. Summary: the chosen `penalty`, the `intercept`, the `weights` by member (a member of weight 0 is not needed),
 * and `penaltyScores`, how each penalty fared.
 */
export function fit(set: MemberSet, settings: Settings, ctx: Context) {
  checkProbabilities(set);
  const { penalties, resamples } = settings;
  if (!membersVary(set) && set.y.includes(0) && set.y.includes(1)) {
    // As where selection left nothing: leaving the study out would count only those in which something was found.
    ctx.warn('no-spread', `None of the ${set.members.length} members tells the rows apart: every row gets the share of events.`);
    const share = set.y.reduce((sum, value) => sum + value, 0) / set.rows;
    return { state: { intercept: Math.log(share / (1 - share)), weight: new Float64Array(set.members.length) }, summary: { settings, weights: Object.fromEntries(set.members.map((name) => [name, 0])), penaltyScores: [] } };
  }
  const penaltyScores = penalties.length === 1 ? [] : scorePenalties(set, settings, resamples, random(ctx.seed));
  const chosen = penaltyScores.length === 0 ? 0 : bestOf(penaltyScores.map((score) => score.auc), set);
  const blend = blendsAt(set, settings)[chosen];
  if (blend.weight.every((weight) => weight === 0)) {
    ctx.warn('no-member', `No member has a weight at the penalty ${penalties[chosen]}: every row gets the share of events.`, { penalty: penalties[chosen] });
  }
  return {
    state: { ...blend },
    summary: {
      settings,
      penalty: penalties[chosen],
      intercept: blend.intercept,
      weights: Object.fromEntries(set.members.map((name, m) => [name, blend.weight[m]])),
      penaltyScores,
    },
  };
}

/** Probability of the event from the members' probabilities; member m, row r at `m * rows + r`. */
export function predict(model: Model, probability: Float64Array, rows: number): Float64Array {
  return logOdds(model.state as unknown as Blend, probability, rows).map((odds) => 1 / (1 + Math.exp(-odds)));
}

/** Place of the largest mean AUC, the first of equals, as stacks takes it. */
function bestOf(areas: readonly number[], { rows, y }: MemberSet): number {
  const best = areas.indexOf(Math.max(...areas));
  if (best >= 0) return best;
  const events = y.reduce((sum, value) => sum + value, 0);
  throw new RadloomError({
    code: 'too-few-rows',
    what: `No bootstrap sample of the ${rows} rows (${events} with the event) had both classes drawn and left out, so penalties cannot be compared.`,
    where: { field: 'penalties' },
    fix: 'Give one penalty.',
    data: { rows, events },
  });
}

function checkProbabilities({ members, probability, rows }: MemberSet): void {
  const at = probability.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new RadloomError({
    code: 'member-incomplete',
    what: `Member ${members[Math.floor(at / rows)]} has no out-of-fold probability for row ${(at % rows) + 1} of ${rows}.`,
    fix: 'Use folds that hold out every training row.',
    deterministic: false,
  });
}
