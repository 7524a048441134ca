import type { Bilingual } from '../language.js';
import { cohortFlow } from '../reading/cohort.js';
import { performances } from '../reading/performance.js';
import { text } from '../reading/plain.js';
import { chainsBySet, selectedFeatures, selectionChain, selectionPlaces, type SelectionStep } from '../reading/selection.js';
import { predictorSets, setOf, withoutSet } from '../reading/sets.js';
import { tunedModels } from '../reading/tuning.js';
import { settingText } from '../sections/settings.js';
import { protocolText } from '../sections/protocol.js';
import { modelName, nameOf, words } from '../words/index.js';
import { type Account, measured, outcomeText, softwareVersion } from './account.js';
import { both, discretisation, everyChain, families, imageTypes, joined, listed, modelNames, normalisation, resampling, resegmentation, same, split } from './describe.js';
import { preparation } from './preparation.js';
import type { Step } from './run.js';

/** A sentence, without its full stop, and the steps that its facts come from. */
export interface Sentence {
  readonly said: Bilingual;
  readonly steps: readonly string[];
}

/** Part of the methods under one heading. */
export interface MethodsPart {
  readonly heading: Bilingual;
  readonly sentences: readonly Sentence[];
}

/** The methods of the study as far as the run knows them; what it does not know is not said. */
export function methods(account: Account): MethodsPart[] {
  const parts: MethodsPart[] = [
    { heading: both('Cases and images', '病例与图像'), sentences: [...cohortSentences(account), ...acquisitionSentences(account)] },
    { heading: both('Image processing and features', '图像处理与特征提取'), sentences: imagingSentences(account) },
    { heading: both('Selection and models', '特征筛选与建模'), sentences: [...splitSentences(account), ...preparationSentences(account), ...modelSentences(account)] },
    { heading: both('Evaluation', '模型评价'), sentences: [...evaluationSentences(account), ...nestedSentences(account), ...controlSentences(account), ...closingSentences(account)] },
  ];
  return parts.filter(({ sentences }) => sentences.length > 0);
}

const count = (value: number) => String(value);
const ids = (...steps: readonly (Step | undefined)[]) => steps.flatMap((step) => step?.id ?? []);

function cohortSentences(account: Account): Sentence[] {
  const { candidates, excluded, failed, rows, events } = cohortFlow(account.results);
  const sentences: Sentence[] = [];
  const left = excluded.reduce((sum, entry) => sum + entry.count, 0);
  if (candidates !== undefined && left > 0) {
    const reasons = (language: 'en' | 'zh') => words[language].listed(excluded.map(({ reason, count: n }) => (language === 'zh' ? `${reason} ${n} 例` : `${reason} ${n}`)));
    sentences.push({ said: both(`Of ${candidates} candidate cases ${left} were excluded (${reasons('en')})`, `候选病例 ${candidates} 例，排除 ${left} 例（${reasons('zh')}）`), steps: ['study'] });
  }
  if (rows !== undefined) {
    const outcome = outcomeText(account);
    const share = events === undefined ? '' : ((100 * events) / rows).toFixed(1);
    sentences.push({
      said: both(
        `${rows} cases were analysed${events === undefined ? '' : `, ${events} of them (${share}%) with the event${outcome === undefined ? '' : ` (${outcome})`}`}${failed > 0 ? `; ${failed} further cases failed in processing and were left out` : ''}`,
        `共分析 ${rows} 例${events === undefined ? '' : `，其中发生事件${outcome === undefined ? ' ' : `（${outcome}）`}${events} 例（${share}%）`}${failed > 0 ? `；另有 ${failed} 例处理失败，未纳入` : ''}`,
      ),
      steps: ['table'],
    });
  }
  return sentences;
}

/** Facts of the scans in the order in which they are told. */
const acquisitionFacts: readonly (readonly [key: string, name: Bilingual, unit: string])[] = [
  ['Manufacturer', both('vendor', '厂商'), ''], ['KVP', both('tube voltage', '管电压'), ' kVp'], ['ConvolutionKernel', both('kernel', '卷积核'), ''], ['MagneticFieldStrength', both('field strength', '磁场强度'), ' T'],
  ['RepetitionTime', both('repetition time', '重复时间'), ' ms'], ['EchoTime', both('echo time', '回波时间'), ' ms'], ['SliceThickness', both('slice thickness', '层厚'), ' mm'], ['pixelSpacing', both('pixel spacing', '像素间距'), ' mm'],
  ['sliceDistance', both('distance between slices', '层间距'), ' mm'],
];

function acquisitionSentences({ run, protocol }: Account): Sentence[] {
  return [...protocol].flatMap(([image, facts]) => {
    const told = acquisitionFacts.flatMap(([key, name, unit]) => {
      const value = protocolText(facts, key);
      return value === undefined ? [] : [both(`${name.en} ${value}${unit}`, `${name.zh} ${value}${unit}`)];
    });
    if (told.length === 0) return [];
    const modality = protocolText(facts, 'Modality');
    const several = protocol.size > 1;
    const which = both(`${several ? `The images ${image}` : 'The images'}${modality === undefined ? ' had' : ` were ${modality} with`} `, `${several ? `${image} 图像` : '图像'}${modality === undefined ? '：' : `为 ${modality}：`}`);
    const all = listed(told);
    const chain = run.chains.find(({ name }) => (name ?? 'image') === image);
    return [{ said: both(which.en + all.en, which.zh + all.zh), steps: ids(chain?.overview) }];
  });
}

function imagingSentences(account: Account): Sentence[] {
  const { run, overviews, features } = account;
  const { chains } = run;
  if (chains.length === 0) return [];
  const version = softwareVersion(account);
  const { profile } = account.results.study;
  const sentences: Sentence[] = [
    {
      said: both(
        `Images were processed and features computed with Radloom${version === undefined ? '' : ` ${version}`}${profile === undefined ? '' : ` under its numerical profile ${profile}${profile === 'pyradiomics' ? ' (definitions and names of PyRadiomics 3.1)' : ''}`}`,
        `图像处理与特征计算采用 Radloom${version === undefined ? '' : ` ${version}`}${profile === undefined ? '' : `，数值规范为 ${profile}${profile === 'pyradiomics' ? '（定义与名称同 PyRadiomics 3.1）' : ''}`}`,
      ),
      steps: ['study'],
    },
  ];
  // A sentence that begins with the name of an image begins as the study writes it.
  const names = chains.flatMap(({ name }) => (name === undefined ? [] : [`${name}: `]));
  const capital = ({ en, zh }: Bilingual) => both(names.some((name) => en.startsWith(name)) ? `By image: ${en}` : en.charAt(0).toUpperCase() + en.slice(1), zh);
  sentences.push({ said: capital(everyChain(chains, resampling)), steps: chains.flatMap(({ resample }) => ids(resample)) });
  for (const [say, steps] of [[normalisation, chains.flatMap((chain) => ids(chain.normalise))], [resegmentation, chains.flatMap((chain) => ids(chain.resegment))]] as const) {
    if (steps.length > 0) sentences.push({ said: capital(everyChain(chains, (chain) => say(chain) ?? (say === normalisation ? both('intensities were not normalised', '灰度未作归一化') : both('the region was not segmented again', '感兴趣区未作重分割')))), steps });
  }
  const levels = overviews.flatMap((overview) => overview.levels ?? []).sort((a, b) => a - b);
  const middle = (levels[(levels.length - 1) >> 1] + levels[levels.length >> 1]) / 2;
  const bins = everyChain(chains, discretisation);
  sentences.push({
    said: both(
      `Intensities inside the region were discretised${names.some((name) => bins.en.startsWith(name)) ? ` (${bins.en})` : ` with ${bins.en}`}${levels.length === 0 ? '' : `, which gave a median of ${count(middle)} grey levels (${levels[0]} to ${levels[levels.length - 1]}) on the original images`}`,
      `感兴趣区内灰度离散化采用${bins.zh}${levels.length === 0 ? '' : `，原始图像的灰度级数中位数为 ${count(middle)}（${levels[0]}～${levels[levels.length - 1]}）`}`,
    ),
    steps: [...chains.flatMap(({ discretise }) => discretise.slice(0, 1).map(({ id }) => id)), ...chains.flatMap(({ overview }) => ids(overview))],
  });
  const images = everyChain(chains, imageTypes);
  const what = everyChain(chains, families);
  sentences.push({
    said: both(
      `From each case ${features === 0 ? '' : `${features} `}features were computed on these images: ${images.en}; by family: ${what.en}`,
      `每例计算特征${features === 0 ? '' : `共 ${features} 个`}；所用图像：${images.zh}；特征：${what.zh}`,
    ),
    steps: [...chains.flatMap(({ filters }) => filters.map(({ id }) => id)), 'table'],
  });
  return sentences;
}

function splitSentences({ run, results }: Account): Sentence[] {
  if (run.split === undefined) return [];
  const { sets } = cohortFlow(results);
  const sizes = (language: 'en' | 'zh') =>
    sets.length < 2 ? '' : language === 'en' ? `: ${sets.map(({ role, rows, events }) => `${rows} cases (${events} events) for ${role === 'test' ? 'testing' : 'training'}`).join(', ')}` : `：${sets.map(({ role, rows, events }) => `${role === 'test' ? '测试集' : '训练集'} ${rows} 例（事件 ${events} 例）`).join('，')}`;
  const how = split(run.split);
  return [
    { said: both(`The cases were divided ${how.en}${sizes('en')}`, `病例${how.zh}${sizes('zh')}`), steps: ids(run.split) },
    results.study.tainted.length === 0
      ? { said: both('Every step that learns (scaling, selection, tuning, fitting) saw training rows only, which the workflow enforces', '凡需学习的步骤（标准化、筛选、调参、拟合）仅使用训练集病例，由工作流程强制保证'), steps: ['fold'] }
      : { said: both('Not every step that learns was confined to training rows: some learned from all rows, as the study declares (as-published)', '并非所有需学习的步骤都仅使用训练集病例：按研究声明（as-published），部分步骤使用了全部病例'), steps: ['fold'] },
  ];
}

function preparationSentences({ run, results }: Account): Sentence[] {
  if (run.preparation.length === 0) return [];
  const steps = run.preparation.map(({ id }) => id);
  const sets = predictorSets(results.study).map(({ name }) => name);
  const ofSet = (set: string | undefined) => run.preparation.filter(({ id }) => setOf(results.study, { step: id }) === set);
  const sentences = [undefined, ...sets].flatMap((set): Sentence[] => {
    const own = ofSet(set);
    const told = joined(own.map(preparation));
    if (own.length === 0) return [];
    return [{ said: set === undefined ? both(`In this order: ${told.en}`, `依次进行：${told.zh}`) : both(`In the set of predictors ${set}, in this order: ${told.en}`, `变量集 ${set} 依次进行：${told.zh}`), steps: own.map(({ id }) => id) }];
  });
  for (const { name, join } of predictorSets(results.study)) if (join.length > 0) sentences.push({ said: both(`The set ${name} joined what was left of ${words.en.listed(join)}`, `变量集 ${name} 由 ${words.zh.listed(join)} 的保留变量合并而成`), steps: [`${name}.join-training`, `${name}.join-test`] });
  const places = selectionPlaces(results);
  const chains = places.map((place) => selectionChain(results, place)).filter((chain) => chain.length > 0);
  if (chains.length === 1) {
    const counts = (separator: string) => countsOf(chains[0], separator);
    sentences.push({ said: both(`Candidate variables fell from step to step as follows: ${counts('; ')}`, `各步后保留的变量数依次为：${counts('；')}`), steps: steps.filter((id) => chains[0].some(({ name, set }) => id.startsWith(set === undefined ? name : `${set}.${name}`))) });
  } else if (chains.length > 1) {
    const last = chains.map((chain) => selectedFeatures(chain).length);
    sentences.push({ said: both(`In the ${chains.length} folds between ${Math.min(...last)} and ${Math.max(...last)} variables were kept`, `在 ${chains.length} 折中保留 ${Math.min(...last)}～${Math.max(...last)} 个变量`), steps });
  }
  return sentences;
}

/** `1051 → 612 → 5`, by set where there are several. */
function countsOf(chain: readonly SelectionStep[], separator: string): string {
  return chainsBySet(chain)
    .map(({ set, steps }) => `${set === undefined ? '' : `${set} `}${[steps[0].before, ...steps.map(({ after }) => after)].join(' → ')}`)
    .join(separator);
}

function modelSentences(account: Account): Sentence[] {
  const { run, results } = account;
  const sentences: Sentence[] = [];
  const setsWithModels = predictorSets(results.study).filter(({ models }) => models.length > 0);
  const nameOfFit = ({ id }: Step) => id.replace(/\.fit$/, '');
  const modelOf = (step: Step) => withoutSet(nameOfFit(step), setOf(results.study, { step: step.id }));
  if (run.classifiers.length > 0) {
    const names = modelNames([...new Set(run.classifiers.map(modelOf))]);
    const on = setsWithModels.length < 2 ? same('') : both(`, each on the sets of predictors ${words.en.listed(setsWithModels.map(({ name }) => name))}`, `（分别用于变量集 ${words.zh.listed(setsWithModels.map(({ name }) => name))}）`);
    const folds = run.innerFolds?.params;
    const tuned = tunedModels(results);
    const candidates = new Map(tuned.map(({ model, candidates: n }) => [model, n]));
    const total = [...candidates.values()].reduce((sum, n) => sum + n, 0);
    const searched = total > candidates.size;
    const anew = run.preparation.length === 0 ? same('') : both(', in each fold of which the steps before were fitted anew', '，其中每折均重新拟合上述各步');
    const cv = folds === undefined ? same('') : both(` in ${Number(folds.repeats) > 1 ? `${String(folds.repeats)} times repeated ` : ''}${String(folds.folds)}-fold cross-validation of the training rows${anew.en}`, `（在训练集内${Number(folds.repeats) > 1 ? `重复 ${String(folds.repeats)} 次的` : ''} ${String(folds.folds)} 折交叉验证${anew.zh}）`);
    const metric = text(run.tuning?.params.metric) ?? '';
    const rule = text(run.tuning?.params.rule);
    sentences.push({
      said: both(
        `Models: ${names.en}${on.en}${!searched ? '' : `; their settings were chosen by grid search (${total} candidates) as those with ${rule === 'one-standard-error' ? `the first ${nameOf(words.en.metrics, metric)} within one standard error of the best` : `the best ${nameOf(words.en.metrics, metric)}`}${cv.en}`}`,
        `模型：${names.zh}${on.zh}${!searched ? '' : `；经网格搜索（候选 ${total} 组）${cv.zh}，按 ${nameOf(words.zh.metrics, metric)} ${rule === 'one-standard-error' ? '一倍标准误准则' : '最优'}确定超参数`}`,
      ),
      steps: [...run.classifiers.map(({ id }) => id), ...(searched ? ids(run.tuning, run.innerFolds) : [])],
    });
    if (new Set(tuned.map(({ place }) => place)).size === 1) {
      const chosen = (language: 'en' | 'zh') => words[language].listed(tuned.filter(({ settings }) => Object.keys(settings).length > 0).map(({ model, settings }) => `${modelName(words[language].models, model)}${language === 'zh' ? '：' : ': '}${settingText(settings, words[language])}`));
      if (chosen('en') !== '') sentences.push({ said: both(`${searched ? 'Chosen' : 'Settings'}: ${chosen('en')}`, `${searched ? '选定' : '设置'}：${chosen('zh')}`), steps: run.classifiers.map((step) => `${nameOfFit(step)}.choice`) });
    }
  }
  for (const model of new Set(run.ensembles.map(modelOf))) {
    const name = modelNames([model]);
    sentences.push({ said: both(`${name.en} combined the out-of-fold predictions of these models`, `${name.zh}在上述模型的折外预测上建立`), steps: run.ensembles.filter((step) => modelOf(step) === model).map(({ id }) => id) });
  }
  if (run.resampler !== undefined) sentences.push({ said: both(`The rarer class was enlarged in training rows only by ${run.resampler.plugin.replace('resampler/', '').toUpperCase()} (${settingText(run.resampler.params, words.en)})`, `仅在训练集内以 ${run.resampler.plugin.replace('resampler/', '').toUpperCase()}（${settingText(run.resampler.params, words.zh)}）扩充少数类`), steps: ids(run.resampler) });
  const { rule, value, sensitivity } = run.threshold?.params ?? {};
  const thresholds: Readonly<Record<string, Bilingual>> = {
    youden: both('with the largest sum of sensitivity and specificity in out-of-fold predictions of the training rows', '训练集折外预测中灵敏度与特异度之和最大者'),
    'top-left': both('nearest to the upper left corner of the ROC curve of out-of-fold predictions of the training rows', '训练集折外预测 ROC 曲线上最接近左上角者'),
    sensitivity: both(`that keeps a sensitivity of at least ${String(sensitivity)} in out-of-fold predictions of the training rows`, `训练集折外预测中灵敏度不低于 ${String(sensitivity)} 的最高阈值`),
  };
  const threshold = run.threshold === undefined ? both('0.5', '0.5') : (thresholds[String(rule)] ?? same(String(value)));
  if (run.classifiers.length > 0) sentences.push({ said: both(`A case was called positive at a predicted probability of at least ${run.threshold === undefined || rule === 'fixed' ? threshold.en : `the threshold ${threshold.en}`}`, `预测概率不低于${run.threshold === undefined || rule === 'fixed' ? ` ${threshold.zh} ` : `阈值（${threshold.zh}）`}时判为阳性`), steps: run.threshold === undefined ? ['fold'] : ids(run.threshold) });
  sentences.push(...choicesApart(account));
  return sentences;
}

/** What the out-of-fold results of the training rows leave out, where anything was chosen by such predictions. */
function choicesApart({ run, results }: Account): Sentence[] {
  const chosen: { readonly said: Bilingual; readonly steps: readonly string[] }[] = [
    ...(tunedModels(results).some(({ candidates }) => candidates > 1) ? [{ said: both('settings', '超参数'), steps: ids(run.tuning) }] : []),
    ...(run.ensembles.length > 0 ? [{ said: both('weights of the blend', '融合权重'), steps: run.ensembles.map(({ id }) => id) }] : []),
    ...(run.threshold !== undefined && run.threshold.params.rule !== 'fixed' ? [{ said: both('the threshold', '阈值'), steps: ids(run.threshold) }] : []),
  ];
  if (chosen.length === 0) return [];
  const listed = (language: 'en' | 'zh') => words[language].listed(chosen.map(({ said }) => said[language]));
  return [{ said: both(`In out-of-fold results a case’s own fold had no part in the choice of ${listed('en')}, each made once more from the other folds`, `折外结果中，${listed('zh')}均由其余各折另行确定，病例所在的折不参与选择`), steps: chosen.flatMap(({ steps }) => steps) }];
}

function evaluationSentences(account: Account): Sentence[] {
  const { run, results } = account;
  const sentences: Sentence[] = [];
  const add = (name: string, say: (params: Step['params']) => Bilingual) => {
    const step = run.evaluations.get(name);
    if (step !== undefined && measured(account, name)) sentences.push({ said: say(step.params), steps: [step.id] });
  };
  add('discrimination', ({ bootstrap }) => {
    const all = performances(results);
    // Test rows, where there are some, say how the result itself is judged.
    const first = all.find(({ role }) => role === 'test') ?? all[0];
    const methodsOf = new Map<string, string[]>();
    for (const [name, { interval }] of first?.metrics ?? []) if (interval !== undefined) methodsOf.set(interval, [...(methodsOf.get(interval) ?? []), name]);
    const told = (language: 'en' | 'zh') => [...methodsOf].map(([method, names]) => `${words[language].listed(names.map((name) => nameOf(words[language].metrics, name === 'aucBootstrap' ? 'auc' : name)))}${language === 'zh' ? `（${intervalMethod(method)}）` : ` (${method})`}`).join(language === 'zh' ? '；' : '; ');
    const level = words.en.level(first?.level);
    return both(`Performance in training, out-of-fold and test rows is given with ${level}confidence intervals: ${told('en')}${methodsOf.size === 0 ? `bootstrap of ${String(bootstrap)} resamples` : ''}`, `训练集、折外与测试集的性能指标附 ${level}置信区间：${told('zh')}`);
  });
  add('calibration', ({ bootstrap, groups }) => both(`Calibration was assessed by intercept and slope, a loess curve with a band from ${String(bootstrap)} bootstrap resamples, and the Hosmer-Lemeshow test (${String(groups)} groups)`, `校准度以截距与斜率、loess 曲线（${String(bootstrap)} 次自助抽样的区间带）及 Hosmer-Lemeshow 检验（${String(groups)} 组）评价`));
  add('decision-curve', ({ from, to, bootstrap }) => both(`Net benefit was computed for threshold probabilities from ${String(from)} to ${String(to)}, with limits from ${String(bootstrap)} bootstrap resamples`, `在阈值概率 ${String(from)}～${String(to)} 内计算净获益，区间由 ${String(bootstrap)} 次自助抽样得出`));
  add('comparison', ({ adjustment }) => both(`AUCs of two models on the same cases were compared by DeLong’s test, P values adjusted by the method of ${adjustmentName(adjustment)}`, `两模型在相同病例上的 AUC 以 DeLong 检验比较，P 值按 ${adjustmentName(adjustment)} 法校正`));
  add('bootstrap-632', () => both('The optimism of apparent performance was corrected by the .632 and .632+ bootstrap', '以 .632 与 .632+ 自助法校正表观性能的乐观偏差'));
  add('explanation', ({ shuffles, background, coalitions }) => both(`Predictions were explained by permutation importance (${String(shuffles)} shuffles) and SHAP values (kernel SHAP with ${String(background)} background rows and at most ${String(coalitions)} coalitions; exact where the model allows it)`, `以置换重要性（${String(shuffles)} 次）与 SHAP 值（核 SHAP：背景病例 ${String(background)} 个，联盟至多 ${String(coalitions)} 个；模型允许时取精确值）解释预测`));
  add('selection', ({ correlation }) => both(`The ${correlation === 'spearman' ? 'Spearman' : 'Pearson'} correlation of the selected variables and, over folds, the stability of the selection were assessed`, `评价入选变量的 ${correlation === 'spearman' ? 'Spearman' : 'Pearson'} 相关性及各折间筛选的稳定性`));
  const baseline = run.evaluations.get('baseline-table');
  if (baseline !== undefined) sentences.push({ said: both('Baseline characteristics were compared between the outcome groups; the test is named in each row of the table', '比较两组的基线特征，所用检验在表中逐行注明'), steps: [baseline.id] });
  return sentences;
}

/** How evaluations name their intervals, in Chinese. */
function intervalMethod(method: string): string {
  const [name, patients] = method.endsWith(', by patient') ? [method.slice(0, -', by patient'.length), '，按患者'] : [method, ''];
  const resamples = /^bootstrap \(stratified, (\d+)\)$/.exec(name)?.[1];
  return `${resamples === undefined ? `${name} 法` : `分层自助法，${resamples} 次`}${patients}`;
}

function adjustmentName(adjustment: unknown): string {
  const names: Readonly<Record<string, string>> = { holm: 'Holm', hochberg: 'Hochberg', bonferroni: 'Bonferroni', BH: 'Benjamini-Hochberg', BY: 'Benjamini-Yekutieli' };
  return names[String(adjustment)] ?? String(adjustment);
}

function controlSentences({ run, results }: Account): Sentence[] {
  const came = run.controls.filter((control) => results.controls.some(({ name, value }) => name === control && value !== undefined && value.entries.length > 0));
  return came.map((name) => ({
    said:
      name === 'permuted-labels'
        ? both('As a check, the whole analysis was repeated with the outcome permuted among the training rows', '作为对照，在训练集内随机置换结局后重复全部分析')
        : name === 'random-features'
          ? both('As a check, the whole analysis was repeated with random numbers in place of the features', '作为对照，以随机数代替特征后重复全部分析')
          : both(`As a check, the whole analysis was repeated under the control ${name}`, `作为对照，在 ${name} 条件下重复全部分析`),
    steps: [`control.${name}.discrimination`],
  }));
}

function nestedSentences({ run, results }: Account): Sentence[] {
  const split = run.steps.find(({ id }) => id === 'nested.split');
  if (split === undefined || !results.nested.some(({ value }) => value?.family === 'discrimination' && value.entries.length > 0)) return [];
  const { folds, repeats } = split.params;
  return [
    {
      said: both(
        `Beside the split, the whole analysis (selection, tuning and fitting) was repeated in ${Number(repeats) > 1 ? `${String(repeats)} times repeated ` : ''}${String(folds)}-fold nested cross-validation of all cases`,
        `除单次划分外，另以${Number(repeats) > 1 ? `重复 ${String(repeats)} 次的` : ''} ${String(folds)} 折嵌套交叉验证对全部病例重复整个分析（筛选、调参与拟合）`,
      ),
      steps: ['nested.split', 'nested.discrimination'],
    },
  ];
}

function closingSentences(account: Account): Sentence[] {
  const { study } = account.results;
  const sentences: Sentence[] = [];
  if (study.tainted.length > 0) {
    const named = study.tainted.slice(0, 8).join(', ');
    sentences.push({ said: both(`As published, and against good practice, these steps learned from rows outside the training set or depend on such steps: ${named}`, `按已发表的做法（不符合规范），以下步骤在训练时使用了训练集以外的病例，或依赖于此类步骤：${named}`), steps: study.tainted.slice(0, 8) });
  }
  if (study.seed !== undefined) {
    const seed = Array.isArray(study.seed) ? study.seed.join(' ') : String(study.seed);
    sentences.push({ said: both(`Everything random derives from the seed ${seed}; the plan of the analysis has the identifier ${(study.planId ?? '').slice(0, 12)}`, `所有随机过程由随机种子 ${seed} 导出；分析计划标识为 ${(study.planId ?? '').slice(0, 12)}`), steps: ['study'] });
  }
  return sentences;
}

