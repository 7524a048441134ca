import { html } from '../html.js';
import { texts } from '../language.js';
import { type Limitation, limitations as find } from '../reading/limitations.js';
import type { ReportContext, Section } from '../section.js';

type Sentences = { readonly [K in Limitation['kind']]: (found: Extract<Limitation, { kind: K }>, context: ReportContext) => string };

const text = texts<Sentences & { readonly intro: string; readonly nothing: string }>({
  en: {
    intro: 'Found automatically in the results; the list does not replace the authors’ own.',
    nothing: 'The automatic checks found none.',
    'events-per-variable': ({ fewer, predictors, ratio }, { numbers }) =>
      `Few events for the number of predictors: ${numbers.count(fewer)} training cases in the smaller outcome group for ${numbers.count(predictors)} predictors, ${ratio.toFixed(1)} each. Below 10 a model is likely to be overfitted (Peduzzi et al. 1996).`,
    'wide-search': ({ features, rows }, { numbers }) =>
      `More features than cases: ${numbers.count(features)} features were searched in ${numbers.count(rows)} training cases, so that some would look useful by chance alone.`,
    'no-test': () => 'No result on test cases: how the models do on new cases is not known.',
    'small-test': ({ rows, events }, { numbers }) =>
      `Small test set: ${numbers.count(rows)} cases, ${numbers.count(events)} with the event. At least 100 with and 100 without are advised (Vergouwe et al. 2005).`,
    overlap: () => 'The test AUC intervals of all models overlap: they give no ground for ranking the models.',
    tainted: ({ named, others }, { words, numbers }) => `Leakage, declared as-published: ${words.listed(named)}${others === 0 ? '' : `, and ${numbers.count(others)} more steps`} learned from rows outside the training set or depend on steps that did. Their numbers carry †.`,
    'repeated-rows': ({ rows, cases }, { numbers }) => `${numbers.count(cases)} cases were tested, several times each (${numbers.count(rows)} predictions of every model). Repeats are no further cases: intervals and P values count every patient once.`,
    'failed-cases': ({ failed, scanned }, { numbers }) => `${numbers.count(failed)} of ${numbers.count(scanned)} cases failed and are not in the analysis; if failing depends on the outcome, the results are biased.`,
    'undefined-values': ({ features }, { numbers }) => `Features with undefined values for some cases: ${numbers.count(features)}. How they were filled in is part of the settings.`,
    'failed-steps': ({ steps }, { numbers }) => `Steps that failed: ${numbers.count(steps)}; their results are missing here.`,
  },
  zh: {
    intro: '以下内容由程序根据结果自动列出，不能代替作者自己的讨论。',
    nothing: '自动检查未发现局限性。',
    'events-per-variable': ({ fewer, predictors, ratio }, { numbers }) =>
      `事件数相对于预测变量偏少：训练集中较少的一类结局有 ${numbers.count(fewer)} 例，预测变量 ${numbers.count(predictors)} 个，平均每个变量 ${ratio.toFixed(1)} 例。低于 10 时模型容易过拟合（Peduzzi 等，1996）。`,
    'wide-search': ({ features, rows }, { numbers }) => `特征数多于病例数：在 ${numbers.count(rows)} 例训练病例中筛选了 ${numbers.count(features)} 个特征，部分特征可能仅因偶然而显得有用。`,
    'no-test': () => '没有测试集结果：模型在新病例上的表现未知。',
    'small-test': ({ rows, events }, { numbers }) => `测试集较小：共 ${numbers.count(rows)} 例，其中事件 ${numbers.count(events)} 例。建议有无事件者均不少于 100 例（Vergouwe 等，2005）。`,
    overlap: () => '各模型在测试集上的 AUC 置信区间相互重叠，不能据此对模型排序。',
    tainted: ({ named, others }, { words, numbers }) => `按声明存在信息泄漏（as-published）：${words.listed(named)}${others === 0 ? '' : `，另有 ${numbers.count(others)} 个步骤，`} 在训练时使用了训练集以外的病例，或依赖于此类步骤，相关数值以 † 标出。`,
    'repeated-rows': ({ rows, cases }, { numbers }) => `${numbers.count(cases)} 例病例被重复测试（每个模型共 ${numbers.count(rows)} 次预测）。重复预测不增加病例数：区间与 P 值中每名患者只计一次。`,
    'failed-cases': ({ failed, scanned }, { numbers }) => `${numbers.count(scanned)} 例中有 ${numbers.count(failed)} 例处理失败，未纳入分析；若失败与结局有关，结果会有偏倚。`,
    'undefined-values': ({ features }, { numbers }) => `有 ${numbers.count(features)} 个特征在部分病例中未定义，其填补方式见设置。`,
    'failed-steps': ({ steps }, { numbers }) => `有 ${numbers.count(steps)} 个步骤失败，其结果在此缺失。`,
  },
});

export const limitations: Section = {
  id: 'limitations',
  title: { en: 'Limitations', zh: '局限性' },
  available: () => true,
  render: (results, context) => {
    const t = text[context.language];
    const found = find(results).map((limitation) => sentence(limitation, t, context));
    return [{ kind: 'prose', html: found.length === 0 ? html`<p>${t.nothing}</p>` : html`<p class="second">${t.intro}</p><ul class="limitations">${found.map((line) => html`<li>${line}</li>`)}</ul>` }];
  },
};

function sentence<K extends Limitation['kind']>(limitation: Extract<Limitation, { kind: K }>, sentences: Sentences, context: ReportContext): string {
  return sentences[limitation.kind as K](limitation, context);
}
