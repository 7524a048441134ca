import type { Bilingual } from '../language.js';
import { nameOf, words } from '../words/index.js';
import { both, withSettings } from './describe.js';
import { pluginName, type Step } from './run.js';

/** Steps before the models, as one would write them; those not known here with their settings. */
const preparations: Readonly<Record<string, (params: Step['params']) => Bilingual>> = {
  'zero-variance': () => both('constant features were removed', '剔除取值恒定的特征'),
  'near-zero-variance': ({ frequencyCut, uniqueCut }) =>
    both(`nearly constant features were removed (most frequent value more than ${round(frequencyCut)} times as frequent as the next, at most ${String(uniqueCut)}% distinct values)`, `剔除近零方差特征（最常见值与次常见值的频数比大于 ${round(frequencyCut)}，且不同取值不超过 ${String(uniqueCut)}%）`),
  correlation: ({ threshold, method }) =>
    both(`one feature of every pair with an absolute ${method === 'spearman' ? 'Spearman' : 'Pearson'} correlation above ${String(threshold)} was removed`, `对 ${method === 'spearman' ? 'Spearman' : 'Pearson'} 相关系数绝对值大于 ${String(threshold)} 的特征对剔除其一`),
  lasso: ({ folds, rule, alpha }) =>
    both(
      `features were selected by ${alpha === 1 ? 'lasso' : `elastic-net (alpha ${String(alpha)})`} logistic regression with the penalty ${rule === 'lambda.1se' ? 'one standard error from the best (lambda.1se)' : 'of least cross-validated loss (lambda.min)'} in ${String(folds)}-fold cross-validation`,
      `以 ${alpha === 1 ? 'LASSO' : `弹性网（alpha ${String(alpha)}）`} 逻辑回归筛选特征，经 ${String(folds)} 折交叉验证取${rule === 'lambda.1se' ? '一倍标准误准则的惩罚系数（lambda.1se）' : '损失最小的惩罚系数（lambda.min）'}`,
    ),
  scale: ({ method }) => (method === 'range' ? both('features were scaled to the range of the training rows', '特征按训练集的取值范围归一化') : both('features were standardised by mean and standard deviation of the training rows', '特征按训练集的均值与标准差标准化')),
  impute: ({ method, neighbours }) =>
    method === 'knn'
      ? both(`missing values were replaced by the mean of the ${String(neighbours)} nearest training rows`, `缺失值以最近的 ${String(neighbours)} 个训练病例的均值填补`)
      : both(`missing values were replaced by the ${String(method)} of the training rows`, `缺失值以训练集的${method === 'mean' ? '均值' : '中位数'}填补`),
  univariate: ({ alpha, adjust, columns }) =>
    both(
      `${Array.isArray(columns) && columns.length > 0 ? 'clinical variables' : 'variables'} were screened by univariate tests (P below ${String(alpha)}${adjust === 'none' ? '' : `, adjusted by ${String(adjust)}`})`,
      `${Array.isArray(columns) && columns.length > 0 ? '临床变量' : '变量'}经单因素检验筛选（P < ${String(alpha)}${adjust === 'none' ? '' : `，${String(adjust)} 校正`}）`,
    ),
  'multivariable-logistic': ({ alpha, firth }) =>
    both(
      `those left entered one logistic regression${firth === 'always' ? ' (Firth’s penalised likelihood)' : firth === 'if-separated' ? ' (Firth’s penalised likelihood under separation)' : ''}${alpha === 1 ? '' : `, and those with P below ${String(alpha)} stayed`}`,
      `保留变量进入多因素逻辑回归${firth === 'always' ? '（Firth 惩罚似然）' : firth === 'if-separated' ? '（出现分离时用 Firth 惩罚似然）' : ''}${alpha === 1 ? '' : `，保留 P < ${String(alpha)} 者`}`,
    ),
  mrmr: ({ keep }) => both(`at most ${String(keep)} features of minimum redundancy and maximum relevance were kept (mRMR)`, `以最小冗余最大相关（mRMR）保留至多 ${String(keep)} 个特征`),
  ranking: ({ by, keep }) => both(`the ${String(keep)} features ranked first by ${rankings.en[String(by)] ?? String(by)} were kept`, `按${rankings.zh[String(by)] ?? String(by)}排序保留前 ${String(keep)} 个特征`),
  'recursive-elimination': ({ folds, loss }) => both(`features were eliminated recursively by the smallest coefficients of a ridge logistic regression, their number chosen by ${String(loss)} in ${String(folds)}-fold cross-validation`, `以岭逻辑回归系数递归消除特征，保留个数由 ${String(folds)} 折交叉验证（${String(loss)}）确定`),
  stability: ({ subsamples, threshold }) => both(`features chosen by the lasso in at least ${percent(threshold)} of ${String(subsamples)} subsamples were kept (stability selection)`, `稳定性筛选：保留在 ${String(subsamples)} 次子抽样中被 LASSO 选中比例不低于 ${percent(threshold)} 的特征`),
  icc: ({ form, bound, threshold }) => both(`features with ${bound === 'lower' ? 'a lower confidence limit of ' : 'an '}ICC${form === undefined ? '' : ` (${String(form)})`} of at least ${String(threshold)} between two readers were kept`, `保留两位阅片者间 ICC${form === undefined ? '' : `（${String(form)}）`}${bound === 'lower' ? '置信区间下限' : ''}不低于 ${String(threshold)} 的特征`),
  combat: ({ batch }) => both(`features were harmonised by ComBat between the batches of ${String(batch)}, its parameters estimated on the training rows`, `以 ComBat 按 ${String(batch)} 批次校正特征，参数由训练集估计`),
  'yeo-johnson': () => both('features were transformed by Yeo-Johnson powers estimated on the training rows', '特征经 Yeo-Johnson 变换，幂参数由训练集估计'),
};

const rankings: Readonly<Record<'en' | 'zh', Readonly<Record<string, string>>>> = {
  en: { variance: 'variance', anova: 'the F of ANOVA', 'mann-whitney': 'the Mann-Whitney test' },
  zh: { variance: '方差', anova: '方差分析 F 值', 'mann-whitney': 'Mann-Whitney 检验' },
};

const percent = (value: unknown) => (typeof value === 'number' ? `${Number((value * 100).toFixed(1))}%` : String(value));

export function preparation(step: Step): Bilingual {
  const name = pluginName(step);
  return preparations[name]?.(step.params) ?? withSettings(both(`${nameOf(words.en.selectors, name)} was applied`, nameOf(words.zh.selectors, name)), step.params);
}

const round = (value: unknown) => (typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value));
