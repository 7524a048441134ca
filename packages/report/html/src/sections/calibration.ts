import { texts } from '../language.js';
import { type Calibration, calibrations } from '../reading/calibration.js';
import { isAsked } from '../reading/evaluated.js';
import { whyMissing } from '../reading/failures.js';
import type { Section } from '../section.js';
import { cellOf, intervalNote, entryNotes, grouped, nameColumns } from './by-role.js';

const text = texts({
  en: {
    title: 'Calibration',
    table: 'Calibration of the predicted probabilities',
    slope: 'Slope',
    intercept: 'Intercept',
    inTheLarge: 'In the large',
    observedOverExpected: 'O / E',
    brier: 'Brier score',
    scaledBrier: 'Brier, scaled',
    test: 'H-L, P',
    ideal: 'Ideal: slope 1, intercept and calibration in the large 0, O / E (observed over expected events) 1, ICI 0. Slope below 1: predictions too extreme; in the large above 0: risk underestimated.',
    distances: 'ICI, E50, E90: mean, median and 90th percentile of the distance between smoothed and predicted risk. Brier, scaled: gain over always predicting the prevalence.',
    skewed: 'The ICI cannot be below 0, and resampling adds noise to it: its interval leans high, and may even lie above the ICI.',
    small: 'H-L: Hosmer-Lemeshow test. A large P does not show good calibration: the test has little power in few cases.',
    missing: 'no evaluation of calibration was given',
  },
  zh: {
    title: '校准度',
    table: '预测概率的校准度',
    slope: '斜率',
    intercept: '截距',
    inTheLarge: '总体校准',
    observedOverExpected: 'O/E',
    brier: 'Brier 分数',
    scaledBrier: '标化 Brier',
    test: 'H-L，P',
    ideal: '理想值：斜率 1，截距与总体校准 0，O/E（实际与预期事件数之比）1，ICI 0。斜率小于 1 表示预测过于极端；总体校准大于 0 表示低估风险。',
    distances: 'ICI、E50、E90：平滑后的实际风险与预测风险之差的均值、中位数与第 90 百分位数。标化 Brier：相对于始终预测患病率的改善。',
    skewed: 'ICI 不会小于 0，而重抽样会引入噪声，故其区间偏高，甚至可能高于 ICI 本身。',
    small: 'H-L：Hosmer-Lemeshow 检验。P 值大并不说明校准良好：病例少时该检验效能低。',
    missing: '没有校准度评价',
  },
});

/** With their limits; further distances without, so that the table stays readable. */
const columns = ['calibrationSlope', 'calibrationIntercept', 'inTheLarge', 'observedOverExpected', 'brier', 'ici'] as const;
const further = ['e50', 'e90', 'scaledBrier'] as const;

export const calibration: Section = {
  id: 'calibration',
  title: { en: text.en.title, zh: text.zh.title },
  asked: (results) => isAsked(results, 'calibration'),
  available: (results) => calibrations(results).length > 0 || whyMissing(results.metrics, { en: text.en.missing, zh: text.zh.missing }),
  render: (results, context) => {
    const t = text[context.language];
    const found = calibrations(results);
    const labels = [t.slope, t.intercept, t.inTheLarge, t.observedOverExpected, t.brier, 'ICI'];
    return [
      {
        kind: 'table',
        table: {
          name: 'calibration',
          title: t.table,
          groups: context.words.set,
          columns: [...nameColumns(found, context), ...labels.map((label) => ({ label, form: 'estimate' as const })), ...['E50', 'E90', t.scaledBrier].map((label) => ({ label, form: 'decimal' as const })), { label: t.test, form: 'pValue' }],
          rows: grouped(found, context, (entry) => [...columns.map((name) => cellOf(entry.metrics.get(name))), ...further.map((name) => entry.metrics.get(name)?.value), cellOf(entry.metrics.get('hosmerLemeshowP'))]),
          notes: [intervalNote(found, [...columns], labels, levelOf(found), context), t.ideal, t.distances, ...(found.some(({ metrics }) => metrics.get('ici')?.lower !== undefined) ? [t.skewed] : []), t.small, ...entryNotes(found, context)].filter((note) => note !== ''),
        },
      },
    ];
  },
};

const levelOf = (found: readonly Calibration[]) => found.find(({ level }) => level !== undefined)?.level;
