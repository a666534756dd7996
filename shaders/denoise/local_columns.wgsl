// needs ../grid.wgsl, local_eights.wgsl

// The local denoiser's first pass: at every pixel, for every image of the batch and of a part of the set, the sum of (x_t -
// alpha x_i)^2 over all channels and a window of 2 radius + 1 pixels of its column, by a sum that slides down it. Its float64
// twin is tests/reference/local.ts.

@group(0) @binding(3) var<storage, read> x: array<f32>;
@group(0) @binding(4) var<storage, read_write> columns: array<Eight>;  // BATCH at a pixel, and BATCH that stay zero

fn square(value: f32, v: Eight) -> Eight {
  let low = value - level.scale * v.low;
  let high = value - level.scale * v.high;
  return Eight(low * low, high * high);
}

fn plus(a: Eight, b: Eight) -> Eight {
  return Eight(a.low + b.low, a.high + b.high);
}

fn squares(at: u32, values: Values) -> Eight {
  let plane = part.height * part.width;
  var sum = square(x[at] + level.shift, values.c0);
  if (CHANNELS > 1u) {
    sum = plus(sum, square(x[at + plane] + level.shift, values.c1));
  }
  if (CHANNELS > 2u) {
    sum = plus(sum, square(x[at + 2u * plane] + level.shift, values.c2));
  }
  if (CHANNELS > 3u) {
    sum = plus(sum, square(x[at + 3u * plane] + level.shift, values.c3));
  }
  return sum;
}

// A column of up to four images of the batch and of eight of the set.
struct Column {
  x: vec4u,
  images: u32,
  sums: u32,
}

struct Sums {
  s0: Eight,
  s1: Eight,
  s2: Eight,
  s3: Eight,
}

fn addRow(sums: Sums, column: Column, y: u32, sign: f32) -> Sums {
  let values = valuesAt(column.images + y * part.width * CHANNELS);
  let at = column.x + y * part.width;
  var next: Sums;
  next.s0 = plus(sums.s0, times(sign, squares(at.x, values)));
  if (BATCH > 1u) {
    next.s1 = plus(sums.s1, times(sign, squares(at.y, values)));
  }
  if (BATCH > 2u) {
    next.s2 = plus(sums.s2, times(sign, squares(at.z, values)));
  }
  if (BATCH > 3u) {
    next.s3 = plus(sums.s3, times(sign, squares(at.w, values)));
  }
  return next;
}

fn store(sums: Sums, column: Column, y: u32) {
  let at = column.sums + y * part.width * BATCH;
  columns[at] = sums.s0;
  if (BATCH > 1u) {
    columns[at + 1u] = sums.s1;
  }
  if (BATCH > 2u) {
    columns[at + 2u] = sums.s2;
  }
  if (BATCH > 3u) {
    columns[at + 3u] = sums.s3;
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let index = gridIndex(here);
  let batches = (part.n + BATCH - 1u) / BATCH;
  let own = index / part.width;  // which images of the batch, and which eight of the set
  let eight = own / batches;
  if (eight >= part.eights) {
    return;
  }
  let plane = part.height * part.width;
  let place = index % part.width;
  // Past the batch's end the last image once more: nobody looks at what becomes of it.
  let b = min(own % batches * BATCH + vec4u(0u, 1u, 2u, 3u), vec4u(part.n - 1u));
  let column = Column(
    b * CHANNELS * plane + place,
    ((part.first + eight) * plane + place) * CHANNELS,
    (own * plane + place) * BATCH,
  );
  let height = part.height;
  let radius = min(level.radius, height - 1u);
  let k = 2u * radius + 1u;

  // Rows come; they come and go; none comes or goes, where the window is higher than the image; they go. A software
  // adapter runs both sides of an if for all, and merges what either makes of the sums: one loop with an if about each
  // addition takes longer (docs/bench/choices.md).
  var sums: Sums;
  for (var y = 0u; y < min(k, height); y++) {
    sums = addRow(sums, column, y, 1.0);
    if (y >= radius) {
      store(sums, column, y - radius);
    }
  }
  for (var y = k; y < height; y++) {
    sums = addRow(sums, column, y, 1.0);
    sums = addRow(sums, column, y - k, -1.0);
    store(sums, column, y - radius);
  }
  for (var y = height - radius; y <= min(radius, height - 1u); y++) {
    store(sums, column, y);
  }
  for (var y = max(radius + 1u, height - radius); y < height; y++) {
    sums = addRow(sums, column, y - radius - 1u, -1.0);
    store(sums, column, y);
  }
}
