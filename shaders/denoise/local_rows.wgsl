// The local denoiser's second pass: the columns' sums summed along rows, by a sum that slides, are the squared distances
// of whole windows; of every eight images of the set their softmax at every pixel, as its least distance, the sum of its
// weights 2^(sharpness (least - distance)), and the images' values in it. Needs grid.wgsl. Its float64 twin is
// tests/reference/local.ts.

override CHANNELS: u32;
override BATCH: u32;  // images of the batch that an invocation takes, 1 or 4

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
}

@group(0) @binding(0) var<uniform> level: Level;
@group(0) @binding(1) var<uniform> part: Part;
@group(0) @binding(2) var<storage, read> columns: array<f32>;
@group(0) @binding(3) var<storage, read> images: array<f32>;
@group(0) @binding(4) var<storage, read_write> softmaxes: array<f32>;

const FAR = 1e30;  // as good as infinitely far, and still finite times a sharpness

// As in local_columns.wgsl, over eight images.
struct Sum {
  low: vec4f,
  high: vec4f,
  lostLow: vec4f,
  lostHigh: vec4f,
}

fn add(sum: Sum, low: vec4f, high: vec4f) -> Sum {
  let correctedLow = low - sum.lostLow;
  let correctedHigh = high - sum.lostHigh;
  let valueLow = sum.low + correctedLow;
  let valueHigh = sum.high + correctedHigh;
  return Sum(
    valueLow,
    valueHigh,
    (valueLow - sum.low) - correctedLow,
    (valueHigh - sum.high) - correctedHigh,
  );
}

fn load(at: vec4u) -> vec4f {
  return vec4f(columns[at.x], columns[at.y], columns[at.z], columns[at.w]);
}

fn loadImages(at: vec4u) -> vec4f {
  return vec4f(images[at.x], images[at.y], images[at.z], images[at.w]);
}

fn least(v: vec4f) -> f32 {
  return min(min(v.x, v.y), min(v.z, v.w));
}

// Of eight images, one channel.
struct Eight {
  low: vec4f,
  high: vec4f,
}

fn eight(at: vec4u, atHigh: vec4u) -> Eight {
  return Eight(loadImages(at), loadImages(atHigh));
}

fn mean(w: Eight, values: Eight) -> f32 {
  return dot(w.low, values.low) + dot(w.high, values.high);
}

struct Values {
  c0: Eight,
  c1: Eight,
  c2: Eight,
  c3: Eight,
}

fn store(at: u32, stride: u32, low: vec4f, high: vec4f, values: Values) {
  let nearest = min(least(low), least(high));
  let w = Eight(
    exp2(max(level.sharpness * (nearest - low), vec4f(-200.0))),
    exp2(max(level.sharpness * (nearest - high), vec4f(-200.0))),
  );
  softmaxes[at] = nearest;
  softmaxes[at + stride] = dot(w.low + w.high, vec4f(1.0));
  softmaxes[at + 2u * stride] = mean(w, values.c0);
  if (CHANNELS > 1u) {
    softmaxes[at + 3u * stride] = mean(w, values.c1);
  }
  if (CHANNELS > 2u) {
    softmaxes[at + 4u * stride] = mean(w, values.c2);
  }
  if (CHANNELS > 3u) {
    softmaxes[at + 5u * stride] = mean(w, values.c3);
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = gridIndex(group, groups, local);
  let row = index % part.height;
  let batches = (part.n + BATCH - 1u) / BATCH;
  let first = index / part.height % batches * BATCH;
  let chunk = index / part.height / batches;
  if (chunk * 8u >= part.count) {
    return;
  }
  let plane = part.height * part.width;
  let last = vec4u(part.count - 1u);
  let iLow = chunk * 8u + vec4u(0u, 1u, 2u, 3u);
  let iHigh = iLow + 4u;
  let away = select(vec4f(0.0), vec4f(FAR), iLow > last);
  let awayHigh = select(vec4f(0.0), vec4f(FAR), iHigh > last);
  let origin = min(iLow, last) * plane + row;
  let originHigh = min(iHigh, last) * plane + row;
  let at = (part.first + min(iLow, last)) * CHANNELS * plane + row * part.width;
  let atHigh = (part.first + min(iHigh, last)) * CHANNELS * plane + row * part.width;
  let b = min(first + vec4u(0u, 1u, 2u, 3u), vec4u(part.n - 1u));
  let stride = part.n * plane;
  let radius = min(level.radius, part.width - 1u);

  let zero = vec4f(0.0);
  var sum0 = Sum(away, awayHigh, zero, zero);
  var sum1 = sum0;
  var sum2 = sum0;
  var sum3 = sum0;
  let slice = part.count * plane;
  for (var column = 0u; column < part.width + radius; column++) {
    if (column < part.width) {
      let p = column * part.height;
      sum0 = add(sum0, load(b.x * slice + origin + p), load(b.x * slice + originHigh + p));
      if (BATCH > 1u) {
        sum1 = add(sum1, load(b.y * slice + origin + p), load(b.y * slice + originHigh + p));
        sum2 = add(sum2, load(b.z * slice + origin + p), load(b.z * slice + originHigh + p));
        sum3 = add(sum3, load(b.w * slice + origin + p), load(b.w * slice + originHigh + p));
      }
    }
    if (column > 2u * radius) {
      let p = (column - 2u * radius - 1u) * part.height;
      sum0 = add(sum0, -load(b.x * slice + origin + p), -load(b.x * slice + originHigh + p));
      if (BATCH > 1u) {
        sum1 = add(sum1, -load(b.y * slice + origin + p), -load(b.y * slice + originHigh + p));
        sum2 = add(sum2, -load(b.z * slice + origin + p), -load(b.z * slice + originHigh + p));
        sum3 = add(sum3, -load(b.w * slice + origin + p), -load(b.w * slice + originHigh + p));
      }
    }
    if (column >= radius) {
      let centre = column - radius;
      var values: Values;
      values.c0 = eight(at + centre, atHigh + centre);
      if (CHANNELS > 1u) {
        values.c1 = eight(at + plane + centre, atHigh + plane + centre);
      }
      if (CHANNELS > 2u) {
        values.c2 = eight(at + 2u * plane + centre, atHigh + 2u * plane + centre);
      }
      if (CHANNELS > 3u) {
        values.c3 = eight(at + 3u * plane + centre, atHigh + 3u * plane + centre);
      }
      let to = (chunk + 1u) * (2u + CHANNELS) * stride + centre * part.height + row;
      store(to + b.x * plane, stride, sum0.low, sum0.high, values);
      if (BATCH > 1u) {
        store(to + b.y * plane, stride, sum1.low, sum1.high, values);
        store(to + b.z * plane, stride, sum2.low, sum2.high, values);
        store(to + b.w * plane, stride, sum3.low, sum3.high, values);
      }
    }
  }
}
