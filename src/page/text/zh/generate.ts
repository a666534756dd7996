/** 生成页面的中文。 */
import type { GenerateText } from '../areas.ts';

export const words: GenerateText = {
  titles: { local: '从未有人画过的图', ideal: '它只会记忆', wiener: '由一张图生成新纹理' },
  leads: {
    local:
      '每一格都从纯噪声开始。每一步，去噪器估计干净的图像，噪声随之减少一点。没有训练，也不下载任何东西：去噪器只是逐个窗口地对下面这些图应用贝叶斯公式。',
    ideal:
      '每一格都从纯噪声开始，最后成为下面的某一张：精确后验均值只知道这些图。它只会记忆。值得看的是：噪声怎样决定最后是哪一张。',
    wiener:
      '每一格都从纯噪声开始，最后成为与一张图有相同功率谱的纹理：对高斯数据而言这是精确的答案。它对形状一无所知。请在下面选择这张图。',
  },
  pickHint: '选一格，看它从噪声到图像的过程，也可以从途中分叉。',

  denoisers: { local: '局部', ideal: '理想', wiener: '维纳' },
  badges: {
    local: '局部后验均值：会生成',
    ideal: '精确后验均值：只会记忆',
    wiener: '维纳：由一个频谱生成新纹理',
  },
  badgeMeanings: {
    local:
      '去噪器把每个像素周围的窗口与图集中每张图的同一位置相比，再按贝叶斯公式平均。相距较远的地方各自决定，因此能生成图集里没有的图。',
    ideal: '去噪器是一个图集的精确后验均值：它比较整张图，最后只能落在其中一张上。它只会记忆，不生成新图。',
    wiener: '去噪器是高斯纹理的精确后验均值，纹理的频谱取自一张图。它生成同一频谱的新纹理，对形状一无所知。',
  },
  denoiserNotes: {
    local: '逐像素比较窗口：生成新图。',
    ideal: '比较整张图：落在图集的某一张上。',
    wiener: '只知道一张图的频谱：生成新纹理。',
  },

  settings: '用什么生成',
  set: '它知道的图',
  denoiser: '去噪器',
  creativity: '窗口 k_max',
  creativityEnds: ['拼贴', '新图', '照抄'],
  creativityNow: (k, size) => `${k} 像素，图宽 ${size}`,
  count: '同时生成',
  seed: '种子',
  newSeed: '换一个',
  sampler: '采样器',
  steps: '步数',
  eta: 'η，每步的新噪声',

  wall: (n) => `${n} 个样本`,
  tile: (b, n) => `第 ${b} 个样本，共 ${n} 个`,
  tileDone: (name, distance, copy) =>
    copy ? `${name}：照抄，与图集中一张图相距 ${distance}` : `${name}：与图集中最近的图相距 ${distance}`,
  copy: '照抄',
  show: '显示',
  shows: { x: '状态 xₜ', x0Hat: '去噪器的预测 x̂₀' },
  waiting: '正在生成噪声……',
  reseed: '换噪声',
  again: '再看一遍',

  stage: (b) => `第 ${b} 个样本`,
  state: '状态',
  predicted: '去噪器当前的预测',
  nearest: '图集中最近的图',
  nearestPicture: (index) => `图集第 ${index} 张，离这个样本最近`,
  distance: (value) => `与样本的均方根距离 ${value}`,
  nearestLater: '噪声退尽后才知道',
  close: '回到全部',

  where: (t, T, level) => `第 ${T - t} 步，共 ${T} 步 · 噪声/信号 ${level}`,
  scrubber: '从噪声到图像的步',
  strip: '从噪声到图像',
  frame: (step, T) => `第 ${step} 步，共 ${T} 步`,
  spoken: (step, T) => `第 ${step} 步，共 ${T} 步`,

  beside: '图像旁边',
  novelty: '有多新？',
  noveltySummary: (fresh, n, mean) =>
    `${n} 个中有 ${fresh} 个不是照抄：与图集中最近的图平均相距 ${mean}（均方根）。`,
  setSpread: (value) => `图集中每张图与离它最近的另一张平均相距 ${value}。`,
  noveltyLater: '噪声退尽后测量：与图集中最近的图的均方根距离，像素值从 −1 到 1。',

  branches: '何时已成定局？',
  branchLead: '分叉：从这个状态出发继续八次，各用新的噪声（η = 1）。',
  branch: (step) => `在第 ${step} 步分叉`,
  branchAtEnd: '回到还有噪声的一步，才能分叉。',
  branchesFrom: (step, n) => `从第 ${step} 步出发的 ${n} 个分支`,
  branchesRun: '正在运行……',
  decided: (value, part) => `终点彼此相距 ${value}（均方根），是墙上两个样本之差的 ${part}。`,
  verdicts: {
    open: '这一步几乎一切都还未定。',
    partly: '轮廓已定，细节未定。',
    closed: '到这一步，图像已成定局。',
  },
  decidedPlot: '各分支终点之间的距离，按出发的步',
  decidedPoint: (step, value) => `第 ${step} 步：${value}`,

  spectrumOf: '频谱取自',
  becoming: '它正在变成哪一张？',
  entropy: (bits, most, n) => `图集 ${n} 张图上的后验：还有 ${bits} 比特未定，最多 log₂ N = ${most}。`,
  entropyPlot: '从噪声到图像，还有多少比特未定',
  source: (index) => `频谱取自第 ${index} 张；可换一张：`,
  takeSource: (name) => `取这张图的频谱：${name}`,

  badValue: (name, text) => `${name}：“${text}”不是有效的值，未作更改。`,
  noSuchStep: (t) => `链接要求距终点 ${t} 步的状态，而本次运行没有这么多步。`,
  save: '保存样本',
};
