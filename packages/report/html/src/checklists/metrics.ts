import type { Account } from '../account/account.js';
import { both } from '../account/describe.js';
import type { Bilingual } from '../language.js';
import { type Answer, authors, done, type Item, notApplicable, notDone } from './answer.js';
import { evidence } from './evidence.js';

/**
 * METRICS, the methodological radiomics score: 30 weighted items (Kocak et al., Insights into Imaging 2024, 15:8). Items in our words.
 *
 * Conditions: the study has segmentations (items 8 to 10), hand-crafted features (12), tabular data (14 to 16), fully automatic segmentation
 * (9), end-to-end deep learning (17). Items whose condition is not met leave the denominator. Radloom's studies have the first three and no
 * deep learning; whether a segmentation was fully automatic it cannot know, and takes it not to be.
 */

export interface WeightedItem extends Item {
  readonly weight: number;
}

const parts = {
  design: both('Study design', '研究设计'),
  imaging: both('Imaging data', '影像数据'),
  segmentation: both('Segmentation', '分割'),
  processing: both('Image processing and feature extraction', '图像处理与特征提取'),
  features: both('Feature processing', '特征处理'),
  preparation: both('Preparation for modelling', '建模准备'),
  metrics: both('Metrics and comparison', '指标与比较'),
  testing: both('Testing', '测试'),
  open: both('Open science', '开放科学'),
} as const satisfies Readonly<Record<string, Bilingual>>;

const item = (number: number, weight: number, part: keyof typeof parts, en: string, zh: string, answer: (account: Account) => Answer = () => authors()): WeightedItem => ({ number, weight, part: parts[part], asks: both(en, zh), answer });

export const metrics: readonly WeightedItem[] = [
  item(1, 0.0368, 'design', 'A checklist or guideline of the field was followed', '遵循本领域的清单或指南', () => authors(both('CLEAR is filled in here; that the study was designed by it is the authors’ to say', 'CLEAR 已在此填写；研究是否据此设计须由作者说明'), ['clear'])),
  item(2, 0.0735, 'design', 'Eligibility criteria give a representative population', '纳入标准保证研究人群具有代表性', ({ results }) => authors(undefined, results.study.cohort.excluded.length > 0 ? ['cohort'] : [])),
  item(3, 0.0919, 'design', 'Reference standard of high quality, clearly defined', '参考标准质量高且定义明确'),
  item(4, 0.0438, 'imaging', 'Images from several institutions', '多中心影像数据', (account) => (evidence.externalTest(account).state === 'done' ? evidence.externalTest(account) : authors())),
  item(5, 0.0292, 'imaging', 'Imaging technique that clinics can use', '影像技术具有临床可转化性'),
  item(6, 0.0438, 'imaging', 'Acquisition protocol with its parameters', '成像方案与采集参数', evidence.protocol),
  item(7, 0.0292, 'imaging', 'Interval between imaging and reference standard', '影像与参考标准的时间间隔'),
  item(8, 0.0337, 'segmentation', 'Segmentation described openly', '分割方法描述清楚', ({ overviews }) => authors(undefined, overviews.length > 0 ? ['regions'] : [])),
  item(9, 0.0225, 'segmentation', 'Fully automatic segmentation formally evaluated', '全自动分割经正式评价', () => notApplicable(both('taken not to be fully automatic', '视为非全自动分割'))),
  item(10, 0.0112, 'segmentation', 'Masks of the test set by one reader or an automatic tool', '测试集掩膜由单一阅片者或自动工具完成'),
  item(11, 0.0622, 'processing', 'Pre-processing appropriate and described', '预处理恰当且描述清楚', evidence.preprocessing),
  item(12, 0.0311, 'processing', 'Standardised software for the features', '使用标准化的特征提取软件', evidence.software),
  item(13, 0.0415, 'processing', 'Settings of the extraction reported', '特征提取参数公开', ({ run }) => (run.chains.length > 0 ? done(['settings', 'reporting-guideline']) : notDone())),
  item(14, 0.02, 'features', 'Features that are not robust removed', '剔除不稳健特征', evidence.robustness),
  item(15, 0.02, 'features', 'Redundant features removed', '剔除冗余特征', evidence.redundant),
  item(16, 0.03, 'features', 'Dimensions fit the size of the data', '维度与样本量相称', evidence.dimensionality),
  item(17, 0.02, 'features', 'End-to-end deep learning tested for robustness', '端到端深度学习的稳健性评价', () => notApplicable(both('no end-to-end deep learning', '不含端到端深度学习'))),
  item(18, 0.0599, 'preparation', 'Data divided properly', '数据划分恰当', evidence.split),
  item(19, 0.03, 'preparation', 'Confounding factors handled', '混杂因素的处理'),
  item(20, 0.0352, 'metrics', 'Measures of performance fit the task', '性能指标与任务相符', evidence.metrics),
  item(21, 0.0234, 'metrics', 'Uncertainty considered', '考虑不确定性', evidence.uncertainty),
  item(22, 0.0176, 'metrics', 'Calibration assessed', '校准度评价', evidence.calibration),
  item(23, 0.0117, 'metrics', 'One kind of image, or proof that one is not enough', '单参数成像，或证明其不足', evidence.uniparametric),
  item(24, 0.0293, 'metrics', 'Comparison with a non-radiomic approach, or proof of clinical value', '与非影像组学方法比较，或证明临床增益', (account) => {
    const compared = evidence.nonRadiomic(account);
    return compared.state === 'done' && evidence.comparison(account).state !== 'done' ? notDone(both('both kinds of model are there, but no test compares them', '两类模型均已建立，但未作统计学比较'), ['performance']) : compared;
  }),
  item(25, 0.0176, 'metrics', 'Comparison with a simple or classical model', '与简单或经典统计模型比较', evidence.simpleModel),
  item(26, 0.0375, 'testing', 'Internal testing', '内部测试', evidence.internalTest),
  item(27, 0.0749, 'testing', 'External testing', '外部测试', evidence.externalTest),
  item(28, 0.0075, 'open', 'Data available', '数据可获取'),
  item(29, 0.0075, 'open', 'Code available', '代码可获取'),
  item(30, 0.0075, 'open', 'Model available', '模型可获取'),
];

/** Percent of the weight of all items that apply: what the run proves, and what it would be if the authors can affirm all that is left to them. */
export function metricsScore(account: Account): { readonly proved: number; readonly possible: number; readonly active: number } {
  let active = 0;
  let proved = 0;
  let open = 0;
  for (const { weight, answer } of metrics) {
    const { state } = answer(account);
    if (state === 'not-applicable') continue;
    active += weight;
    if (state === 'done') proved += weight;
    else if (state === 'authors') open += weight;
  }
  return { proved: (100 * proved) / active, possible: (100 * (proved + open)) / active, active };
}
