// The local denoiser's third pass: the softmaxes over parts of the set, folded into that over all of it so far, which is
// the first in the buffer, and x0Hat. Needs grid.wgsl. Its float64 twin is tests/reference/local.ts.

override CHANNELS: u32;

struct Level {
  alpha: f32,
  sharpness: f32,
  radius: u32,
}

struct Part {
  n: u32,
  height: u32,
  width: u32,
  first: u32,
  count: u32,
  begins: u32,  // whether nothing of the set has been seen before
}

@group(0) @binding(0) var<uniform> level: Level;
@group(0) @binding(1) var<uniform> part: Part;
@group(0) @binding(2) var<storage, read_write> softmaxes: array<f32>;
@group(0) @binding(3) var<storage, read_write> x0Hat: array<f32>;

const FAR = 1e30;

struct Softmax {
  least: f32,
  weight: f32,
  values: vec4f,
}

fn load(at: u32, stride: u32) -> Softmax {
  var values: vec4f;
  values.x = softmaxes[at + 2u * stride];
  if (CHANNELS > 1u) {
    values.y = softmaxes[at + 3u * stride];
  }
  if (CHANNELS > 2u) {
    values.z = softmaxes[at + 4u * stride];
  }
  if (CHANNELS > 3u) {
    values.w = softmaxes[at + 5u * stride];
  }
  return Softmax(softmaxes[at], softmaxes[at + stride], values);
}

fn both(p: Softmax, q: Softmax) -> Softmax {
  let least = min(p.least, q.least);
  let ofP = exp2(max(level.sharpness * (least - p.least), -200.0));
  let ofQ = exp2(max(level.sharpness * (least - q.least), -200.0));
  return Softmax(least, ofP * p.weight + ofQ * q.weight, ofP * p.values + ofQ * q.values);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = gridIndex(group, groups, local);
  let plane = part.height * part.width;
  let stride = part.n * plane;
  if (index >= stride) {
    return;
  }
  let step = (2u + CHANNELS) * stride;
  var softmax = Softmax(FAR, 0.0, vec4f(0.0));
  if (part.begins == 0u) {
    softmax = load(index, stride);
  }
  for (var chunk = 0u; chunk * 8u < part.count; chunk++) {
    softmax = both(softmax, load(index + (chunk + 1u) * step, stride));
  }
  softmaxes[index] = softmax.least;
  softmaxes[index + stride] = softmax.weight;
  // Softmaxes have columns for rows.
  let p = index % plane;
  let pixel = p % part.height * part.width + p / part.height;
  for (var c = 0u; c < CHANNELS; c++) {
    softmaxes[index + (2u + c) * stride] = softmax.values[c];
    x0Hat[(index / plane * CHANNELS + c) * plane + pixel] = softmax.values[c] / softmax.weight;
  }
}
