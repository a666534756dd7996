// needs ../grid.wgsl

// Dynamic thresholding: x0Hat held within [-s, s] and divided by s, a quantile of the image's |x0Hat|, at least 1 and at most
// `most`. Its float64 twin is dynamicThreshold in src/diffusion/limit.ts.

struct Threshold {
  values: u32,  // of an image; a vector may hold values of several
  most: f32,
}

@group(0) @binding(0) var<uniform> threshold: Threshold;
@group(0) @binding(1) var<storage, read_write> limited: array<vec4f>;
@group(0) @binding(2) var<storage, read> x0Hat: array<vec4f>;
@group(0) @binding(3) var<storage, read> quantiles: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= arrayLength(&limited)) {
    return;
  }
  // The padding counts as the last image's.
  let image = min((4u * i + vec4u(0u, 1u, 2u, 3u)) / threshold.values, vec4u(arrayLength(&quantiles) - 1u));
  let quantile = vec4f(quantiles[image.x], quantiles[image.y], quantiles[image.z], quantiles[image.w]);
  let s = min(max(quantile, vec4f(1.0)), vec4f(threshold.most));
  limited[i] = clamp(x0Hat[i], -s, s) / s;
}
