// The local denoiser's second pass: at every pixel, for every image of the batch and of a part of the set, the sum of
// (x_t - alpha x_i)^2 over all channels and a window of 2 radius + 1 pixels of its column, by a sum that slides down it.
// Needs grid.wgsl. Its float64 twin is tests/reference/local.ts.

override CHANNELS: u32;
override BATCH: u32;  // images of the batch that an invocation takes, 1 to 4: what it reads of the set serves them all

struct Level {
  alpha: f32,
  sharpness: f32,  // 1 / (2 sigma^2), for exp2
  radius: u32,
}

struct Part {
  n: u32,  // images in the batch
  height: u32,
  width: u32,
  first: u32,  // of the set's, in fours, in the buffer that is bound
  fours: u32,  // how many
}

@group(0) @binding(0) var<uniform> level: Level;  // chosen by a dynamic offset into the table
@group(0) @binding(1) var<uniform> part: Part;
@group(0) @binding(2) var<storage, read> batch: array<vec4f>;   // as local_batch.wgsl leaves it
@group(0) @binding(3) var<storage, read> images: array<vec4f>;  // of the set: the same, four a vector
@group(0) @binding(4) var<storage, read_write> columns: array<vec4f>;  // four of the set a vector, BATCH at a pixel

// A sum over four images of the set, and what rounding has kept from it (Kahan 1965): terms that come and go again must
// not leave their rounding behind, for at the end of a run 1 / (2 sigma^2) is 300.
struct Sum {
  value: vec4f,
  lost: vec4f,
}

fn add(sum: Sum, term: vec4f) -> Sum {
  let corrected = term - sum.lost;
  let value = sum.value + corrected;
  return Sum(value, (value - sum.value) - corrected);
}

// sign times the squares of a pixel's channels added to the sums of up to four images of the batch.
struct Sums {
  s0: Sum,
  s1: Sum,
  s2: Sum,
  s3: Sum,
}

fn addPixel(sums: Sums, sign: f32, x: u32, at: u32) -> Sums {
  let x0 = batch[x];
  let v0 = level.alpha * images[at];
  var q0 = (x0.x - v0) * (x0.x - v0);
  var q1 = (x0.y - v0) * (x0.y - v0);
  var q2 = (x0.z - v0) * (x0.z - v0);
  var q3 = (x0.w - v0) * (x0.w - v0);
  if (CHANNELS > 1u) {
    let x1 = batch[x + 1u];
    let v1 = level.alpha * images[at + 1u];
    q0 += (x1.x - v1) * (x1.x - v1);
    q1 += (x1.y - v1) * (x1.y - v1);
    q2 += (x1.z - v1) * (x1.z - v1);
    q3 += (x1.w - v1) * (x1.w - v1);
  }
  if (CHANNELS > 2u) {
    let x2 = batch[x + 2u];
    let v2 = level.alpha * images[at + 2u];
    q0 += (x2.x - v2) * (x2.x - v2);
    q1 += (x2.y - v2) * (x2.y - v2);
    q2 += (x2.z - v2) * (x2.z - v2);
    q3 += (x2.w - v2) * (x2.w - v2);
  }
  if (CHANNELS > 3u) {
    let x3 = batch[x + 3u];
    let v3 = level.alpha * images[at + 3u];
    q0 += (x3.x - v3) * (x3.x - v3);
    q1 += (x3.y - v3) * (x3.y - v3);
    q2 += (x3.z - v3) * (x3.z - v3);
    q3 += (x3.w - v3) * (x3.w - v3);
  }
  var next = sums;
  next.s0 = add(sums.s0, sign * q0);
  if (BATCH > 1u) {
    next.s1 = add(sums.s1, sign * q1);
  }
  if (BATCH > 2u) {
    next.s2 = add(sums.s2, sign * q2);
  }
  if (BATCH > 3u) {
    next.s3 = add(sums.s3, sign * q3);
  }
  return next;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = gridIndex(group, groups, local);
  let column = index % part.width;
  let batches = (part.n + BATCH - 1u) / BATCH;
  let own = index / part.width;  // which images of the batch, and which four of the set
  let four = own / batches;
  if (four >= part.fours) {
    return;
  }
  let plane = part.height * part.width;
  let x = (own % batches * plane + column) * CHANNELS;
  let at = ((part.first + four) * plane + column) * CHANNELS;
  let row = part.width * CHANNELS;
  let to = own * plane + column;
  let radius = min(level.radius, part.height - 1u);

  var sums: Sums;
  for (var y = 0u; y < radius; y++) {
    sums = addPixel(sums, 1.0, x + y * row, at + y * row);
  }
  // A software adapter runs both sides of an if for all, but leaves a loop that nobody enters: hence two.
  for (var y = 0u; y < part.height; y++) {
    if (y + radius < part.height) {
      let ahead = (y + radius) * row;
      sums = addPixel(sums, 1.0, x + ahead, at + ahead);
    }
    if (y > radius) {
      let behind = (y - radius - 1u) * row;
      sums = addPixel(sums, -1.0, x + behind, at + behind);
    }
    let here = (to + y * part.width) * BATCH;
    columns[here] = sums.s0.value;
    if (BATCH > 1u) {
      columns[here + 1u] = sums.s1.value;
    }
    if (BATCH > 2u) {
      columns[here + 2u] = sums.s2.value;
    }
    if (BATCH > 3u) {
      columns[here + 3u] = sums.s3.value;
    }
  }
}
