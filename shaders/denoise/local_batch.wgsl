// The batch as the local denoiser's other passes read it: four images a vector, their channels side by side at every
// pixel, so that what is read together lies together. Needs grid.wgsl.

override CHANNELS: u32;
override BATCH: u32;  // images of the batch that an invocation of the other passes takes: 1 to 4

struct Part {
  n: u32,
  height: u32,
  width: u32,
}

@group(0) @binding(0) var<uniform> part: Part;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> batch: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let index = gridIndex(group, groups, local);
  let plane = part.height * part.width;
  let pixel = index % plane;
  let rest = index / plane;
  let channel = rest % CHANNELS;
  let first = rest / CHANNELS * BATCH;
  if (first >= part.n) {
    return;
  }
  // Past the batch's end, and past BATCH, the last image once more: nobody looks at what becomes of it.
  let b = min(first + vec4u(0u, 1u, 2u, 3u), vec4u(part.n - 1u));
  let at = (b * CHANNELS + channel) * plane + pixel;
  batch[((rest / CHANNELS) * plane + pixel) * CHANNELS + channel] = vec4f(x[at.x], x[at.y], x[at.z], x[at.w]);
}
