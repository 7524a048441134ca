import type { Figure } from '@radloom/core';
import { texts } from '../language.js';
import { type CohortFlow, cohortFlow } from '../reading/cohort.js';
import type { FigureModule, ReportContext } from '../section.js';
import { arrow, type Box, drawnBox } from './boxes.js';
import { drawingWidth, svgDocument } from './drawing.js';
import { tones } from './palette.js';

const text = texts({
  en: {
    title: 'Flow of cases',
    candidates: 'Candidate cases',
    excluded: 'Excluded',
    scanned: 'Cases given to feature extraction',
    failed: 'Failed',
    rows: 'Cases analysed',
    n: (count: string) => `n\u00a0=\u00a0${count}`,
    events: (count: string) => `${count} events`,
    sides: { training: 'Training set', test: 'Test set' },
    caption: 'From the candidate cases to the cases that the models were trained and tested on.',
    missing: 'neither the numbers of candidates and exclusions nor the feature table were given',
  },
  zh: {
    title: '病例流程图',
    candidates: '候选病例',
    excluded: '排除',
    scanned: '进入特征提取的病例',
    failed: '处理失败',
    rows: '纳入分析的病例',
    n: (count: string) => `n\u00a0=\u00a0${count}`,
    events: (count: string) => `事件 ${count} 例`,
    sides: { training: '训练集', test: '测试集' },
    caption: '从候选病例到模型训练与测试所用病例的流程。',
    missing: '未提供候选与排除病例数，也没有特征表',
  },
});

export const cohortFlowFigure: FigureModule = {
  name: 'cohort-flow',
  title: { en: text.en.title, zh: text.zh.title },
  section: 'cohort',
  available: ({ study, table }) => study.cohort.candidates !== undefined || table !== undefined || { en: text.en.missing, zh: text.zh.missing },
  draw: (results, context) => [flow(cohortFlow(results), context)],
};

/** One box down the middle; what leaves before it stands to the right of the arrow that leads to it. */
interface Stage extends Box {
  readonly leaves?: Box;
}

function stages(cohort: CohortFlow, { language, numbers, words }: ReportContext): Stage[] {
  const t = text[language];
  const counted = (name: string, count: number) => `${name} (${t.n(numbers.count(count))})`;
  const stage = (name: string, count: number | undefined, leaves?: Box, events?: number): Stage[] =>
    count === undefined ? [] : [{ name, lines: [words.listed([t.n(numbers.count(count)), ...(events === undefined ? [] : [t.events(numbers.count(events))])])], leaves }];
  const excluded = cohort.excluded.length === 0 ? undefined : { name: t.excluded, lines: cohort.excluded.map(({ reason, count }) => counted(reason, count)) };
  const failed = cohort.failed === 0 ? undefined : { name: t.failed, lines: [t.n(numbers.count(cohort.failed))] };
  return [
    ...(cohort.candidates === undefined && excluded !== undefined ? [{ name: t.candidates, lines: [t.n(words.notGiven)] }] : stage(t.candidates, cohort.candidates)),
    ...(failed === undefined ? [] : stage(t.scanned, cohort.scanned, excluded)),
    ...stage(t.rows, cohort.rows, failed ?? excluded, cohort.events),
  ];
}

const main = { x: 1, width: 196 };
const side = { x: 214, width: drawingWidth - 215 };
const centre = main.x + main.width / 2;

function flow(cohort: CohortFlow, context: ReportContext): Figure {
  const { language, words } = context;
  const t = text[language];
  const parts: string[] = [];
  let y = 1;
  for (const [i, stage] of stages(cohort, context).entries()) {
    if (i > 0) {
      const leaving = stage.leaves === undefined ? undefined : drawnBox(side.x, y + 12, side.width, stage.leaves, 'start');
      const gap = leaving === undefined ? 26 : leaving.height + 24;
      if (leaving !== undefined) parts.push(arrow(centre, y + gap / 2, side.x, y + gap / 2), leaving.svg);
      parts.push(arrow(centre, y, centre, y + gap));
      y += gap;
    }
    const drawn = drawnBox(main.x, y, main.width, stage, 'middle');
    parts.push(drawn.svg);
    y += drawn.height;
  }
  if (cohort.sets.length > 0) {
    const drawn = split(cohort, y, context);
    parts.push(drawn.svg);
    y += drawn.height;
  }
  const said = (box: Box) => [box.name, ...box.lines].join(' ');
  const all = [...stages(cohort, context).flatMap(({ leaves, ...stage }) => (leaves === undefined ? [stage] : [leaves, stage])), ...sides(cohort, context)];
  const alternative = words.sentence(all.map(said).join('; '));
  return { type: 'figure', name: 'cohort-flow', title: t.title, caption: t.caption, alternative, svg: svgDocument({ height: y + 2, alternative, body: parts.join('') }) };
}

function sides({ sets }: CohortFlow, { language, numbers }: ReportContext): Box[] {
  const t = text[language];
  return sets.map((set) => ({ name: t.sides[set.role], lines: [t.n(numbers.count(set.rows)), t.events(numbers.count(set.events))] }));
}

/** The two sides of the split, below the last box. */
function split(cohort: CohortFlow, top: number, context: ReportContext): { svg: string; height: number } {
  const gap = 34;
  const between = 12;
  const boxes = sides(cohort, context);
  const width = (main.width - between) / 2;
  const left = boxes.length === 1 ? centre - width / 2 : main.x;
  const middle = top + gap / 2;
  const drawn = boxes.map((box, i) => {
    const x = left + i * (width + between);
    const { svg, height } = drawnBox(x, top + gap, width, box, 'middle');
    return { height, svg: `<path d="M${centre},${top}V${middle}H${x + width / 2}" fill="none" stroke="${tones.muted.light}"/>${arrow(x + width / 2, middle, x + width / 2, top + gap)}${svg}` };
  });
  return { svg: drawn.map(({ svg }) => svg).join(''), height: gap + Math.max(...drawn.map(({ height }) => height)) };
}
