/** 由一张图生成的页面的中文。 */
import type { SingleText } from '../areas.ts';

export const words: SingleText = {
  title: '由一张图生成新图',
  lead: '从纯噪声开始。每一步，去噪器估计每个像素：按贝叶斯公式，对这一张图的所有小块求平均。先粗后细。没有训练，任何数据都不会离开您的设备。',

  source: '这一张图',
  drop: '把图拖到这里、粘贴，或',
  examplesLabel: '示例',
  examples: {
    hills: '山丘',
    brick: '砖墙',
    pebbles: '卵石',
    strokes: '笔触',
    fruit: '水果',
    city: '城市',
    dungeon: '地牢',
    garden: '花园',
  },
  sourcePicture: (name) => `原图：${name}`,
  changes: {
    none: (_) => '',
    shrunk: (from) => `由 ${from} 缩小：照片和纹理在这里每边最多 256 像素`,
    fitted: (from) => `由 ${from} 缩小：风景与要生成的图同高，才能看到全景`,
    reduced: (from) => `由 ${from} 还原：每块相同的像素取一个，颜色不变`,
    cut: (from) => `从 ${from} 的中间裁下：像素画在这里最多 64 × 64，且从不平滑`,
  },

  kind: '它是',
  kinds: { landscape: '风景', texture: '纹理', pixels: '像素画' },
  kindNotes: {
    landscape: '上还是上：小块最可能出现在自己原来的高度。',
    texture: '任何小块可以在任何地方；四边相接。',
    pixels: '只有一个尺度，只用原图的颜色。',
  },
  weaknesses: '它的不足',
  weakness: {
    landscape:
      '没有一步顾及全图：原图中只有一个的东西，例如太阳，可能出现两次、被拉长，或根本不出现；山脊可能悬空。',
    texture: '长直线会漂移，例如砖缝；大的漩涡会散开；物体可能互相融在一起。',
    pixels: '它只知道什么与什么相邻，不知道各自的用途：路可能不通，房子可能没有门。',
  },

  make: '要生成什么',
  shape: '形状',
  shapes: { source: '同原图', square: '方形', wide: '宽 3.5:1', tall: '高 1:2' },
  side: '短边',
  w: '宽',
  h: '高',
  n: '张数',
  seed: '种子',
  exact: '每层都精确',
  exactNotes: {
    off: '较细的层只比较几个可能的小块，而不是全部：这是近似，快许多倍。',
    on: '每层的每个像素都与所有小块比较：图大时很慢。',
    always: '像素画只有一层，那里比较所有小块。',
  },

  levels: '各层，由粗到细',
  levelExact: '所有小块',
  levelApproximate: '几个候选',
  levelSize: (w, h) => `${w} × ${h}`,
  steps: (n) => `${n} 步`,

  pictures: (n) => (n === 1 ? '新图' : `${n} 张新图`),
  badges: {
    patches: '小块后验，精确：会生成',
    'patch-match': '小块后验，近似：会生成',
  },
  badgeMeanings: {
    patches: '去噪器是精确的后验均值，假设每个小块都是原图某处的小块：每个像素与所有小块比较。',
    'patch-match': '去噪器近似那个后验均值：每个像素只与随机搜索找到的几个可能的小块比较，而不是全部。',
  },
  show: '显示',
  shows: { x: '状态 xₜ', x0Hat: '去噪器的预测 x̂₀' },
  waiting: '正在准备…',
  where: (level, levels, size, step, steps) =>
    `第 ${level} 层，共 ${levels} 层 · ${size} · 第 ${step} 步，共 ${steps} 步`,
  done: (seconds) => `用了 ${seconds} 秒`,
  progress: '进度',
  spokenLevel: (level, levels, size) => `第 ${level} 层，共 ${levels} 层，${size} 像素`,
  spokenDone: (n) => (n === 1 ? '新图已完成' : `${n} 张新图已完成`),
  reseed: '换噪声',
  again: '再看一遍',
  choices: '原图',
  settings: '用它生成什么',

  tooSmall: (name) => `“${name}”太小：原图每边至少 8 像素。未作更改。`,
  noOwn: (name) => `该链接使用了作者自己的图片，而那张图片从未离开作者的设备。这里改用示例：${name}。`,
  tooMany: (n, w, h) => `${n} × ${w} × ${h} 像素太多：最多 2,097,152。未作更改，请减小尺寸或张数。`,
  badValue: (name, text) => `${name}：“${text}”不是有效的值，未作更改。`,
};
