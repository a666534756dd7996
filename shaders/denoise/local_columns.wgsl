// The local denoiser's first pass: at every pixel, for every image of the batch and of a part of the set, the sum of
// (x_t - alpha x_i)^2 over all channels and a window of 2 radius + 1 pixels of its column, by a sum that slides down it.
// What it writes has columns for rows, so that the second pass can slide along rows and neighbouring invocations still
// read neighbours. Needs grid.wgsl. Its float64 twin is tests/reference/local.ts.

override CHANNELS: u32;
override BATCH: u32;  // images of the batch that an invocation takes, 1 or 4: what it reads of the set serves them all

struct Level {
  alpha: f32,
  sharpness: f32,  // 1 / (2 sigma^2), for exp2
  radius: u32,
}

struct Part {
  n: u32,      // images in the batch
  height: u32,
  width: u32,
  first: u32,  // of the set's, in the buffer that is bound
  count: u32,
}

@group(0) @binding(0) var<uniform> level: Level;  // chosen by a dynamic offset into the table
@group(0) @binding(1) var<uniform> part: Part;
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read> images: array<f32>;
@group(0) @binding(4) var<storage, read_write> columns: array<f32>;

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

// A pixel of four images, a channel a vector.
struct Pixels {
  c0: vec4f,
  c1: vec4f,
  c2: vec4f,
  c3: vec4f,
}

fn channel(at: vec4u) -> vec4f {
  return level.alpha * vec4f(images[at.x], images[at.y], images[at.z], images[at.w]);
}

fn pixels(at: vec4u, plane: u32) -> Pixels {
  var v: Pixels;
  v.c0 = channel(at);
  if (CHANNELS > 1u) {
    v.c1 = channel(at + plane);
  }
  if (CHANNELS > 2u) {
    v.c2 = channel(at + 2u * plane);
  }
  if (CHANNELS > 3u) {
    v.c3 = channel(at + 3u * plane);
  }
  return v;
}

fn squares(at: u32, plane: u32, v: Pixels) -> vec4f {
  let d0 = x[at] - v.c0;
  var sum = d0 * d0;
  if (CHANNELS > 1u) {
    let d1 = x[at + plane] - v.c1;
    sum += d1 * d1;
  }
  if (CHANNELS > 2u) {
    let d2 = x[at + 2u * plane] - v.c2;
    sum += d2 * d2;
  }
  if (CHANNELS > 3u) {
    let d3 = x[at + 3u * plane] - v.c3;
    sum += d3 * d3;
  }
  return sum;
}

fn store(at: vec4u, count: u32, sum: vec4f) {
  columns[at.x] = sum.x;
  if (count > 1u) {
    columns[at.y] = sum.y;
  }
  if (count > 2u) {
    columns[at.z] = sum.z;
  }
  if (count > 3u) {
    columns[at.w] = sum.w;
  }
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
  let first = index / part.width % batches * BATCH;
  let four = index / part.width / batches * 4u;
  if (four >= part.count) {
    return;
  }
  let plane = part.height * part.width;
  let size = CHANNELS * plane;
  let own = min(part.count - four, 4u);
  let i = four + min(vec4u(0u, 1u, 2u, 3u), vec4u(own - 1u));
  let at = (part.first + i) * size + column;
  let b = min(first + vec4u(0u, 1u, 2u, 3u), vec4u(part.n - 1u));
  let xAt = b * size + column;
  let radius = min(level.radius, part.height - 1u);

  var sum0: Sum;
  var sum1: Sum;
  var sum2: Sum;
  var sum3: Sum;
  for (var y = 0u; y < part.height + radius; y++) {
    if (y < part.height) {
      let p = y * part.width;
      let v = pixels(at + p, plane);
      sum0 = add(sum0, squares(xAt.x + p, plane, v));
      if (BATCH > 1u) {
        sum1 = add(sum1, squares(xAt.y + p, plane, v));
        sum2 = add(sum2, squares(xAt.z + p, plane, v));
        sum3 = add(sum3, squares(xAt.w + p, plane, v));
      }
    }
    if (y > 2u * radius) {
      let p = (y - 2u * radius - 1u) * part.width;
      let v = pixels(at + p, plane);
      sum0 = add(sum0, -squares(xAt.x + p, plane, v));
      if (BATCH > 1u) {
        sum1 = add(sum1, -squares(xAt.y + p, plane, v));
        sum2 = add(sum2, -squares(xAt.z + p, plane, v));
        sum3 = add(sum3, -squares(xAt.w + p, plane, v));
      }
    }
    if (y >= radius) {
      let to = i * plane + column * part.height + y - radius;
      store(b.x * part.count * plane + to, own, sum0.value);
      if (BATCH > 1u) {
        store(b.y * part.count * plane + to, own, sum1.value);
        store(b.z * part.count * plane + to, own, sum2.value);
        store(b.w * part.count * plane + to, own, sum3.value);
      }
    }
  }
}
