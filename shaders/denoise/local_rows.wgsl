// needs ../grid.wgsl, local_eights.wgsl

// The local denoiser's second pass: the columns' sums summed along rows, by a sum that slides, are the squared distances of
// whole windows; of every eight images of the set the mean that their softmax at every pixel gives, and log2 of the sum of
// its weights 2^(-sharpness distance). Its float64 twin is tests/reference/local.ts.

@group(0) @binding(3) var<storage, read> columns: array<Eight>;
@group(0) @binding(4) var<storage, read_write> softmaxes: array<vec4f>;

const FAR = 1e30;  // as good as infinitely far, and still finite times a sharpness

// A sum, and what rounding has kept from it (Kahan 1965): terms that come and go again must not leave their rounding
// behind, for at the end of a run 1 / (2 sigma^2) is 300. Without it errors are up to ten times as large; in columns, whose
// sums come and go here as they are, it would make them hardly smaller.
struct Sum {
  value: Eight,
  lost: Eight,
}

fn add(sum: Sum, term: Eight) -> Sum {
  let low = term.low - sum.lost.low;
  let high = term.high - sum.lost.high;
  let value = Eight(sum.value.low + low, sum.value.high + high);
  let lost = Eight((value.low - sum.value.low) - low, (value.high - sum.value.high) - high);
  return Sum(value, lost);
}

// Of up to four images of the batch.
struct Sums {
  s0: Sum,
  s1: Sum,
  s2: Sum,
  s3: Sum,
}

fn addColumn(sums: Sums, at: u32, sign: f32) -> Sums {
  var next: Sums;
  next.s0 = add(sums.s0, times(sign, columns[at]));
  if (BATCH > 1u) {
    next.s1 = add(sums.s1, times(sign, columns[at + 1u]));
  }
  if (BATCH > 2u) {
    next.s2 = add(sums.s2, times(sign, columns[at + 2u]));
  }
  if (BATCH > 3u) {
    next.s3 = add(sums.s3, times(sign, columns[at + 3u]));
  }
  return next;
}

fn least(v: vec4f) -> f32 {
  return min(min(v.x, v.y), min(v.z, v.w));
}

fn weighted(w: Eight, values: Eight) -> f32 {
  return dot(w.low, values.low) + dot(w.high, values.high);
}

fn store(at: u32, distance: Eight, values: Values) {
  let nearest = least(min(distance.low, distance.high));
  let w = Eight(
    exp2(level.sharpness * (nearest - distance.low)),
    exp2(level.sharpness * (nearest - distance.high)),
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
fn main(here: Invocation) {
  let index = gridIndex(here);
  let row = index % part.height;
  let batches = (part.n + BATCH - 1u) / BATCH;
  let own = index / part.height;  // which images of the batch, and which eight of the set
  let eight = own / batches;
  if (eight >= part.eights) {
    return;
  }
  let plane = part.height * part.width;
  let at = (own * plane + row * part.width) * BATCH;
  let image = ((part.first + eight) * plane + row * part.width) * CHANNELS;
  let radius = min(level.radius, part.width - 1u);

  // The set's last eight may be fewer: what stands for those that are missing is too far away to count.
  let i = 8u * eight + vec4u(0u, 1u, 2u, 3u);
  let far = Eight(
    select(vec4f(0.0), vec4f(FAR), i >= vec4u(part.count)),
    select(vec4f(0.0), vec4f(FAR), i + 4u >= vec4u(part.count)),
  );
  let none = Eight(vec4f(0.0), vec4f(0.0));
  let sum = Sum(far, none);
  var sums = Sums(sum, sum, sum, sum);
  for (var column = 0u; column < radius; column++) {
    sums = addColumn(sums, at + column * BATCH, 1.0);
  }
  let nothing = arrayLength(&columns) - BATCH;
  for (var column = 0u; column < part.width; column++) {
    // No if about an addition, as in local_columns.wgsl: the zeros behind the sums are for columns outside the image. With
    // loops of their own there would be four of what follows.
    let comes = at + (column + radius) * BATCH;
    let goes = at + (column - radius - 1u) * BATCH;
    sums = addColumn(sums, select(nothing, comes, column + radius < part.width), 1.0);
    sums = addColumn(sums, select(nothing, goes, column > radius), -1.0);
    let values = valuesAt(image + column * CHANNELS);
    let to = (batches * plane * BATCH) + at + column * BATCH;
    store(to, sums.s0.value, values);
    if (BATCH > 1u) {
      store(to + 1u, sums.s1.value, values);
    }
    if (BATCH > 2u) {
      store(to + 2u, sums.s2.value, values);
    }
    if (BATCH > 3u) {
      store(to + 3u, sums.s3.value, values);
    }
  }
}
