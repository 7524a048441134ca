import type { Figure } from '@radloom/core';
import { type Account, accountOf } from '../account/account.js';
import { both, discretisation, everyChain, families, imageTypes, modelNames, resampling, split } from '../account/describe.js';
import { preparation } from '../account/preparation.js';
import type { Bilingual } from '../language.js';
import { texts } from '../language.js';
import { cohortFlow } from '../reading/cohort.js';
import { chainsBySet, selectionChain, selectionPlaces } from '../reading/selection.js';
import { setOf, withoutSet } from '../reading/sets.js';
import { protocolText } from '../sections/protocol.js';
import type { FigureModule, ReportContext } from '../section.js';
import { arrow, type Box, drawnBox } from './boxes.js';
import { drawingWidth, svgDocument } from './drawing.js';

const text = texts({
  en: {
    title: 'Flow of the analysis',
    caption: 'The technical steps from the images to the evaluation, as they were run.',
    images: 'Images',
    processing: 'Processing',
    features: 'Features',
    counted: (name: string, count: string) => `${name} (${count})`,
    split: 'Division of the cases',
    selection: 'Selection, in training rows',
    published: 'Selection, in part on all rows (as published)',
    models: 'Models, in training rows',
    evaluation: 'Evaluation',
    cases: (count: string) => `${count} cases`,
    missing: 'the steps of the workflow were not given',
  },
  zh: {
    title: '分析流程图',
    caption: '从图像到评价的实际技术步骤。',
    images: '图像',
    processing: '图像处理',
    features: '特征',
    counted: (name, count) => `${name}（${count}）`,
    split: '病例划分',
    selection: '特征筛选（仅训练集）',
    published: '特征筛选（按已发表做法，部分使用全部病例）',
    models: '建模（仅训练集）',
    evaluation: '评价',
    cases: (count) => `${count} 例`,
    missing: '未提供工作流程步骤',
  },
});

export const pipeline: FigureModule = {
  name: 'pipeline',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'methods',
  available: (results) => accountOf(results) !== undefined || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => [drawn(boxes(accountOf(results)!, context), context)],
};

function boxes(account: Account, { language, numbers, words }: ReportContext): Box[] {
  const t = text[language];
  const { run, results, protocol, features } = account;
  const said = (phrase: Bilingual) => phrase[language];
  const { rows } = cohortFlow(results);
  const modality = [...protocol.values()].flatMap((facts) => protocolText(facts, 'Modality') ?? []);
  const chains = selectionPlaces(results).map((place) => selectionChain(results, place)).filter((chain) => chain.length > 0);
  const counts = chains.length === 1 ? chainsBySet(chains[0]).map(({ set, steps }) => `${set === undefined ? '' : words.label(set)}${[steps[0].before, ...steps.map(({ after }) => after)].map(numbers.count).join(' → ')}`) : [];
  const modelsOf = [...new Set([...run.classifiers, ...run.ensembles].map(({ id }) => withoutSet(id.replace(/\.fit$/, ''), setOf(results.study, { step: id }))))];
  return [
    { name: t.images, lines: [words.listed([...modality, ...(rows === undefined ? [] : [t.cases(numbers.count(rows))])])] },
    ...(run.chains.length === 0
      ? []
      : [
          { name: t.processing, lines: [said(everyChain(run.chains, resampling)), said(everyChain(run.chains, discretisation)), said(everyChain(run.chains, imageTypes))] },
          { name: features > 0 ? t.counted(t.features, numbers.count(features)) : t.features, lines: [said(everyChain(run.chains, families))] },
        ]),
    ...(run.split === undefined ? [] : [{ name: t.split, lines: [said(split(run.split))] }]),
    ...(run.preparation.length === 0 ? [] : [{ name: results.study.tainted.length === 0 ? t.selection : t.published, lines: [...run.preparation.map((step) => said(preparation(step))), ...counts] }]),
    ...(modelsOf.length === 0 ? [] : [{ name: t.models, lines: [said(modelNames(modelsOf))] }]),
    ...(run.evaluations.size === 0 ? [] : [{ name: t.evaluation, lines: [words.listed([...run.evaluations.keys()].filter((name) => evaluations[name] !== undefined).map((name) => said(evaluations[name])))] }]),
  ];
}

const evaluations: Readonly<Record<string, Bilingual>> = {
  discrimination: both('discrimination', '区分度'),
  calibration: both('calibration', '校准度'),
  'decision-curve': both('net benefit', '净获益'),
  comparison: both('comparison of models', '模型比较'),
  explanation: both('explanation', '解释'),
  selection: both('stability of selection', '筛选稳定性'),
  'bootstrap-632': both('.632+ bootstrap', '.632+ 自助法'),
  'baseline-table': both('baseline table', '基线表'),
};

const gap = 18;

function drawn(all: readonly Box[], { language, words }: ReportContext): Figure {
  const t = text[language];
  const parts: string[] = [];
  let y = 1;
  for (const [i, box] of all.entries()) {
    if (i > 0) {
      parts.push(arrow(drawingWidth / 2, y, drawingWidth / 2, y + gap));
      y += gap;
    }
    const { svg, height } = drawnBox(1, y, drawingWidth - 2, box, 'start');
    parts.push(svg);
    y += height;
  }
  const alternative = words.sentence(all.map(({ name, lines }) => words.label(name) + lines.join('; ')).join('. '));
  return { type: 'figure', name: 'pipeline', title: t.title, caption: t.caption, alternative, svg: svgDocument({ height: y + 2, alternative, body: parts.join('') }) };
}
