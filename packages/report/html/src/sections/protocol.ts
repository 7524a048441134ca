import { html } from '../html.js';
import { texts } from '../language.js';
import { imageNames, overviews } from '../reading/overviews.js';
import { type ProtocolFact, protocolFacts, protocolOutliers, type ProtocolValues } from '../reading/protocol.js';
import type { Block, Section } from '../section.js';
import { nameOf } from '../words/index.js';

const text = texts({
  en: {
    title: 'Image acquisition',
    table: 'Acquisition and grid of the images',
    fact: 'Fact',
    values: 'Values (cases)',
    known: 'Cases known',
    spread: (median: string, minimum: string, maximum: string) => `median ${median}, ${minimum} to ${maximum}`,
    more: (count: number) => `${count} more`,
    nothing: 'The image files say nothing of the acquisition (only DICOM does); the grid is known.',
    outliers: 'Cases scanned unlike the others',
    image: 'Image',
    value: 'Value',
    usual: 'Usual',
    rule: 'Listed are values other than the one that at least 75% of the cases have, and numbers farther from the median than 10% of it and 3.5 robust standard deviations.',
    none: 'No case was scanned unlike the others.',
    missing: 'no case could be described',
    case: 'Case',
    keys: {
      Modality: 'Modality', Manufacturer: 'Manufacturer', ManufacturerModelName: 'Scanner model', KVP: 'Tube voltage, kVp', ConvolutionKernel: 'Convolution kernel', FilterType: 'Filter',
      MagneticFieldStrength: 'Field strength, T', RepetitionTime: 'Repetition time, ms', EchoTime: 'Echo time, ms', FlipAngle: 'Flip angle, °', SliceThickness: 'Slice thickness, mm',
      SpacingBetweenSlices: 'Spacing between slices (header), mm', ReconstructionDiameter: 'Reconstruction diameter, mm', GantryDetectorTilt: 'Gantry tilt, °', BodyPartExamined: 'Body part',
      PatientPosition: 'Patient position', RescaleType: 'Rescale type', Units: 'Units', pixelSpacing: 'Pixel spacing, mm', sliceDistance: 'Distance between slices, mm', matrix: 'Matrix', slices: 'Slices',
    } as Readonly<Record<string, string>>,
  },
  zh: {
    title: '图像采集',
    table: '图像的采集参数与网格',
    fact: '项目',
    values: '取值（病例数）',
    known: '已知病例数',
    spread: (median, minimum, maximum) => `中位数 ${median}，范围 ${minimum}～${maximum}`,
    more: (count) => `另有 ${count} 种`,
    nothing: '图像文件未记录采集参数（仅 DICOM 有此信息），网格已知。',
    outliers: '与其他病例扫描条件不同的病例',
    image: '图像',
    value: '取值',
    usual: '通常取值',
    rule: '列出与至少 75% 病例的取值不同者，以及偏离中位数超过其 10% 且超过 3.5 个稳健标准差的数值。',
    none: '没有扫描条件明显不同的病例。',
    missing: '没有可描述的病例',
    case: '病例',
    keys: {
      Modality: '成像方式', Manufacturer: '厂商', ManufacturerModelName: '扫描仪型号', KVP: '管电压（kVp）', ConvolutionKernel: '卷积核', FilterType: '滤波器', MagneticFieldStrength: '磁场强度（T）',
      RepetitionTime: '重复时间（ms）', EchoTime: '回波时间（ms）', FlipAngle: '翻转角（°）', SliceThickness: '层厚（mm）', SpacingBetweenSlices: '层间距（头文件，mm）', ReconstructionDiameter: '重建直径（mm）',
      GantryDetectorTilt: '机架倾角（°）', BodyPartExamined: '检查部位', PatientPosition: '患者体位', RescaleType: '重缩放类型', Units: '单位', pixelSpacing: '像素间距（mm）', sliceDistance: '层间距（mm）',
      matrix: '矩阵', slices: '层数',
    },
  },
});

export const protocol: Section = {
  id: 'protocol',
  title: { en: text.en.title, zh: text.zh.title },
  asked: ({ overviews: gathered }) => gathered.length > 0,
  available: (results) => overviews(results).length > 0 || { en: text.en.missing, zh: text.zh.missing },
  render: (results, { language, words }) => {
    const t = text[language];
    const all = overviews(results);
    const images = imageNames(results);
    const several = images.length > 1;
    const ofImage = (image: string) => all.filter((entry) => entry.image === image);
    const rows = images.flatMap((image) => protocolFacts(ofImage(image)).map((fact) => ({ ...(several ? { group: image } : {}), cells: [nameOf(t.keys, fact.key), written(fact.values), fact.known] })));
    const outliers = images.flatMap((image) => protocolOutliers(ofImage(image)));
    const blocks: Block[] = [];
    if (all.every(({ acquisition }) => acquisition.size === 0)) blocks.push({ kind: 'prose', html: html`<p>${t.nothing}</p>` });
    blocks.push({ kind: 'table', table: { name: 'protocol', title: t.table, ...(several ? { groups: t.image } : {}), columns: [{ label: t.fact, form: 'text' }, { label: t.values, form: 'text' }, { label: t.known, form: 'count' }], rows } });
    if (outliers.length === 0) return [...blocks, { kind: 'prose', html: html`<p>${t.none}</p>` }];
    const columns = [{ label: t.case, form: 'name' as const }, ...(several ? [{ label: t.image, form: 'text' as const }] : []), ...[t.fact, t.value, t.usual].map((label) => ({ label, form: 'text' as const }))];
    const cells = outliers.map((found) => ({ cells: [found.case, ...(several ? [found.image] : []), nameOf(t.keys, found.key), String(found.value), String(found.usual)] }));
    return [...blocks, { kind: 'table', table: { name: 'protocol-outliers', title: t.outliers, columns, rows: cells, notes: [t.rule], limit: 30 } }];

    function written(values: ProtocolValues): string {
      if (values.kind === 'spread') return t.spread(String(values.median), String(values.minimum), String(values.maximum));
      const shown = values.counts.slice(0, mostShown).map(({ value, count }) => `${value} (${count})`);
      return words.listed(values.counts.length > mostShown ? [...shown, t.more(values.counts.length - mostShown)] : shown);
    }
  },
};

/** Values named in a cell. */
const mostShown = 8;

/** The usual value of a fact in words, for sentences elsewhere; undefined where the files do not say. */
export function protocolText(facts: readonly ProtocolFact[], key: string): string | undefined {
  const values = facts.find((fact) => fact.key === key)?.values;
  if (values === undefined) return undefined;
  if (values.kind === 'spread') return values.minimum === values.maximum ? String(values.median) : `${values.median} (${values.minimum}–${values.maximum})`;
  return values.counts.map(({ value, count }) => (values.counts.length === 1 ? String(value) : `${value} (n = ${count})`)).join(', ');
}
