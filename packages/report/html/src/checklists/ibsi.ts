import { type Account, measured, softwareVersion } from '../account/account.js';
import { both, discretisation, everyChain, families, filter, interpolator, joined, listed, normalisation, resegmentation, same, voxelSize } from '../account/describe.js';
import { pluginName, type Step } from '../account/run.js';
import type { Bilingual } from '../language.js';
import { number, numberList } from '../reading/plain.js';
import { protocolText } from '../sections/protocol.js';
import { evidence } from './evidence.js';

/**
 * The reporting guideline of the Image Biomarker Standardisation Initiative: items 1 to 76 of its reference manual, section 4 (Zwanenburg et al.,
 * arXiv 1612.07003). Items in our words.
 */

/** A value; `authors` where the run cannot know; `none` where the item does not apply. */
export type GuidelineValue = Bilingual | 'authors' | 'none';

export interface GuidelineItem {
  readonly number: string;
  readonly part: Bilingual;
  readonly asks: Bilingual;
  value(account: Account): GuidelineValue;
}

const parts = {
  patient: both('Patient', '患者'),
  acquisition: both('Acquisition', '采集'),
  reconstruction: both('Reconstruction', '重建'),
  registration: both('Image registration', '图像配准'),
  conversion: both('Processing: data conversion', '处理：数据转换'),
  post: both('Processing: after acquisition', '处理：采集后处理'),
  segmentation: both('Segmentation', '分割'),
  interpolation: both('Image interpolation', '图像插值'),
  roi: both('ROI interpolation', '感兴趣区插值'),
  resegmentation: both('Re-segmentation', '再分割'),
  discretisation: both('Discretisation', '离散化'),
  transformation: both('Image transformation', '图像变换'),
  computation: both('Feature computation', '特征计算'),
  texture: both('Feature computation: texture', '特征计算：纹理'),
  analysis: both('Machine learning and analysis', '机器学习与分析'),
} as const satisfies Readonly<Record<string, Bilingual>>;

type Value = (account: Account) => GuidelineValue;

const byAuthors: Value = () => 'authors';

/** Applies to these modalities only; where the images do not say what they are, the authors must. */
const only =
  (modalities: readonly string[], value: Value = byAuthors): Value =>
  (account) =>
    account.modalities.size > 0 && !modalities.some((modality) => account.modalities.has(modality)) ? 'none' : value(account);

const ct = (value?: Value) => only(['CT'], value);
const mr = (value?: Value) => only(['MR'], value);
const pet = (value?: Value) => only(['PT', 'NM'], value);

/** What the headers of the images say. */
const header =
  (...keys: readonly (readonly [key: string, unit: string])[]): Value =>
  ({ protocol }) => {
    const found = [...protocol].flatMap(([image, facts]) => {
      const values = keys.flatMap(([key, unit]) => {
        const value = protocolText(facts, key);
        return value === undefined ? [] : [`${value}${unit}`];
      });
      return values.length === 0 ? [] : [protocol.size > 1 ? `${image}: ${values.join(', ')}` : values.join(', ')];
    });
    return found.length === 0 ? 'authors' : same(found.join('; '));
  };

/** Said of every image's chain; `none` where no chain has anything to say. */
const chain =
  (say: (chain: Account['run']['chains'][number]) => Bilingual | undefined): Value =>
  ({ run }) => {
    const told = run.chains.filter((entry) => say(entry) !== undefined);
    return told.length === 0 ? 'none' : everyChain(told, (entry) => say(entry)!);
  };

const resampled = (say: (step: Step) => Bilingual): Value => chain(({ resample }) => (resample === undefined || voxelSize(resample) === undefined ? undefined : say(resample)));

/** A setting of the first step of a texture family. */
const texture = (family: string, say: (params: Step['params']) => Bilingual): Value => chain(({ families: steps }) => {
  const step = steps.find((entry) => pluginName(entry) === family);
  return step === undefined ? undefined : say(step.params);
});

const within = ({ force2D }: Step['params']): Bilingual => (force2D === true ? both('within slices', '层内') : both('in three dimensions', '三维'));
const distance = (params: Step['params']): Bilingual => {
  const how = within(params);
  const far = numberList(params.distances)?.join(', ') ?? '1';
  return both(`Chebyshev distance ${far}, ${how.en}`, `Chebyshev 距离 ${far}，${how.zh}`);
};

const aggregation: Value = chain(({ families: steps }) => {
  const families2 = steps.filter((step) => ['glcm', 'glrlm'].includes(pluginName(step)));
  if (steps.every((step) => !['glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm', 'gldzm', 'ngldm'].includes(pluginName(step)))) return undefined;
  const [first] = families2;
  if (first === undefined) return both('one matrix of the whole region', '整个感兴趣区一个矩阵');
  const how = within(first.params);
  return first.params.weightingNorm === null
    ? both(`GLCM and GLRLM: features of each direction averaged, ${how.en}; others: one matrix of the whole region`, `GLCM 与 GLRLM：各方向特征取平均（${how.zh}）；其余：整个感兴趣区一个矩阵`)
    : both(`GLCM and GLRLM: matrices of all directions merged, ${how.en}; others: one matrix of the whole region`, `GLCM 与 GLRLM：合并各方向矩阵（${how.zh}）；其余：整个感兴趣区一个矩阵`);
});

const weighting: Value = chain(({ families: steps }) => {
  const found = steps.find((step) => ['glcm', 'glrlm'].includes(pluginName(step)));
  if (found === undefined) return undefined;
  const { weightingNorm } = found.params;
  return weightingNorm === null || weightingNorm === 'no_weighting' ? both('none', '无') : same(String(weightingNorm));
});

const compliance: Value = (account) =>
  account.results.study.profile === 'pyradiomics'
    ? both('values of PyRadiomics 3.1, which departs from IBSI in known places: bin edges at multiples of the width, resampling grid aligned at corners, kurtosis without subtracting 3', '数值同 PyRadiomics 3.1，与 IBSI 的已知差异：组界为组宽的整数倍、重采样网格按角对齐、峰度未减 3')
    : same(account.results.study.profile ?? '');

const item = (number_: string, part: keyof typeof parts, en: string, zh: string, value: Value = byAuthors): GuidelineItem => ({ number: number_, part: parts[part], asks: both(en, zh), value });

export const ibsiGuideline: readonly GuidelineItem[] = [
  item('1', 'patient', 'Region that was imaged', '成像部位', header(['BodyPartExamined', ''])),
  item('2a', 'patient', 'Instructions before the scan', '扫描前的患者准备'),
  item('2b', 'patient', 'Drugs given before the scan', '扫描前用药'),
  item('2c', 'patient', 'Equipment for comfort', '舒适辅助设备'),
  item('3a', 'patient', 'Radioactive tracer', '放射性示踪剂', pet()),
  item('3b', 'patient', 'How the tracer was given', '示踪剂给药方式', pet()),
  item('3c', 'patient', 'Injected activity', '注射活度', pet()),
  item('3d', 'patient', 'Uptake time', '摄取时间', pet()),
  item('3e', 'patient', 'Control of competing substances', '竞争性物质的控制', pet()),
  item('4a', 'patient', 'Contrast agent', '对比剂'),
  item('4b', 'patient', 'How contrast was given', '对比剂给药方式'),
  item('4c', 'patient', 'Quantity of contrast', '对比剂用量'),
  item('4d', 'patient', 'Time from contrast to scan', '对比剂延迟时间'),
  item('4e', 'patient', 'Control of competing substances', '竞争性物质的控制'),
  item('5', 'patient', 'Comorbidities that affect the image', '影响成像的合并症'),
  item('6', 'acquisition', 'Standard protocol, and where it is described', '标准方案及其出处'),
  item('7', 'acquisition', 'Scanners and vendors', '扫描仪与厂商', header(['Manufacturer', ''], ['ManufacturerModelName', ''])),
  item('8', 'acquisition', 'Modality', '成像方式', header(['Modality', ''])),
  item('9a', 'acquisition', 'Static or dynamic', '静态或动态'),
  item('9b', 'acquisition', 'Time of each frame', '每帧时间'),
  item('9c', 'acquisition', 'Temporal modelling', '时间建模'),
  item('10', 'acquisition', 'Calibration of the scanner', '扫描仪校准'),
  item('11', 'acquisition', 'Instructions during the scan', '扫描中的患者指令'),
  item('12', 'acquisition', 'Motion', '运动校正'),
  item('13', 'acquisition', 'Duration of the scan', '扫描时长'),
  item('14', 'acquisition', 'Tube voltage', '管电压', ct(header(['KVP', ' kVp']))),
  item('15', 'acquisition', 'Tube current', '管电流', ct()),
  item('16', 'acquisition', 'Time of flight', '飞行时间', pet()),
  item('17', 'acquisition', 'RF coil', '射频线圈', mr()),
  item('18a', 'acquisition', 'Sequence', '扫描序列', mr()),
  item('18b', 'acquisition', 'Sequence variant', '序列变体', mr()),
  item('18c', 'acquisition', 'Options of the sequence', '序列选项', mr()),
  item('19', 'acquisition', 'Repetition time', '重复时间', mr(header(['RepetitionTime', ' ms']))),
  item('20', 'acquisition', 'Echo time', '回波时间', mr(header(['EchoTime', ' ms']))),
  item('21', 'acquisition', 'Echo train length', '回波链长度', mr()),
  item('22', 'acquisition', 'Inversion time', '反转时间', mr()),
  item('23', 'acquisition', 'Flip angle', '翻转角', mr(header(['FlipAngle', '°']))),
  item('24', 'acquisition', 'Acquisition type, such as 3D', '采集类型（如 3D）', mr()),
  item('25', 'acquisition', 'Trajectory in k-space', 'k 空间轨迹', mr()),
  item('26', 'acquisition', 'Averages', '平均次数', mr()),
  item('27', 'acquisition', 'Field strength', '磁场强度', mr(header(['MagneticFieldStrength', ' T']))),
  item('28', 'reconstruction', 'Resolution in the plane', '层内分辨率', header(['pixelSpacing', ' mm'], ['matrix', ''])),
  item('29', 'reconstruction', 'Slice thickness', '层厚', header(['SliceThickness', ' mm'])),
  item('30', 'reconstruction', 'Distance between slices', '层间距', header(['sliceDistance', ' mm'])),
  item('31a', 'reconstruction', 'Convolution kernel', '卷积核', ct(header(['ConvolutionKernel', '']))),
  item('31b', 'reconstruction', 'Iterative reconstruction', '迭代重建', ct()),
  item('31c', 'reconstruction', 'Exposure', '曝光量', ct()),
  item('32a', 'reconstruction', 'Reconstruction method (PET)', '重建方法（PET）', pet()),
  item('32b', 'reconstruction', 'Iterations', '迭代次数', pet()),
  item('32c', 'reconstruction', 'Subsets', '子集数', pet()),
  item('33', 'reconstruction', 'Point spread function', '点扩散函数建模', pet()),
  item('34a', 'reconstruction', 'Attenuation correction', '衰减校正', pet()),
  item('34b', 'reconstruction', 'Other corrections', '其他校正', pet()),
  item('35a', 'reconstruction', 'Reconstruction from k-space', 'k 空间重建方法', mr()),
  item('35b', 'reconstruction', 'Suppression of artefacts', '伪影抑制', mr()),
  item('36', 'reconstruction', 'b-values', 'b 值', mr()),
  item('37', 'registration', 'Registration of several images', '多图像配准', ({ run }) => (run.chains.length > 1 ? both('none by this software; each image has its own mask', '本软件未作配准，各图像使用各自的掩膜') : 'none')),
  item('38', 'conversion', 'SUV', 'SUV 归一化', pet(header(['Units', '']))),
  item('39', 'conversion', 'ADC', 'ADC 计算', mr()),
  item('40', 'conversion', 'Other conversions', '其他转换', () => both('none by this software beyond the rescale slope and intercept of the files', '除文件的重缩放斜率与截距外，本软件未作其他转换')),
  item('41', 'post', 'Anti-aliasing', '抗混叠', resampled(() => both('none', '无'))),
  item('42', 'post', 'Noise', '噪声抑制', () => both('none by this software', '本软件未处理')),
  item('43', 'post', 'Smoothing after reconstruction', '重建后平滑', pet()),
  item('44', 'post', 'Skull stripping', '颅骨剥离', mr(() => both('none by this software', '本软件未处理'))),
  item('45', 'post', 'Non-uniformity', '不均匀性校正', mr(() => both('none by this software', '本软件未处理'))),
  item('46', 'post', 'Normalisation of intensities', '灰度归一化', chain((entry) => normalisation(entry) ?? both('none', '无'))),
  item('47', 'post', 'Other processing', '其他处理', () => both('none by this software', '本软件未处理')),
  item('48a', 'segmentation', 'How regions were drawn', '分割方法'),
  item('48b', 'segmentation', 'How many experts, how they agreed', '专家人数与一致性'),
  item('48c', 'segmentation', 'Semi-automatic and automatic methods', '半自动与自动方法'),
  item('48d', 'segmentation', 'On which of several images', '多模态时所用图像', ({ run }) => (run.chains.length > 1 ? 'authors' : 'none')),
  item('49', 'segmentation', 'From contours to a mask', '轮廓转换为掩膜', () => both('masks were read as voxels', '直接读取体素掩膜')),
  item('50a', 'interpolation', 'Interpolation method', '插值方法', resampled(interpolator)),
  item('50b', 'interpolation', 'Position of the grid', '网格位置', resampled(() => both('corners of the mask’s first voxel and of the grid aligned', '网格与掩膜首个体素的角对齐'))),
  item('50c', 'interpolation', 'Size of the grid', '网格尺寸', resampled(({ params }) => both(`the region’s box and ${String(params.padDistance)} voxels around`, `感兴趣区外接框及其外围 ${String(params.padDistance)} 个体素`))),
  item('50d', 'interpolation', 'Beyond the image', '图像范围外', resampled(() => both('0 more than half a voxel beyond the outer voxels', '超出边缘体素半个体素以外取 0'))),
  item('51', 'interpolation', 'Voxel size', '体素尺寸', chain(({ resample }) => (resample === undefined ? both('as acquired', '原始') : (voxelSize(resample) ?? both('as acquired', '原始'))))),
  item('52', 'interpolation', 'Rounding of Hounsfield units', 'HU 取整', ct(resampled(() => both('integer images are truncated towards zero, others stay fractional', '整数图像向零截断，其余保留小数')))),
  item('53', 'roi', 'Interpolation of the mask', '掩膜插值方法', resampled(() => both('nearest neighbour', '最近邻'))),
  item('54', 'roi', 'Partially masked voxels', '部分掩膜体素', resampled(() => both('a voxel belongs to the region when the nearest original voxel does', '最近的原体素属于感兴趣区时计入'))),
  item('55', 'resegmentation', 'Method and settings', '方法与参数', chain((entry) => resegmentation(entry) ?? both('none', '无'))),
  item('56a', 'discretisation', 'Method', '方法', chain(({ discretise: [step] }) => (step === undefined ? undefined : number(step.params.binCount) === undefined ? both('fixed bin width', '固定组宽') : both('fixed bin number', '固定组数')))),
  item('56b', 'discretisation', 'Number or width of bins', '组数或组宽', chain(discretisation)),
  item('56c', 'discretisation', 'Lowest intensity of the first bin', '首组下限', chain(({ discretise: [step] }) => (step === undefined ? undefined : number(step.params.binCount) === undefined ? both('the multiple of the width at or below the region’s minimum', '不大于感兴趣区最小值的组宽整数倍') : both('the region’s minimum', '感兴趣区最小值')))),
  item('57', 'transformation', 'Filters and their settings', '滤波器及参数', chain(({ filters }) => (filters.length === 0 ? both('none', '无') : joined(filters.map(filter))))),
  item('58', 'computation', 'Set of features', '特征集', chain(families)),
  item('59', 'computation', 'Compliance with IBSI', '与 IBSI 的一致性', compliance),
  item('60', 'computation', 'Robustness of features', '特征稳健性', (account) => evidence.robustness(account).state === 'done' ? both('assessed in the selection', '在筛选中评价') : both('not assessed', '未评价')),
  item('61', 'computation', 'Software and version', '软件与版本', (account) => same(`Radloom ${softwareVersion(account) ?? ''}`.trim())),
  item('62', 'texture', 'Aggregation of matrices', '矩阵聚合', aggregation),
  item('63', 'texture', 'Weighting by distance', '距离加权', weighting),
  item('64', 'texture', 'Symmetry of the GLCM', 'GLCM 对称性', texture('glcm', ({ symmetrical }) => (symmetrical === false ? both('asymmetric', '非对称') : both('symmetric', '对称')))),
  item('65', 'texture', 'Distance of the GLCM', 'GLCM 距离', texture('glcm', distance)),
  item('66', 'texture', 'Linkage of the GLSZM', 'GLSZM 连接距离', texture('glszm', (params) => (params.force2D === true ? both('Chebyshev distance 1, within slices (8 neighbours)', 'Chebyshev 距离 1，层内（8 邻域）') : both('Chebyshev distance 1 (26 neighbours)', 'Chebyshev 距离 1（26 邻域）')))),
  item('67', 'texture', 'Linkage of the GLDZM', 'GLDZM 连接距离', texture('gldzm', () => both('Chebyshev distance 1 (26 neighbours)', 'Chebyshev 距离 1（26 邻域）'))),
  item('68', 'texture', 'Distance norm of the GLDZM', 'GLDZM 距离范数', texture('gldzm', () => both('Manhattan', 'Manhattan'))),
  item('69', 'texture', 'Distance of the NGTDM', 'NGTDM 距离', texture('ngtdm', distance)),
  item('70', 'texture', 'Distance of the NGLDM (here GLDM)', 'NGLDM（即 GLDM）距离', texture('gldm', distance)),
  item('71', 'texture', 'Coarseness of the NGLDM (here GLDM)', 'NGLDM（即 GLDM）粗糙度参数', texture('gldm', ({ alpha }) => same(String(alpha)))),
  item('72', 'analysis', 'Modelling by TRIPOD', '按 TRIPOD 报告建模', () => 'authors'),
  item('73', 'analysis', 'Comparison with known factors', '与已知因素比较', (account) => (evidence.nonRadiomic(account).state === 'done' ? both('models of clinical variables alone and together with features', '含仅临床变量及联合模型') : both('none', '无'))),
  item('74', 'analysis', 'Multicollinearity', '多重共线性', (account) => {
    const said = [
      ...account.run.preparation.filter((step) => pluginName(step) === 'correlation').map(({ params }) => both(`correlated features removed above ${String(params.threshold)}`, `剔除相关系数大于 ${String(params.threshold)} 的特征`)),
      ...(measured(account, 'selection') ? [both('correlation of the selected features shown', '给出入选特征的相关性')] : []),
    ];
    return said.length === 0 ? both('not assessed', '未评价') : listed(said);
  }),
  item('75', 'analysis', 'Where the models are', '模型获取'),
  item('76', 'analysis', 'Where the data are', '数据获取'),
];
