/** 采样器比较页面的中文文字。 */
import type { CompareText } from '../areas.ts';

export const words: CompareText = {
  title: '采样器并排比较',
  lead: '每次运行都从同样的噪声出发，询问同一个去噪器；不同的只有采样器。数据是高斯的：原图加上独立的颗粒。它的精确去噪器是已知的，因此这里的一切差别都来自采样器本身。',
  badge: '对“原图 + 颗粒”精确',
  badgeMeaning:
    '去噪器是数据 N(原图, 标准差² I) 的精确后验均值。它没有学过任何东西：只会给出带有新颗粒的原图。',
  steps: '步数',
  deviation: '颗粒的标准差',
  difference: '差异的基准',
  references: { first: '第一次运行', exact: '精确解' },
  sign: '显示方式',
  signs: { signed: '带符号，灰色为零', absolute: '绝对值，黑色为零' },
  gain: '放大',
  times: (gain) => `× ${gain}`,
  sampler: (column) => `采样器 ${column}`,
  add: '添加一次运行',
  remove: (name) => `移除 ${name}`,
  state: (name, t) => `${name}：t = ${t} 时的 x`,
  differenceFrom: (name, reference, absolute) =>
    absolute ? `|${name} − ${reference}|` : `${name} − ${reference}`,
  exactPicture: '同样噪声下常微分方程的精确解',
  rms: (value) => `均方根 ${value}`,
  spread: (measured, exact) => `颗粒与噪声 ${measured}，精确值 ${exact}`,
  lawError: (value) => `标准差的误差 ${value}`,
  pathError: (value) => `与精确解的误差 ${value}`,
  evaluations: (count) => `求值 ${count} 次`,
  scrubber: '噪声水平',
  where: (stop, of, t, snr) => `第 ${stop} 级，共 ${of} 级 · t = ${t} · 信噪比 ${snr}`,
  clean: '无穷大',
  waiting: '正在准备各次运行……',
  noGpu: '图片需要 WebGPU，而这里没有；下面的图不需要。',
  refused: (reason) => `无法这样运行：${reason}。原来的保持不变。`,
  badValue: (text, steps) =>
    `“${text}”不可用：步数须为 1 到 ${steps}，标准差须在 (0, 1] 内。原来的保持不变。`,
  tableOf: '所列的行属于',
  scalarNoise: '各通道相关的噪声没有采样器；这里每个通道的噪声各自独立。',
};
