/** 编码长度测量的中文文字。 */
import type { CodeLengthText } from '../areas.ts';

export const words: CodeLengthText = {
  title: '比特数的下限',
  meaning:
    '去噪器就是一种编码：它的变分界就是一张图像在这种编码里所占的比特数。对于 N 张等可能图像中的一张，任何编码都不能少于 log₂ N 比特；步数 T 越细，理想去噪器的编码就越接近这个数：它只记下是哪一张图像，别的什么也不记。',
  data: (n, side, of) =>
    `测量所用的是这个集合 ${of} 张图像中的 ${n} 张，缩小到 ${side} × ${side} 个 8 位像素，使几千步也能很快完成；缩小后相同的图像只计一次。对数信噪比线性变化，γ 从 −18 到 14，VDM 的解码器，每一步都重新抽取噪声。`,
  measure: '测量',
  stop: '停止',
  measuring: (T) => `正在测量 T = ${T}……`,
  plot: (n) => `每张图像的比特数随 T 的变化，以及直线 log₂ ${n}`,
  bits: '变分界，每张图像的比特数',
  limit: (n, bits) => `log₂ ${n} = ${bits}`,
  steps: 'T',
  result: '比特',
  above: '高出 log₂ N',
  failed: (reason) => `测量失败：${reason}。`,
};
