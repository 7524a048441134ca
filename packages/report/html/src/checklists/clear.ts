import type { Account } from '../account/account.js';
import { both, discretisation, everyChain, families, imageTypes, resampling } from '../account/describe.js';
import type { Bilingual } from '../language.js';
import { type Answer, authors, done, type Item, notDone } from './answer.js';
import { evidence } from './evidence.js';

/**
 * CLEAR, the checklist for evaluation of radiomics research: 58 items (Kocak et al., Insights into Imaging 2023, 14:75). Items in our words.
 * What a run cannot know is left to the authors; what the run could have done and did not is said so.
 */

const parts = {
  title: both('Title', '标题'),
  abstract: both('Abstract', '摘要'),
  keywords: both('Keywords', '关键词'),
  introduction: both('Introduction', '引言'),
  design: both('Method: study design', '方法：研究设计'),
  data: both('Method: data', '方法：数据'),
  segmentation: both('Method: segmentation', '方法：分割'),
  preprocessing: both('Method: pre-processing', '方法：预处理'),
  extraction: both('Method: feature extraction', '方法：特征提取'),
  preparation: both('Method: data preparation', '方法：数据准备'),
  modelling: both('Method: modelling', '方法：建模'),
  evaluation: both('Method: evaluation', '方法：评价'),
  results: both('Results', '结果'),
  discussion: both('Discussion', '讨论'),
  openData: both('Open science: data', '开放科学：数据'),
  openCode: both('Open science: code', '开放科学：代码'),
  openModel: both('Open science: model', '开放科学：模型'),
} as const satisfies Readonly<Record<string, Bilingual>>;

const item = (number: number, part: keyof typeof parts, en: string, zh: string, answer: (account: Account) => Answer = () => authors()): Item => ({ number, part: parts[part], asks: both(en, zh), answer });

/** True of every run: the steps and their settings are printed. */
const described = (account: Account, remark: Bilingual, ...places: string[]): Answer => (account.run.chains.length > 0 ? done(places, remark) : notDone());

export const clear: readonly Item[] = [
  item(1, 'title', 'Title that names radiomics and the kind of study', '标题体现影像组学及研究类型'),
  item(2, 'abstract', 'Structured abstract that stands on its own', '可独立阅读的结构化摘要'),
  item(3, 'keywords', 'Keywords of radiomics', '影像组学相关关键词'),
  item(4, 'introduction', 'Scientific or clinical background', '科学或临床背景'),
  item(5, 'introduction', 'Why a radiomic approach', '采用影像组学方法的理由'),
  item(6, 'introduction', 'Aims of the study', '研究目的'),
  item(7, 'design', 'Guidelines or checklists followed', '所遵循的指南或清单', () => authors(both('this checklist, METRICS and the IBSI guideline are filled in here for submission', '本清单、METRICS 与 IBSI 指南已在此填写，可供投稿'), ['clear', 'metrics', 'reporting-guideline'])),
  item(8, 'design', 'Ethics: approval, consent, protection of data', '伦理：审批、知情同意、数据保护'),
  item(9, 'design', 'How the sample size came about', '样本量的确定'),
  item(10, 'design', 'Kind of study: retrospective, prospective', '研究性质：回顾性、前瞻性'),
  item(11, 'design', 'Inclusion and exclusion criteria', '纳入与排除标准', ({ results }) => authors(results.study.cohort.excluded.length > 0 ? both('reasons for exclusion are counted here; the criteria themselves are the authors’', '此处已统计排除原因，标准本身须由作者给出') : undefined, results.study.cohort.excluded.length > 0 ? ['cohort'] : [])),
  item(12, 'design', 'Flow chart of the technical steps', '技术流程图', ({ run }) => (run.chains.length > 0 ? done(['methods']) : notDone())),
  item(13, 'data', 'Where the data come from: private, public', '数据来源：私有、公开'),
  item(14, 'data', 'Overlap with earlier publications', '与既往发表数据的重叠'),
  item(15, 'data', 'How the data were divided', '数据划分方法', evidence.split),
  item(16, 'data', 'Imaging protocol', '成像方案', evidence.protocol),
  item(17, 'data', 'Definition of non-radiomic predictors', '非影像组学预测变量的定义', evidence.clinicalVariables),
  item(18, 'data', 'Definition of the outcome', '结局（参考标准）的定义', () => authors(undefined, ['settings'])),
  item(19, 'segmentation', 'How regions were segmented', '分割策略', ({ overviews }) => authors(overviews.length > 0 ? both('the regions themselves are shown here', '此处展示感兴趣区') : undefined, overviews.length > 0 ? ['regions'] : [])),
  item(20, 'segmentation', 'Who segmented, with what experience', '分割人员及其经验'),
  item(21, 'preprocessing', 'Pre-processing of the images', '图像预处理', (account) => described(account, both('with every setting', '含全部设置'), 'methods', 'reporting-guideline')),
  item(22, 'preprocessing', 'Resampling and its settings', '重采样方法与参数', (account) => described(account, everyChain(account.run.chains, resampling), 'methods', 'reporting-guideline')),
  item(23, 'preprocessing', 'Discretisation and its settings', '离散化方法与参数', (account) => described(account, everyChain(account.run.chains, discretisation), 'methods', 'regions')),
  item(24, 'preprocessing', 'Image types: original, filtered', '图像类型：原始、滤波', (account) => described(account, everyChain(account.run.chains, imageTypes), 'methods', 'reporting-guideline')),
  item(25, 'extraction', 'Extraction: software, version, settings', '特征提取：软件、版本、参数', evidence.software),
  item(26, 'extraction', 'Classes of features', '特征类别', (account) => described(account, everyChain(account.run.chains, families), 'methods')),
  item(27, 'extraction', 'Number of features', '特征数量', ({ features }) => (features > 0 ? done(['methods', 'funnel'], both(`${features} for each case`, `每例 ${features} 个`)) : notDone())),
  item(28, 'extraction', 'All other settings at their defaults', '其余参数保持默认的声明', (account) => described(account, both('the workflow table gives every setting, defaults included', '工作流程表列出全部设置，含默认值'), 'settings')),
  item(29, 'preparation', 'Missing data', '缺失数据的处理', evidence.missing),
  item(30, 'preparation', 'Class imbalance', '类别不平衡', evidence.imbalance),
  item(31, 'preparation', 'Reliability of the segmentation', '分割可靠性分析', evidence.robustness),
  item(32, 'preparation', 'Scaling of features', '特征缩放', evidence.scaling),
  item(33, 'preparation', 'Reduction of dimensions', '降维方法', evidence.reduction),
  item(34, 'modelling', 'Algorithms', '算法细节', evidence.algorithms),
  item(35, 'modelling', 'Training and tuning', '训练与调参', evidence.tuning),
  item(36, 'modelling', 'Confounders', '混杂因素的处理'),
  item(37, 'modelling', 'How the final model was selected', '模型选择策略', evidence.tuning),
  item(38, 'evaluation', 'Internal or external testing', '测试方式：内部、外部', evidence.testing),
  item(39, 'evaluation', 'Measures of performance, and why these', '性能指标及选择理由', (account) => {
    const given = evidence.metrics(account);
    // The run gives measures, not the reasons for choosing them.
    return given.state === 'done' ? authors(both('the measures are given; why these is the authors’ to say', '指标已给出；选择理由须由作者说明'), given.places) : given;
  }),
  item(40, 'evaluation', 'Uncertainty', '不确定性', evidence.uncertainty),
  item(41, 'evaluation', 'Statistical comparison of models', '模型的统计学比较', evidence.comparison),
  item(42, 'evaluation', 'Comparison with non-radiomic and combined models: method', '与非影像组学及联合模型比较（方法）', evidence.nonRadiomic),
  item(43, 'evaluation', 'Interpretation of the models', '可解释性方法', evidence.interpretation),
  item(44, 'results', 'Baseline characteristics', '基线特征', evidence.baseline),
  item(45, 'results', 'Flow of cases', '病例流程图', evidence.eligibility),
  item(46, 'results', 'Statistics of the features: selection, reproducibility', '特征统计：筛选、可重复性', (account) => {
    const selected = evidence.reduction(account);
    return selected.state === 'done' && evidence.robustness(account).state !== 'done' ? done(selected.places, both('of the selection; how reproducible the features are was not assessed', '给出筛选结果；未评价特征的可重复性')) : selected;
  }),
  item(47, 'results', 'Performance of the models', '模型性能', evidence.performance),
  item(48, 'results', 'Comparison with non-radiomic and combined models: results', '与非影像组学及联合模型比较（结果）', evidence.nonRadiomic),
  item(49, 'discussion', 'Main findings', '主要发现'),
  item(50, 'discussion', 'Earlier work and what differs', '既往工作与本研究的差异'),
  item(51, 'discussion', 'Use in practice', '实际意义'),
  item(52, 'discussion', 'Strengths and limitations', '优势与局限', () => authors(both('limitations that follow from the numbers are listed here', '由数据得出的局限已在此列出'), ['limitations'])),
  item(53, 'openData', 'Images and segmentations shared', '共享图像与分割数据'),
  item(54, 'openData', 'Radiomic features shared', '共享影像组学特征', () => authors(both('features.csv beside this report is ready to be shared', '报告旁的 features.csv 可供共享'))),
  item(55, 'openCode', 'Settings of pre-processing shared', '共享预处理脚本或设置', () => authors(both('the study file and tables/steps.csv are ready to be shared', '研究文件与 tables/steps.csv 可供共享'), ['settings'])),
  item(56, 'openCode', 'Code of the modelling shared', '共享建模代码', () => authors(both('the study file repeats the analysis with the open software named in the methods', '研究文件配合方法中所述开源软件即可重复分析'), ['settings'])),
  item(57, 'openModel', 'Model files shared', '共享模型文件'),
  item(58, 'openModel', 'A system ready to use shared', '共享可直接使用的系统'),
];

