import { auc, brierScore } from '@radloom/statistics';
import { argument } from './compare.js';
import { each, fit, meansOf, predict, studyOf, within } from './study.js';

export async function forests(given) {
  const study = studyOf(given);
  const { settings, limit_20000_trees: limit } = given.expected;
  // Three times as many trees as the reference, so that little of the difference is our chance.
  const large = await forestOf(study, { trees: 60000, mtry: limit.mtry, minNodeSize: limit.min_node_size }, 0);
  // The spread of a forest's Brier score falls with the root of its trees: 4 standard errors of the difference of two forests of 20000.
  const [, { oob_brier: ofFew, num_trees: few }] = settings;
  const spread = 4 * Math.SQRT2 * ofFew.sd * Math.sqrt(few / 20000);
  return {
    settings: await each(settings, (setting) => repeatedForest(study, setting)),
    limit_20000_trees: { mtry: argument, min_node_size: argument, test_prob: large.test, oob_prob: large.out, oob_brier: within(large.brier, spread, 1) },
  };
}

async function forestOf(study, settings, seed) {
  const model = await fit('classifier/random-forest', study.training, settings, [seed, 1, 2, 3]);
  const { outOfBag, permutationImportance = {}, impurityImportance } = model.summary;
  return { test: await predict('classifier/random-forest', model, study.test), out: outOfBag.probability, brier: outOfBag.brier, permutation: Object.values(permutationImportance), impurity: Object.values(impurityImportance) };
}

/** As many forests as the reference; means within 2 of its standard deviations. (Its seeds share trees: a standard error would be too small.) */
async function repeatedForest(study, { num_trees: trees, mtry, min_node_size: minNodeSize, seeds, ...expected }) {
  const found = await each(Array.from({ length: seeds }, (_, i) => i + 1), (seed) => forestOf(study, { trees, mtry, minNodeSize, importance: true }, seed));
  const scalar = (key, valueOf) => ({ mean: within(meansOf(found.map((forest) => [valueOf(forest)]))[0], expected[key].sd, 2), sd: argument });
  const list = (key, valueOf) => ({ [`${key}_mean`]: within(meansOf(found.map(valueOf)), expected[`${key}_sd`], 2), [`${key}_sd`]: argument });
  return {
    num_trees: argument, mtry: argument, min_node_size: argument, seeds: argument,
    oob_brier: scalar('oob_brier', ({ brier }) => brier), oob_auc: scalar('oob_auc', ({ out }) => auc(study.trainY, out)),
    test_auc: scalar('test_auc', ({ test }) => auc(study.testY, test)), test_brier: scalar('test_brier', ({ test }) => brierScore(study.testY, test)),
    ...list('test_prob', ({ test }) => test), ...list('permutation_importance', ({ permutation }) => permutation), ...list('impurity_importance', ({ impurity }) => impurity),
  };
}
