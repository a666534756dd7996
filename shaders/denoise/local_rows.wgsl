// The local denoiser's third pass: the columns' sums summed along rows, by a sum that slides, are the squared distances
// of whole windows; of every eight images of the set the mean that their softmax at every pixel gives, and log2 of the sum
// of its weights 2^(-sharpness distance). Needs grid.wgsl. Its float64 twin is tests/reference/local.ts.

override CHANNELS: u32;
override BATCH: u32;  // images of the batch that an invocation takes, 1 to 4

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
  fours: u32,
  count: u32,  // images in the fours
}

@group(0) @binding(0) var<uniform> level: Level;
@group(0) @binding(1) var<uniform> part: Part;
@group(0) @binding(2) var<storage, read> columns: array<vec4f>;
@group(0) @binding(3) var<storage, read> images: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> softmaxes: array<vec4f>;

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

fn least(v: vec4f) -> f32 {
  return min(min(v.x, v.y), min(v.z, v.w));
}

// Of eight images, one channel.
struct Eight {
  low: vec4f,
  high: vec4f,
}

struct Values {
  c0: Eight,
  c1: Eight,
  c2: Eight,
  c3: Eight,
}

fn weighted(w: Eight, values: Eight) -> f32 {
  return dot(w.low, values.low) + dot(w.high, values.high);
}

fn store(at: u32, sum: Sum, values: Values) {
  let nearest = min(least(sum.low), least(sum.high));
  let w = Eight(
    exp2(max(level.sharpness * (nearest - sum.low), vec4f(-200.0))),
    exp2(max(level.sharpness * (nearest - sum.high), vec4f(-200.0))),
  );
  let total = dot(w.low + w.high, vec4f(1.0));
  var mean = vec4f(weighted(w, values.c0), 0.0, 0.0, 0.0);
  if (CHANNELS > 1u) {
    mean.y = weighted(w, values.c1);
  }
  if (CHANNELS > 2u) {
    mean.z = weighted(w, values.c2);
  }
  let weight = log2(total) - level.sharpness * nearest;
  if (CHANNELS > 3u) {
    softmaxes[2u * at] = vec4f(mean.xyz / total, weight);
    softmaxes[2u * at + 1u] = vec4f(weighted(w, values.c3) / total);
  } else {
    softmaxes[at] = vec4f(mean.xyz / total, weight);
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
  let own = index / part.height % batches;
  let chunk = index / part.height / batches;
  if (2u * chunk >= part.fours) {
    return;
  }
  let plane = part.height * part.width;
  // Where the last eight are fewer, others stand for those that are missing, too far away to count.
  let four = 2u * chunk;
  let fourHigh = min(four + 1u, part.fours - 1u);
  let i = 4u * four + vec4u(0u, 1u, 2u, 3u);
  let far = select(vec4f(0.0), vec4f(FAR), i >= vec4u(part.count));
  let farHigh = select(vec4f(0.0), vec4f(FAR), i + 4u >= vec4u(part.count));
  let low = ((four * batches + own) * plane + row * part.width) * BATCH;
  let high = ((fourHigh * batches + own) * plane + row * part.width) * BATCH;
  let at = ((part.first + four) * plane + row * part.width) * CHANNELS;
  let atHigh = ((part.first + fourHigh) * plane + row * part.width) * CHANNELS;
  let to = (((chunk + 1u) * batches + own) * plane + row * part.width) * BATCH;
  let radius = min(level.radius, part.width - 1u);

  var sum0 = Sum(far, farHigh, vec4f(0.0), vec4f(0.0));
  var sum1 = sum0;
  var sum2 = sum0;
  var sum3 = sum0;
  for (var column = 0u; column < radius; column++) {
    let p = column * BATCH;
    sum0 = add(sum0, columns[low + p], columns[high + p]);
    if (BATCH > 1u) {
      sum1 = add(sum1, columns[low + p + 1u], columns[high + p + 1u]);
    }
    if (BATCH > 2u) {
      sum2 = add(sum2, columns[low + p + 2u], columns[high + p + 2u]);
    }
    if (BATCH > 3u) {
      sum3 = add(sum3, columns[low + p + 3u], columns[high + p + 3u]);
    }
  }
  for (var column = 0u; column < part.width; column++) {
    if (column + radius < part.width) {
      let p = (column + radius) * BATCH;
      sum0 = add(sum0, columns[low + p], columns[high + p]);
      if (BATCH > 1u) {
        sum1 = add(sum1, columns[low + p + 1u], columns[high + p + 1u]);
      }
      if (BATCH > 2u) {
        sum2 = add(sum2, columns[low + p + 2u], columns[high + p + 2u]);
      }
      if (BATCH > 3u) {
        sum3 = add(sum3, columns[low + p + 3u], columns[high + p + 3u]);
      }
    }
    if (column > radius) {
      let p = (column - radius - 1u) * BATCH;
      sum0 = add(sum0, -columns[low + p], -columns[high + p]);
      if (BATCH > 1u) {
        sum1 = add(sum1, -columns[low + p + 1u], -columns[high + p + 1u]);
      }
      if (BATCH > 2u) {
        sum2 = add(sum2, -columns[low + p + 2u], -columns[high + p + 2u]);
      }
      if (BATCH > 3u) {
        sum3 = add(sum3, -columns[low + p + 3u], -columns[high + p + 3u]);
      }
    }
    let v = at + column * CHANNELS;
    let vHigh = atHigh + column * CHANNELS;
    var values: Values;
    values.c0 = Eight(images[v], images[vHigh]);
    if (CHANNELS > 1u) {
      values.c1 = Eight(images[v + 1u], images[vHigh + 1u]);
    }
    if (CHANNELS > 2u) {
      values.c2 = Eight(images[v + 2u], images[vHigh + 2u]);
    }
    if (CHANNELS > 3u) {
      values.c3 = Eight(images[v + 3u], images[vHigh + 3u]);
    }
    let p = to + column * BATCH;
    store(p, sum0, values);
    if (BATCH > 1u) {
      store(p + 1u, sum1, values);
    }
    if (BATCH > 2u) {
      store(p + 2u, sum2, values);
    }
    if (BATCH > 3u) {
      store(p + 3u, sum3, values);
    }
  }
}
