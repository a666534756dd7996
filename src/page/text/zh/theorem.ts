/** 定理页面的中文文字。 */
import { html } from 'lit';
import { tex } from '../../tex.ts';
import type { TheoremText } from '../areas.ts';

const sub = (i: number) => '₁₂'[i];

export const words: TheoremText = {
  title: '动手体验线性高斯定理',
  lead: html`
    <p>
      隐藏的量 ${tex`x`} 有一个高斯<span class="prior">先验</span>。我们观测到它的一个线性测量
      ${tex`y = A x + b`}，其中含有协方差为 ${tex`Q`} 的高斯噪声；把它看作 ${tex`x`}
      的函数，就是<span class="likelihood">似然</span>。那么<span class="posterior">后验</span>也是高斯分布：
    </p>
  `,
  hint: '拖动圆点；或用 Tab 键选中圆点，再用方向键移动（按住 Shift 移得更远）。下面的每个数都可以直接输入。',
  examples: '例子',
  presets: { step: '扩散的一步', fusion: '传感器融合', projection: '投影', illConditioned: '病态情形' },
  about: {
    step: '扩散的反向一步：A = √α I，Q = (1 − α) I，其中 α 就是这一步的 1 − β。似然是以 y/√α 为中心的圆；β 越小，它的权重越大。',
    fusion: '两个传感器测量同一个量：A = I。一个模糊的方向恰好是另一个清楚的方向，后验比两者都清楚。',
    projection:
      'A 的秩为一：x 只有一个方向能在 y 中留下痕迹。似然是一条无限长的带，沿着带的方向，先验保持原样。',
    illConditioned: '',
    own: '您自己的情形。',
  },
  alpha: 'α = 1 − β',
  follow: (t) => `跟随运行 (t = ${t})`,
  noRun: '跟随运行',
  sameAsProbe: (t, mean, variance, difference) =>
    `x₁ 是 t = ${t} 时探针所在的值；x₂ 是一个没有加噪声的中灰值。探针自己的公式在 src/diffusion/posterior.ts 中，它给出 μ = ${mean}，σ² = ${variance}：数值相同，最多相差 ${difference}。`,
  fit: '适应窗口',
  refused: (reason) => `未作更改。程序库报告：“${reason}”。`,
  notANumber: '未作更改：请在这里输入一个数。',
  clean: 't = 0 时没有这一步，未作更改。',
  planes: {
    x: 'x，隐藏的量',
    xCaption: '等高线：一倍与两倍标准差。',
    y: 'y，观测到的量',
    yCaption: '虚线：p(y)，由先验作出的预测。琥珀色：y 以及噪声 Q。',
    A: '映射 A',
    ACaption: 'A 把两个单位向量送到哪里。',
    joint: 'x 与 y 的联合分布',
    jointCaption: (i, j) => `沿观测值 y${sub(j)} 切开：下方是 p(x${sub(i)}) 与 p(x${sub(i)} | y${sub(j)})。`,
    axes: '坐标',
  },
  handles: {
    m: '先验的均值 m',
    S: ['先验 S 的第一轴', '先验 S 的第二轴'],
    A: ['第一个单位向量在 A 下的像', '第二个单位向量在 A 下的像'],
    Q: ['噪声 Q 的第一轴', '噪声 Q 的第二轴'],
    y: '观测值 y',
  },
  numbers: '数值',
  fields: { m: '先验均值', S: '先验协方差', A: '映射', b: '偏移', Q: '噪声协方差', y: '观测值' },
  results: {
    heading: '后验，用两种方法各算一次',
    schur: '舒尔补',
    information: '精度相加',
    difference: '相差',
    mean: '均值',
    covariance: '协方差',
    predicted: '中间结果：',
  },
  source: '计算代码：',
};
