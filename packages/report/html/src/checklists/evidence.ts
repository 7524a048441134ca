import { type Account, clinicalVariables, evaluatedRoles, measured, softwareVersion } from '../account/account.js';
import { both } from '../account/describe.js';
import { pluginName } from '../account/run.js';
import { cohortFlow } from '../reading/cohort.js';
import { eventsPerPredictor } from '../reading/events-per-predictor.js';
import { undefinedFeatures } from '../reading/failures.js';
import { numberList } from '../reading/plain.js';
import { performances } from '../reading/performance.js';
import { selectedFeatures, selectionChain } from '../reading/selection.js';
import { tunedModels } from '../reading/tuning.js';
import { type Answer, authors, done, notApplicable, notDone } from './answer.js';

/** What the run proves, for items that several checklists ask in their own words. */
export const evidence = {
  protocol: ({ overviews }: Account): Answer => {
    const facts = new Set(overviews.flatMap(({ acquisition }) => [...acquisition.keys()]));
    facts.delete('Modality');
    return facts.size > 0
      ? done(['protocol'], both('as far as the headers of the images say; contrast and preparation are the authors’ to add', '以图像头文件所载为限；对比剂与患者准备须由作者补充'))
      : authors(both('the image files carry no acquisition parameters', '图像文件不含采集参数'), overviews.length > 0 ? ['protocol'] : []);
  },
  eligibility: ({ results }: Account): Answer => (results.study.cohort.excluded.length > 0 ? done(['cohort']) : authors(both('no exclusion log was given', '未提供排除记录'), ['cohort'])),
  split: ({ run, results }: Account): Answer => {
    if (run.split === undefined) return notDone();
    if (results.study.tainted.length > 0) return notDone(both('declared as-published: some steps learned from rows outside the training set', '按声明（as-published）：部分步骤使用了训练集以外的病例'), ['methods']);
    return done(['methods', 'cohort'], both('what learns is confined to training rows by the workflow', '凡需学习的步骤由工作流程限定在训练集内'));
  },
  software: (account: Account): Answer => {
    const version = softwareVersion(account);
    return version === undefined ? notDone() : done(['methods', 'reporting-guideline'], both(`Radloom ${version}, numerical profile ${account.results.study.profile ?? ''}`, `Radloom ${version}，数值规范 ${account.results.study.profile ?? ''}`));
  },
  missing: ({ run, results }: Account): Answer => {
    const undefinedCount = new Set(undefinedFeatures(results).map(({ feature }) => feature)).size;
    const imputes = run.preparation.some((step) => pluginName(step) === 'impute');
    if (results.table === undefined) return notDone(both('no feature table came to be', '未得到特征表'));
    if (undefinedCount === 0) return done(['failures'], both('no feature value is missing', '特征值无缺失'));
    return imputes ? done(['failures', 'methods']) : notDone(both(`${undefinedCount} features have undefined values and no step fills them in`, `${undefinedCount} 个特征存在未定义的值，且无填补步骤`), ['failures']);
  },
  imbalance: ({ results, run }: Account): Answer => {
    const { rows, events } = cohortFlow(results);
    if (rows === undefined || events === undefined) return notDone();
    const handled = run.resampler !== undefined ? both('SMOTE in training rows', '训练集内 SMOTE') : results.study.settings.balance === 'class-weights' ? both('class weights', '类别权重') : both('nothing was done about it', '未作处理');
    return done(['cohort', 'methods'], both(`${events} of ${rows} cases with the event; ${handled.en}`, `${rows} 例中事件 ${events} 例；${handled.zh}`));
  },
  /** Features that change with who draws, or with small changes of the image, are left out. */
  robustness: ({ run }: Account): Answer => {
    const steps = run.preparation.filter((step) => ['icc', 'robustness'].includes(pluginName(step)));
    return steps.length > 0 ? done(['methods', 'funnel']) : notDone(both('no second segmentation, no test-retest and no perturbation of the images was part of the run', '运行中未包含二次勾画、重测或图像扰动分析'));
  },
  scaling: ({ run }: Account): Answer => {
    if (run.preparation.some((step) => pluginName(step) === 'scale')) return done(['methods', 'settings']);
    const inside = run.classifiers.map(pluginName).filter((name) => ['svm', 'knn', 'logistic'].includes(name));
    return run.classifiers.length === 0 ? notDone() : done(['settings'], both(`no step of its own${inside.length > 0 ? `; ${inside.join(', ')} scale by the training rows inside` : ''}`, `无单独步骤${inside.length > 0 ? `；${inside.join('、')} 在模型内部按训练集缩放` : ''}`));
  },
  reduction: ({ run, results }: Account): Answer => (run.preparation.some(({ plugin }) => plugin.startsWith('selector/')) && selectionChain(results).length > 0 ? done(['methods', 'funnel', 'selected-features']) : notDone()),
  algorithms: ({ run }: Account): Answer => (run.classifiers.length > 0 ? done(['methods', 'settings']) : notDone()),
  tuning: ({ results }: Account): Answer => (tunedModels(results).length > 0 ? done(['tuning', 'methods']) : notDone()),
  metrics: ({ results }: Account): Answer => {
    const found = performances(results);
    return found.some(({ confusion }) => confusion !== undefined) ? done(['performance'], both('AUC, PR AUC and measures from the confusion counts, which are given', 'AUC、PR AUC 及由混淆矩阵得出的指标（附计数）')) : notDone();
  },
  uncertainty: ({ results }: Account): Answer => (performances(results).some(({ metrics }) => [...metrics.values()].some(({ lower }) => lower !== undefined)) ? done(['performance']) : notDone()),
  calibration: (account: Account): Answer => (measured(account, 'calibration') ? done(['calibration']) : notDone()),
  comparison: (account: Account): Answer => (measured(account, 'comparison') ? done(['comparison'], both('DeLong’s test, adjusted for the number of pairs', 'DeLong 检验，经多重比较校正')) : notDone()),
  interpretation: (account: Account): Answer => {
    if (measured(account, 'explanation')) return done(['explanation']);
    const coefficients = selectedFeatures(selectionChain(account.results)).some(({ coefficient }) => coefficient !== undefined);
    return notDone(coefficients ? both('only the coefficients of the selection are shown', '仅给出筛选系数') : undefined, coefficients ? ['selected-features'] : []);
  },
  /** Models of clinical variables alone, beside models with radiomic features. */
  nonRadiomic: (account: Account): Answer => {
    const clinical = account.models.filter((model) => model.clinical > 0 && model.radiomic === 0);
    const radiomic = account.models.filter((model) => model.radiomic > 0);
    if (clinical.length > 0 && radiomic.length > 0) return done(['performance', ...(measured(account, 'comparison') ? ['comparison'] : [])]);
    return notDone(both('no model of non-radiomic variables alone stands beside the radiomic ones', '未建立仅含非影像组学变量的对照模型'));
  },
  simpleModel: (account: Account): Answer => {
    const simple = account.models.some(({ plugin }) => plugin === 'classifier/logistic');
    const others = account.models.some(({ plugin }) => plugin !== 'classifier/logistic');
    return simple && others && measured(account, 'comparison') ? done(['comparison', 'performance']) : notDone(both('no simple model was formally compared with the others', '未将简单模型与其他模型进行正式比较'));
  },
  internalTest: (account: Account): Answer => {
    if (!evaluatedRoles(account).has('test')) return notDone();
    return isExternal(account) ? notDone(both('the test cases come from elsewhere', '测试病例来自外部')) : done(['performance', 'methods']);
  },
  externalTest: (account: Account): Answer => (evaluatedRoles(account).has('test') && isExternal(account) ? done(['performance', 'methods'], both('by the column of the cohort table that the study names; that it is another institution is the authors’ to confirm', '依据研究指定的队列表列；是否为其他机构须由作者确认')) : notDone()),
  testing: (account: Account): Answer => (evaluatedRoles(account).has('test') ? done(['performance', 'methods'], isExternal(account) ? both('external', '外部') : both('internal', '内部')) : notDone(both('no model was tested on cases that had not taught it', '模型未在未参与训练的病例上测试'))),
  baseline: (account: Account): Answer => (measured(account, 'baseline-table') || account.results.data.some(({ value }) => (value?.value as { family?: string } | undefined)?.family === 'baseline-table') ? done(['baseline']) : notDone(clinicalVariables(account).length === 0 ? both('the study names no clinical variables', '研究未指定临床变量') : undefined)),
  performance: ({ results }: Account): Answer => (performances(results).length > 0 ? done(['performance']) : notDone()),
  clinicalVariables: (account: Account): Answer => {
    const names = clinicalVariables(account);
    return names.length === 0 ? notApplicable(both('the study uses no clinical variables', '研究未使用临床变量')) : authors(both(`variables used: ${names.join(', ')}`, `所用变量：${names.join('、')}`), ['settings']);
  },
  /** Ten events, and ten others, for each variable of a model. */
  dimensionality: ({ results }: Account): Answer => {
    const found = eventsPerPredictor(results);
    if (found === undefined) return notDone(both('the number of events for each variable is not known', '每个变量对应的事件数未知'));
    const { ratio, predictors } = found;
    const said = both(`${ratio.toFixed(1)} cases of the rarer outcome for each of ${predictors} variables`, `${predictors} 个变量，平均每个变量对应较少一类结局 ${ratio.toFixed(1)} 例`);
    return ratio >= 10 ? done(['limitations', 'funnel'], said) : notDone(said, ['limitations']);
  },
  /** Slices of 5 mm and more brought to small cubes are mostly invented values; MR without normalisation has no scale. */
  preprocessing: ({ run, overviews, modalities }: Account): Answer => {
    if (run.chains.length === 0) return notDone();
    const thickest = Math.max(0, ...overviews.flatMap(({ spacing }) => spacing[2] ?? []));
    const finest = Math.min(...run.chains.map(({ resample }) => numberList(resample?.params.spacing)?.[2] || Infinity));
    if (thickest >= 5 && finest <= thickest / 3) return authors(both(`described in full; whether slices ${thickest} mm apart may be resampled to ${finest} mm is for the authors to argue`, `已完整说明；层间距 ${thickest} mm 重采样至 ${finest} mm 是否恰当须由作者论证`), ['methods', 'reporting-guideline']);
    if (modalities.has('MR') && run.chains.every(({ normalise }) => normalise === undefined)) return authors(both('described in full; why MR intensities were not normalised is for the authors to argue', '已完整说明；MR 灰度未作归一化的理由须由作者说明'), ['methods']);
    return done(['methods', 'reporting-guideline']);
  },
  uniparametric: (account: Account): Answer =>
    account.run.chains.length === 1 ? done(['methods'], both('one image of each case', '每例一种图像')) : notDone(both('several images of each case, and no model of one of them to compare with', '每例含多种图像，未与单一图像模型比较')),
  redundant: ({ run }: Account): Answer => (run.preparation.some((step) => ['correlation', 'lasso', 'mrmr', 'recursive-elimination', 'ranking', 'univariate'].includes(pluginName(step))) ? done(['methods', 'funnel']) : notDone()),
} as const;

function isExternal({ run }: Account): boolean {
  return run.split !== undefined && ['external', 'leave-one-group-out'].includes(pluginName(run.split));
}
