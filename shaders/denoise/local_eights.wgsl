// What the local denoiser's passes share: images of the set come eight by eight, and what is read of them serves BATCH
// images of the batch. Needs grid.wgsl.
//
// On SwiftShader one step takes 3.2 times as long as reading the set once for every image of a batch of 16, 4.5 times for a
// lone image. Arithmetic takes 1.2 of it, the fold 0.35; the rest are loads and stores, each value as long as some twenty
// additions, and for a lone image there are 12 of them for 3 read: those of the set coming, going and averaged, and a sum
// written once and read twice. Eight images for four batch images at once take 0.85
// times as long as four for four, and sixteen no less; the batch reordered so that one load brings all 0.95 times, but the
// lone image 1.05 times. A value from workgroup memory takes as long as one from a buffer, before any barrier.

override CHANNELS: u32;
override BATCH: u32;  // images of the batch that an invocation takes, 1 to 4

struct Level {
  alpha: f32,
  sharpness: f32,  // 1 / (2 sigma^2), for exp2
  radius: u32,
}

struct Part {
  n: u32,  // images in the batch
  height: u32,
  width: u32,
  first: u32,  // of the set's, in eights, in the buffer that is bound
  eights: u32,  // how many
  count: u32,  // images in them
  begins: u32,  // whether nothing of the set has been seen before
}

// One value each of eight images of the set.
struct Eight {
  low: vec4f,
  high: vec4f,
}

@group(0) @binding(0) var<uniform> level: Level;  // chosen by a dynamic offset into the table
@group(0) @binding(1) var<uniform> part: Part;
@group(0) @binding(2) var<storage, read> images: array<Eight>;  // of the set: by pixel, then channel

fn times(factor: f32, v: Eight) -> Eight {
  return Eight(factor * v.low, factor * v.high);
}

// A pixel's channels.
struct Values {
  c0: Eight,
  c1: Eight,
  c2: Eight,
  c3: Eight,
}

fn valuesAt(at: u32) -> Values {
  var values: Values;
  values.c0 = images[at];
  if (CHANNELS > 1u) {
    values.c1 = images[at + 1u];
  }
  if (CHANNELS > 2u) {
    values.c2 = images[at + 2u];
  }
  if (CHANNELS > 3u) {
    values.c3 = images[at + 3u];
  }
  return values;
}

// A sum, and what rounding has kept from it (Kahan 1965): terms that come and go again must not leave their rounding
// behind, for at the end of a run 1 / (2 sigma^2) is 300. It takes a seventh of the time.
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
