import { html } from '../html.js';
import { texts } from '../language.js';
import { fewestLevels, hasUnusualLevels, imageNames, missingOverviews, mostLevels, overviews } from '../reading/overviews.js';
import type { Block, Section } from '../section.js';

const text = texts({
  en: {
    title: 'Regions of interest',
    table: 'Regions of interest, as drawn and as analysed',
    case: 'Case',
    image: 'Image',
    volume: 'Volume, ml',
    voxels: 'Voxels as drawn',
    analysed: 'Voxels analysed',
    levels: 'Grey levels',
    occupied: 'Levels that occur',
    remark: 'Remark',
    few: `fewer than ${fewestLevels} grey levels`,
    many: `more than ${mostLevels} grey levels`,
    usual: (range: string) => `Grey levels after discretisation: ${range}.`,
    range: (median: string, low: string, high: string) => `median ${median}, ${low} to ${high}`,
    warning: (count: string) => `Regions with an unusual number of grey levels: ${count}. With fewer than ${fewestLevels} texture features say little, with more than ${mostLevels} they measure noise. A bin width that fits the intensities of the region, or a fixed number of bins, avoids both.`,
    failed: 'Not described',
    missing: 'no case could be described',
  },
  zh: {
    title: '感兴趣区',
    table: '勾画与分析的感兴趣区',
    case: '病例',
    image: '图像',
    volume: '体积（ml）',
    voxels: '勾画体素数',
    analysed: '分析体素数',
    levels: '灰度级数',
    occupied: '实际出现的级数',
    remark: '备注',
    few: `灰度级数少于 ${fewestLevels}`,
    many: `灰度级数多于 ${mostLevels}`,
    usual: (range) => `离散化后的灰度级数：${range}。`,
    range: (median, low, high) => `中位数 ${median}，范围 ${low}～${high}`,
    warning: (count) => `灰度级数异常的感兴趣区：${count} 个。少于 ${fewestLevels} 级时纹理特征信息不足，多于 ${mostLevels} 级时主要反映噪声。可选择与感兴趣区灰度范围相适应的组宽，或固定组数。`,
    failed: '未能描述',
    missing: '没有可描述的病例',
  },
});

export const regions: Section = {
  id: 'regions',
  title: { en: text.en.title, zh: text.zh.title },
  asked: ({ overviews: gathered }) => gathered.length > 0,
  available: (results) => overviews(results).length > 0 || { en: text.en.missing, zh: text.zh.missing },
  render: (results, { language, numbers, words }) => {
    const t = text[language];
    const all = overviews(results);
    const several = imageNames(results).length > 1;
    const levels = all.flatMap((overview) => overview.levels ?? []).sort((a, b) => a - b);
    const odd = all.filter(hasUnusualLevels);
    const blocks: Block[] = [];
    if (levels.length > 0) {
      const middle = (levels[(levels.length - 1) >> 1] + levels[levels.length >> 1]) / 2;
      blocks.push({ kind: 'prose', html: html`<p>${t.usual(t.range(numbers.count(middle), numbers.count(levels[0]), numbers.count(levels[levels.length - 1])))}</p>` });
    }
    if (odd.length > 0) blocks.push({ kind: 'prose', html: html`<p class="warning">${t.warning(numbers.count(odd.length))}</p>` });
    const remark = (count: number | undefined) => (count === undefined ? undefined : count < fewestLevels ? t.few : count > mostLevels ? t.many : undefined);
    const described = [...odd, ...all.filter((overview) => !odd.includes(overview))];
    const rows = [
      ...described.map((found) => ({ cells: [found.case, ...(several ? [found.image] : []), found.millilitres, found.voxels, found.analysed, found.levels, found.occupied, remark(found.levels)] })),
      ...missingOverviews(results).map((lost) => ({ cells: [lost.case, ...(several ? [lost.image] : []), undefined, undefined, undefined, undefined, undefined, words.label(t.failed) + lost.reason] })),
    ];
    const count = (label: string) => ({ label, form: 'count' as const });
    blocks.push({
      kind: 'table',
      table: {
        name: 'regions',
        title: t.table,
        columns: [{ label: t.case, form: 'name' }, ...(several ? [{ label: t.image, form: 'text' as const }] : []), { label: t.volume, form: 'significant' }, count(t.voxels), count(t.analysed), count(t.levels), count(t.occupied), { label: t.remark, form: 'text' }],
        rows,
        limit: 12,
      },
    });
    return blocks;
  },
};
