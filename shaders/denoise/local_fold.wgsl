// needs ../grid.wgsl, local_part.wgsl

// The local denoiser's last pass: the softmaxes over parts of the set, folded into that over all of it so far, which is the
// first in the buffer, and x0Hat. Its float64 twin is tests/reference/local.ts.

@group(0) @binding(0) var<uniform> part: Part;
@group(0) @binding(1) var<storage, read_write> softmaxes: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> x0Hat: array<f32>;

struct Softmax {
  mean: vec4f,
  weight: f32,  // its log2
}

fn load(at: u32) -> Softmax {
  if (CHANNELS > 3u) {
    let v = softmaxes[2u * at];
    return Softmax(vec4f(v.xyz, softmaxes[2u * at + 1u].x), v.w);
  }
  let v = softmaxes[at];
  return Softmax(vec4f(v.xyz, 0.0), v.w);
}

fn store(at: u32, softmax: Softmax) {
  if (CHANNELS > 3u) {
    softmaxes[2u * at] = vec4f(softmax.mean.xyz, softmax.weight);
    softmaxes[2u * at + 1u] = vec4f(softmax.mean.w);
  } else {
    softmaxes[at] = vec4f(softmax.mean.xyz, softmax.weight);
  }
}

// In [-1, 1], of what stands for it in the set.
fn decoded(v: vec4f) -> vec4f {
  return select(v, v * (2.0 / 255.0) - 1.0, BYTES);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let index = gridIndex(here);
  let plane = part.height * part.width;
  let batches = (part.n + BATCH - 1u) / BATCH;
  let b = index / (plane * BATCH) * BATCH + index % BATCH;
  if (b >= part.n) {
    return;
  }
  let step = batches * plane * BATCH;
  var greatest = load(index + step).weight;
  var total = 0.0;
  var sum = vec4f(0.0);
  for (var eight = part.begins; eight <= part.eights; eight++) {
    let other = load(index + eight * step);
    let most = max(greatest, other.weight);
    let before = exp2(max(greatest - most, -200.0));
    let now = exp2(max(other.weight - most, -200.0));
    total = before * total + now;
    sum = before * sum + now * other.mean;
    greatest = most;
  }
  let mean = sum / total;
  store(index, Softmax(mean, greatest + log2(total)));
  let value = decoded(mean);
  let to = b * CHANNELS * plane + index / BATCH % plane;
  x0Hat[to] = value.x;
  if (CHANNELS > 1u) {
    x0Hat[to + plane] = value.y;
  }
  if (CHANNELS > 2u) {
    x0Hat[to + 2u * plane] = value.z;
  }
  if (CHANNELS > 3u) {
    x0Hat[to + 3u * plane] = value.w;
  }
}
